import { expect, it } from 'vitest'
import { HttpProblem } from './http/problem.ts'
import { Lane } from './lane.ts'

const codeOf = (error: unknown) => (error instanceof HttpProblem ? [error.code, error.retryAfterSeconds] : error)

it('lets so many in at once, so many wait, and sends the others away with a time to come again', async () => {
  const lane = new Lane({ width: 2, waiters: 3, patienceMs: 5_000 })
  let running = 0
  let most = 0
  const gate = Promise.withResolvers<void>()
  const work = async () => {
    most = Math.max(most, ++running)
    await gate.promise
    running -= 1
    return 'done'
  }
  const all = Array.from({ length: 8 }, () => lane.run(work).catch(codeOf))
  await new Promise((resolve) => setImmediate(resolve))
  gate.resolve()
  const answers = await Promise.all(all)
  expect(answers.filter((answer) => answer === 'done')).toHaveLength(5)
  expect(answers.filter((answer) => answer !== 'done')).toEqual(Array.from({ length: 3 }, () => ['unavailable', 5]))
  expect(most).toBe(2)
  expect(await lane.run(async () => 'free again')).toBe('free again')
})

it('nobody waits longer than patience lasts, and a work that fails gives its place back', async () => {
  const lane = new Lane({ width: 1, waiters: 3, patienceMs: 20 })
  const gate = Promise.withResolvers<void>()
  const long = lane.run(() => gate.promise)
  expect(await lane.run(async () => 'never').catch(codeOf)).toEqual(['unavailable', 5])
  gate.resolve()
  await long
  await expect(lane.run(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken')
  expect(await lane.run(async () => 'free again')).toBe('free again')
})
