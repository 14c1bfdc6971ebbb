import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Line } from '../../lib/types.ts'
import { changesBetween, piecesBetween } from './diff.ts'

const line = (originId: string, text: string, more: Partial<Line> = {}): Line => ({
  id: `${originId}-now`,
  originId,
  passages: 0,
  takes: 1,
  section: 0,
  position: 0,
  speaker: '甲',
  voiceId: 'v',
  text,
  direction: null,
  status: 'ready',
  durationMs: 1000,
  pauseAfterMs: 0,
  levels: null,
  failure: null,
  tries: [],
  ...more,
})

it('tells words that came and went, Chinese and Latin', () => {
  expect(piecesBetween('one third of people', 'one half of people')).toEqual([
    { kind: 'same', text: 'one ' },
    { kind: 'gone', text: 'third' },
    { kind: 'added', text: 'half' },
    { kind: 'same', text: ' of people' },
  ])
  const pieces = piecesBetween('今天晚上看不到银河。', '今天晚上看得到银河。')
  expect(pieces.map(({ text }) => text).join('')).toContain('不')
  expect(pieces.at(-1)?.kind).toBe('same')
})

it('of two texts nothing is lost and nothing made up', () => {
  fc.assert(
    fc.property(fc.string({ maxLength: 60 }), fc.string({ maxLength: 60 }), (before, now) => {
      const pieces = piecesBetween(before, now)
      const only = (kind: string) => pieces.filter((piece) => piece.kind !== kind).map(({ text }) => text)
      expect(only('added').join('')).toBe(before)
      expect(only('gone').join('')).toBe(now)
    }),
  )
})

it('tells lines that were changed, added, taken out, moved, skipped and given another voice', () => {
  const before = [line('a', '一'), line('b', '二'), line('c', '三'), line('d', '四'), line('e', '五')]
  const now = [
    line('a', '一'),
    line('c', '三改'),
    line('x', '新'),
    line('d', '四', { status: 'skipped' }),
    line('e', '五', { voiceId: 'w' }),
  ]
  expect(changesBetween(before, now).map(({ kind, line: { originId } }) => `${kind} ${originId}`)).toEqual([
    'gone b',
    'changed c',
    'added x',
    'skipped d',
    'changed e',
  ])
  expect(changesBetween(before, [before[1]!, before[0]!, ...before.slice(2)])).toMatchObject([{ kind: 'changed', isMoved: true }])
  expect(changesBetween(before, before)).toEqual([])
})
