import { Prisma } from '../../prisma/client.ts'
import type { Reader } from '../../prisma/client.ts'
import { isThere } from '../episodes/episodes.repo.ts'
import { monthAccount } from '../../shared/spending.ts'
import { slice } from './list-query.ts'
import type { AdminList } from './list-query.ts'

const direction = (order: 'ASC' | 'DESC') => (order === 'ASC' ? 'asc' : 'desc') satisfies Prisma.SortOrder

const contains = (text: string) => ({ contains: text, mode: 'insensitive' as const })

export interface EpisodeFilter {
  q?: string | undefined
  status?: Prisma.EpisodeWhereInput['status'] | undefined
  userId?: string | undefined
}

const withVersion = {
  user: { select: { email: true } },
  versions: { orderBy: { number: 'desc' }, omit: { outline: true, pronunciations: true } },
} satisfies Prisma.EpisodeInclude
export type AdminEpisodeRow = Prisma.EpisodeGetPayload<{ include: typeof withVersion }>

export async function adminEpisodes(db: Reader, list: AdminList<EpisodeFilter>) {
  const { q, status, userId } = list.filter
  const where: Prisma.EpisodeWhereInput = {
    ...(status && { status }),
    ...(userId && { userId }),
    ...(q && { OR: [{ title: contains(q) }, { user: { email: contains(q) } }] }),
  }
  const [rows, total] = await Promise.all([
    db.episode.findMany({
      where,
      ...slice(list),
      orderBy: [{ [list.sort]: direction(list.order) }, { id: 'desc' }],
      include: withVersion,
    }),
    db.episode.count({ where }),
  ])
  return { rows: rows.filter(isThere), total }
}

export async function adminEpisode(db: Reader, id: string): Promise<AdminEpisodeRow | null> {
  const row = await db.episode.findUnique({ where: { id }, include: withVersion })
  return row && isThere(row) ? row : null
}

/** When the first line of each version could be heard. */
export const firstSounds = (db: Reader, versionIds: string[]) =>
  db.line.groupBy({ by: ['versionId'], where: { versionId: { in: versionIds }, position: 0 }, _min: { readyAt: true } })

const usageOrder = { user: { select: { email: true } } } satisfies Prisma.UsageLogInclude
export type UsageLogRow = Prisma.UsageLogGetPayload<{ include: typeof usageOrder }>

export interface UsageFilter {
  episodeId?: string | undefined
  userId?: string | undefined
  status?: Prisma.UsageLogWhereInput['status'] | undefined
  provider?: string | undefined
  /** Days (UTC), both included. */
  from?: string | undefined
  to?: string | undefined
}

const DAY_MS = 86_400_000

function callsThat({ episodeId, userId, status, provider, from, to }: UsageFilter): Prisma.UsageLogWhereInput {
  const startedAt = {
    ...(from && { gte: new Date(from) }),
    ...(to && { lt: new Date(Date.parse(to) + DAY_MS) }),
  }
  return {
    ...(episodeId && { episodeId }),
    ...(userId && { userId }),
    ...(status && { status }),
    ...(provider && { provider }),
    ...((from || to) && { startedAt }),
  }
}

/** Every call, the newest first, page by page, so that a million of them need the memory of one page. */
export async function* usageLogPages(db: Reader, filter: UsageFilter, perPage = 1000): AsyncGenerator<UsageLogRow[]> {
  const where = callsThat(filter)
  let last: UsageLogRow | undefined
  do {
    const rows: UsageLogRow[] = await db.usageLog.findMany({
      where,
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
      take: perPage,
      include: usageOrder,
      ...(last && { cursor: { id: last.id }, skip: 1 }),
    })
    last = rows.length === perPage ? rows.at(-1) : undefined
    yield rows
  } while (last)
}

export async function adminUsageLogs(db: Reader, list: AdminList<UsageFilter>) {
  const where = callsThat(list.filter)
  const [rows, total] = await Promise.all([
    db.usageLog.findMany({
      where,
      ...slice(list),
      orderBy: [{ [list.sort]: direction(list.order) }, { id: 'desc' }],
      include: usageOrder,
    }),
    db.usageLog.count({ where }),
  ])
  return { rows, total }
}

export const usageLogsOf = (db: Reader, episodeId: string) =>
  db.usageLog.findMany({ where: { episodeId }, orderBy: { startedAt: 'desc' }, take: 2000, include: usageOrder })

export const positionsOf = (db: Reader, lineIds: string[]) =>
  db.line.findMany({ where: { id: { in: lineIds } }, select: { id: true, position: true } })

export async function adminUsers(db: Reader, list: AdminList<{ q?: string | undefined; role?: string | undefined }>) {
  const { q, role } = list.filter
  const where: Prisma.UserWhereInput = {
    ...(role && { role }),
    ...(q && { OR: [{ email: contains(q) }, { name: contains(q) }] }),
  }
  const [rows, total] = await Promise.all([
    db.user.findMany({ where, ...slice(list), orderBy: [{ [list.sort]: direction(list.order) }, { id: 'desc' }] }),
    db.user.count({ where }),
  ])
  return { rows, total }
}

/** Episodes, money and last sign of life of each user. */
export async function userFigures(db: Reader, userIds: string[]) {
  const now = new Date()
  const [episodes, costs, sessions, months] = await Promise.all([
    db.episode.groupBy({ by: ['userId'], where: { userId: { in: userIds } }, _count: true }),
    db.usageLog.groupBy({ by: ['userId'], where: { userId: { in: userIds } }, _sum: { costMicroUsd: true } }),
    db.session.groupBy({ by: ['userId'], where: { userId: { in: userIds } }, _max: { updatedAt: true } }),
    db.spendingAccount.findMany({ where: { account: { in: userIds.map((id) => monthAccount(id, now)) } } }),
  ])
  return (userId: string) => ({
    episodes: episodes.find((one) => one.userId === userId)?._count ?? 0,
    costMicroUsd: costs.find((one) => one.userId === userId)?._sum.costMicroUsd ?? 0n,
    monthMicroUsd: months.find(({ account }) => account === monthAccount(userId, now))?.spentMicroUsd ?? 0n,
    lastSeenAt: sessions.find((one) => one.userId === userId)?._max.updatedAt ?? null,
  })
}
