import type { ServerResponse } from 'node:http'
import { expect, it } from 'vitest'
import type { Arrival, Passage } from './arrival.ts'
import { inTurn } from './in-turn.ts'

const run = (...handlers: Passage[]) =>
  new Promise<unknown>((resolve) => void inTurn(...handlers)({} as Arrival, {} as ServerResponse, resolve))
const passes =
  (passed: string[], name: string): Passage =>
  (_req, _res, next) => {
    passed.push(name)
    next()
  }

it('goes through all of them in their order, also those that take their time', async () => {
  const passed: string[] = []
  const slow: Passage = async (_req, _res, next) => {
    await Promise.resolve()
    passed.push('slow')
    next()
  }
  expect(await run(passes(passed, 'first'), slow, passes(passed, 'last'))).toBeUndefined()
  expect(passed).toEqual(['first', 'slow', 'last'])
})

it.each<[string, Passage]>([
  [
    'throws',
    () => {
      throw new Error('no')
    },
  ],
  ['refuses later', () => Promise.reject(new Error('no'))],
  ['hands an error on', (_req, _res, next) => next(new Error('no'))],
])('ends with the error of one that %s, and calls none after it', async (_how, bad) => {
  const passed: string[] = []
  expect(await run(passes(passed, 'first'), bad, passes(passed, 'after'))).toEqual(new Error('no'))
  expect(passed).toEqual(['first'])
})
