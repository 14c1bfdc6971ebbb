import { expect, it } from 'vitest'
import { writeCursor } from '../http/cursor.ts'
import { readPlace, writePlace } from './list-place.ts'
import { countsOf } from './status-groups.ts'

const id = '0199a0c0-0000-7000-8000-000000000001'
const row = {
  id,
  title: '银河',
  createdAt: new Date('2026-11-01T08:00:00.123Z'),
  updatedAt: new Date('2026-11-02T08:00:00.456Z'),
}
type Row = Parameters<typeof writePlace>[0]

it('a place in a list comes back to the millisecond, in the order it was written for', () => {
  const place = (order: 'newest' | 'oldest' | 'updated' | 'title') => readPlace(writePlace(row as Row, order), order)
  expect(place('newest')).toEqual({ at: row.createdAt, id })
  expect(place('oldest')).toEqual({ at: row.createdAt, id })
  expect(place('updated')).toEqual({ at: row.updatedAt, id })
  expect(place('title')).toEqual({ at: '银河', id })
})

it.each([
  ['of another order', writePlace(row as Row, 'title')],
  ['without a moment', writeCursor({ order: 'newest', at: 'yesterday', id })],
  ['without an id', writeCursor({ order: 'newest', at: row.createdAt, id: 'x' })],
  ['that is none', 'e30'],
])('a place %s is refused', (_what, cursor) => {
  expect(() => readPlace(cursor, 'newest')).toThrow('cursor')
})

it.each(['a\0b', '\ud800'])('a title no database can hold is no place', (at) => {
  expect(() => readPlace(writeCursor({ order: 'title', at, id }), 'title')).toThrow('cursor')
})

it('the longest title there may be still fits into the address', () => {
  expect(writePlace({ ...row, title: '龘'.repeat(200) } as Row, 'title').length).toBeLessThanOrEqual(1000)
})

it('numbers beside the filters: each work once among the states, once among the kinds', () => {
  const counts = countsOf([
    { status: 'ready', kind: 'podcast', _count: 3 },
    { status: 'review', kind: 'podcast', _count: 1 },
    { status: 'voicing', kind: 'narration', _count: 2 },
    { status: 'failed', kind: 'narration', _count: 1 },
  ])
  expect(counts).toEqual({ all: 7, making: 2, ready: 3, waiting: 1, stopped: 1, podcast: 4, narration: 3 })
})
