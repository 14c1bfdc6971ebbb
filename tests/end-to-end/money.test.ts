import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { components } from '../../api/openapi.d.ts'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { Person } from '../setup/person.ts'
import type { Problem } from '../setup/person.ts'
import { faults, rows } from '../setup/store.ts'
import { english, script } from '../setup/texts.ts'

type Receipt = components['schemas']['Receipt']
type OwnUsage = components['schemas']['OwnUsage']
type Settings = components['schemas']['Settings']

// A product of its own: its caps are changed, and its providers only count.
let product: Product
let admin: Person
let person: Person

const control = async <T = unknown>(method: string, path: string, body?: unknown): Promise<T> => {
  const url = new URL(`/control/${path}`, product.run.settings['ELEVENLABS_BASE_URL'])
  const response = await fetch(url, { method, ...(body !== undefined && { body: JSON.stringify(body) }) })
  return (await response.json()) as T
}
const counted = async () =>
  (await control<{ routes: Record<string, { calls: number }> }>('GET', 'counts')).routes['openai-speech']?.calls ?? 0

/** Micro-USD a character of the OpenAI voices. */
const PRICE = 15
const textsOf = (words: string) => words.split('\n').map((line) => line.slice(line.indexOf('：') + 1))
const costs = (words: string) => textsOf(words).map((text) => [...text].length * PRICE)
const sum = (numbers: number[]) => numbers.reduce((total, one) => total + one, 0)

function brief(words: string, voices = ['openai-nova', 'openai-onyx'], more: object = {}) {
  const speakers = ['甲', '乙'].map((name, index) => ({ name, voiceId: voices[index] }))
  return { kind: 'podcast', notice: false, speakers, sources: [{ type: 'script', text: words }], ...more }
}

const settings = (change: object) => admin.ok<Settings>('PATCH', '/api/admin/settings', change)
const limit = async (who: Person, monthlyLimitMicroUsd: number | null) => {
  const { user } = await who.ok<{ user: { id: string } }>('GET', '/api/auth/get-session')
  await admin.ok('PATCH', `/api/admin/users/${user.id}`, { monthlyLimitMicroUsd })
}
const paused = (who: Person, id: string) => who.until(id, ({ status }) => status === 'paused_budget', 60_000)
const refusal = async (who: Person, method: string, path: string, body: unknown) => {
  const response = await who.ask(method, path, body)
  return { ...((await response.json()) as Problem), status: response.status }
}
const ledger = (id: string) =>
  rows<{ status: string; cost: number; started_at: Date }>(
    product.run,
    `SELECT status, coalesce(cost_micro_usd, 0)::int AS cost, started_at FROM usage_logs WHERE episode_id = $1 AND step = 'speech'`,
    [id],
  )

beforeAll(async () => {
  product = await launchProduct(19600, ['--fake'])
  admin = await Person.admin(product.run)
  person = await Person.signUp(product.run)
})
beforeEach(() => control('POST', 'clear'))
afterEach(() => settings({ spendingStopped: false, dailyCapMicroUsd: null, monthlyPlanMicroUsd: 20_000_000 }))
afterAll(() => product?.stop())

