import { Prisma } from '../../prisma/client.ts'
import type { Database, Reader, Transaction } from '../../prisma/client.ts'
import type { Pronunciation } from '../../shared/pronunciation.ts'
import { episodeWorkflowId } from '../../workflows/contract.ts'
import type { ProduceEpisodeInput, ReviewTerms } from '../../workflows/contract.ts'
import { setAside } from '../usage/set-aside.ts'
import type { SourceRow } from '../sources/sources.repo.ts'
import { allOwn, inConsole, own, within } from '../http/authorized.ts'
import type { Authorized, PersonId } from '../http/authorized.ts'
import { HttpProblem } from '../http/problem.ts'
import type { Caller } from '../http/route.ts'
import type { CleanSource, FrozenBrief } from './brief.ts'

export const withVersions = {
  versions: {
    orderBy: { number: 'desc' },
    omit: { pronunciations: true },
    include: { render: true, reservation: true, steps: true },
  },
  listening: true,
} satisfies Prisma.EpisodeInclude

type FoundEpisode = Prisma.EpisodeGetPayload<{ include: typeof withVersions }>
/** An episode that its caller may act on, and its versions, the current one first, then the newest. */
export type EpisodeRow = Authorized<FoundEpisode>
export type VersionRow = EpisodeRow['versions'][number]
/** So much of either that it cannot be taken for something else. */
export type EpisodeRef = Authorized<Pick<FoundEpisode, 'id' | 'currentVersion'>>
export type VersionRef = Authorized<Pick<VersionRow, 'id' | 'number'>>

/** The current version to the front, wherever the query has put it. */
export function currentFirst<T extends { currentVersion: number; versions: { number: number }[] } | null>(row: T): T {
  row?.versions.sort((a, b) => Number(b.number === row.currentVersion) - Number(a.number === row.currentVersion))
  return row
}

/** An episode that is removed for good between the two statements of its read has no version any more: it is gone. */
export const isThere = ({ versions }: { versions: readonly unknown[] }): boolean => versions.length > 0

const whole = (row: FoundEpisode | null): FoundEpisode | null => (row && isThere(row) ? currentFirst(row) : null)

export const lineWithSound = {
  segment: { select: { samples: true, frames: true, energies: true, mp3Key: true } },
} satisfies Prisma.LineInclude
export type LineRow = Authorized<Prisma.LineGetPayload<{ include: typeof lineWithSound }>>

export interface NewEpisode {
  userId: PersonId
  frozen: FrozenBrief
  sources: CleanSource[]
  /** The person's dictionary: what the first version speaks by. */
  dictionary: Pronunciation[]
  idempotencyKey: string | undefined
  requestHash: string
  reservedMicroUsd: bigint
  /** Given when the script shall wait for a person. */
  review?: ReviewTerms | undefined
  showId?: string | undefined
}

/**
 * Writes down an order whole or not at all: sources, episode, first version, money set aside and the message to
 * Temporal. Repeated with the same idempotency key it fails on the unique constraint (`P2002`), nothing written.
 */
export async function insertEpisode(db: Database, order: NewEpisode): Promise<{ id: string; outboxId: string }> {
  return db.$transaction(async (tx) => {
    const sourceIds = await insertSources(tx, order.userId, order.sources)
    const { frozen } = order
    const episode = await tx.episode.create({
      data: {
        userId: order.userId,
        kind: frozen.kind,
        language: frozen.language,
        title: frozen.title,
        brief: frozen as unknown as Prisma.InputJsonObject,
        budgetMicroUsd: frozen.budgetMicroUsd ?? null,
        idempotencyKey: order.idempotencyKey ?? null,
        requestHash: order.requestHash,
        showId: order.showId ?? null,
        sources: { create: sourceIds.map((sourceId, position) => ({ sourceId, position })) },
      },
    })
    const version = await tx.version.create({
      data: {
        episodeId: episode.id,
        number: 1,
        workflowId: episodeWorkflowId(episode.id, 1),
        pronunciations: order.dictionary as unknown as Prisma.InputJsonArray,
      },
    })
    await setAside(tx, { versionId: version.id, userId: order.userId, microUsd: order.reservedMicroUsd })
    const start: ProduceEpisodeInput = {
      episodeId: episode.id,
      versionId: version.id,
      version: 1,
      userId: order.userId,
      title: frozen.title,
      ...(order.review && { review: order.review }),
    }
    const outboxId = await writeOrder(tx, 'start-episode', version.id, start)
    return { id: episode.id, outboxId }
  })
}

