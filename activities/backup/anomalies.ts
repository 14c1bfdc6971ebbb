import { Prisma } from '../../prisma/client.ts'
import type { Deps } from '../deps.ts'
import { toolsOf } from './backup-tools.ts'

/** Less than this share of the backup before is unusual. */
const SHARE = 0.7
/** Clocks that are further apart than this are not to be trusted with deletions. */
const SKEW_MS = 10 * 60_000

export type Anomaly = 'smaller' | 'fewer-rows' | 'clock'

/** What is unusual about a backup, held against the newest verified one before it, and against the clocks of database, object store and this machine. */
export async function anomaliesOf(deps: Deps, row: Prisma.BackupGetPayload<object>): Promise<Anomaly[]> {
  const before = await deps.db.backup.findFirst({
    where: { status: 'verified', id: { not: row.id } },
    orderBy: { takenAt: 'desc' },
    select: { takenAt: true, bytes: true, rows: true },
  })
  const storedAt = (await toolsOf(deps).store.stat(row.dumpObject!))?.modifiedAt
  const [takenMs, storedMs] = [row.takenAt!.getTime(), storedAt?.getTime()]
  const isClockOff =
    Math.abs(Date.now() - (await databaseTime(deps))) > SKEW_MS ||
    // Stored after it was taken, and before now.
    (storedMs !== undefined && (storedMs < takenMs - SKEW_MS || storedMs > Date.now() + SKEW_MS)) ||
    (before?.takenAt !== undefined && before.takenAt !== null && before.takenAt.getTime() > takenMs + SKEW_MS)
  const found: [Anomaly, boolean][] = [
    ['smaller', isLess(row.bytes, before?.bytes)],
    ['fewer-rows', isLess(row.rows, before?.rows)],
    ['clock', isClockOff],
  ]
  return found.filter(([, isSo]) => isSo).map(([name]) => name)
}

const isLess = (now: bigint | null, before: bigint | null | undefined) =>
  before !== null && before !== undefined && Number(now) < Number(before) * SHARE

async function databaseTime({ db }: Deps): Promise<number> {
  const [row] = await db.$queryRaw<{ now: Date }[]>`SELECT now()`
  return row!.now.getTime()
}
