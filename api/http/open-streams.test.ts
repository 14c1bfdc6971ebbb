import { once } from 'node:events'
import { createServer, request } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Response } from 'express'
import { afterAll, expect, it, vi } from 'vitest'
import { OpenStreams } from './open-streams.ts'
import { HttpProblem } from './problem.ts'

const server = createServer().listen(0, '127.0.0.1')
afterAll(() => void server.close())

/** An answer that is on its way, and the one who waits for it. */
async function asked() {
  const client = request({ port: (server.address() as AddressInfo).port })
  client.on('error', () => undefined)
  client.end()
  const [, res] = (await once(server, 'request')) as [unknown, Response]
  const leave = async () => {
    client.destroy()
    await once(res, 'close')
  }
  return { res, leave }
}
const may = async () => true

it('gives a place back when its listener goes, also one who went before they had it', async () => {
  const streams = new OpenStreams({ each: 1, recheckMs: 60_000 })
  const gone = await asked()
  await gone.leave()
  streams.admit('a', gone.res, may)
  const first = await asked()
  streams.admit('a', first.res, may)
  const second = await asked()
  expect(() => streams.admit('a', second.res, may)).toThrow(HttpProblem)
  streams.admit('b', second.res, may)
  await first.leave()
  streams.admit('a', (await asked()).res, may)
})

it('ends the stream of whoever may listen no more, and lets them stay while nobody can say', async () => {
  const streams = new OpenStreams({ each: 5, recheckMs: 10 })
  const mayStill = vi
    .fn<() => Promise<boolean>>()
    .mockRejectedValueOnce(new Error('away'))
    .mockResolvedValueOnce(true)
    .mockResolvedValue(false)
  const { res } = await asked()
  streams.admit('a', res, mayStill)
  await once(res, 'finish')
  expect(mayStill).toHaveBeenCalledTimes(3)
})
