import { IncomingMessage, ServerResponse } from 'node:http'
import { createServer, Socket } from 'node:net'
import type { AddressInfo } from 'node:net'
import type { Response } from 'express'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createLogger } from '../../shared/logger.ts'
import { createRedis } from '../../shared/redis.ts'
import { limitSettings, quotasOf } from './limit-settings.ts'
import { Limits } from './limits.ts'
import { HttpProblem } from './problem.ts'
import { z } from 'zod'

// Redis away: a port at which nobody answers. What it does while Redis is there, tests/end-to-end/limits.test.ts sees at the door.
let redis: ReturnType<typeof createRedis>
let limits: Limits

beforeAll(async () => {
  const nobody = createServer()
  await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve))
  const { port } = nobody.address() as AddressInfo
  await new Promise((resolve) => nobody.close(resolve))
  redis = createRedis(`redis://127.0.0.1:${port}`, () => {})
  limits = new Limits(redis, quotasOf(z.object(limitSettings).parse({})), createLogger('test', 'silent'))
})
afterAll(() => redis.disconnect())

const codes = async (times: number, away: 'open' | 'closed', who: string) => {
  const asked = Array.from({ length: times }, () => limits.take('address', { who, away }))
  const ends = await Promise.allSettled(asked)
  const counts: Record<string, number> = {}
  for (const end of ends) {
    const code = end.status === 'fulfilled' ? 'passed' : end.reason instanceof HttpProblem ? end.reason.code : String(end.reason)
    counts[code] = (counts[code] ?? 0) + 1
  }
  return counts
}

it('counts in this process what only looks', async () => {
  expect(await codes(1000, 'open', '203.0.113.1')).toEqual({ passed: 100, 'too-many-requests': 900 })
  expect(await codes(10, 'open', '203.0.113.2')).toEqual({ passed: 10 })
})

it('knows nothing to be unchanged, and counts the address and nobody else', async () => {
  const ask = () => {
    const res = new ServerResponse(new IncomingMessage(new Socket())) as Response
    const unchanged = { keys: ['a', 'b'], words: ['', ''] }
    const claims = [
      { name: 'address', who: '203.0.113.5', away: 'open' },
      { name: 'user', who: 'somebody', away: 'open' },
    ] as const
    return limits.takeWhile(unchanged, [...claims], res).then((is) => [is, res.getHeader('ratelimit-policy')])
  }
  const ends = await Promise.allSettled(Array.from({ length: 150 }, ask))
  const passed = ends.filter(({ status }) => status === 'fulfilled')
  expect(passed).toHaveLength(100)
  expect(passed[0]).toMatchObject({ value: [false, '"address";q=100;w=60'] })
})

it('lets nothing through that spends, and says when to come again', async () => {
  expect(await codes(10, 'closed', '203.0.113.3')).toEqual({ unavailable: 10 })
  const refused = await limits.take('sign-in', { who: 'x', away: 'closed' }).catch((error: unknown) => error)
  expect((refused as HttpProblem).retryAfterSeconds).toBeGreaterThan(0)
})

it('does not wait for a time-out with every request', async () => {
  const before = performance.now()
  await codes(50, 'open', '203.0.113.4')
  expect(performance.now() - before).toBeLessThan(500)
})
