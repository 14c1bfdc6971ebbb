import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { Person } from '../setup/person.ts'
import { faults, rows } from '../setup/store.ts'
import { script } from '../setup/texts.ts'
import { control, seenCalls } from './calls.ts'
import { frozenFor } from './frozen.ts'
import { Gate, portOf, throughGate } from './gate.ts'
import { startProgram } from './program.ts'
import type { Life } from './program.ts'

const LINES = 12
/** Longer than the heartbeat of a line being voiced lasts. `OUTAGE_SECONDS=600 npm test -- tests/faults/outage.test.ts` is the long run. */
const OUTAGE_MS = Number(process.env.OUTAGE_SECONDS ?? 12) * 1000
const HANG_MS = 5_000
const LATENCY_MS = 800

const addresses = {
  postgres: 'DATABASE_URL',
  valkey: 'REDIS_URL',
  seaweedfs: 'S3_ENDPOINT',
  temporal: 'TEMPORAL_ADDRESS',
} as const
type ServerName = keyof typeof addresses

// A product of its own, whose servers this file takes away for a while: from the worker alone, or from everybody.
let product: Product
let person: Person
let worker: Life
const gates = new Map<string, Gate>()

beforeAll(async () => {
  product = await launchProduct(19_400, ['--fake', '--without', 'web', '--without', 'worker'])
  const env: Record<string, string> = {}
  for (const [server, variable] of Object.entries(addresses)) {
    const address = product.run.settings[variable]!
    const gate = await Gate.before(portOf(address))
    gates.set(server, gate)
    env[variable] = throughGate(address, gate)
  }
  worker = startProgram(product, 'worker', { env })
  person = await Person.signUp(product.run)
  await control(product.run, 'POST', 'route', { route: 'openai-speech', latencyMs: LATENCY_MS })
})
afterAll(async () => {
  await worker?.stop()
  for (const gate of gates.values()) gate.close()
  await product?.stop()
})

const outages: [string, (server: ServerName) => Promise<void>][] = [
  [
    'dies',
    async (server) => {
      gates.get(server)!.shut()
      await sleep(OUTAGE_MS)
      gates.get(server)!.open()
    },
  ],
  ['hangs', (server) => frozenFor(product.run.pids[server]!, HANG_MS)],
]
const cases = (Object.keys(addresses) as ServerName[]).flatMap((server) =>
  outages.map(([how, outage]) => ({ server, how, outage })),
)

it.each(cases)(
  '$server $how in the middle of a run: the run goes on by itself, nothing is lost, and every call is accounted for',
  async ({ server, how, outage }) => {
    const before = await seenCalls(product.run)
    const speakers = ['openai-nova', 'openai-onyx'].map((voiceId, index) => ({ name: index ? '乙' : '甲', voiceId }))
    const { id } = await person.order({
      kind: 'podcast',
      notice: false,
      speakers,
      sources: [{ type: 'script', text: script(LINES, `${server} ${how}`) }],
    })
    // The first calls are in flight then, and most are still to come.
    await expect
      .poll(() => rows(product.run, `SELECT id FROM usage_logs WHERE episode_id = $1 AND step = 'speech'`, [id]), {
        timeout: 60_000,
        interval: 20,
      })
      .not.toEqual([])
    await outage(server)
    await person.until(id, ({ status }) => status === 'ready', 120_000, 500)
    const calls = await rows<{ status: string; count: number }>(
      product.run,
      `SELECT status::text, count(*)::int FROM usage_logs WHERE episode_id = $1 AND step = 'speech' GROUP BY 1`,
      [id],
    )
    const count = (status: string) => calls.find((call) => call.status === status)?.count ?? 0
    const seen = (await seenCalls(product.run)) - before
    process.stdout.write(`${server} ${how}: ${LINES} lines, ${seen} calls, ledger ${JSON.stringify(calls)}\n`)
    expect(count('settled')).toBe(LINES)
    expect(count('started')).toBe(0)
    // Asked for again is at most what was in flight, and whatever was is a row that says so.
    expect(seen - LINES).toBeLessThanOrEqual(count('unknown') + count('cancelled') + count('failed'))
    expect(seen).toBeLessThanOrEqual(2 * LINES)
    expect(await faults(product.run)).toEqual([])
  },
  OUTAGE_MS + 180_000,
)
