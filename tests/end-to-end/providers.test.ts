import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { Person } from '../setup/person.ts'
import { faults, rows } from '../setup/store.ts'
import { script } from '../setup/texts.ts'

// A product of its own, which speaks with made-up providers that this file tells what to do wrong.
let product: Product
let person: Person

const control = async (method: string, path: string, body?: unknown) => {
  const url = new URL(`/control/${path}`, product.run.settings['ELEVENLABS_BASE_URL'])
  const response = await fetch(url, { method, ...(body !== undefined && { body: JSON.stringify(body) }) })
  return (await response.json()) as { total: number; outcomes: Record<string, number> }
}
const next = (order: object) => control('POST', 'next', order)

beforeAll(async () => {
  product = await launchProduct(18800, ['--fake'])
  person = await Person.signUp(product.run)
})
beforeEach(() => control('POST', 'clear'))
afterAll(() => product?.stop())

const casts = { elevenlabs: ['elevenlabs-sarah', 'elevenlabs-george'], openai: ['openai-nova', 'openai-onyx'] }

function ask(provider: keyof typeof casts, lines: number, mark: string) {
  const speakers = ['甲', '乙'].map((name, index) => ({ name, voiceId: casts[provider][index] }))
  return person.order({ kind: 'podcast', notice: false, speakers, sources: [{ type: 'script', text: script(lines, mark) }] })
}

const ledger = (id: string) =>
  rows<{ status: string; outcome: string; cost_micro_usd: string | null; units: number | null }>(
    product.run,
    `SELECT status, outcome, cost_micro_usd, units FROM usage_logs WHERE episode_id = $1 AND step = 'speech' ORDER BY started_at`,
    [id],
  )