describe('the budget of an episode', () => {
  it('a hundred lines with money for forty: pauses below it, loses nothing, and the same run ends after the raise', async () => {
    const words = script(100, '预算')
    const dearest = Math.max(...costs(words))
    const budget = 40 * dearest
    const { id } = await person.order(brief(words, undefined, { budgetMicroUsd: budget }))
    const held = await paused(person, id)
    expect(held.cost.spentMicroUsd).toBeLessThanOrEqual(budget)
    expect(held.cost.spentMicroUsd, 'the next line would not have fitted').toBeGreaterThan(budget - dearest)
    expect(held.cost.budgetMicroUsd).toBe(budget)
    expect(held.progress).toMatchObject({ linesTotal: 100, linesFailed: 0 })
    expect(held.progress.linesDone).toBeGreaterThanOrEqual(40)
    expect(held.progress.playableMs, 'what is done can be heard').toBeGreaterThan(60_000)
    expect(held.pause).toEqual({ cap: 'episode', leftMicroUsd: sum(costs(words)) - held.cost.spentMicroUsd, resumesAt: null })
    const lines = await person.lines(id)
    expect(new Set(lines.map(({ status }) => status))).toEqual(new Set(['ready', 'waiting']))
    expect((await person.ask('GET', `/api/episodes/${id}/playlist.m3u8`)).status).toBe(200)
    expect(await counted()).toBe(held.progress.linesDone)

    const raise = (budgetMicroUsd: unknown) => refusal(person, 'POST', `/api/episodes/${id}/budget`, { budgetMicroUsd })
    for (const nonsense of [0, -1, 1.5, 1e18, '1', null])
      expect(await raise(nonsense)).toMatchObject({ status: 400, code: 'invalid-request' })
    expect((await person.ask('POST', `/api/episodes/${id}/budget`, '{"budgetMicroUsd": NaN}')).status).toBe(400)
    expect(await raise(held.cost.spentMicroUsd - 1)).toMatchObject({ status: 422, code: 'budget-too-low' })
    expect(
      await refusal(await Person.signUp(product.run), 'POST', `/api/episodes/${id}/budget`, { budgetMicroUsd: budget }),
    ).toMatchObject({
      status: 404,
    })
    const workflowIds = () => rows(product.run, 'SELECT workflow_id, run_id FROM versions WHERE episode_id = $1', [id])
    const before = await workflowIds()
    expect((await Promise.all([raise(10 * budget), raise(10 * budget)])).map(({ status }) => status)).toEqual([200, 200])
    const episode = await person.ready(id)
    expect(await workflowIds(), 'the same run').toEqual(before)
    expect(episode).toMatchObject({ pause: null, failure: null, cost: { spentMicroUsd: sum(costs(words)) } })
    const calls = await ledger(id)
    expect(calls.map(({ status }) => status)).toEqual(Array(100).fill('settled'))
    expect(await counted(), 'the ledger is what the provider counted').toBe(100)
    expect(await raise(20 * budget)).toMatchObject({ status: 409, code: 'wrong-state' })

    const receipt = await person.ok<Receipt>('GET', `/api/episodes/${id}/receipt`)
    expect(receipt.calls.filter(({ step }) => step === 'speech')).toHaveLength(100)
    expect(receipt.totals).toEqual({
      costMicroUsd: sum(costs(words)),
      upToMicroUsd: 0,
      calls: receipt.calls.length,
      unknownCalls: 0,
      failedCalls: 0,
      reusedLines: 0,
    })
    expect(sum(receipt.calls.map(({ costMicroUsd }) => costMicroUsd))).toBe(receipt.totals.costMicroUsd)
    expect(receipt.versions).toMatchObject([{ number: 1, lines: 100, reused: [], reservedMicroUsd: budget }])
    expect(receipt.versions[0]!.steps.map(({ name }) => name)).toEqual(
      expect.arrayContaining(['reading', 'writing', 'voicing', 'assembling']),
    )

    // Ordered again, every sound is there: it costs nothing, and says so.
    const again = await person.order(brief(words, undefined, { budgetMicroUsd: 1 }))
    await person.ready(again.id)
    const free = await person.ok<Receipt>('GET', `/api/episodes/${again.id}/receipt`)
    expect(free.totals).toMatchObject({ costMicroUsd: 0, reusedLines: 100 })
    expect(free.versions[0]!.reused).toEqual(Array.from({ length: 100 }, (_, position) => position))
    expect(await counted()).toBe(100)
    expect(await faults(product.run)).toEqual([])
  })

  it('holds the writing of a script too, and can be stopped there', async () => {
    const cast = ['openai-nova', 'openai-onyx'].map((voiceId, index) => ({ name: index ? 'Maya' : 'Alex', voiceId }))
    const order = {
      kind: 'podcast',
      notice: false,
      speakers: cast,
      sources: [{ type: 'text', text: english }],
      budgetMicroUsd: 10,
    }
    const { id } = await person.order(order)
    const held = await paused(person, id)
    expect(held).toMatchObject({ pause: { cap: 'episode' }, cost: { spentMicroUsd: 0 }, progress: { linesTotal: 0 } })
    await person.ok('POST', `/api/episodes/${id}/budget`, { budgetMicroUsd: 900_000 })
    await person.ready(id)
    // Enough for the outline, not for a section: what was answered before the pause is not asked again.
    await control('POST', 'clear')
    const half = await person.order({
      ...order,
      sources: [{ type: 'text', text: `${english} Once more.` }],
      budgetMicroUsd: 2_500,
    })
    const waits = await paused(person, half.id)
    expect(waits.cost.spentMicroUsd).toBeGreaterThan(0)
    await person.ok('POST', `/api/episodes/${half.id}/budget`, { budgetMicroUsd: 900_000 })
    await person.ready(half.id)
    const { texts } = await control<{ texts: Record<string, number> }>('GET', 'counts')
    expect(new Set(Object.values(texts))).toEqual(new Set([1]))
    const other = await person.order({ ...order, sources: [{ type: 'text', text: `${english} Again.` }] })
    await paused(person, other.id)
    await person.ok('POST', `/api/episodes/${other.id}/cancel`)
    await person.until(other.id, ({ status }) => status === 'cancelled')
    expect(await faults(product.run)).toEqual([])
  })
})