export async function insertSources(tx: Transaction, userId: PersonId, sources: CleanSource[]): Promise<string[]> {
  // Given twice at the same moment, a source is stored once.
  const data = sources.map(({ kind, inputHash, input, title, uploadId }) => ({
    userId,
    kind,
    inputHash,
    input,
    title,
    uploadId: uploadId ?? null,
  }))
  await tx.source.createMany({ data, skipDuplicates: true })
  const stored = await tx.source.findMany({
    where: { userId, OR: sources.map(({ kind, inputHash }) => ({ kind, inputHash })) },
    select: { id: true, kind: true, inputHash: true },
  })
  return sources.map((source) => stored.find((one) => one.kind === source.kind && one.inputHash === source.inputHash)!.id)
}

/** Writes what is to stand with a change or not at all, in the change's transaction. */
export type Along = (tx: Transaction) => Promise<void>

/** A message to Temporal, sent after the transaction that made it necessary; one a topic and key. */
export async function writeOrder(tx: Transaction, topic: string, key: string, payload: object): Promise<string> {
  const [order] = await tx.$queryRaw<
    { id: string }[]
  >`SELECT write_order(${topic}, ${key}, ${JSON.stringify(payload)}::jsonb) AS id`
  return order!.id
}

export const findByIdempotencyKey = (db: Database, userId: PersonId, idempotencyKey: string) =>
  db.episode.findFirst({
    where: { userId, idempotencyKey },
    select: { id: true, requestHash: true, status: true, currentVersion: true },
  })

const noEpisode = () => new HttpProblem('not-found', 'There is no such episode among yours.')

/** The caller's own episode. Another person's and none at all look the same: `not-found`. */
export async function ownEpisode(
  db: Reader,
  { userId }: Pick<Caller, 'userId'>,
  id: string,
  deleted = false,
): Promise<EpisodeRow> {
  const where = { id, userId, ...(deleted ? {} : { deletedAt: null }) }
  return own(userId, whole(await db.episode.findFirst({ where, include: withVersions })), noEpisode)
}

/** Anybody's episode, deleted or not, for the console. Throws `not-found`. */
export async function episodeInConsole(db: Reader, clerk: Pick<Caller, 'role'>, id: string): Promise<EpisodeRow> {
  const row = whole(await db.episode.findFirst({ where: { id }, include: withVersions }))
  return inConsole(clerk, row, () => new HttpProblem('not-found', 'There is no such episode.'))
}

/** Changes an episode. */
export const updateEpisode = (db: Database | Transaction, { id }: EpisodeRef, data: Prisma.EpisodeUncheckedUpdateInput) =>
  db.episode.update({ where: { id }, data })

/** What somebody who may act on it has read before, as it is now; `null` when it is gone. */
export async function episodeAgain(db: Reader, ref: EpisodeRef): Promise<EpisodeRow | null> {
  const row = whole(await db.episode.findFirst({ where: { id: ref.id, deletedAt: null }, include: withVersions }))
  return row && within(ref, [row])[0]!
}

/** By what a list is ordered; what is the same there is ordered by its id. */
export const listOrders = {
  newest: { by: 'createdAt', way: 'desc' },
  oldest: { by: 'createdAt', way: 'asc' },
  updated: { by: 'updatedAt', way: 'desc' },
  title: { by: 'title', way: 'asc' },
} as const
export type ListOrder = keyof typeof listOrders

export interface ListFilter {
  userId: PersonId
  /** The row behind which the page begins. */
  after: { at: Date | string; id: string } | undefined
  limit: number
  order: ListOrder
  q: string | undefined
  statuses: EpisodeRow['status'][] | undefined
  kind: EpisodeRow['kind'] | undefined
}

