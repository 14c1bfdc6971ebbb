import { afterAll, beforeAll, expect, it } from 'vitest'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { Person } from '../setup/person.ts'
import { rows } from '../setup/store.ts'

let product: Product
beforeAll(async () => {
  // Nothing is made, so no money comes back while the orders are taken.
  product = await launchProduct(19_900, ['--fake', '--without', 'web', '--without', 'worker'])
})
afterAll(() => product?.stop())

it('takes exactly 10 of 200 parallel orders when the plan has money for 10', async () => {
  const person = await Person.signUp(product.run)
  const admin = await Person.admin(product.run)
  const { id } = await person.who()
  const brief = (number: number) => ({
    kind: 'narration',
    language: 'en',
    notice: false,
    speakers: [{ name: 'A', voiceId: 'openai-nova' }],
    sources: [{ type: 'text', text: `Order number ${String(number).padStart(3, '0')} is a sentence of its own.` }],
  })
  const { cost } = await person.ok<{ cost: { maxMicroUsd: number } }>('POST', '/api/episodes/estimate', brief(0))
  expect(cost.maxMicroUsd).toBeGreaterThan(0)
  await admin.ok('PATCH', `/api/admin/users/${id}`, { monthlyLimitMicroUsd: 10 * cost.maxMicroUsd })
  const answers = await Promise.all(
    Array.from({ length: 200 }, (_, number) => person.ask('POST', '/api/episodes', brief(number))),
  )
  const counts: Record<number, number> = {}
  for (const { status } of answers) counts[status] = (counts[status] ?? 0) + 1
  expect(counts).toEqual({ 202: 10, 402: 190 })
  const [stored] = await rows<{ episodes: number; reserved: string }>(
    product.run,
    `SELECT count(*)::int AS episodes, sum(r.reserved_micro_usd)::text AS reserved
      FROM episodes e JOIN versions v ON v.episode_id = e.id JOIN reservations r ON r.version_id = v.id WHERE e.user_id = $1`,
    [id],
  )
  expect(stored).toEqual({ episodes: 10, reserved: String(10 * cost.maxMicroUsd) })
})
