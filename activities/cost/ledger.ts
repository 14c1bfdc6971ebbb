import { Prisma } from '../../prisma/client.ts'
import type { Database, Transaction } from '../../prisma/client.ts'
import { costMicroUsd } from '../../shared/money.ts'
import { later, person } from '../failures.ts'

/** A call about to be made: who pays, for what, at which provider, which try. */
export interface Call {
  userId: string
  /** Nothing of an episode: bought for the house. */
  episodeId?: string
  versionId?: string
  lineId?: string
  step: 'script' | 'speech' | 'sample'
  provider: string
  model: string
  unit: string
  /** Where answers are priced apart from questions: the unit of the answer. `unit` is the question's then. */
  outputUnit?: string
  contentKey: string
  attempt: string
  attemptPrefix: string
}

interface Price {
  microUsd: bigint
  perUnits: number
}

/** What a call used: one figure, or what went in and what came out where the two are priced apart. */
export type Units = number | { input: number; output: number }

export interface OpenCall {
  id: string
  price: Price
  outputPrice?: Price
  startedAt: Date
}

/** No call runs this long: a `started` row older than this belongs to nobody any more. */
const ABANDONED_MS = 15 * 60_000
const BUSY_RETRY_MS = 500

/**
 * Writes the call down before it is made. Earlier tries of this deed that nobody finished become `unknown`: whether they
 * were paid cannot be known. While another deed buys the same thing, or has just bought it, this one is told to come back.
 */
export async function openCall(db: Database, call: Call): Promise<OpenCall> {
  const { contentKey, unit, outputUnit } = call
  const [price, outputPrice, settled] = await Promise.all([
    priceOf(db, call, unit),
    outputUnit === undefined ? undefined : priceOf(db, call, outputUnit),
    db.usageLog.findFirst({ where: { contentKey, status: 'settled' }, select: { id: true } }),
    giveUpStarted(db, call),
  ])
  if (settled) throw later('same-call-settled', 'the same words have just been voiced by another line', BUSY_RETRY_MS)
  const { attemptPrefix: _, outputUnit: __, ...row } = call
  try {
    const { id, startedAt } = await db.usageLog.create({
      data: {
        ...row,
        priceMicroUsd: price.microUsd,
        pricePerUnits: price.perUnits,
        ...(outputPrice && { outputPriceMicroUsd: outputPrice.microUsd, outputPricePerUnits: outputPrice.perUnits }),
      },
      select: { id: true, startedAt: true },
    })
    return { id, price, ...(outputPrice && { outputPrice }), startedAt }
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error
    throw later('same-call-in-flight', 'the same words are being voiced by another line', BUSY_RETRY_MS)
  }
}

const giveUpStarted = (db: Database, { contentKey, attemptPrefix }: Call) =>
  db.usageLog.updateMany({
    where: {
      contentKey,
      status: 'started',
      OR: [{ attempt: { startsWith: attemptPrefix } }, { startedAt: { lt: new Date(Date.now() - ABANDONED_MS) } }],
    },
    data: { status: 'unknown', outcome: 'nobody-knows', endedAt: new Date() },
  })

/** The call brought what was wanted: its units and price become its cost. */
export async function settleCall(tx: Transaction, call: OpenCall, units: Units): Promise<void> {
  await closeCall(tx, call, { status: 'settled', ...charged(call, units), outcome: 'ok' })
}

/** The call failed; `units` are given when it was answered, and so was charged all the same. */
export async function failCall(db: Database, call: OpenCall, outcome: string, units?: Units): Promise<void> {
  await closeCall(db, call, {
    status: 'failed',
    outcome: outcome.slice(0, 200),
    ...(units !== undefined && charged(call, units)),
  })
}

/** A person stopped it; `units` are given when something of the answer had come, which is charged. */
export async function cancelCall(db: Database, call: OpenCall, units?: Units): Promise<void> {
  await closeCall(db, call, { status: 'cancelled', outcome: 'stopped', ...(units !== undefined && charged(call, units)) })
}

/** What the units of a call cost, each kind at its own price. */
export function charged({ price, outputPrice }: Pick<OpenCall, 'price' | 'outputPrice'>, units: Units) {
  if (typeof units === 'number') return { units, costMicroUsd: costMicroUsd(units, price) }
  const { input, output } = units
  if (!outputPrice) return { units: input + output, costMicroUsd: costMicroUsd(input + output, price) }
  return { units: input, outputUnits: output, costMicroUsd: costMicroUsd(input, price) + costMicroUsd(output, outputPrice) }
}

async function closeCall(tx: Transaction | Database, call: OpenCall, data: Prisma.UsageLogUpdateInput): Promise<void> {
  const endedAt = new Date()
  await tx.usageLog.update({
    where: { id: call.id },
    data: { ...data, endedAt, durationMs: endedAt.getTime() - call.startedAt.getTime() },
  })
}

async function priceOf(db: Database, { provider, model }: Call, unit: string): Promise<Price> {
  const price = await db.price.findFirst({
    where: { provider, model, unit, effectiveFrom: { lte: new Date() } },
    orderBy: { effectiveFrom: 'desc' },
    select: { microUsd: true, perUnits: true },
  })
  if (!price) throw person('price-unknown', `nobody knows what ${provider} ${model} costs a ${unit}`)
  return price
}
