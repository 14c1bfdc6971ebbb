import { expect, test } from 'vitest'
import { neuralVoiceTold } from './neural-presence.ts'

test('while Redis is away, what was heard last counts', async () => {
  let answer: () => Promise<number> = () => Promise.reject(new Error('away'))
  const isTold = neuralVoiceTold({ exists: () => answer() })
  expect(await isTold()).toBe(false)
  answer = async () => 1
  expect(await isTold()).toBe(true)
  answer = () => Promise.reject(new Error('away'))
  expect(await isTold()).toBe(true)
  answer = async () => 0
  expect(await isTold()).toBe(false)
})
