import { expect, it } from 'vitest'
import { gathered } from './gathered.ts'

it('asks once for what is asked in one turn, and gives everybody their own answer', async () => {
  const seen: number[][] = []
  const double = gathered(async (numbers: number[]) => {
    seen.push(numbers)
    return numbers.map((number) => 2 * number)
  })
  expect(await Promise.all([1, 2, 3].map(double))).toEqual([2, 4, 6])
  expect(await double(4)).toBe(8)
  expect(seen).toEqual([[1, 2, 3], [4]])
})

it('fails for all who asked, and for nobody after them', async () => {
  let isBroken = true
  const ask = gathered(async (words: string[]) => {
    if (isBroken) throw new Error('away')
    return words
  })
  const ends = await Promise.allSettled([ask('a'), ask('b')])
  expect(ends.map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  isBroken = false
  expect(await ask('c')).toBe('c')
})
