import { Prisma } from '../../prisma/client.ts'
import type { Database } from '../../prisma/client.ts'

/** Episodes ordered since `since`, by where they stand. */
export const ordersSince = (db: Database, since: Date) =>
  db.episode.groupBy({ by: ['status'], where: { createdAt: { gte: since } }, _count: true })

/** How long the first line of the first version took, for half of the episodes and for nineteen of twenty. */
export async function firstSoundsSince(db: Database, since: Date): Promise<{ median: number | null; p95: number | null }> {
  const [row] = await db.$queryRaw<{ median: number | null; p95: number | null }[]>`
    SELECT percentile_cont(0.5) WITHIN GROUP (ORDER BY ms)::float AS median,
      percentile_cont(0.95) WITHIN GROUP (ORDER BY ms)::float AS p95
    FROM (SELECT extract(epoch FROM l.ready_at - v.created_at) * 1000 AS ms
      FROM episodes e JOIN versions v ON v.episode_id = e.id AND v.number = 1 JOIN lines l ON l.version_id = v.id AND l.position = 0
      WHERE e.created_at >= ${since} AND l.ready_at IS NOT NULL) first_sounds`
  return row!
}

export interface CallShare {
  provider: string
  slot: number
  calls: number
  failed: number
}

/** Calls since `since` that have ended, by provider and slot of `slotSeconds`. A call that somebody stopped says nothing of its provider. */
export const callsBySlot = (db: Database, since: Date, slotSeconds: number) => db.$queryRaw<CallShare[]>`
  SELECT provider, floor(extract(epoch FROM started_at - ${since}::timestamptz) / ${slotSeconds}::int)::int AS slot,
    count(*)::int AS calls, count(*) FILTER (WHERE status IN ('failed', 'unknown'))::int AS failed
  FROM usage_logs
  WHERE started_at >= ${since} AND status IN ('settled', 'failed', 'unknown') AND provider NOT IN ('local', 'neural')
  GROUP BY 1, 2 ORDER BY 1, 2`

/** `undefined`: this installation has no backups. */
export async function newestVerifiedBackup(db: Database): Promise<Date | null | undefined> {
  const [table] = await db.$queryRaw<{ has: boolean }[]>`
    SELECT EXISTS (SELECT 1 FROM pg_attribute WHERE attrelid = to_regclass('public.backups') AND attname = 'verified_at') AS has`
  if (!table?.has) return undefined
  const [row] = await db.$queryRaw<{ at: Date | null }[]>(Prisma.sql`SELECT max(verified_at) AS at FROM backups`)
  return row?.at ?? null
}
