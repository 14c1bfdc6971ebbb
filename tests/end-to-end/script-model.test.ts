import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { Person } from '../setup/person.ts'
import { bucketOf, faults, rows } from '../setup/store.ts'
import { chinese, english } from '../setup/texts.ts'

// A product of its own whose talks a made-up model writes, and whose worker this file starts and kills.
let product: Product
let person: Person
let worker: ChildProcess

const control = async (method: string, path: string, body?: unknown) => {
  const url = new URL(`/control/${path}`, product.run.settings['ELEVENLABS_BASE_URL'])
  const response = await fetch(url, { method, ...(body !== undefined && { body: JSON.stringify(body) }) })
  return (await response.json()) as { routes: Record<string, { calls: number }> }
}
const asked = async () => (await control('GET', 'counts')).routes['openai-responses']?.calls ?? 0

function startWorker(): ChildProcess {
  const { DATABASE_OWNER_URL: _owner, WORKER_HEALTH_PORT: _port, ...settings } = product.run.settings
  const env = { PATH: process.env.PATH, ...settings, SCRIPT_CONTEXT_CHARACTERS: '2000' }
  return spawn(process.execPath, ['activities/worker.ts'], { env, stdio: 'ignore' })
}
const ended = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode ? Promise.resolve() : new Promise((resolve) => child.once('exit', resolve))

interface Call {
  status: string
  outcome: string
  cost_micro_usd: string | null
  output_units: number | null
  answer_key: string | null
}
const ledger = (id: string) =>
  rows<Call>(
    product.run,
    `SELECT status, outcome, cost_micro_usd, output_units, answer_key FROM usage_logs WHERE episode_id = $1 AND step = 'script' ORDER BY started_at`,
    [id],
  )
/** Local voices: what is paid here is the script alone. */
const brief = (text: string, language: 'zh' | 'en', over: object = {}) => ({
  kind: 'podcast',
  language,
  targetMinutes: 1,
  speakers: ['a', 'b'].map((letter) => ({ name: letter === 'a' ? '林知远' : '周棠', voiceId: `local-${language}-${letter}` })),
  sources: [{ type: 'text', text }],
  ...over,
})

beforeAll(async () => {
  product = await launchProduct(19000, ['--fake', '--without', 'worker'])
  worker = startWorker()
  person = await Person.signUp(product.run)
})
beforeEach(() => control('POST', 'clear'))
afterAll(async () => {
  worker?.kill('SIGTERM')
  await ended(worker)
  await product?.stop()
})

describe('a talk written by a model', () => {
  it.each([
    ['zh', chinese],
    ['en', english],
  ] as const)('%s: every question is a row with its price, within what was said before', async (language, text) => {
    const order = brief(text, language)
    const { cost } = await person.ok<{ cost: { minMicroUsd: number; maxMicroUsd: number; exact: boolean } }>(
      'POST',
      '/api/episodes/estimate',
      order,
    )
    expect(cost.exact).toBe(false)
    const { id } = await person.order(order)
    const episode = await person.ready(id)
    const calls = await ledger(id)
    expect(calls).toHaveLength(await asked())
    expect(calls.filter(({ output_units: units, cost_micro_usd: paid }) => !units || !Number(paid))).toEqual([])
    expect(calls.filter(({ status, outcome }) => status !== 'settled' && outcome !== 'answer_unusable')).toEqual([])
    expect(calls.every(({ answer_key: key }) => key === null)).toBe(true)
    expect(episode.cost.spentMicroUsd).toBeGreaterThan(0)
    expect(episode.cost.spentMicroUsd).toBeLessThanOrEqual(cost.maxMicroUsd)
    expect(await faults(product.run)).toEqual([])
  })

  it.each([
    ['refusal', 'model_refused'],
    ['broken-json', 'broken_answer'],
    ['other-language', 'wrong_language'],
  ])('%s twice: the episode waits for a person, says why, and the same run goes on', async (fault, code) => {
    await control('POST', 'next', { text: '"task":"section"', fault, times: 2 })
    const waiting = await person.order(brief(chinese, 'zh', { title: fault }))
    const episode = await person.until(waiting.id, ({ status }) => status === 'needs_repair')
    expect(episode.failure?.code).toBe(code)
    expect(episode.failure?.detail).toContain('asked twice')
    await person.ok('POST', `/api/episodes/${waiting.id}/repair`)
    const made = await person.ready(waiting.id)
    expect(made.failure).toBeNull()
    expect(await faults(product.run)).toEqual([])
  })

  it('a refused key asks for a person after one call, and an answer cut three times does too', async () => {
    await control('POST', 'next', { route: 'openai-responses', status: 401, times: 'all' })
    const first = await person.order(brief(chinese, 'zh', { title: '钥匙' }))
    const { failure } = await person.until(first.id, ({ status }) => status === 'needs_repair')
    expect(failure?.code).toBe('model_key_refused')
    expect(await ledger(first.id)).toMatchObject([{ status: 'failed', cost_micro_usd: null }])
    await person.ok('POST', `/api/episodes/${first.id}/cancel`)
    await person.until(first.id, ({ status }) => status === 'cancelled')

    await control('POST', 'clear')
    await control('POST', 'next', { route: 'openai-responses', fault: 'stops-in-the-middle', times: 'all' })
    const second = await person.order(brief(chinese, 'zh', { title: '断了' }))
    const episode = await person.until(second.id, ({ status }) => status === 'needs_repair')
    expect(episode.failure?.code).toBe('model_answer_cut')
    const calls = await ledger(second.id)
    expect(calls).toHaveLength(3)
    expect(calls.every(({ status, cost_micro_usd: cost }) => status === 'failed' && Number(cost) > 0)).toBe(true)
    await control('POST', 'clear')
    await person.ok('POST', `/api/episodes/${second.id}/repair`)
    await person.ready(second.id)
  })

  it('a worker killed while a long source is read in parts: no part that was answered is bought again', async () => {
    await control('POST', 'route', { route: 'openai-responses', latencyMs: 700 })
    const text = Array.from(
      { length: 260 },
      (_, at) => `第${at}个观察说明，城市的变化与${at % 97}号街区的历史有着密切的关系。`,
    ).join('')
    const { id } = await person.order(brief(text, 'zh', { title: '长文' }))
    await expect
      .poll(async () => (await ledger(id)).filter(({ status }) => status === 'settled').length, { timeout: 30_000 })
      .toBeGreaterThanOrEqual(2)
    worker.kill('SIGKILL')
    await ended(worker)
    const inFlight = (await ledger(id)).filter(({ status }) => status === 'started').length
    worker = startWorker()
    await person.ready(id)
    const calls = await ledger(id)
    const unknown = calls.filter(({ status }) => status === 'unknown').length
    expect(unknown).toBeLessThanOrEqual(inFlight)
    const others = calls.filter(
      ({ status, outcome }) => !['settled', 'unknown'].includes(status) && outcome !== 'answer_unusable',
    )
    expect(others).toEqual([])
    expect(await asked()).toBeLessThanOrEqual(calls.length)
    const bucket = bucketOf(product.run)
    for await (const key of bucket.keys()) expect(key).not.toMatch(/^answers\/.*\.txt$/)
    bucket.close()
    expect(await faults(product.run)).toEqual([])
  })
})
