import { Prisma } from '../../prisma/client.ts'
import type { Database, Transaction } from '../../prisma/client.ts'
import { costMicroUsd } from '../../shared/money.ts'
import { later, never } from '../failures.ts'

/** A call about to be made: who pays, for what, at which provider, which try. */
export interface Call {
  userId: string
  episodeId: string
  versionId: string
  lineId?: string
  step: 'script' | 'speech'
  provider: string
  model: string
  unit: string
  contentKey: string
  attempt: string
  attemptPrefix: string
}

export interface OpenCall {
  id: string
  price: { microUsd: bigint; perUnits: number }
  startedAt: Date
}

/** No call runs this long: a `started` row older than this belongs to nobody any more. */
const ABANDONED_MS = 15 * 60_000
const BUSY_RETRY_MS = 500

/**
 * Writes the call down before it is made. Earlier tries of this deed that nobody finished become `unknown`: whether they
 * were paid cannot be known. While another deed buys the same thing this one is told to come back.
 */
export async function openCall(db: Database, call: Call): Promise<OpenCall> {
  const price = await priceOf(db, call)
  await db.usageLog.updateMany({
    where: {
      contentKey: call.contentKey,
      status: 'started',
      OR: [{ attempt: { startsWith: call.attemptPrefix } }, { startedAt: { lt: new Date(Date.now() - ABANDONED_MS) } }],
    },
    data: { status: 'unknown', outcome: 'nobody-knows', endedAt: new Date() },
  })
  const { attemptPrefix: _, ...row } = call
  try {
    const { id, startedAt } = await db.usageLog.create({
      data: { ...row, priceMicroUsd: price.microUsd, pricePerUnits: price.perUnits },
      select: { id: true, startedAt: true },
    })
    return { id, price, startedAt }
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error
    throw later('same-call-in-flight', 'the same words are being voiced by another line', BUSY_RETRY_MS)
  }
}

/** The call brought what was wanted: its units and price become its cost. */
export async function settleCall(tx: Transaction, call: OpenCall, units: number): Promise<void> {
  await closeCall(tx, call, { status: 'settled', units, costMicroUsd: costMicroUsd(units, call.price), outcome: 'ok' })
}

/** The call failed; `units` are given when it was answered, and so was charged all the same. */
export async function failCall(db: Database, call: OpenCall, outcome: string, units?: number): Promise<void> {
  await closeCall(db, call, {
    status: 'failed',
    outcome: outcome.slice(0, 200),
    ...(units !== undefined && { units, costMicroUsd: costMicroUsd(units, call.price) }),
  })
}

export async function cancelCall(db: Database, call: OpenCall): Promise<void> {
  await closeCall(db, call, { status: 'cancelled', outcome: 'stopped' })
}

async function closeCall(tx: Transaction | Database, call: OpenCall, data: Prisma.UsageLogUpdateInput): Promise<void> {
  const endedAt = new Date()
  await tx.usageLog.update({
    where: { id: call.id },
    data: { ...data, endedAt, durationMs: endedAt.getTime() - call.startedAt.getTime() },
  })
}

async function priceOf(db: Database, { provider, model, unit }: Call): Promise<OpenCall['price']> {
  const price = await db.price.findFirst({
    where: { provider, model, unit, effectiveFrom: { lte: new Date() } },
    orderBy: { effectiveFrom: 'desc' },
    select: { microUsd: true, perUnits: true },
  })
  if (!price) throw never('price-unknown', `nobody knows what ${provider} ${model} costs a ${unit}`)
  return price
}
