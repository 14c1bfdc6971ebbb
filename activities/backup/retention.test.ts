import fc from 'fast-check'
import { expect, it } from 'vitest'
import { FEWEST, MOST_DELETIONS, toDelete } from './retention.ts'
import type { Kept } from './retention.ts'

const HISTORIES = 10_000
const DAY_MS = 86_400_000
const START_MS = Date.UTC(2026, 0, 1)

/** A history of years: backups at any time of day, several a day or none for weeks. */
const histories = fc.array(fc.double({ min: 0.01, max: 12, noNaN: true }), { minLength: 0, maxLength: 80 }).map((gapsInDays) => {
  let timeMs = START_MS
  return gapsInDays.map((gap, index): Kept => {
    timeMs += gap * DAY_MS
    return { id: String(index).padStart(4, '0'), takenAt: new Date(timeMs) }
  })
})

const periods: [number, (time: Date) => string][] = [
  [30, (time) => time.toISOString().slice(0, 10)],
  [8, (time) => String(Math.floor((time.getTime() / DAY_MS + 3) / 7))],
  [12, (time) => time.toISOString().slice(0, 7)],
]

it('keeps what was promised, whatever the history, and whatever the clock says', () => {
  let deletions = 0
  fc.assert(
    fc.property(histories, fc.boolean(), fc.integer({ min: -40, max: 40 }), (history, isAnomaly, daysOff) => {
      const newest = history.at(-1)
      const now = new Date((newest?.takenAt.getTime() ?? START_MS) + 60_000 + daysOff * DAY_MS)
      const gone = toDelete(history, { now, isAnomaly })
      const left = history.filter(({ id }) => !gone.includes(id))
      deletions += gone.length
      expect(gone.length).toBeLessThanOrEqual(MOST_DELETIONS)
      expect(left.length).toBeGreaterThanOrEqual(Math.min(FEWEST, history.length))
      if (newest) expect(gone).not.toContain(newest.id)
      if (isAnomaly || daysOff < 0) expect(gone).toEqual([])
      for (const { id, takenAt } of history)
        if (newest!.takenAt.getTime() - takenAt.getTime() < 7 * DAY_MS) expect(gone).not.toContain(id)
      for (const [count, periodOf] of periods) {
        const last = [...new Set(history.map(({ takenAt }) => periodOf(takenAt)))].slice(-count)
        for (const period of last) expect(left.some(({ takenAt }) => periodOf(takenAt) === period)).toBe(true)
      }
    }),
    { numRuns: HISTORIES },
  )
  expect(deletions, 'something was ever deleted').toBeGreaterThan(HISTORIES / 10)
})

it('a year of days, one backup each, comes to a steady number', () => {
  let kept: Kept[] = []
  for (let day = 0; day < 500; day++) {
    const takenAt = new Date(START_MS + day * DAY_MS + 4 * 3_600_000)
    kept.push({ id: String(day).padStart(4, '0'), takenAt })
    const gone = toDelete(kept, { now: takenAt, isAnomaly: false })
    kept = kept.filter(({ id }) => !gone.includes(id))
  }
  // 30 days, the weeks and months before them.
  expect(kept.length).toBeGreaterThan(40)
  expect(kept.length).toBeLessThan(50)
})

it('deletes nothing when the clock jumped forward by 40 days, nor when it jumped back', () => {
  const history = Array.from({ length: 60 }, (_, day): Kept => ({
    id: String(day).padStart(4, '0'),
    takenAt: new Date(START_MS + day * DAY_MS),
  }))
  const last = history.at(-1)!.takenAt.getTime()
  expect(toDelete(history, { now: new Date(last), isAnomaly: false })).toHaveLength(MOST_DELETIONS)
  const jumped: Kept = { id: 'jumped', takenAt: new Date(last + 40 * DAY_MS) }
  expect(toDelete([...history, jumped], { now: jumped.takenAt, isAnomaly: false })).toEqual([])
  expect(toDelete(history, { now: new Date(last - 40 * DAY_MS), isAnomaly: false })).toEqual([])
})
