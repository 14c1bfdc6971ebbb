import type { Database, Prisma, Reader } from '../../prisma/client.ts'
import { byToken } from '../http/authorized.ts'
import type { Authorized } from '../http/authorized.ts'
import { currentFirst } from '../episodes/episodes.repo.ts'
import type { EpisodeRef } from '../episodes/episodes.repo.ts'
import { newToken } from '../shows/shows.repo.ts'

const shared = {
  episode: {
    include: {
      versions: { orderBy: { number: 'desc' }, select: { id: true, number: true, outline: true, render: true } },
      show: { select: { title: true } },
    },
  },
} satisfies Prisma.ShareInclude
export type SharedEpisode = Authorized<
  Prisma.ShareGetPayload<{ include: typeof shared }>['episode'] & {
    /** Search engines may show it. */
    findable: boolean
  }
>

/** The share of an episode that is given out. */
export const shareOf = (db: Reader, { id: episodeId }: EpisodeRef) =>
  db.share.findFirst({ where: { episodeId, revokedAt: null } })

/** The episode behind a token; `null` where there is none, or no longer, or it was deleted. */
export async function findShared(db: Reader, token: string): Promise<SharedEpisode | null> {
  const share = await db.share.findFirst({
    where: { token, revokedAt: null, episode: { deletedAt: null } },
    include: shared,
  })
  return share && byToken({ ...currentFirst(share.episode), findable: share.findable })
}

/** One at a time an episode: asked for twice at the same moment it is the same. What is not said of it stays as it is. */
export async function insertShare(db: Database, { id: episodeId }: EpisodeRef, { findable }: { findable?: boolean | undefined }) {
  await db.$executeRaw`
    INSERT INTO shares (id, episode_id, token) VALUES (gen_random_uuid(), ${episodeId}::uuid, ${newToken()})
    ON CONFLICT (episode_id) WHERE revoked_at IS NULL DO NOTHING`
  if (findable !== undefined) await db.share.updateMany({ where: { episodeId, revokedAt: null }, data: { findable } })
  return db.share.findFirstOrThrow({ where: { episodeId, revokedAt: null } })
}

export const revokeShare = (db: Database, { id: episodeId }: EpisodeRef) =>
  db.share.updateMany({ where: { episodeId, revokedAt: null }, data: { revokedAt: new Date() } })
