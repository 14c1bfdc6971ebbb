import type { Activities } from '../../workflows/contract.ts'
import type { Deps } from '../deps.ts'
import { later } from '../failures.ts'
import { removeObject } from './objects.ts'

type Deeds = Pick<Activities, 'purgeEpisode'>

const STOPPING_RETRY_MS = 2000

/** Removes what only this episode used. Killed in between, the next try finds the rest: rows go last. */
export function purgeDeeds(deps: Deps): Deeds {
  const { db } = deps
  return {
    async purgeEpisode({ episodeId }) {
      const episode = await db.episode.findUnique({ where: { id: episodeId } })
      if (!episode?.deletedAt) return
      if (!['ready', 'cancelled', 'failed'].includes(episode.status))
        throw later('still-stopping', 'its run has not ended yet', STOPPING_RETRY_MS)
      const segments = await lonelySegments(deps, episodeId)
      const sources = await lonelySources(deps, episodeId)
      const keys = [
        ...segments.map(({ keys: own }) => own).flat(),
        ...sources.flatMap(({ textKey, upload }) => [textKey, upload?.objectKey]).filter((key) => typeof key === 'string'),
        ...(await lonelyRenders(deps, episodeId)),
      ]
      const contentKeys = segments.map(({ contentKey }) => contentKey)
      await db.line.updateMany({
        where: { version: { episodeId }, segmentKey: { in: contentKeys } },
        data: { status: 'waiting', segmentKey: null },
      })
      // What is gone may be bought again: its calls give the key free, a piece's key too.
      await db.$executeRaw`UPDATE usage_logs SET content_key = content_key || ':' || id
        WHERE status = 'settled' AND split_part(content_key, '.', 1) = ANY(${contentKeys})`
      await db.segment.deleteMany({ where: { contentKey: { in: contentKeys } } })
      for (const key of keys) await removeObject(deps, key)
      await db.episode.delete({ where: { id: episodeId } })
      await db.source.deleteMany({ where: { id: { in: sources.map(({ id }) => id) }, episodes: { none: {} } } })
      await db.upload.deleteMany({
        where: { id: { in: sources.flatMap(({ upload }) => upload?.id ?? []) }, sources: { none: {} } },
      })
    },
  }
}

async function lonelySegments({ db }: Deps, episodeId: string) {
  const rows = await db.segment.findMany({
    where: { lines: { some: { version: { episodeId } }, none: { version: { episodeId: { not: episodeId } } } } },
    select: { contentKey: true, mp3Key: true, flacKey: true },
  })
  return Promise.all(
    rows.map(async ({ contentKey, mp3Key, flacKey }) => {
      // Equal sound of another content key lies in the same object.
      const sharers = await db.segment.count({ where: { mp3Key, contentKey: { not: contentKey } } })
      return { contentKey, keys: sharers > 0 ? [] : [mp3Key, flacKey] }
    }),
  )
}

async function lonelyRenders({ db }: Deps, episodeId: string): Promise<string[]> {
  const renders = await db.render.findMany({ where: { version: { episodeId } } })
  const keys = renders.flatMap(keysOf)
  const shared = await db.render.findMany({
    where: { version: { episodeId: { not: episodeId } }, OR: keyColumns.map((column) => ({ [column]: { in: keys } })) },
  })
  const used = new Set(shared.flatMap(keysOf))
  return [...new Set(keys)].filter((key) => !used.has(key))
}

/** The objects a render is made of. */
const keyColumns = ['mp3Key', 'm4aKey', 'transcriptKey', 'srtKey', 'chaptersKey', 'coverKey'] as const
const keysOf = (render: Record<(typeof keyColumns)[number], string | null>) =>
  keyColumns.flatMap((column) => render[column] ?? [])

async function lonelySources({ db }: Deps, episodeId: string) {
  const rows = await db.source.findMany({
    where: { episodes: { some: { episodeId }, none: { episodeId: { not: episodeId } } } },
    select: { id: true, textKey: true, upload: { select: { id: true, objectKey: true } } },
  })
  return Promise.all(
    rows.map(async ({ id, textKey, upload }) => {
      const sharers = textKey ? await db.source.count({ where: { textKey, id: { not: id } } }) : 0
      return { id, textKey: sharers > 0 ? null : textKey, upload }
    }),
  )
}
