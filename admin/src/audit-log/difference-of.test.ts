import { expect, it } from 'vitest'
import { differenceOf } from './difference-of.ts'

it('names only what is not as it was', () => {
  expect(differenceOf({ role: 'user', banned: false }, { role: 'admin', banned: false })).toEqual([
    { name: 'role', before: 'user', after: 'admin' },
  ])
})

it('shows what came and what went', () => {
  expect(differenceOf(null, { cap: 5 })).toEqual([{ name: 'cap', before: undefined, after: '5' }])
  expect(differenceOf({ cap: null }, null)).toEqual([{ name: 'cap', before: 'null', after: undefined }])
})

it('leaves the times of the row out', () => {
  expect(differenceOf({ updatedAt: 'a', rate: 1 }, { updatedAt: 'b', rate: 1 })).toEqual([])
})
