import { expect, it } from 'vitest'
import { axisOf } from './time-axis.ts'

const minute = 60_000
const work = { mark: 'step', startMs: 0, endMs: minute }

it('is true to scale where work was done', () => {
  const axis = axisOf([work, { mark: 'voiced', startMs: 10_000, endMs: 30_000 }])
  expect([0, 15_000, 30_000, minute].map(axis.across)).toEqual([0, 0.25, 0.5, 1])
  expect(axis.ticksMs).toEqual([0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000])
})

it('folds days of waiting for a person, and marks when work went on', () => {
  const day = 1440 * minute
  const axis = axisOf([
    work,
    { mark: 'waiting', startMs: minute, endMs: day },
    { mark: 'step', startMs: day, endMs: day + 30_000 },
  ])
  expect(axis.across(day) - axis.across(minute)).toBeCloseTo(0.2)
  expect(axis.ticksMs.at(-1)).toBe(day)
  expect(axis.across(day + 30_000)).toBe(1)
})

it('shows a wait that is all there is', () => {
  const axis = axisOf([{ mark: 'waiting', startMs: 0, endMs: 30 * minute }])
  expect(axis.across(15 * minute)).toBe(0.5)
})
