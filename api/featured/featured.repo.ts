import type { Database, Prisma, Reader, Transaction } from '../../prisma/client.ts'
import { currentFirst } from '../episodes/episodes.repo.ts'
import type { EpisodeRef } from '../episodes/episodes.repo.ts'
import { byToken } from '../http/authorized.ts'
import type { Authorized } from '../http/authorized.ts'

const withEpisode = {
  episode: {
    include: { versions: { orderBy: { number: 'desc' }, select: { id: true, number: true, render: true } } },
  },
} satisfies Prisma.ShareInclude
type FoundShare = Prisma.ShareGetPayload<{ include: typeof withEpisode }>
/** A share whose address is shown to everybody, and what can be heard there. */
export type FeaturedRow = Omit<FoundShare, 'episode'> & { episode: Authorized<FoundShare['episode']> }

/** Shared episodes that are featured, the last chosen first. */
export async function featuredShares(db: Reader, limit: number): Promise<FeaturedRow[]> {
  const rows = await db.share.findMany({
    where: {
      featuredAt: { not: null },
      revokedAt: null,
      episode: { deletedAt: null, versions: { some: { render: { isNot: null } } } },
    },
    orderBy: { featuredAt: 'desc' },
    take: limit,
    include: withEpisode,
  })
  return rows.map((row) => ({ ...row, episode: byToken(currentFirst(row.episode)) }))
}

/** Features the share of an episode, or no longer; answers whether there is one that is given out. Repeated it stays so. */
export async function setFeatured(
  db: Database | Transaction,
  { id: episodeId }: EpisodeRef,
  featured: boolean,
): Promise<boolean> {
  const { count } = await db.share.updateMany({
    where: { episodeId, revokedAt: null },
    data: { featuredAt: featured ? new Date() : null },
  })
  return count > 0
}