describe('the caps of the house', () => {
  it('the kill switch stops new calls within five seconds, lets what is free go on, and what waits go on by itself', async () => {
    await control('POST', 'route', { route: 'openai-speech', latencyMs: 300 })
    const words = script(150, '停')
    const { id } = await person.order(brief(words))
    await person.until(id, ({ progress }) => progress.linesDone >= 10)
    await settings({ spendingStopped: true })
    const switchedAt = Date.now()
    const held = await paused(person, id)
    expect(held).toMatchObject({ pause: { cap: 'stop', resumesAt: null }, progress: { linesFailed: 0 } })
    const last = Math.max(...(await ledger(id)).map(({ started_at: at }) => at.getTime()))
    expect(last - switchedAt).toBeLessThan(5_000)
    const atStop = await counted()
    const free = await person.order(brief(script(3, '免费'), ['local-zh-a', 'local-zh-b']))
    await person.ready(free.id)
    expect(await counted(), 'nothing was called meanwhile').toBe(atStop)
    expect(
      (await ledger(id)).every(({ status }) => status === 'settled'),
      'what was in flight was kept',
    ).toBe(true)
    const later = await person.order(brief(script(2, '以后')))
    expect(await paused(person, later.id)).toMatchObject({ pause: { cap: 'stop' } })
    await control('POST', 'route', { route: 'openai-speech', latencyMs: 0 })
    await settings({ spendingStopped: false })
    await Promise.all([person.ready(id), person.ready(later.id)])
    expect(await counted()).toBe(152)
    const audited = await rows(
      product.run,
      `SELECT before, after FROM audit_log WHERE action = 'settings.change' ORDER BY created_at DESC LIMIT 1`,
    )
    expect(audited).toMatchObject([{ before: { spendingStopped: true }, after: { spendingStopped: false } }])
    expect(await faults(product.run)).toEqual([])
  })

  it('at the daily cap everybody pauses until the day turns, and goes on when it is raised', async () => {
    const { todayMicroUsd } = await admin.ok<Settings>('GET', '/api/admin/settings')
    const words = script(6, '日上限')
    await settings({ dailyCapMicroUsd: todayMicroUsd + 3 * Math.max(...costs(words)) })
    const { id } = await person.order(brief(words))
    const held = await paused(person, id)
    const tomorrow = new Date(Date.UTC(new Date().getUTCFullYear(), new Date().getUTCMonth(), new Date().getUTCDate() + 1))
    expect(held).toMatchObject({
      pause: { cap: 'day', resumesAt: tomorrow.toISOString() },
      progress: { linesDone: 3, linesFailed: 0 },
    })
    expect(await refusal(person, 'POST', `/api/episodes/${id}/repair`, undefined)).toMatchObject({ code: 'wrong-state' })
    await settings({ dailyCapMicroUsd: todayMicroUsd + 1_000_000 })
    await person.ready(id)
  })

  it('a plan: an order above it is refused whole, of many at once only those that fit are taken, and a smaller one pauses', async () => {
    const poor = await Person.signUp(product.run)
    const words = (mark: string) => script(4, mark)
    const cost = sum(costs(words('甲')))
    const { cost: estimate } = await poor.ok<components['schemas']['Estimate']>(
      'POST',
      '/api/episodes/estimate',
      brief(words('甲')),
    )
    expect(estimate).toEqual({ minMicroUsd: cost, maxMicroUsd: cost, exact: true })
    await limit(poor, 3 * cost)
    expect(await refusal(poor, 'POST', '/api/episodes', brief(script(40, '太贵')))).toMatchObject({
      status: 402,
      code: 'over-plan',
    })
    expect(await poor.ok('GET', '/api/episodes')).toMatchObject({ items: [] })
    await settings({ spendingStopped: true })
    const asked = await Promise.all(
      ['甲', '乙', '丙', '丁', '戊', '己', '庚', '辛'].map((mark) => poor.ask('POST', '/api/episodes', brief(words(mark)))),
    )
    expect(asked.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, 202, 202, 402, 402, 402, 402, 402])
    const { plan } = await poor.ok<OwnUsage>('GET', '/api/usage')
    expect(plan).toMatchObject({ limitMicroUsd: 3 * cost, spentMicroUsd: 0, setAsideMicroUsd: 3 * cost, leftMicroUsd: 0 })
    const ids = await Promise.all(
      asked.filter(({ status }) => status === 202).map(async (one) => ((await one.json()) as { id: string }).id),
    )
    await Promise.all(ids.map((id) => paused(poor, id)))
    // The switch is off again, but the plan is smaller by now.
    await limit(poor, 0)
    await settings({ spendingStopped: false })
    await Promise.all(ids.map((id) => poor.until(id, ({ pause }) => pause?.cap === 'plan')))
    await limit(poor, null)
    await Promise.all(ids.map((id) => poor.ready(id)))
    const after = await poor.ok<OwnUsage>('GET', '/api/usage')
    expect(after.plan).toMatchObject({ limitMicroUsd: 20_000_000, spentMicroUsd: 3 * cost, setAsideMicroUsd: 0 })
    expect(after.totals).toMatchObject({ costMicroUsd: 3 * cost, unknownCalls: 0 })
    expect(await faults(product.run)).toEqual([])
  })
})

