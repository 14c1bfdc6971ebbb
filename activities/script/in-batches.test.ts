import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { inBatches } from './in-batches.ts'

async function* lines(...waitsMs: number[]): AsyncGenerator<number, string> {
  for (const [index, waitMs] of waitsMs.entries()) {
    if (waitMs) await sleep(waitMs)
    yield index
  }
  return 'end'
}

async function batches(source: AsyncGenerator<number, string>, most?: number): Promise<[number[][], string]> {
  const found: number[][] = []
  const batched = inBatches(source, most)
  for (;;) {
    const next = await batched.next()
    if (next.done) return [found, next.value]
    found.push(next.value)
  }
}

test('what is there at once comes together, what takes its time is not waited for', async () => {
  expect(await batches(lines(0, 0, 0, 50, 0, 50))).toEqual([[[0, 1, 2], [3, 4], [5]], 'end'])
  expect(await batches(lines(0, 0, 0, 0, 0), 2)).toEqual([[[0, 1], [2, 3], [4]], 'end'])
  expect(await batches(lines())).toEqual([[], 'end'])
})

test('what came before a failure is given out, then the failure is thrown', async () => {
  async function* broken(): AsyncGenerator<number, string> {
    yield 1
    yield 2
    await sleep(10)
    throw new Error('broken')
  }
  const batched = inBatches(broken())
  expect(await batched.next()).toEqual({ done: false, value: [1, 2] })
  await sleep(30)
  await expect(batched.next()).rejects.toThrow('broken')
})
