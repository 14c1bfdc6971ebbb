import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { LogShipper } from '../shared/watching/log-shipper.ts'
import type { ShipperOptions } from '../shared/watching/log-shipper.ts'
import { startFakeWatchers } from './fake-watchers/server.ts'
import type { FakeWatchers } from './fake-watchers/server.ts'

let watchers: FakeWatchers
let shipper: LogShipper
beforeEach(async () => void (watchers = await startFakeWatchers()))
afterEach(async () => {
  await shipper.close()
  watchers.close()
})

const start = (options: Partial<ShipperOptions> = {}) => {
  shipper = new LogShipper({ token: 'a token', dataset: 'aimake-logs', url: watchers.url, everyMs: 20, ...options })
}
const line = (number: number) =>
  JSON.stringify({ level: 'info', time: '2026-11-28T20:00:00.000Z', name: 'api', pid: 1, message: `line ${number}` })
const messages = () => watchers.batches.flatMap(({ events }) => events.map(({ message }) => message))

test('lines go in batches, in their order, under the names of the store', async () => {
  start()
  shipper.write(
    JSON.stringify({
      level: 'info',
      time: '2026-11-28T20:00:00.000Z',
      name: 'api',
      req: { id: 'request-1', method: 'GET', path: '/api/episodes/01a22430-7548-747f-a296-c7f057f9d2e2' },
      res: { status: 200 },
      durationMs: 12,
      message: 'request completed',
    }),
  )
  for (let number = 1; number < 2500; number++) shipper.write(line(number))
  await vi.waitUntil(() => shipper.waiting === 0)
  expect(watchers.batches.map(({ events }) => events.length)).toEqual([1000, 1000, 500])
  expect(watchers.batches[0]).toMatchObject({ dataset: 'aimake-logs', token: 'Bearer a token' })
  expect(watchers.batches[0]!.events[0]).toEqual({
    _time: '2026-11-28T20:00:00.000Z',
    timestamp: '2026-11-28T20:00:00.000Z',
    level: 'info',
    logger: 'api',
    message: 'request completed',
    method: 'GET',
    path: '/api/episodes/01a22430-7548-747f-a296-c7f057f9d2e2',
    status_code: 200,
    duration_ms: 12,
    request_id: 'request-1',
    episode_id: '01a22430-7548-747f-a296-c7f057f9d2e2',
  })
  expect(messages().slice(1)).toEqual(Array.from({ length: 2499 }, (_, index) => `line ${index + 1}`))
  expect(shipper.counts).toEqual({ shipped: 2500, dropped: 0, failures: 0 })
})

test.each(['hanging', 'failing', 'refusing'] as const)('%s, it never waits and keeps no more than it may', async (mood) => {
  watchers.mood = mood
  start({ maxWaitingLines: 500, deadlineMs: 200 })
  const beganAt = performance.now()
  for (let number = 0; number < 20_000; number++) shipper.write(line(number))
  expect(performance.now() - beganAt).toBeLessThan(500)
  expect(shipper.waiting).toBeLessThanOrEqual(500)
  await vi.waitUntil(() => shipper.counts.failures > 0, { timeout: 10_000 })
  expect(shipper.waiting).toBeLessThanOrEqual(500)
  expect(shipper.counts.dropped + shipper.waiting).toBe(20_000)
})

test('what waited while it was away is sent when it is back, the newest lines among it', async () => {
  watchers.mood = 'refusing'
  start({ maxWaitingLines: 100 })
  for (let number = 0; number < 150; number++) shipper.write(line(number))
  await vi.waitUntil(() => shipper.counts.failures > 0)
  watchers.mood = 'well'
  await vi.waitUntil(() => shipper.waiting === 0, { timeout: 10_000 })
  expect(messages().at(-1)).toBe('line 149')
  expect(shipper.counts.shipped + shipper.counts.dropped).toBe(150)
  expect(messages()).toHaveLength(shipper.counts.shipped)
})

test('bytes are bounded too', async () => {
  watchers.mood = 'hanging'
  start({ maxWaitingBytes: 100_000 })
  for (let number = 0; number < 100; number++) shipper.write(JSON.stringify({ message: 'x'.repeat(10_000) }))
  await sleep(50)
  expect(shipper.waiting).toBeLessThanOrEqual(10)
})

test('closing sends what waits, and gives up on a store that hangs', async () => {
  start({ everyMs: 60_000 })
  shipper.write(line(1))
  await shipper.close()
  expect(messages()).toEqual(['line 1'])
  watchers.mood = 'hanging'
  start({ everyMs: 60_000 })
  shipper.write(line(2))
  const beganAt = performance.now()
  await shipper.close()
  expect(performance.now() - beganAt).toBeLessThan(4000)
})
