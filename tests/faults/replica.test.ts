import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { Person } from '../setup/person.ts'
import { rows } from '../setup/store.ts'
import { frozenFor } from './frozen.ts'
import { startProgram } from './program.ts'

const LAG_MS = 5_000
/** Within this a dead or hanging copy must have been left. */
const FALLBACK_MS = 1_000
const CROWD = 60

interface Listed {
  items: { id: string; title: string }[]
}

// A product of its own with a real streaming copy, which this file makes late, freezes and kills.
let product: Product
let person: Person
let admin: Person

beforeAll(async () => {
  product = await launchProduct(25_100, ['--fake', '--replica', '--without', 'web', '--without', 'worker'])
  person = await Person.signUp(product.run)
  admin = await Person.admin(product.run)
})
afterAll(() => product?.stop())

/** Asks the copy itself, as its superuser. */
async function onCopy<T>(sql: string): Promise<T[]> {
  const { postgresPassword } = JSON.parse(readFileSync(join(product.dataDirectory, 'secrets.json'), 'utf8')) as {
    postgresPassword: string
  }
  const url = new URL(product.run.settings['DATABASE_REPLICA_URL']!)
  url.username = 'postgres'
  url.password = postgresPassword
  const client = new pg.Client({ connectionString: url.href })
  await client.connect()
  try {
    return (await client.query(sql)).rows as T[]
  } finally {
    await client.end()
  }
}

async function lagIs(ms: number): Promise<void> {
  await onCopy(`ALTER SYSTEM SET recovery_min_apply_delay = '${ms}ms'`)
  await onCopy('SELECT pg_reload_conf()')
}

const order = (who: Person, title: string) =>
  who.order({ kind: 'narration', title, notice: false, sources: [{ type: 'text', text: '一句话就够了。' }] })

const titlesOf = async (who: Person) => (await who.ok<Listed>('GET', '/api/episodes')).items.map(({ title }) => title)
const adminTitles = async () =>
  (await admin.ok<{ data: { title: string }[] }>('GET', '/api/admin/episodes?perPage=100')).data.map(({ title }) => title)

async function timed<T>(work: () => Promise<T>): Promise<{ ms: number; answer: T }> {
  const startedMs = performance.now()
  const answer = await work()
  return { ms: performance.now() - startedMs, answer }
}

/** The copy has everything that was written until now, and is in use. */
async function copyIsUpToDate(): Promise<void> {
  await lagIs(0)
  const [there] = await rows<{ at: string }>(product.run, 'SELECT pg_current_wal_insert_lsn() AS at')
  await expect
    .poll(() => onCopy(`SELECT pg_last_wal_replay_lsn() >= '${there!.at}' AS done`), { timeout: 20_000 })
    .toEqual([{ done: true }])
  // The door looks four times a second.
  await sleep(1_500)
}

it('with a copy that is five seconds late, everybody sees their own writes at once, and those of others later', async () => {
  await copyIsUpToDate()
  await lagIs(LAG_MS)
  const title = '晚五秒'
  const { id } = await order(person, title)
  const orderedMs = performance.now()
  expect(await titlesOf(person)).toContain(title)
  // The administrator wrote nothing, so their list comes from the copy, which has not heard of it.
  expect(await adminTitles()).not.toContain(title)
  await person.ok('PATCH', `/api/episodes/${id}`, { title: '改了名' })
  expect(await titlesOf(person)).toContain('改了名')
  expect((await person.episode(id)).title).toBe('改了名')
  // Under its first name or, when nobody looked in between, its second.
  const isThere = async () => (await adminTitles()).some((one) => [title, '改了名'].includes(one))
  await expect.poll(isThere, { timeout: 15_000, interval: 250 }).toBe(true)
  expect(performance.now() - orderedMs).toBeGreaterThan(LAG_MS - 1_000)
  await expect.poll(adminTitles, { timeout: 15_000, interval: 250 }).toContain('改了名')
})

it('a write is seen at once through another copy of the API too', async () => {
  await copyIsUpToDate()
  await lagIs(LAG_MS)
  const port = 25_190
  const other = startProgram(product, 'api', { env: { PORT: String(port) } })
  try {
    await other.ready
    const elsewhere = person.at(`http://localhost:${port}`)
    await order(person, '另一扇门')
    expect(await titlesOf(elsewhere)).toContain('另一扇门')
    await order(elsewhere, '从那扇门')
    expect(await titlesOf(person)).toContain('从那扇门')
  } finally {
    await other.stop()
  }
})

