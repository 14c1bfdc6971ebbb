import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { Person } from '../setup/person.ts'
import { faults, rows } from '../setup/store.ts'
import { script } from '../setup/texts.ts'
import { seenCalls } from './calls.ts'
import { frozenFor } from './frozen.ts'
import { Gate, portOf, throughGate } from './gate.ts'
import { startProgram } from './program.ts'
import type { Life } from './program.ts'

/** Half an hour by hand: AWAY_SECONDS=1800 npm test -- tests/faults/temporal-away.test.ts */
const AWAY_SECONDS = Number(process.env['AWAY_SECONDS'] ?? 20)
const ORDERS = 60
const LINES = 12
/** As without an outage: nobody waits for a server that is away. */
const ANSWER_MS = 1_000
const HANG_MS = 10_000

// A product whose door and worker reach Temporal through a gate.
let product: Product
let gate: Gate
let person: Person
let door: Life
const workers: Life[] = []

beforeAll(async () => {
  product = await launchProduct(25_300, ['--fake', '--without', 'web', '--without', 'worker', '--without', 'api'])
  const address = product.run.settings['TEMPORAL_ADDRESS']!
  gate = await Gate.before(portOf(address))
  door = startProgram(product, 'api', { env: env() })
  await door.ready
  workers.push(startProgram(product, 'worker', { env: env() }))
  await workers[0]!.ready
  person = await Person.signUp(product.run)
})
afterAll(async () => {
  await Promise.all([...workers, door].map((life) => life?.stop()))
  gate?.close()
  await product?.stop()
})

const env = () => ({ TEMPORAL_ADDRESS: throughGate(product.run.settings['TEMPORAL_ADDRESS']!, gate) })

const brief = (mark: string, lines = 1) => ({
  kind: 'podcast',
  notice: false,
  speakers: ['openai-nova', 'openai-onyx'].map((voiceId, index) => ({ name: index ? '乙' : '甲', voiceId })),
  sources: [{ type: 'script', text: script(lines, mark) }],
})

/** Orders one after the other, spread over so long; each must be accepted, and at once. */
async function orderAll(mark: string, count: number, overMs: number) {
  const taken: { id: string; ms: number }[] = []
  for (let number = 0; number < count; number++) {
    const startedMs = performance.now()
    const answer = await person.ask('POST', '/api/episodes', brief(`${mark}${number}`))
    expect(answer.status).toBe(202)
    taken.push({ id: ((await answer.json()) as { id: string }).id, ms: performance.now() - startedMs })
    await sleep(overMs / count)
  }
  return taken
}

const made = (ids: string[]) =>
  rows<{ status: string; runs: number }>(
    product.run,
    `SELECT e.status::text, count(v.run_id)::int AS runs FROM episodes e JOIN versions v ON v.episode_id = e.id
     WHERE e.id = ANY($1::uuid[]) GROUP BY 1`,
    [ids],
  )

it(
  `Temporal is away for ${AWAY_SECONDS} s: every order is accepted at once, and all are made when it is back, by old and new workers`,
  async () => {
    const before = await seenCalls(product.run)
    const { id: running } = await person.order(brief('在途', LINES))
    await person.until(running, ({ progress }) => progress.linesDone > 0)
    gate.shut()
    const taken = await orderAll('离开', ORDERS, AWAY_SECONDS * 500)
    // A worker that is started meanwhile waits for it.
    workers.push(startProgram(product, 'worker', { env: env() }))
    const ready = await fetch(new URL('/health/ready', product.run.api))
    expect([ready.status, await ready.json()]).toMatchObject([503, { checks: { database: 'ok', temporal: 'failed' } }])
    await sleep(AWAY_SECONDS * 500)
    const ids = taken.map(({ id }) => id)
    expect(await made(ids)).toEqual([{ status: 'queued', runs: 0 }])
    gate.open()
    const backMs = performance.now()
    await expect.poll(() => made(ids), { timeout: 120_000, interval: 500 }).toEqual([{ status: 'ready', runs: ORDERS }])
    await person.until(running, ({ status }) => status === 'ready', 60_000)
    const slowest = Math.max(...taken.map(({ ms }) => ms))
    const seen = (await seenCalls(product.run)) - before
    process.stdout.write(
      `temporal away for ${AWAY_SECONDS} s: ${ORDERS} orders accepted, the slowest in ${slowest.toFixed(0)} ms; ` +
        `all made ${((performance.now() - backMs) / 1000).toFixed(1)} s after it was back, ${seen} calls for ${ORDERS + LINES} lines\n`,
    )
    expect(slowest).toBeLessThan(ANSWER_MS)
    const unknown = await rows(product.run, `SELECT id FROM usage_logs WHERE status IN ('unknown', 'cancelled', 'failed')`)
    expect(seen).toBeLessThanOrEqual(ORDERS + LINES + unknown.length)
    expect(await rows(product.run, 'SELECT topic FROM outbox WHERE sent_at IS NULL')).toEqual([])
    // The one that was started in the outage serves too.
    expect(await Promise.race([workers[1]!.ready.then(() => 'runs'), sleep(10_000, 'does not run')])).toBe('runs')
    expect(await faults(product.run)).toEqual([])
  },
  (AWAY_SECONDS + 240) * 1000,
)

it('Temporal hangs: orders are accepted at once all the same', async () => {
  const frozen = frozenFor(product.run.pids['temporal']!, HANG_MS)
  const taken = await orderAll('卡住', 20, HANG_MS / 2)
  await frozen
  await expect
    .poll(() => made(taken.map(({ id }) => id)), { timeout: 120_000, interval: 500 })
    .toEqual([{ status: 'ready', runs: 20 }])
  expect(Math.max(...taken.map(({ ms }) => ms))).toBeLessThan(ANSWER_MS)
  expect(await faults(product.run)).toEqual([])
})
