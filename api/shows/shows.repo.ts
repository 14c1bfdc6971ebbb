import { randomBytes, randomUUID } from 'node:crypto'
import type { Database, Prisma, Reader, Transaction } from '../../prisma/client.ts'
import { allOwn, byToken, own, within } from '../http/authorized.ts'
import type { Authorized, PersonId } from '../http/authorized.ts'
import { HttpProblem } from '../http/problem.ts'
import { currentFirst } from '../episodes/episodes.repo.ts'
import type { EpisodeRef } from '../episodes/episodes.repo.ts'
import { behind } from '../http/cursor.ts'
import type { NewShow, ShowPatch } from './shows.schema.ts'

const counted = {
  _count: {
    select: { episodes: { where: { deletedAt: null } } },
  },
} satisfies Prisma.ShowInclude
type FoundShow = Prisma.ShowGetPayload<{ include: typeof counted }>
/** A show that its caller may act on. */
export type ShowRow = Authorized<FoundShow>
/** So much of it that it cannot be taken for something else. */
export type ShowRef = Authorized<Pick<FoundShow, 'id' | 'podcastGuid'>>

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
type FoundPublished = Prisma.ShowGetPayload<{ include: typeof withPublished }>
export type PublishedShow = Authorized<FoundPublished>
export type PublishedEpisode = FoundPublished['episodes'][number]

/** 192 bits: nobody guesses one. */
export const newToken = (): string => randomBytes(24).toString('base64url')

const noShow = () => new HttpProblem('not-found', 'There is no such show among yours.')

export async function insertShow(db: Database, userId: PersonId, show: NewShow): Promise<ShowRow> {
  return own(userId, await db.show.create({ data: { ...show, userId, podcastGuid: randomUUID() }, include: counted }), noShow)
}

export async function updateShow(
  db: Database,
  { id, userId }: ShowRow,
  patch: ShowPatch | { coverKey: string | null },
): Promise<ShowRow> {
  return own(userId, await db.show.update({ where: { id }, data: patch, include: counted }), noShow)
}

/** The caller's own show. Another person's and none at all look the same: `not-found`. */
export async function ownShow(db: Reader, userId: PersonId, id: string): Promise<ShowRow> {
  return own(userId, await db.show.findFirst({ where: { id, userId }, include: counted }), noShow)
}

export async function listShows(db: Reader, userId: PersonId, cursor: string | undefined, limit: number): Promise<ShowRow[]> {
  const rows = await db.show.findMany({
    where: { userId, ...behind(cursor) },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    include: counted,
  })
  return allOwn(userId, rows)
}

/** How many episodes the feed of each show has. */
export async function publishedCounts(db: Reader, shows: ShowRef[]): Promise<Map<string | null, number>> {
  const rows = await db.episode.groupBy({
    by: ['showId'],
    where: { showId: { in: shows.map(({ id }) => id) }, deletedAt: null, publishedAt: { not: null } },
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
  { id: showId }: ShowRef,
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

const publishedShow = async (db: Reader, where: Prisma.ShowWhereInput): Promise<FoundPublished | null> => {
  const show = await db.show.findFirst({ where, include: withPublished })
  show?.episodes.forEach(currentFirst)
  return show
}

/** With its published episodes, each version's newest first. */
export async function withPublishedEpisodes(db: Reader, show: ShowRef): Promise<PublishedShow> {
  const found = await publishedShow(db, { id: show.id })
  if (!found) throw noShow()
  return within(show, [found])[0]!
}

/** The same, by the address of a feed that was not revoked. */
export async function findPublishedShow(db: Reader, token: string): Promise<PublishedShow | null> {
  const show = await publishedShow(db, { feeds: { some: { token, revokedAt: null } } })
  return show && byToken(show)
}

/** A feed that is given out; `null` for one that never was or was revoked. */
export const findFeed = (db: Reader, token: string) => db.feed.findFirst({ where: { token, revokedAt: null } })

export const feedsOf = (db: Reader, { id: showId }: ShowRef) =>
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
  { id: showId }: ShowRef,
  episode: Authorized<{ id: string; showNumber: number | null }>,
): Promise<void> {
  const { _max } = await tx.episode.aggregate({ where: { showId }, _max: { showNumber: true } })
  await tx.episode.update({
    where: { id: episode.id },
    data: { showId, publishedAt: new Date(), showNumber: episode.showNumber ?? (_max.showNumber ?? 0) + 1 },
  })
}

/** Puts an episode into a show, and out of its feed. */
export const keepUnpublished = (tx: Transaction, { id: showId }: ShowRef, { id }: EpisodeRef) =>
  tx.episode.update({ where: { id }, data: { showId, publishedAt: null } })

/** Takes an episode out of a show and its feed; one that is not in it stays as it is. */
export const takeOut = (db: Database, { id: showId }: ShowRef, episodeId: string) =>
  db.episode.updateMany({ where: { id: episodeId, showId }, data: { showId: null, publishedAt: null, showNumber: null } })

/** With it go its feeds; its episodes stay, in none. To be called with the show locked. */
export async function deleteShow(tx: Transaction, { id }: ShowRef): Promise<void> {
  await tx.episode.updateMany({ where: { showId: id }, data: { publishedAt: null, showNumber: null } })
  await tx.show.delete({ where: { id } })
}

export const publicFeedOf = (tx: Transaction, { id: showId }: ShowRef) =>
  tx.feed.findFirst({ where: { showId, kind: 'public', revokedAt: null } })

export const insertFeed = (tx: Transaction, { id: showId }: ShowRef, feed: { kind: 'public' | 'private'; label: string }) =>
  tx.feed.create({ data: { ...feed, showId, token: newToken() } })

/** Answers how many there were: one, or none of this show. */
export const revokeFeed = (db: Database, { id: showId }: ShowRef, id: string) =>
  db.feed.updateMany({ where: { id, showId, revokedAt: null }, data: { revokedAt: new Date() } })

/** Whoever comes at the same moment waits. */
export const lockShow = (tx: Transaction, id: string) => tx.$queryRaw`SELECT 1 FROM shows WHERE id = ${id}::uuid FOR UPDATE`
