import { expect, it } from 'vitest'
import type { Line } from '../../lib/types.ts'
import { added, again, moved, saidBy, shifted, without } from './script-change.ts'

const line = (id: string, section: number): Line => ({
  id,
  originId: id,
  passages: 0,
  takes: 0,
  section,
  position: Number(id),
  speaker: '甲',
  voiceId: 'v',
  text: `第${id}句`,
  direction: null,
  status: 'waiting',
  durationMs: null,
  pauseAfterMs: 400,
  levels: null,
  failure: null,
  tries: [],
})
const lines = [line('0', 0), line('1', 0), line('2', 1)]
const places = (wanted: readonly { id?: string; section?: number }[]) =>
  wanted.map(({ id, section }) => `${id ?? 'new'} ${section}`)

it('a line moves within its section, changes over at the border, and stops at the ends', () => {
  expect(places(moved(lines, '0', 1))).toEqual(['1 0', '0 0', '2 1'])
  expect(places(moved(lines, '1', 1))).toEqual(['0 0', '1 1', '2 1'])
  expect(places(moved(lines, '2', -1))).toEqual(['0 0', '1 0', '2 0'])
  expect(places(moved(lines, '0', -1))).toEqual(['0 0', '1 0', '2 1'])
  expect(places(moved(lines, '2', 1))).toEqual(['0 0', '1 0', '2 1'])
})

it('a new line stands behind the one it was added to, in its section', () => {
  expect(places(added(lines, '1', { speaker: '乙', text: '新的一句' }))).toEqual(['0 0', '1 0', 'new 0', '2 1'])
})

it('words go to another speaker with their voice', () => {
  expect(saidBy(lines, '1', '乙', 'w')[1]).toMatchObject({ id: '1', speaker: '乙', voiceId: 'w', text: '第1句' })
})

it('taken back, a line that is gone comes as a new one in its old place', () => {
  const now = [lines[0]!, lines[2]!]
  expect(places(without(lines, '1'))).toEqual(['0 0', '2 1'])
  expect(places(again(lines, now))).toEqual(['0 0', 'new 0', '2 1'])
})

it('a line that is dropped elsewhere joins the section it comes to stand in', () => {
  const script = [line('0', 0), line('1', 0), line('2', 1), line('3', 1)]
  const order = (to: number, id = '0') => shifted(script, id, to).map((one) => `${one.id}${one.section}`)
  expect(order(2)).toEqual(['10', '21', '01', '31'])
  expect(order(0, '3')).toEqual(['30', '00', '10', '21'])
  expect(shifted(script, '0', 0)).toBe(script)
  expect(shifted(script, '0', 9)).toBe(script)
})
