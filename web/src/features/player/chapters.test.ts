import { expect, it } from 'vitest'
import type { TimedScript } from '../../lib/script-times.ts'
import type { Line } from '../../lib/types.ts'
import { chapterAround, chaptersOf } from './chapters.ts'

const line = (section: number) => ({ section }) as Line
const timed = (starts: readonly (number | null)[], sections: readonly number[]): TimedScript => ({
  lines: starts.map((startMs, index) => ({ line: line(sections[index]!), startMs, roughStartMs: 0, lengthMs: 0 })),
  totalMs: 0,
  exact: false,
})
const titles = { sections: [{ title: '一' }, { title: '' }, { title: '三' }] }

it('has the titled sections that can be heard by now', () => {
  const script = timed([0, 1000, 2000, 3000, null], [0, 0, 1, 2, 2])
  expect(chaptersOf(titles, script, 10_000)).toEqual([
    { index: 0, title: '一', startMs: 0 },
    { index: 2, title: '三', startMs: 3000 },
  ])
  expect(chaptersOf(titles, script, 2500)).toHaveLength(1)
  expect(chaptersOf(undefined, script, 10_000)).toEqual([])
})

it('goes back to the start of the chapter, or soon after it to the one before', () => {
  const chapters = [0, 10_000, 20_000].map((startMs, index) => ({ index, title: String(index), startMs }))
  expect(chapterAround(chapters, 15_000)).toMatchObject({ current: { index: 1 }, back: { index: 1 }, next: { index: 2 } })
  expect(chapterAround(chapters, 11_000)).toMatchObject({ back: { index: 0 } })
  expect(chapterAround(chapters, 500)).toMatchObject({ current: { index: 0 }, back: undefined, next: { index: 1 } })
  expect(chapterAround([], 500)).toEqual({ current: undefined, back: undefined, next: undefined })
})
