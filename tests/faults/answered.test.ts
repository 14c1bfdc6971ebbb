import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { Person } from '../setup/person.ts'
import { faults, rows } from '../setup/store.ts'
import { script } from '../setup/texts.ts'
import { seenCalls } from './calls.ts'
import { startProgram, working } from './program.ts'
import { reconciled } from './reconciled.ts'

let product: Product
let person: Person

beforeAll(async () => {
  product = await launchProduct(19_500, ['--fake', '--without', 'web', '--without', 'worker'], { RECONCILE_AGE_SECONDS: '0' })
  person = await Person.signUp(product.run)
})
afterAll(async () => product?.stop())

const order = () =>
  person.order({
    kind: 'narration',
    language: 'zh',
    title: '只此一句',
    notice: false,
    speakers: [{ name: '甲', voiceId: 'openai-nova' }],
    sources: [{ type: 'script', text: script(1, '只此一句') }],
  })

const calls = () =>
  rows<{ status: string; cost: number; held: number; spent: number; kept: boolean }>(
    product.run,
    `SELECT c.status::text, c.cost_micro_usd::int AS cost, a.held_micro_usd::int AS held, r.spent_micro_usd::int AS spent,
       c.answer_key IS NOT NULL AS kept
     FROM usage_logs c JOIN reservations r USING (version_id) JOIN spending_accounts a ON a.account = 'episode:' || c.episode_id
     WHERE c.provider = 'openai'`,
  )

it('an answer that lies here when its episode is stopped is charged for what it is, and taken by whoever wants the same words', async () => {
  const dying = startProgram(product, 'worker', { crashAt: ['speech.kept'] })
  const stopped = await order()
  expect(await dying.death).toMatchObject({ how: 'crashed', point: 'speech.kept' })
  await person.ok('POST', `/api/episodes/${stopped.id}/cancel`)
  const worker = startProgram(product, 'worker')
  try {
    await working(worker)
    await person.until(stopped.id, ({ status }) => status === 'cancelled', 60_000)
    const { cost } = (await calls())[0]!
    expect(cost).toBeGreaterThan(0)
    expect(await calls()).toEqual([{ status: 'cancelled', cost, held: 0, spent: cost, kept: true }])

    const admin = await Person.admin(product.run)
    expect((await reconciled(admin)).findings.filter(({ found }) => found > 0)).toEqual([])
    expect(await faults(product.run)).toEqual([])

    const seen = await seenCalls(product.run)
    await person.ready((await order()).id)
    expect(await seenCalls(product.run)).toBe(seen)
    expect(await calls()).toEqual([{ status: 'settled', cost, held: 0, spent: cost, kept: false }])
    expect(await faults(product.run)).toEqual([])
  } finally {
    await worker.stop()
  }
})
