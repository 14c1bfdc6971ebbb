import { Gauge } from 'prom-client'
import type { Database } from '../../prisma/client.ts'
import { dayAccount } from '../../shared/spending.ts'

const gauge = (name: string, help: string, labelNames: string[] = []) => new Gauge({ name: `aimake_${name}`, help, labelNames })

const isUp = gauge('database_up', 'Whether the database answered when it was last asked: 1 or 0.')
const queued = gauge('oldest_queued_episode_age_seconds', 'How long the oldest episode waits for its run to begin.')
const lines = gauge('queue_oldest_line_age_seconds', 'How long the oldest line waits to be voiced.', ['provider'])
const waiting = gauge('queue_lines', 'Lines that wait to be voiced.', ['provider'])
const unknown = gauge(
  'unknown_paid_calls',
  'Calls of the last day, older than an hour, of which nobody knows whether they were charged.',
)
const spent = gauge('spend_today_micro_usd', 'What today has cost, and what its calls in flight may.')
const cap = gauge('spend_daily_cap_micro_usd', 'What a day may cost; absent when nothing bounds it.')
const backup = gauge(
  'newest_verified_backup_age_seconds',
  'Age of the newest backup that was restored and compared; without one, of the house itself.',
)

interface House {
  queuedSeconds: number | null
  unknownCalls: number
  spentMicroUsd: number
  capMicroUsd: number | null
  bornSeconds: number | null
}

/** Well below what a reader of metrics waits. */
const LOOK_MS = 1500

/** What a log line says of the house, for those who watch by logs alone. */
export interface HouseNews {
  oldest_queued_seconds: number
  unknown_calls: number
  spent_micro_usd: number
  cap_micro_usd: number | null
  backup_age_seconds: number
}

/**
 * Asks the database how the house does, and sets the gauges. Never throws; what it cannot learn is absent, not old. `undefined` when the
 * database does not answer.
 */
export async function lookAtHouse(db: Database): Promise<HouseNews | undefined> {
  const late = new Promise<never>((_, reject) => setTimeout(reject, LOOK_MS, new Error('the database is late')).unref())
  try {
    const [house, queue, backupSeconds] = await Promise.race([Promise.all([readHouse(db), readQueue(db), readBackup(db)]), late])
    isUp.set(1)
    queued.set(house.queuedSeconds ?? 0)
    unknown.set(house.unknownCalls)
    spent.set(house.spentMicroUsd)
    if (house.capMicroUsd === null) cap.remove()
    else cap.set(house.capMicroUsd)
    backup.set(backupSeconds ?? house.bornSeconds ?? 0)
    for (const one of [lines, waiting]) one.reset()
    for (const { provider, seconds, count } of queue) {
      lines.set({ provider }, seconds)
      waiting.set({ provider }, count)
    }
    return {
      oldest_queued_seconds: house.queuedSeconds ?? 0,
      unknown_calls: house.unknownCalls,
      spent_micro_usd: house.spentMicroUsd,
      cap_micro_usd: house.capMicroUsd,
      backup_age_seconds: backupSeconds ?? house.bornSeconds ?? 0,
    }
  } catch {
    for (const one of [queued, lines, waiting, unknown, spent, cap, backup]) one.remove()
    isUp.set(0)
    return undefined
  }
}

async function readHouse(db: Database): Promise<House> {
  const [house] = await db.$queryRaw<House[]>`
    SELECT
      (SELECT extract(epoch FROM now() - min(created_at))::float8 FROM episodes WHERE status = 'queued' AND deleted_at IS NULL)
        AS "queuedSeconds",
      (SELECT count(*)::int FROM usage_logs WHERE status IN ('unknown', 'started') AND held_micro_usd > 0
        AND started_at BETWEEN now() - interval '25 hours' AND now() - interval '1 hour') AS "unknownCalls",
      coalesce((SELECT held_micro_usd + spent_micro_usd FROM spending_accounts WHERE account = ${dayAccount(new Date())}), 0)::float8
        AS "spentMicroUsd",
      (SELECT daily_cap_micro_usd::float8 FROM spending_limits) AS "capMicroUsd",
      (SELECT extract(epoch FROM now() - min(created_at))::float8 FROM users) AS "bornSeconds"`
  return house!
}

/** Lines that nothing but their turn keeps waiting, by the provider that speaks them. */
const readQueue = (db: Database) =>
  db.$queryRaw<{ provider: string; seconds: number; count: number }[]>`
    SELECT o.provider, count(*)::int AS count,
      extract(epoch FROM now() - min(greatest(l.created_at, coalesce(s.started_at, l.created_at))))::float8 AS seconds
    FROM episodes e
    JOIN versions v ON v.episode_id = e.id AND v.number = e.current_version
    JOIN lines l ON l.version_id = v.id AND l.status IN ('waiting', 'voicing')
    JOIN voices o ON o.id = l.voice_id
    LEFT JOIN steps s ON s.version_id = v.id AND s.name = 'voicing'
    WHERE e.status = 'voicing' AND e.deleted_at IS NULL GROUP BY o.provider`

/** A house that keeps no book of backups has none. */
async function readBackup(db: Database): Promise<number | null> {
  const [book] = await db.$queryRaw<{ isThere: boolean }[]>`SELECT to_regclass('backups') IS NOT NULL AS "isThere"`
  if (!book?.isThere) return null
  const [newest] = await db.$queryRaw<{ seconds: number | null }[]>`
    SELECT extract(epoch FROM now() - max(verified_at))::float8 AS seconds FROM backups`
  return newest?.seconds ?? null
}
