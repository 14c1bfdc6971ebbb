import { expect, it } from 'vitest'
import { lineAt, timeScript } from './script-times.ts'
import type { Line } from './types.ts'

const line = (id: string, status: Line['status'], durationMs: number | null): Line => ({
  id,
  originId: id,
  passages: 0,
  takes: 0,
  section: 0,
  position: Number(id),
  speaker: '甲',
  voiceId: 'v',
  text: '你好，世界。',
  direction: null,
  status,
  durationMs,
  pauseAfterMs: 400,
  levels: null,
  failure: null,
  tries: [],
})

const script = timeScript([
  line('0', 'ready', 1_000),
  line('1', 'skipped', null),
  line('2', 'ready', 2_000),
  line('3', 'voicing', null),
  line('4', 'ready', 3_000),
])

it('knows when a line begins as long as all before it have sound; skipped lines count nothing', () => {
  expect(script.lines.map(({ startMs }) => startMs)).toEqual([0, 1_400, 1_400, 3_800, null])
  expect(script.exact).toBe(false)
})

it('finds the line that sounds', () => {
  expect(lineAt(script, 1_399)?.line.id).toBe('0')
  expect(lineAt(script, 1_400)?.line.id).toBe('2')
  expect(lineAt(script, 99_000)?.line.id).toBe('2')
})
