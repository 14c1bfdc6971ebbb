import { announce } from '../../shared/episode-events.ts'
import type { Activities, VersionRef } from '../../workflows/contract.ts'
import type { Transaction } from '../../prisma/client.ts'
import type { Deps } from '../deps.ts'

type Deeds = Pick<Activities, 'tendReview'>

/** An approval or a stop was written down; its message to the run is on the way. */
const MESSAGE_COMES_MS = 60_000

/** The gate of a version: how long it still waits for its person. */
export function reviewDeeds({ db, redis }: Deps): Deeds {
  return {
    async tendReview({ episodeId, versionId, waitSeconds, noticeSeconds }) {
      const lookAgainMs = await db.$transaction(async (tx) => {
        // Whoever approves or edits takes the same lock: an approval that was accepted is never too late.
        await tx.$queryRaw`SELECT 1 FROM episodes WHERE id = ${episodeId}::uuid FOR NO KEY UPDATE`
        const { status } = await tx.episode.findUniqueOrThrow({ where: { id: episodeId }, select: { status: true } })
        const { approvedAt, reviewEndsAt } = await tx.version.findUniqueOrThrow({ where: { id: versionId } })
        if (status === 'failed') return null
        if (approvedAt || status !== 'review') return MESSAGE_COMES_MS
        const endsAtMs = reviewEndsAt?.getTime() ?? Date.now() + waitSeconds * 1000
        return tend(tx, { episodeId, versionId }, endsAtMs, noticeSeconds * 1000)
      })
      await announce(redis, episodeId, [{ type: 'episode' }])
      return { lookAgainMs }
    },
  }
}

async function tend(tx: Transaction, { episodeId, versionId }: VersionRef, endsAtMs: number, noticeMs: number) {
  const leftMs = endsAtMs - Date.now()
  if (leftMs <= 0) {
    await tx.episode.update({ where: { id: episodeId }, data: { status: 'failed', failureCode: 'review_timed_out' } })
    return null
  }
  const isSoon = leftMs <= noticeMs
  await tx.version.update({ where: { id: versionId }, data: { reviewEndsAt: new Date(endsAtMs), reviewEndsSoon: isSoon } })
  return isSoon ? leftMs : leftMs - noticeMs
}
