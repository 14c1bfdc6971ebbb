import { Prisma } from '../../prisma/client.ts'
import type { Database, Reader } from '../../prisma/client.ts'
import type { EpisodeRef } from '../episodes/episodes.repo.ts'
import type { Everybody, PersonId } from '../http/authorized.ts'

export type UsageGroup = 'day' | 'provider' | 'episode' | 'user'

/** Days as `YYYY-MM-DD`, UTC, both included. */
export interface UsageQuestion {
  from: string
  to: string
  group: UsageGroup
  of: PersonId | Everybody
}

export interface UsageRow {
  key: string
  name: string | null
  provider: string
  step: string
  calls: number
  unknownCalls: number
  unknownUpTo: bigint
  cost: bigint
}

const keys: Record<UsageGroup, Prisma.Sql> = {
  day: Prisma.sql`to_char(c.started_at AT TIME ZONE 'UTC', 'YYYY-MM-DD')`,
  provider: Prisma.sql`c.provider`,
  episode: Prisma.sql`coalesce(c.episode_id::text, '')`,
  user: Prisma.sql`c.user_id`,
}
const names: Record<UsageGroup, Prisma.Sql> = {
  day: Prisma.sql`NULL`,
  provider: Prisma.sql`NULL`,
  episode: Prisma.sql`max(e.title)`,
  user: Prisma.sql`max(u.email)`,
}

/** What calls cost, by the group and within it by provider and step. */
export const usageRows = (reader: Reader, { from, to, group, of }: UsageQuestion) => reader.$queryRaw<UsageRow[]>`
  SELECT ${keys[group]} AS key, ${names[group]} AS name, c.provider, c.step, count(*)::int AS calls,
    count(*) FILTER (WHERE c.status = 'unknown')::int AS "unknownCalls",
    coalesce(sum(c.held_micro_usd) FILTER (WHERE c.status = 'unknown'), 0)::bigint AS "unknownUpTo",
    coalesce(sum(c.cost_micro_usd), 0)::bigint AS cost
  FROM usage_logs c JOIN users u ON u.id = c.user_id LEFT JOIN episodes e ON e.id = c.episode_id
  WHERE c.started_at >= ${from}::date::timestamp AT TIME ZONE 'UTC'
    AND c.started_at < (${to}::date + 1)::timestamp AT TIME ZONE 'UTC'
    AND (${of} = 'everybody' OR c.user_id = ${of})
  GROUP BY 1, c.provider, c.step
  ORDER BY 1, c.provider, c.step`

export const callsOf = (db: Database, { id: episodeId }: EpisodeRef) =>
  db.usageLog.findMany({ where: { episodeId }, orderBy: [{ startedAt: 'asc' }, { id: 'asc' }] })

/** Lines whose sound was there before they were: their version bought nothing for them. */
export const reusedLines = (db: Database, { id: episodeId }: EpisodeRef) => db.$queryRaw<
  { versionId: string; position: number }[]
>`
  SELECT l.version_id AS "versionId", l.position FROM lines l JOIN versions v ON v.id = l.version_id
  WHERE v.episode_id = ${episodeId}::uuid AND l.status = 'ready'
    AND NOT EXISTS (SELECT 1 FROM usage_logs c WHERE c.line_id = l.id AND c.status = 'settled')
  ORDER BY l.position`

export const costOf = async (db: Database, { id: episodeId }: EpisodeRef): Promise<bigint> =>
  (await db.usageLog.aggregate({ where: { episodeId }, _sum: { costMicroUsd: true } }))._sum.costMicroUsd ?? 0n
