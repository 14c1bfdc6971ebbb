import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { Person } from '../setup/person.ts'
import type { Problem } from '../setup/person.ts'
import { faults, rows } from '../setup/store.ts'
import { script } from '../setup/texts.ts'
import { control, seenCalls } from './calls.ts'
import { OwnDatabase } from './own-database.ts'
import { startProgram } from './program.ts'
import type { Life } from './program.ts'

const LINES = 12
const LATENCY_MS = 800
const AWAY_MS = 2_000
const BAD_MS = 8_000
const MOST_ORDERS = 400

// A product whose database is on a disk of its own: filled, made read only, and restarted while orders come in and lines are voiced.
let database: OwnDatabase
let product: Product
let person: Person
let worker: Life

beforeAll(async () => {
  database = await OwnDatabase.start(25_290)
  product = await launchProduct(25_200, ['--fake', '--without', 'web', '--without', 'worker'], database.settings)
  worker = startProgram(product, 'worker')
  person = await Person.signUp(product.run)
  await control(product.run, 'POST', 'route', { route: 'openai-speech', latencyMs: LATENCY_MS })
  // Everything is loaded, and every table has had its first page.
  await person.ready((await order('热身', 3)).id)
})
afterAll(async () => {
  await worker?.stop()
  await product?.stop()
  await database?.end()
})

const speakers = ['openai-nova', 'openai-onyx'].map((voiceId, index) => ({ name: index ? '乙' : '甲', voiceId }))
const brief = (mark: string, lines: number) => ({
  kind: 'podcast',
  notice: false,
  speakers,
  sources: [{ type: 'script', text: script(lines, mark) }],
})
const order = (mark: string, lines: number) => person.order(brief(mark, lines))

/** What orders were answered while something was wrong: each of them 202, or 503 with a time to come again. */
class Door {
  readonly accepted: { id: string; key: string; mark: string }[] = []
  readonly refused: { key: string; mark: string }[] = []
  private number = 0
  private readonly name: string

  constructor(name: string) {
    this.name = name
  }

  async knock(): Promise<'accepted' | 'refused'> {
    const [key, mark] = [randomUUID(), `${this.name}${this.number++}`]
    const answer = await person.ask('POST', '/api/episodes', brief(mark, 1), { 'idempotency-key': key })
    if (answer.status === 202) {
      this.accepted.push({ ...((await answer.json()) as { id: string }), key, mark })
      return 'accepted'
    }
    const problem = (await answer.json()) as Problem
    expect([answer.status, problem.code, answer.headers.get('retry-after')]).toEqual([503, 'unavailable', '5'])
    expect(answer.headers.get('content-type')).toContain('application/problem+json')
    this.refused.push({ key, mark })
    return 'refused'
  }
}

async function speechOf(id: string): Promise<Record<string, number>> {
  const found = await rows<{ status: string; count: number }>(
    product.run,
    `SELECT status::text, count(*)::int FROM usage_logs WHERE episode_id = $1 AND step = 'speech' GROUP BY 1`,
    [id],
  )
  return Object.fromEntries(found.map(({ status, count }) => [status, count]))
}

/** An episode being voiced goes through `trouble`, during which orders are tried; then everything that was accepted is made, and nothing twice. */
async function through(name: string, trouble: (door: Door) => Promise<void>): Promise<Door> {
  const door = new Door(name)
  const before = await seenCalls(product.run)
  const { id } = await order(name, LINES)
  await expect.poll(async () => Object.keys(await speechOf(id)), { timeout: 60_000, interval: 20 }).not.toEqual([])
  await trouble(door)
  await person.until(id, ({ status }) => status === 'ready', 120_000, 300)
  for (const { id: accepted } of door.accepted) await person.until(accepted, ({ status }) => status === 'ready', 120_000, 300)
  // The same order with the same key: what was refused left nothing behind that would be in its way.
  for (const { key, mark } of door.refused.slice(0, 3)) await person.ready((await person.order(brief(mark, 1), key)).id)
  const speech = await speechOf(id)
  const seen = (await seenCalls(product.run)) - before
  const others = door.accepted.length + Math.min(3, door.refused.length)
  process.stdout.write(
    `${name}: ${door.accepted.length} orders accepted, ${door.refused.length} refused with 503; ${LINES} lines, ` +
      `${seen - others} calls, ledger ${JSON.stringify(speech)}\n`,
  )
  expect(speech['settled']).toBe(LINES)
  expect(speech['started'] ?? 0).toBe(0)
  const notSettled = await rows<{ count: number }>(
    product.run,
    `SELECT count(*)::int FROM usage_logs WHERE step = 'speech' AND status IN ('unknown', 'failed', 'cancelled')`,
  )
  // Bought again is at most what a row says it may have been.
  expect(seen - LINES - others).toBeLessThanOrEqual(notSettled[0]!.count)
  expect(await faults(product.run)).toEqual([])
  return door
}

