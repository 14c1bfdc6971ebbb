import { randomUUID } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createDatabase } from '../../prisma/client.ts'
import type { Database } from '../../prisma/client.ts'
import { cancelCall, failCall, openCall, settleCall } from './ledger.ts'
import type { Call } from './ledger.ts'

// The real database, as two workers see it: each with a pool of its own.
const { settings } = JSON.parse(readFileSync(process.env.AIMAKE_RUN_JSON!, 'utf8')) as { settings: Record<string, string> }
const workers: [Database, Database] = [
  createDatabase(settings.DATABASE_URL!, 10, { who: () => 'house' }),
  createDatabase(settings.DATABASE_URL!, 10, { who: () => 'house' }),
]
const [db] = workers
const userId = `money-${randomUUID()}`
const provider = `dear-${randomUUID().slice(0, 8)}`

/** A hundred micro-dollars a character. */
const call = (episodeId: string, more: Partial<Call> = {}): Call => ({
  userId,
  episodeId,
  step: 'speech',
  provider,
  model: 'm',
  unit: 'character',
  contentKey: randomUUID(),
  attempt: '1',
  attemptPrefix: '',
  expected: 10,
  ...more,
})

async function episode(budgetMicroUsd: bigint | null): Promise<string> {
  const row = {
    userId,
    kind: 'narration' as const,
    language: 'en',
    title: 'money',
    status: 'cancelled' as const,
    brief: {},
    requestHash: '',
  }
  return (await db.episode.create({ data: { ...row, budgetMicroUsd } })).id
}

beforeAll(async () => {
  await db.user.create({ data: { id: userId, name: 'money', email: `${userId}@example.com`, monthlyLimitMicroUsd: 100_000n } })
  await db.price.create({
    data: { provider, model: 'm', unit: 'character', microUsd: 100n, perUnits: 1, effectiveFrom: new Date(0) },
  })
  await db.price.create({
    data: { provider, model: 'free', unit: 'character', microUsd: 0n, perUnits: 1, effectiveFrom: new Date(0) },
  })
})
afterAll(() => Promise.all(workers.map((one) => one.$disconnect())))

describe('caps', () => {
  it('forty calls at once over two workers: never more than the budget, and none is held while calls in flight may still give money back', async () => {
    const id = await episode(10_000n)
    const tries = await Promise.allSettled(Array.from({ length: 40 }, (_, index) => openCall(workers[index % 2]!, call(id))))
    const opened = tries.flatMap((one) => (one.status === 'fulfilled' ? [one.value] : []))
    expect(opened).toHaveLength(10)
    const refusals = tries.flatMap((one) => (one.status === 'rejected' ? [(one.reason as { type: string }).type] : []))
    expect(new Set(refusals)).toEqual(new Set(['money-in-flight']))
    expect(await db.usageLog.count({ where: { episodeId: id } }), 'what does not fit is not written down').toBe(10)
    await Promise.all(opened.slice(0, 9).map((one) => db.$transaction((tx) => settleCall(tx, one, 10))))
    await failCall(db, opened[9]!, 'turned_away')
    // The one that cost nothing leaves room for one more; after that it is certain.
    const last = await openCall(db, call(id))
    await db.$transaction((tx) => settleCall(tx, last, 10))
    await expect(openCall(db, call(id))).rejects.toMatchObject({
      type: 'budget_reached',
      nonRetryable: true,
      details: [{ hold: { cap: 'episode', neededMicroUsd: 1000 } }],
    })
    expect(await db.spendingAccount.findUnique({ where: { account: `episode:${id}` } })).toMatchObject({
      heldMicroUsd: 0n,
      spentMicroUsd: 10_000n,
    })
  })

  it('a call that costs nothing knows no cap, not even the kill switch', async () => {
    const id = await episode(1n)
    await db.spendingLimits.updateMany({ data: { isStopped: true } })
    try {
      await cancelCall(db, await openCall(db, call(id, { model: 'free' })))
      await expect(openCall(db, call(await episode(null)))).rejects.toMatchObject({ type: 'spending_stopped' })
    } finally {
      await db.spendingLimits.updateMany({ data: { isStopped: false } })
    }
    await expect(openCall(db, call(id))).rejects.toMatchObject({ type: 'budget_reached' })
  })

  it('a call nobody knows the end of counts as spent until somebody does', async () => {
    const id = await episode(1_500n)
    const lost = await openCall(db, call(id))
    await db.usageLog.update({ where: { id: lost.id }, data: { status: 'unknown' } })
    await expect(openCall(db, call(id))).rejects.toMatchObject({ type: 'budget_reached' })
    await failCall(db, lost, 'not charged after all')
    await cancelCall(db, await openCall(db, call(id)))
  })

  it('words that are being settled in this moment are not bought again', async () => {
    const [first, second] = workers
    const one = call(await episode(null))
    const open = await openCall(first, one)
    let again: Promise<unknown> = Promise.resolve()
    await first.$transaction(async (tx) => {
      await settleCall(tx, open, 10)
      again = openCall(second, { ...one, attempt: '2' }).catch((error: unknown) => error)
      // Long enough to reach the settlement that is not committed yet, and wait for it.
      await sleep(300)
    })
    expect(await again).toMatchObject({ type: 'same-call-settled' })
    expect(await db.usageLog.count({ where: { contentKey: one.contentKey } })).toBe(1)
  })

  it('an answer dearer than expected is booked as it is', async () => {
    const id = await episode(5_000n)
    const dear = await openCall(db, call(id))
    await db.$transaction((tx) => settleCall(tx, dear, 30))
    expect(await db.spendingAccount.findUnique({ where: { account: `episode:${id}` } })).toMatchObject({
      heldMicroUsd: 0n,
      spentMicroUsd: 3_000n,
    })
    expect(await db.moneyMovement.findMany({ where: { callId: dear.id }, orderBy: { id: 'asc' } })).toMatchObject([
      { kind: 'reserve', amountMicroUsd: 1_000n },
      { kind: 'reserve', amountMicroUsd: 2_000n },
      { kind: 'settle', amountMicroUsd: 3_000n },
    ])
  })
})
