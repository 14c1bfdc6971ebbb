import { expect, it } from 'vitest'
import { timeScript } from '../../lib/script-times.ts'
import type { Line } from '../../lib/types.ts'
import { firstLines, sectionsOf } from './sections.ts'

const line = (position: number, section: number, speaker: string): Line => ({
  id: `line${position}`,
  originId: `line${position}`,
  passages: 0,
  takes: 0,
  section,
  position,
  speaker,
  voiceId: 'v',
  text: '话。',
  direction: null,
  status: 'waiting',
  durationMs: null,
  pauseAfterMs: 0,
  levels: null,
  failure: null,
  tries: [],
})

const speakers = ['甲', '甲', '乙', '乙', '甲']
const lines = speakers.map((speaker, position) => line(position, position < 4 ? 0 : 1, speaker))
const script = { version: 1, revision: '1.1', sections: [{ title: '一' }, { title: '二' }], lines }
const sections = sectionsOf(script, timeScript(lines))

it('a section knows how many lines stand before it', () => {
  expect(sections.map(({ before, total }) => [before, total])).toEqual([
    [0, 4],
    [4, 1],
  ])
})

it.each([
  [0, []],
  [1, [1]],
  [3, [2, 1]],
  [4, [2, 2]],
  [9, [2, 2]],
])('the first %i lines are turns of %j', (count, turns) => {
  expect(firstLines(sections[0]!, count).map((turn) => turn.lines.length)).toEqual(turns)
})
