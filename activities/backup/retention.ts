/** A verified backup, as retention sees it. */
export interface Kept {
  id: string
  takenAt: Date
}

const DAY_MS = 86_400_000
const ALL_DAYS = 7
const TIERS: { count: number; periodOf: (time: Date) => string }[] = [
  { count: 30, periodOf: dayOf },
  { count: 8, periodOf: weekOf },
  { count: 12, periodOf: (time) => dayOf(time).slice(0, 7) },
]
export const FEWEST = 3
export const MOST_DELETIONS = 3
/** So much before the newest one nobody has made a backup: perhaps it is the clock that jumped. */
const GAP_MS = ALL_DAYS * DAY_MS
const SKEW_MS = 10 * 60_000

/**
 * Which verified backups may go: the oldest first, three at most. Kept are all of seven days, the newest of each of the last 30 days, 8 weeks and 12
 * months that have one, the newest in any case, and never fewer than three. Time is counted from the newest backup, not from now: while none are made none
 * grow old. On a day on which anything is unusual nothing goes: not when a backup is from the future, nor after a long pause, which may be a wrong clock.
 */
export function toDelete(backups: readonly Kept[], { now, isAnomaly }: { now: Date; isAnomaly: boolean }): string[] {
  const newestFirst = backups.toSorted((a, b) => b.takenAt.getTime() - a.takenAt.getTime() || b.id.localeCompare(a.id))
  const [newest, next] = newestFirst
  if (isAnomaly || !newest || !next || newestFirst.length <= FEWEST) return []
  if (newest.takenAt.getTime() > now.getTime() + SKEW_MS) return []
  if (newest.takenAt.getTime() - next.takenAt.getTime() > GAP_MS) return []
  const kept = new Set(newestFirst.slice(0, FEWEST).map(({ id }) => id))
  for (const { id, takenAt } of newestFirst) if (newest.takenAt.getTime() - takenAt.getTime() < ALL_DAYS * DAY_MS) kept.add(id)
  for (const { count, periodOf } of TIERS) for (const id of newestOfEach(newestFirst, count, periodOf)) kept.add(id)
  return newestFirst
    .filter(({ id }) => !kept.has(id))
    .map(({ id }) => id)
    .slice(-MOST_DELETIONS)
    .toReversed()
}

function newestOfEach(newestFirst: readonly Kept[], count: number, periodOf: (time: Date) => string): string[] {
  const periods = new Map<string, string>()
  for (const { id, takenAt } of newestFirst) {
    const period = periodOf(takenAt)
    if (!periods.has(period)) periods.set(period, id)
  }
  return [...periods.values()].slice(0, count)
}

function dayOf(time: Date): string {
  return time.toISOString().slice(0, 10)
}

/** The Monday its week began on. */
function weekOf(time: Date): string {
  const sinceMonday = (time.getUTCDay() + 6) % 7
  return dayOf(new Date(time.getTime() - sinceMonday * DAY_MS))
}
