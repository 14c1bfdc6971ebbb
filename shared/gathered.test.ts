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

it('asks one question at a time, and what came meanwhile in the next', async () => {
  const seen: number[][] = []
  const { promise: firstIsAnswered, resolve: answerFirst } = Promise.withResolvers<void>()
  const ask = gathered(async (numbers: number[]) => {
    seen.push(numbers)
    if (seen.length === 1) await firstIsAnswered
    return numbers
  })
  const first = ask(1)
  await expect.poll(() => seen).toEqual([[1]])
  const later = [ask(2), ask(3)]
  await new Promise(setImmediate)
  expect(seen).toEqual([[1]])
  answerFirst()
  expect(await Promise.all([first, ...later])).toEqual([1, 2, 3])
  expect(seen).toEqual([[1], [2, 3]])
})

it('fails for all who asked by then, and for nobody after them', async () => {
  let asked = 0
  const { promise: isAway, reject: fail } = Promise.withResolvers<string[]>()
  const ask = gathered((words: string[]) => (++asked === 1 ? isAway : Promise.resolve(words)))
  const sent = [ask('a'), ask('b')]
  await new Promise(setImmediate)
  const ends = Promise.allSettled([...sent, ask('waits')])
  fail(new Error('away'))
  expect((await ends).map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
  expect(await ask('c')).toBe('c')
})