describe('voices of paid providers', () => {
  it('are offered before the local preview, with their price', async () => {
    const { items } = await person.ok<{ items: { id: string; provider: string; priceMicroUsdPerThousandCharacters: number }[] }>(
      'GET',
      '/api/voices',
    )
    expect([...new Set(items.map(({ provider }) => provider))]).toEqual(['elevenlabs', 'openai', 'local'])
    const price = (id: string) => items.find((voice) => voice.id === id)?.priceMicroUsdPerThousandCharacters
    expect([price('elevenlabs-sarah'), price('openai-nova')]).toEqual([300_000, 15_000])
  })

  it.each([
    ['elevenlabs', 300],
    ['openai', 15],
  ] as const)('%s: an episode is ready, and the ledger has the calls that the provider counted', async (provider, microUsd) => {
    const { id } = await ask(provider, 6, `由${provider}来说`)
    const episode = await person.ready(id)
    expect(episode.audio!.durationMs).toBeGreaterThan(15_000)
    const calls = await ledger(id)
    expect(calls.map(({ status }) => status)).toEqual(Array(6).fill('settled'))
    for (const { cost_micro_usd: cost, units } of calls) expect(Number(cost)).toBe(units! * microUsd)
    expect((await control('GET', 'counts')).outcomes).toEqual({ answered: 6 })
  })

  it('what goes wrong is tried again: refused, silent, a web page, cut', async () => {
    await next({ text: '第1句', status: 429, code: 'system_busy', headers: { 'retry-after': '1' } })
    await next({ text: '第2句', fault: 'silent' })
    await next({ text: '第3句', fault: 'html' })
    await next({ text: '第4句', fault: 'cut' })
    const { id } = await ask('elevenlabs', 5, '难关')
    await person.ready(id)
    const calls = await ledger(id)
    const failed = calls.filter(({ status }) => status === 'failed').map(({ outcome }) => outcome)
    expect(failed.toSorted()).toEqual(['answer_not_audio', 'connection_lost', 'provider_busy', 'silent'])
    // What was answered was charged, although it could not be used.
    expect(calls.filter(({ cost_micro_usd: cost }) => cost !== null)).toHaveLength(6)
    const seen = await control('GET', 'counts')
    expect(calls).toHaveLength(seen.total)
    expect(seen.outcomes).toEqual({ answered: 5, '429': 1, silent: 1, html: 1, cut: 1 })
  })

  // Every way in which a speech provider is known to answer badly, each for a line of its own.
  const badAnswers = [
    ['empty', 'silent', 'clipped', 'noise', 'gap', 'wrong-rate', 'half-length', 'triple-length', 'wrong-container', 'html'],
    ['json-error', 'truncated', 'cut', 'cut-unframed', 'reset-before', 'reset-after', 'hang', 'hang-after', 'drip', 'endless'],
  ].flat()

  it('twenty bad answers never reach an episode, each is tried again', async () => {
    const providers = ['elevenlabs', 'openai'] as const
    for (const provider of providers)
      for (const [index, fault] of badAnswers.entries())
        await next({ route: `${provider}-speech`, text: `第${index + 1}句坏`, fault })
    const orders = await Promise.all(providers.map((provider) => ask(provider, badAnswers.length, '坏')))
    for (const { id } of orders) {
      const episode = await person.until(id, ({ status }) => status === 'ready', 170_000)
      const calls = await ledger(id)
      expect(calls.filter(({ status }) => status === 'settled')).toHaveLength(badAnswers.length)
      // A WAV where raw samples were asked for says so itself, and can be used.
      const failed = calls.filter(({ status }) => status === 'failed').length
      expect(failed, JSON.stringify(calls)).toBeGreaterThanOrEqual(badAnswers.length - 1)
      // About 30 characters a line at 6 a second, give or take what voices differ by.
      expect(episode.audio!.durationMs / badAnswers.length).toBeGreaterThan(4_000)
      expect(episode.audio!.durationMs / badAnswers.length).toBeLessThan(9_000)
    }
    const { total, outcomes } = await control('GET', 'counts')
    for (const fault of badAnswers) expect(outcomes[fault], fault).toBe(2)
    const [sums] = await rows<{ calls: number }>(
      product.run,
      `SELECT count(*)::int AS calls FROM usage_logs WHERE step = 'speech' AND episode_id = ANY($1)`,
      [orders.map(({ id }) => id)],
    )
    expect(sums!.calls).toBe(total)
    expect(await faults(product.run)).toEqual([])
  })

  it('a line that is answered badly every time is named with its reason, after three paid tries', async () => {
    await next({ text: '第2句', fault: 'silent', times: 'all' })
    const { id } = await ask('elevenlabs', 3, '总是无声')
    const episode = await person.until(id, ({ status }) => status === 'needs_repair')
    expect(episode.progress).toMatchObject({ linesDone: 2, linesFailed: 1 })
    expect((await person.lines(id))[1]!.failure).toMatchObject({ code: 'silent' })
    expect((await ledger(id)).filter(({ status }) => status === 'failed')).toHaveLength(3)
    await control('POST', 'clear')
    await person.ok('POST', `/api/episodes/${id}/repair`)
    await person.ready(id)
    expect((await control('GET', 'counts')).total).toBe(1)
  })

  it('being turned away is waited out, however often', async () => {
    await next({ text: '第1句', status: 429, times: 5, headers: { 'retry-after-ms': '200' } })
    const { id } = await ask('openai', 1, '耐心')
    await person.ready(id)
    expect((await ledger(id)).map(({ outcome }) => outcome)).toEqual([...Array<string>(5).fill('rate_limited'), 'ok'])
  })

  it('a refused key asks for a person: the line is named, and after the repair the same run goes on', async () => {
    await next({ text: '第2句', status: 401, times: 'all' })
    const { id } = await ask('openai', 4, '钥匙')
    await person.until(id, ({ status }) => status === 'needs_repair')
    const lines = await person.lines(id)
    expect(lines[1]!.status).toBe('failed')
    expect(lines[1]!.failure).toMatchObject({ code: 'key_refused', detail: expect.stringContaining('OpenAI') as string })
    // The others were voiced by then, or left alone like the whole provider: nobody calls it with a key that is refused.
    const silent = lines.filter(({ status }) => status !== 'ready')
    for (const { failure } of silent) expect(failure).toMatchObject({ code: 'key_refused' })
    expect((await ledger(id)).map(({ status }) => status).toSorted()).toEqual([
      'failed',
      ...Array<string>(lines.length - silent.length).fill('settled'),
    ])
    await control('POST', 'clear')
    await person.ok('POST', `/api/episodes/${id}/repair`)
    await person.ready(id)
    expect((await control('GET', 'counts')).total).toBe(silent.length)
    expect((await ledger(id)).filter(({ status }) => status === 'settled')).toHaveLength(lines.length)
    expect(await faults(product.run)).toEqual([])
  })
})
