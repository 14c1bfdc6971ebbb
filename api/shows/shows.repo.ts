import { randomBytes, randomUUID } from 'node:crypto'
import type { Database, Prisma, Reader, Transaction } from '../../prisma/client.ts'
import { currentFirst } from '../episodes/episodes.repo.ts'
import { behind } from '../http/cursor.ts'
import type { NewShow, ShowPatch } from './shows.schema.ts'

const counted = {
  _count: {
    select: { episodes: { where: { deletedAt: null } } },
  },
} satisfies Prisma.ShowInclude
export type ShowRow = Prisma.ShowGetPayload<{ include: typeof counted }>

/** As many as any directory reads. */
const MOST_IN_FEED = 300

const published = {
  where: { deletedAt: null, publishedAt: { not: null } },
  orderBy: [{ publishedAt: 'desc' }, { id: 'desc' }],
  take: MOST_IN_FEED,
  include: {
    versions: { orderBy: { number: 'desc' }, select: { number: true, outline: true, createdAt: true, render: true } },
  },
} satisfies Prisma.Show$episodesArgs

const withPublished = { episodes: published } satisfies Prisma.ShowInclude
/** A show and what its feed has, newest first. */
export type PublishedShow = Prisma.ShowGetPayload<{ include: typeof withPublished }>
export type PublishedEpisode = PublishedShow['episodes'][number]

/** 192 bits: nobody guesses one. */
export const newToken = (): string => randomBytes(24).toString('base64url')

export const insertShow = (db: Database, userId: string, show: NewShow): Promise<ShowRow> =>
  db.show.create({ data: { ...show, userId, podcastGuid: randomUUID() }, include: counted })

export const updateShow = (db: Database, id: string, patch: ShowPatch | { coverKey: string | null }): Promise<ShowRow> =>
  db.show.update({ where: { id }, data: patch, include: counted })

export const findShow = (db: Reader, id: string, userId: string): Promise<ShowRow | null> =>
  db.show.findFirst({ where: { id, userId }, include: counted })

export const listShows = (db: Reader, userId: string, cursor: string | undefined, limit: number): Promise<ShowRow[]> =>
  db.show.findMany({
    where: { userId, ...behind(cursor) },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    include: counted,
  })

/** How many episodes the feed of each show has. */
export async function publishedCounts(db: Reader, showIds: string[]): Promise<Map<string | null, number>> {
  const rows = await db.episode.groupBy({
    by: ['showId'],
    where: { showId: { in: showIds }, deletedAt: null, publishedAt: { not: null } },
    _count: true,
  })
  return new Map(rows.map(({ showId, _count }) => [showId, _count]))
}

const listed = {
  versions: { select: { number: true, render: { select: { durationMs: true } } } },
} satisfies Prisma.EpisodeInclude
export type ListedEpisode = Prisma.EpisodeGetPayload<{ include: typeof listed }>

export async function listShowEpisodes(
  db: Reader,
  showId: string,
  cursor: string | undefined,
  limit: number,
): Promise<ListedEpisode[]> {
  const rows = await db.episode.findMany({
    where: { showId, deletedAt: null, ...behind(cursor) },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    include: listed,
  })
  return rows.map(currentFirst)
}

/** With its published episodes, each version's newest first. */
export async function findPublishedShow(
  db: Reader,
  where: { id: string } | { feedToken: string },
): Promise<PublishedShow | null> {
  const show = await db.show.findFirst({
    where: 'id' in where ? where : { feeds: { some: { token: where.feedToken, revokedAt: null } } },
    include: withPublished,
  })
  show?.episodes.forEach(currentFirst)
  return show
}

/** A feed that is given out; `null` for one that never was or was revoked. */
export const findFeed = (db: Reader, token: string) => db.feed.findFirst({ where: { token, revokedAt: null } })

export const feedsOf = (db: Reader, showId: string) =>
  db.feed.findMany({ where: { showId, revokedAt: null }, orderBy: { createdAt: 'asc' } })

/** One episode that this feed has. */
export async function findFeedEpisode(db: Reader, token: string, episodeId: string): Promise<PublishedEpisode | null> {
  return currentFirst(
    await db.episode.findFirst({
      where: {
        id: episodeId,
        deletedAt: null,
        publishedAt: { not: null },
        show: { feeds: { some: { token, revokedAt: null } } },
      },
      include: published.include,
    }),
  )
}

/** Puts an episode into a show and its feed. The first publication gives it date and number; to be called with the show locked. */
export async function publish(
  tx: Transaction,
  showId: string,
  episode: { id: string; showNumber: number | null },
): Promise<void> {
  const { _max } = await tx.episode.aggregate({ where: { showId }, _max: { showNumber: true } })
  await tx.episode.update({
    where: { id: episode.id },
    data: { showId, publishedAt: new Date(), showNumber: episode.showNumber ?? (_max.showNumber ?? 0) + 1 },
  })
}

/** Whoever comes at the same moment waits. */
export const lockShow = (tx: Transaction, id: string) => tx.$queryRaw`SELECT 1 FROM shows WHERE id = ${id}::uuid FOR UPDATE`