it('decisions are never a moment old: the same key is the same order, and a cap that was just set holds', async () => {
  await copyIsUpToDate()
  await lagIs(LAG_MS)
  const poor = await Person.signUp(product.run)
  const brief = { kind: 'narration', title: '一次', notice: false, sources: [{ type: 'text', text: '只要一次。' }] }
  const answers = await Promise.all([1, 2, 3].map(() => poor.order(brief, 'the-same-key')))
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1)
  const { id } = answers[0]!
  await poor.ok('POST', `/api/episodes/${id}/cancel`)
  expect((await poor.ask('POST', `/api/episodes/${id}/repair`)).status).toBe(409)
  const [{ userId }] = (await rows<{ userId: string }>(product.run, `SELECT user_id AS "userId" FROM episodes WHERE id = $1`, [
    id,
  ])) as [{ userId: string }]
  await admin.ok('PATCH', `/api/admin/users/${userId}`, { monthlyLimitMicroUsd: 0 })
  const paid = {
    ...brief,
    speakers: [{ name: '甲', voiceId: 'openai-nova' }],
    sources: [{ type: 'text', text: '这一句要付钱。' }],
  }
  expect((await poor.ask('POST', '/api/episodes', paid)).status).toBe(402)
  expect((await poor.ok<{ plan: { limitMicroUsd: number } }>('GET', '/api/usage')).plan.limitMicroUsd).toBe(0)
})

it('a copy that hangs is left within a second, and comes back by itself', async () => {
  await copyIsUpToDate()
  await adminTitles()
  const frozen = frozenFor(product.run.pids['replica']!, 5_000)
  const first = await timed(adminTitles)
  const next = await Promise.all(Array.from({ length: 5 }, () => timed(adminTitles)))
  process.stdout.write(`replica hangs: ${first.ms.toFixed(0)} ms, then ${next.map(({ ms }) => ms.toFixed(0)).join(', ')} ms\n`)
  expect(Math.max(first.ms, ...next.map(({ ms }) => ms))).toBeLessThan(FALLBACK_MS)
  await order(person, '冻住的时候')
  expect(await adminTitles(), 'the writer answers').toContain('冻住的时候')
  await frozen
  // Back at the copy, which shows by its being late again.
  await lagIs(LAG_MS)
  await sleep(2_000)
  await order(person, '又回来了')
  expect(await adminTitles()).not.toContain('又回来了')
})

it('a dead copy is left within a second, what falls back is bounded, and orders are taken meanwhile', async () => {
  await copyIsUpToDate()
  process.kill(product.run.pids['replica']!, 'SIGKILL')
  const first = await timed(adminTitles)
  expect(first.ms).toBeLessThan(FALLBACK_MS)
  const most = { connections: 0 }
  const over = new AbortController()
  const watched = watchConnections(most, over.signal)
  const [crowd, ordered] = await Promise.all([
    Promise.all(Array.from({ length: CROWD }, () => timed(() => admin.ask('GET', '/api/admin/usage-logs?perPage=100')))),
    timed(() => order(person, '人很多')),
  ])
  over.abort()
  await watched
  const statuses = crowd.map(({ answer }) => answer.status)
  const slowest = Math.max(...crowd.map(({ ms }) => ms))
  const count = (wanted: number) => statuses.filter((status) => status === wanted).length
  process.stdout.write(
    `replica dead: first ${first.ms.toFixed(0)} ms; ${CROWD} at once: ${count(200)} answered, ${count(503)} told to come again, ` +
      `slowest ${slowest.toFixed(0)} ms, ${most.connections} connections at the writer; an order meanwhile ${ordered.ms.toFixed(0)} ms\n`,
  )
  for (const { answer } of crowd) {
    expect([200, 503]).toContain(answer.status)
    if (answer.status === 503) expect(answer.headers.get('retry-after')).toBe('5')
  }
  expect(count(200)).toBeGreaterThan(0)
  // The door's own ten and the three of the lane, whatever the crowd.
  expect(most.connections).toBeLessThanOrEqual(13)
  expect(await titlesOf(person)).toContain('人很多')
})

async function watchConnections(most: { connections: number }, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    const [found] = await rows<{ count: number }>(
      product.run,
      `SELECT count(*)::int FROM pg_stat_activity WHERE usename = 'aimake_app'`,
    )
    most.connections = Math.max(most.connections, found!.count)
    await sleep(50)
  }
}