export async function listEpisodes(db: Reader, filter: ListFilter): Promise<EpisodeRow[]> {
  const { userId, after, limit, order, q, statuses, kind } = filter
  const { by, way } = listOrders[order]
  const beyond = way === 'desc' ? 'lt' : 'gt'
  const rows = await db.episode.findMany({
    where: {
      userId,
      deletedAt: null,
      ...(q && { title: { contains: q, mode: 'insensitive' as const } }),
      ...(statuses && { status: { in: statuses } }),
      ...(kind && { kind }),
      // The bound is said by itself too: an index begins at it, and cannot begin at an alternative.
      ...(after && {
        [by]: { [`${beyond}e`]: after.at },
        OR: [{ [by]: { [beyond]: after.at } }, { id: { [beyond]: after.id } }],
      }),
    },
    orderBy: [{ [by]: way }, { id: way }],
    take: limit,
    include: withVersions,
  })
  return allOwn(userId, rows.map(currentFirst))
}

/** How many episodes somebody has in each state and of each kind. */
export const countEpisodes = (db: Reader, userId: PersonId) =>
  db.episode.groupBy({ by: ['status', 'kind'], where: { userId, deletedAt: null }, _count: true })

export async function linesOf(db: Reader, version: VersionRef): Promise<LineRow[]> {
  const where = { versionId: version.id }
  return within(version, await db.line.findMany({ where, orderBy: { position: 'asc' }, include: lineWithSound }))
}

/** What a version speaks by. */
export async function dictionaryOfVersion(db: Database | Transaction, { id }: VersionRef): Promise<Pronunciation[]> {
  const { pronunciations } = await db.version.findFirstOrThrow({ where: { id }, select: { pronunciations: true } })
  return pronunciations as unknown as Pronunciation[]
}

export async function findLine(db: Database, version: VersionRef, lineId: string): Promise<LineRow | undefined> {
  const line = await db.line.findFirst({ where: { id: lineId, versionId: version.id }, include: lineWithSound })
  return within(version, line ? [line] : [])[0]
}

/** How many lines of each version are in which state. */
export const countLines = (db: Reader, versions: VersionRef[]) =>
  db.line.groupBy({ by: ['versionId', 'status'], where: { versionId: { in: versions.map(({ id }) => id) } }, _count: true })

/** How many different recordings there are of lines that go back to these; only where there are several. */
export async function countTakes(db: Reader, originIds: string[]): Promise<Map<string, number>> {
  if (originIds.length === 0) return new Map()
  const rows = await db.$queryRaw<{ originId: string; takes: number }[]>`
    SELECT coalesce(origin_id, id) AS "originId", count(DISTINCT segment_key)::int AS takes FROM lines
    WHERE segment_key IS NOT NULL AND (origin_id = ANY(${originIds}::uuid[]) OR id = ANY(${originIds}::uuid[]))
    GROUP BY 1 HAVING count(DISTINCT segment_key) > 1`
  return new Map(rows.map(({ originId, takes }) => [originId, takes]))
}

export const spentOn = (db: Reader, episodes: EpisodeRef[]) =>
  db.usageLog.groupBy({
    by: ['episodeId'],
    where: { episodeId: { in: episodes.map(({ id }) => id) } },
    _sum: { costMicroUsd: true },
  })

export const spentOnVersions = (db: Reader, versions: VersionRef[]) =>
  db.usageLog.groupBy({
    by: ['versionId'],
    where: { versionId: { in: versions.map(({ id }) => id) } },
    _sum: { costMicroUsd: true },
  })

/** The calls for lines that brought nothing, oldest first: what each cost, and how it ended. */
export const triesFor = (db: Reader, lines: LineRow[]) =>
  db.usageLog.findMany({
    where: { lineId: { in: lines.map(({ id }) => id) }, status: { in: ['failed', 'unknown'] } },
    orderBy: { startedAt: 'asc' },
    select: { lineId: true, provider: true, model: true, status: true, outcome: true, costMicroUsd: true, startedAt: true },
  })
export type TryRow = Awaited<ReturnType<typeof triesFor>>[number]

/** Of a text only its beginning: it may be long. */
export const sourcesOf = (db: Reader, { id: episodeId }: EpisodeRef) =>
  db.$queryRaw<SourceRow[]>`
    SELECT s.id, s.kind::text, s.title, s.characters, left(s.input, 200) AS input, s.input_hash AS "inputHash", s.text_key AS "textKey",
      s.format, s.language, s.first_words AS "firstWords", s.left_out AS "leftOut", s.failure_code AS "failureCode", s.failure_detail AS "failureDetail"
    FROM episode_sources e JOIN sources s ON s.id = e.source_id
    WHERE e.episode_id = ${episodeId}::uuid ORDER BY e.position`
