import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inflateSync } from 'node:zlib'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Item } from '../fake-watchers/envelope.ts'
import { startFakeWatchers } from '../fake-watchers/server.ts'
import type { FakeWatchers } from '../fake-watchers/server.ts'
import { launchBrowser } from '../setup/browser.ts'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { Person } from '../setup/person.ts'
import { rows } from '../setup/store.ts'

// A product of its own that reports to somebody, and somebody who writes what nobody else shall read.
const PORT = 21_600
const SECRET_WORDS = '只有我自己知道的心事'
const RELEASE = 'a-release'
let watchers: FakeWatchers
let product: Product
let person: Person
let episodeId: string
let browser: Browser

beforeAll(async () => {
  watchers = await startFakeWatchers()
  product = await launchProduct(PORT, ['--fake', '--without', 'web'], {
    SENTRY_DSN: watchers.dsn,
    SENTRY_TRACES_RATE: '1',
    SENTRY_PROFILES_RATE: '1',
    VITE_SENTRY_DSN: watchers.dsn,
    RELEASE,
    AXIOM_TOKEN: 'an-axiom-token',
    AXIOM_URL: watchers.url,
    METRICS_PORT: String(PORT + 91),
    WORKER_METRICS_PORT: String(PORT + 92),
  })
  // A page whose answers were given by a test counts as foreign, and must not ask a local address otherwise.
  browser = await launchBrowser('--disable-features=LocalNetworkAccessChecks')
  person = await Person.signUp(product.run)
  episodeId = (await order()).id
  await person.ready(episodeId)
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
  watchers?.close()
})

let orders = 0
/** Never the same words: what was made once would be taken from the store. */
const order = () =>
  person.order({
    kind: 'podcast',
    title: SECRET_WORDS,
    notice: false,
    sources: [{ type: 'script', text: `甲：${SECRET_WORDS}，今天第${(orders += 1)}次说给你听。\n乙：好的，我听着。` }],
  })

interface Report {
  release: string
  environment: string
  transaction: string
  tags: Record<string, string>
  exception: { values: { type: string; value: string; stacktrace?: object }[] }
}
const reports = (type: string, part?: string) =>
  watchers.items
    .filter((item) => item.type === type)
    .map(({ payload }) => JSON.parse(payload.toString()) as Report)
    .filter(({ tags }) => part === undefined || tags['part'] === part)
const events = () => watchers.batches.flatMap((batch) => batch.events)
const everything = () => [...watchers.items.map(readable), JSON.stringify(watchers.batches)].join('\n')

/** A recording comes compressed, after a line of its own. */
function readable({ type, payload }: Item): string {
  const recording = payload.subarray(payload.indexOf(0x0a) + 1)
  return type === 'replay_recording' && recording[0] === 0x78 ? inflateSync(recording).toString() : payload.toString()
}

/** While `work` goes on, a table is not there, as after a wrong migration. */
async function withoutTable(table: string, work: () => Promise<void>): Promise<void> {
  await rows(product.run, `ALTER TABLE ${table} RENAME TO ${table}_gone`)
  try {
    await work()
  } finally {
    await rows(product.run, `ALTER TABLE ${table}_gone RENAME TO ${table}`)
  }
}

test('an error of the API that nobody foresaw is reported with the id of its request, and nothing of what it was about', async () => {
  let requestId: string | null = null
  await withoutTable('pronunciations', async () => {
    const answer = await person.ask('PUT', '/api/pronunciations', { entries: [{ word: SECRET_WORDS, say: '心事' }] })
    expect(answer.status).toBe(500)
    requestId = answer.headers.get('x-request-id')
  })
  const found = () => reports('event', 'api').find(({ tags }) => tags['request_id'] === requestId)
  await expect.poll(found, { timeout: 20_000 }).toBeDefined()
  const { release, environment, transaction, exception } = found()!
  expect({ release, environment, transaction }).toEqual({
    release: RELEASE,
    environment: 'development',
    transaction: 'PUT /api/pronunciations',
  })
  expect(exception.values[0]!.stacktrace).toBeDefined()
})

test('an error of the worker that nobody foresaw is reported with its episode, which is made all the same', async () => {
  let id = ''
  await withoutTable('voice_levels', async () => {
    id = (await order()).id
    const found = () => reports('event', 'worker').find(({ tags }) => tags['episode_id'] === id)
    await expect.poll(found, { timeout: 60_000 }).toMatchObject({ release: RELEASE })
  })
  await person.ready(id)
})

test('requests and deeds are traced and profiled', async () => {
  const traced = (part: string) => reports('transaction', part).map(({ transaction }) => transaction)
  await expect.poll(() => traced('api'), { timeout: 20_000 }).toContain('POST /api/episodes')
  await expect.poll(() => traced('worker'), { timeout: 20_000 }).toContain('voiceLine')
  // Nothing that a library does inside is a trace of its own.
  expect(traced('api').filter((name) => !/^[A-Z]+ (\/|page$|none$)/.test(name ?? ''))).toEqual([])
  await expect.poll(() => watchers.items.some(({ type }) => type === 'profile_chunk'), { timeout: 90_000 }).toBe(true)
})