describe('what was spent', () => {
  it('by day, provider, episode and user adds up to the ledger; who spent nothing is told so', async () => {
    const { id } = await person.order(brief(script(2, '用量')))
    await person.ready(id)
    const [total] = await rows<{ cost: number }>(
      product.run,
      'SELECT coalesce(sum(cost_micro_usd), 0)::int AS cost FROM usage_logs',
    )
    for (const group of ['day', 'provider', 'user']) {
      const usage = await admin.ok<OwnUsage>('GET', `/api/admin/usage?group=${group}`)
      expect([sum(usage.items.map((item) => item.costMicroUsd)), usage.totals.costMicroUsd]).toEqual([total!.cost, total!.cost])
    }
    const own = await person.ok<OwnUsage>('GET', '/api/usage?group=episode')
    expect(own.items.find(({ key }) => key === id)?.costMicroUsd).toBe(sum(costs(script(2, '用量'))))
    const nobody = await Person.signUp(product.run)
    expect(await nobody.ok('GET', '/api/usage')).toMatchObject({
      items: [],
      totals: { calls: 0, costMicroUsd: 0 },
      plan: { leftMicroUsd: 20_000_000 },
    })
    for (const query of ['from=2026-13-01', 'from=2026-11-02&to=2026-11-01', 'from=2020-01-01&to=2026-01-01', 'group=user'])
      expect((await nobody.ask('GET', `/api/usage?${query}`)).status, query).toBe(400)
    expect((await nobody.ask('GET', `/api/episodes/${id}/receipt`)).status).toBe(404)
    for (const path of ['settings', 'usage']) expect((await nobody.ask('GET', `/api/admin/${path}`)).status).toBe(403)
    for (const change of [
      {},
      { dailyCapMicroUsd: -1 },
      { monthlyPlanMicroUsd: 1e18 },
      { monthlyPlanMicroUsd: null },
      { spendingStopped: 'yes' },
    ])
      expect((await admin.ask('PATCH', '/api/admin/settings', change)).status).toBe(400)
  })
})
