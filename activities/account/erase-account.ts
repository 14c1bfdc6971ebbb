import type { Activities } from '../../workflows/contract.ts'
import type { Deps } from '../deps.ts'
import { settledStatuses } from '../cost/settle.ts'
import { removeObject } from '../storage/objects.ts'

type Deeds = Pick<Activities, 'stopEverything' | 'episodesLeft' | 'eraseAccount'>

const AT_ONCE = 100

/** What is done to erase somebody, step by step; each step finds what the one before it left, however often it runs. */
export function eraseDeeds(deps: Deps): Deeds {
  const { db } = deps
  return {
    async stopEverything({ userId }) {
      await db.$transaction(async (tx) => {
        await tx.episode.updateMany({ where: { userId, deletedAt: null }, data: { deletedAt: new Date() } })
        const running = await tx.episode.findMany({
          where: { userId, status: { notIn: [...settledStatuses, 'cancelling'] } },
          select: { id: true, currentVersion: true, versions: { select: { id: true, number: true, workflowId: true } } },
        })
        await tx.episode.updateMany({ where: { id: { in: running.map(({ id }) => id) } }, data: { status: 'cancelling' } })
        const orders = running.flatMap(({ currentVersion, versions }) =>
          versions.filter(({ number }) => number === currentVersion),
        )
        await tx.outbox.createMany({
          data: orders.map(({ id, workflowId }) => ({
            topic: 'cancel-episode',
            key: id,
            payload: { workflowId, versionId: id },
          })),
          skipDuplicates: true,
        })
      })
    },
    async episodesLeft({ userId }) {
      const rows = await db.episode.findMany({ where: { userId }, select: { id: true }, orderBy: { id: 'asc' }, take: AT_ONCE })
      return { episodeIds: rows.map(({ id }) => id) }
    },
    async eraseAccount({ userId }) {
      for (const key of await ownObjects(deps, userId)) await removeObject(deps, key)
      await db.usageLog.updateMany({ where: { userId }, data: { answerKey: null } })
      await db.$queryRaw`SELECT erase_user(${userId})`
    },
  }
}

/**
 * What no episode had any more: texts, sound that was replaced, answers that were kept, files nobody read, covers of shows. Equal bytes of somebody
 * else lie in the same object and stay.
 */
async function ownObjects({ db }: Deps, userId: string): Promise<string[]> {
  const rows = await db.$queryRaw<{ key: string }[]>`
    SELECT DISTINCT key FROM (
      SELECT text_key AS key FROM sources WHERE user_id = ${userId}
      UNION ALL SELECT unnest(ARRAY[mp3_key, flac_key]) FROM segments WHERE user_id = ${userId}
      UNION ALL SELECT answer_key FROM usage_logs WHERE user_id = ${userId}
      UNION ALL SELECT object_key FROM uploads WHERE user_id = ${userId}
      UNION ALL SELECT cover_key FROM shows WHERE user_id = ${userId}) own
    WHERE key IS NOT NULL
      AND NOT EXISTS (SELECT 1 FROM sources s WHERE s.text_key = key AND s.user_id <> ${userId})
      AND NOT EXISTS (SELECT 1 FROM segments s WHERE (s.mp3_key = key OR s.flac_key = key) AND s.user_id <> ${userId})
      AND NOT EXISTS (SELECT 1 FROM usage_logs u WHERE u.answer_key = key AND u.user_id <> ${userId})
      AND NOT EXISTS (SELECT 1 FROM shows s WHERE s.cover_key = key AND s.user_id <> ${userId})
      AND NOT EXISTS (SELECT 1 FROM renders r WHERE r.cover_key = key)`
  return rows.map(({ key }) => key)
}