it('a database that restarts, again and again: orders wait a moment or are told to come again, and no call is made twice', async () => {
  await through('restarting', async (door) => {
    for (let time = 0; time < 3; time++) {
      const away = database.restart(AWAY_MS)
      while (await Promise.race([away.then(() => false), sleep(100, true)])) await door.knock()
      await door.knock()
      await sleep(1_000)
    }
  }).then(({ refused }) => expect(refused.length).toBeGreaterThan(0))
})

it('a database that takes no writes says so, lists go on, and it goes on by itself', async () => {
  const door = await through('read only', async (knocking) => {
    await database.asSuperuser(`ALTER SYSTEM SET default_transaction_read_only = on`, 'SELECT pg_reload_conf()')
    try {
      await whileReadOnly(knocking)
    } finally {
      await database.asSuperuser(
        'SET default_transaction_read_only = off',
        'ALTER SYSTEM RESET default_transaction_read_only',
        'SELECT pg_reload_conf()',
      )
    }
  })
  expect(door.refused.length).toBeGreaterThan(10)
})

async function whileReadOnly(door: Door): Promise<void> {
  const untilMs = performance.now() + BAD_MS
  while (performance.now() < untilMs) {
    await door.knock()
    expect((await person.ask('GET', '/api/episodes')).status).toBe(200)
    await sleep(200)
  }
  const signUp = { name: 'Somebody', email: `${randomUUID()}@example.com`, password: 'a long password' }
  const answer = await person.ask('POST', '/api/auth/sign-up/email', signUp)
  expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([503, 'unavailable'])
}

it('a role that may only read is lost with the connections that were made with it, within a minute', async () => {
  const { id } = await order('角色', 1)
  await person.ready(id)
  const statuses = async (times: number) => {
    const answers = await Promise.all(
      Array.from({ length: times }, (_, index) => person.ask('PATCH', `/api/episodes/${id}`, { title: `角色${index}` })),
    )
    return [...new Set(answers.map(({ status }) => status))]
  }
  await database.asSuperuser(
    `ALTER ROLE aimake_app SET default_transaction_read_only = on`,
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'aimake_app'`,
  )
  await expect.poll(() => statuses(12), { timeout: 20_000 }).toEqual([503])
  await database.asSuperuser(`ALTER ROLE aimake_app RESET default_transaction_read_only`)
  // No connection is ended by hand: those that were made read only leave by themselves.
  await expect.poll(() => statuses(12), { timeout: 90_000, interval: 2_000 }).toEqual([200])
  await person.ready((await order('又能写', 1)).id)
  expect(await faults(product.run)).toEqual([])
})

it('a full database refuses what it cannot keep, loses nothing, and goes on by itself once there is room', async () => {
  const door = await through('full', async (knocking) => {
    database.fill()
    expect(database.freeBytes).toBe(0)
    // What has room in pages that are there already is still taken; then nothing is.
    while (knocking.refused.length < 5 && knocking.accepted.length < MOST_ORDERS) await knocking.knock()
    const untilMs = performance.now() + BAD_MS
    while (performance.now() < untilMs) {
      await knocking.knock()
      await sleep(200)
    }
    database.clear()
    await database.goOn()
  })
  expect(door.refused.length).toBeGreaterThanOrEqual(5)
})
