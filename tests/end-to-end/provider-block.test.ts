import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createRedis } from '../../shared/redis.ts'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { Person } from '../setup/person.ts'
import { faults, rows } from '../setup/store.ts'
import { script } from '../setup/texts.ts'

// A product of its own: here a provider stops answering everybody. The worker has lost its key for ElevenLabs; the door still has one.
let product: Product
let worker: ChildProcess
let person: Person
let admin: Person

interface Seen {
  total: number
  routes: Record<string, { peakInFlight: number }>
}
interface ProviderView {
  name: string
  hasKey: boolean
  health: { block: { code: string; detail: string } | null }
}

const control = async (method: string, path: string, body?: unknown) => {
  const url = new URL(`/control/${path}`, product.run.settings['ELEVENLABS_BASE_URL'])
  const response = await fetch(url, { method, ...(body !== undefined && { body: JSON.stringify(body) }) })
  return (await response.json()) as Seen
}

const voices = { openai: ['openai-nova', 'openai-onyx'], elevenlabs: ['elevenlabs-sarah', 'elevenlabs-george'] }

function ask(lines: number, mark: string, provider: keyof typeof voices = 'openai') {
  const speakers = voices[provider].map((voiceId, index) => ({ name: index ? '乙' : '甲', voiceId }))
  return person.order({ kind: 'podcast', notice: false, speakers, sources: [{ type: 'script', text: script(lines, mark) }] })
}

const shown = async () => {
  const { data } = await admin.ok<{ data: ProviderView[] }>('GET', '/api/admin/providers')
  return (name: string) => data.find((one) => one.name === name)!
}
const needsRepair = (id: string) => person.until(id, ({ status }) => status === 'needs_repair')

beforeAll(async () => {
  product = await launchProduct(18_830, ['--fake', '--without', 'web', '--without', 'worker'])
  const { DATABASE_OWNER_URL: _owner, ...settings } = product.run.settings
  worker = spawn(process.execPath, ['activities/worker.ts'], {
    env: { ...process.env, ...settings, ELEVENLABS_API_KEY: '', WORKER_HEALTH_PORT: '' },
    stdio: 'ignore',
  })
  person = await Person.signUp(product.run)
  admin = await Person.admin(product.run)
})
beforeEach(() => control('POST', 'clear'))
afterAll(async () => {
  const ended = worker && once(worker, 'exit')
  worker?.kill('SIGTERM')
  await ended
  await product?.stop()
})

describe('a provider that waits for a person', () => {
  it.each([
    ['a refused key', 401, 'invalid_api_key', 'key_refused'],
    ['no credit', 429, 'insufficient_quota', 'out_of_credit'],
    ['a bill', 402, undefined, 'payment_needed'],
    ['missing rights', 403, undefined, 'not_allowed'],
  ])('%s: the calls in flight end, no other is made, and every line says why', async (name, status, code, failure) => {
    await control('POST', 'route', { route: 'openai-speech', latencyMs: 300 })
    await control('POST', 'next', { route: 'openai-speech', status, code, times: 'all' })
    const { id } = await ask(30, name)
    await needsRepair(id)
    const lines = await person.lines(id)
    expect(lines.map((line) => line.failure?.code)).toEqual(Array(30).fill(failure))
    expect(lines[29]!.failure!.detail).toMatch(/OpenAI: .+\./)
    expect((await control('GET', 'counts')).total).toBeLessThanOrEqual(10)
    expect((await shown())('openai').health.block).toMatchObject({ code: failure })

    const before = (await control('GET', 'counts')).total
    const second = await ask(3, `${name}以后`)
    await needsRepair(second.id)
    expect((await control('GET', 'counts')).total, 'a later order makes no call').toBe(before)

    await control('POST', 'clear')
    await person.ok('POST', `/api/episodes/${id}/repair`)
    await person.ready(id)
    expect((await shown())('openai').health.block).toBeNull()
    await person.ok('POST', `/api/episodes/${second.id}/repair`)
    await person.ready(second.id)
    expect((await control('GET', 'counts')).total).toBe(33)
  })

  it('a repair that comes too early costs one call', async () => {
    await control('POST', 'route', { route: 'openai-speech', latencyMs: 300 })
    await control('POST', 'next', { route: 'openai-speech', status: 401, times: 'all' })
    const { id } = await ask(12, '太早')
    await needsRepair(id)
    const before = (await control('GET', 'counts')).total
    await person.ok('POST', `/api/episodes/${id}/repair`)
    await person.until(id, ({ status }) => status === 'voicing')
    await needsRepair(id)
    expect((await person.lines(id)).map(({ status }) => status)).toEqual(Array(12).fill('failed'))
    expect((await control('GET', 'counts')).total - before).toBe(1)
  })

  it('an admin lets it be tried again, and that is written down', async () => {
    const { id } = await ask(2, '管理员')
    await needsRepair(id)
    expect((await control('GET', 'counts')).total).toBe(0)
    await admin.ok('POST', '/api/admin/providers/openai/try-again')
    const third = await ask(3, '又可以了')
    await person.ready(third.id)
    const [entry] = await rows(product.run, `SELECT actor_id FROM audit_log WHERE action = 'provider.try-again'`)
    expect(entry).toBeDefined()
    expect((await person.ask('POST', '/api/admin/providers/openai/try-again')).status).toBe(403)
    expect((await admin.ask('POST', '/api/admin/providers/nobody/try-again')).status).toBe(404)
    await person.ok('POST', `/api/episodes/${id}/repair`)
    await person.ready(id)
    expect(await faults(product.run)).toEqual([])
  })
})

it('more calls at once than the worker began with run as soon as an admin allows them', async () => {
  await control('POST', 'route', { route: 'openai-speech', latencyMs: 2_500 })
  const redis = createRedis(product.run.settings['REDIS_URL']!, () => undefined)
  await redis.del('governor:{openai}:health')
  await redis.quit()
  await admin.ok('PATCH', '/api/admin/providers/openai', { concurrency: 14 })
  const { id } = await ask(28, '放宽')
  await person.ready(id)
  await admin.ok('PATCH', '/api/admin/providers/openai', { concurrency: 10 })
  expect((await control('GET', 'counts')).routes['openai-speech']!.peakInFlight).toBe(14)
})

it('lines of a provider whose key was taken away fail by name, with the remedy', async () => {
  const { id } = await ask(3, '没有钥匙', 'elevenlabs')
  await needsRepair(id)
  for (const { failure } of await person.lines(id)) {
    expect(failure!.code).toBe('provider-off')
    expect(failure!.detail).toContain('ELEVENLABS_API_KEY')
  }
  expect((await control('GET', 'counts')).total).toBe(0)
})