test('the page reports its error with release and episode, and a replay in which no word can be read', async () => {
  const dist = mkdtempSync(join(tmpdir(), 'aimake-watched-page-'))
  const vite = join(createRequire(import.meta.url).resolve('vite/package.json'), '../bin/vite.js')
  const env = { ...process.env, NODE_ENV: 'production', VITE_SENTRY_DSN: watchers.dsn, VITE_RELEASE: RELEASE, VITEST: undefined }
  const built = spawnSync(process.execPath, [vite, 'build', '--outDir', dist], { cwd: 'web', env, encoding: 'utf8' })
  expect(built.status, built.stderr).toBe(0)
  const page = await browser.newPage({ locale: 'zh-CN', serviceWorkers: 'block' })
  try {
    await serve(page, dist)
    const { email } = await person.who()
    const signIn = { data: { email, password: 'a long password' }, headers: { origin: product.run.api } }
    expect((await page.request.post(`${product.run.api}/api/auth/sign-in/email`, signIn)).status()).toBe(200)
    await page.goto(`${product.run.api}/episodes/${episodeId}`)
    await page.getByText(SECRET_WORDS).first().waitFor()
    await page.evaluate((words) => void setTimeout(() => Promise.reject(new TypeError(words))), SECRET_WORDS)
    const found = () => reports('event', 'web').find(({ tags }) => tags['episode_id'] === episodeId)
    await expect.poll(found, { timeout: 30_000 }).toMatchObject({ release: RELEASE })
    expect(found()!.exception.values[0]).toMatchObject({ type: 'TypeError', value: '' })
    const recordings = () => watchers.items.filter(({ type }) => type === 'replay_recording').map(readable)
    // It was seen whole, with stars for its letters.
    await expect
      .poll(() => recordings().some((text) => text.includes('"tagName":"main"') && text.includes('****')), { timeout: 30_000 })
      .toBe(true)
  } finally {
    await page.close()
    rmSync(dist, { recursive: true, force: true })
  }
})

/** The page as it was built here, under the addresses and the policy of the running product. */
async function serve(page: Page, dist: string): Promise<void> {
  await page.route(`${product.run.api}/assets/**`, (route) =>
    route.fulfill({ path: join(dist, new URL(route.request().url()).pathname) }),
  )
  await page.route(
    (url) => url.origin === new URL(product.run.api).origin && !/^\/(api|assets)\//.test(url.pathname),
    async (route) => {
      if (route.request().resourceType() !== 'document') return route.fallback()
      await route.fulfill({ response: await route.fetch(), body: readFileSync(join(dist, 'index.html'), 'utf8') })
    },
  )
}

test('every log line goes to the store of logs under its names', async () => {
  const answer = await person.ask('GET', `/api/episodes/${episodeId}`)
  const requestId = answer.headers.get('x-request-id')
  const found = () => events().find((event) => event['request_id'] === requestId && event['status_code'] !== undefined)
  await expect.poll(found, { timeout: 20_000 }).toMatchObject({
    level: 'info',
    logger: 'api',
    message: expect.any(String) as string,
    method: 'GET',
    path: `/api/episodes/${episodeId}`,
    status_code: 200,
    duration_ms: expect.any(Number) as number,
    episode_id: episodeId,
  })
  const ordered = events().filter(({ method, path }) => method === 'POST' && path === '/api/episodes')
  expect(ordered.map((event) => event['episode_id'])).toContain(episodeId)
  expect(watchers.batches[0]).toMatchObject({ dataset: 'aimake-logs', token: 'Bearer an-axiom-token' })
  expect(events().some((event) => event['logger'] === 'worker' && event['episode_id'] === episodeId)).toBe(true)
})

test('a store of logs that hangs holds nobody up, and hears of everything later', async () => {
  watchers.mood = 'hanging'
  const asked: (string | null)[] = []
  for (let request = 0; request < 100; request++) {
    const answer = await person.ask('GET', '/api/episodes')
    expect(answer.status).toBe(200)
    asked.push(answer.headers.get('x-request-id'))
  }
  watchers.mood = 'well'
  const heard = () => new Set(events().map((event) => event['request_id']))
  await expect.poll(() => asked.filter((id) => !heard().has(id)), { timeout: 60_000 }).toEqual([])
})

test('every figure that an alert or the dashboard asks for is there', async () => {
  // Temporal's client names its failures only after the first.
  const onlyAfterOne = ['temporal_request_failure_total']
  const doors = [PORT + 91, PORT + 92].map((port) => `http://127.0.0.1:${port}/metrics`)
  const there = (await Promise.all(doors.map(async (door) => (await fetch(door)).text()))).join('\n')
  const asked = ['deploy/alerts/rules.yml', 'deploy/grafana/aimake.json'].flatMap((file) => [
    ...readFileSync(file, 'utf8').matchAll(/\b(?:aimake|temporal)_\w+(?=[{[)\s"])/g),
  ])
  const names = new Set(asked.map(([name]) => name).filter((name) => !onlyAfterOne.includes(name)))
  expect(names.size).toBeGreaterThan(20)
  expect([...names].filter((name) => !new RegExp(`^(?:# TYPE )?${name}[{ ]`, 'm').test(there))).toEqual([])
})

test('neither what people write nor what opens doors was told to anybody', () => {
  const told = everything()
  const { settings } = product.run
  const secrets = ['JWT_SECRET', 'S3_SECRET_KEY', 'OPENAI_API_KEY'].map((name) => settings[name])
  const passwords = ['DATABASE_URL', 'REDIS_URL'].map((name) => decodeURIComponent(new URL(settings[name]!).password))
  const opensDoors = [...secrets, ...passwords, 'a long password'].filter(Boolean) as string[]
  expect(opensDoors.length).toBeGreaterThanOrEqual(4)
  for (const words of [SECRET_WORDS, '我听着', '@example.com', ...opensDoors]) expect(told.includes(words), words).toBe(false)
})
