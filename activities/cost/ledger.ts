import { Prisma } from '../../prisma/client.ts'
import type { Database, Transaction } from '../../prisma/client.ts'
import { costMicroUsd } from '../../shared/money.ts'
import { heldCodes } from '../../shared/spending.ts'
import { held, later, person } from '../failures.ts'
import { countCall } from '../watching/call-metrics.ts'
import { judge } from './caps.ts'

/** A call about to be made: who pays, for what, at which provider, which try. */
export interface Call {
  userId: string
  /** Nothing of an episode: bought for the house. */
  episodeId?: string
  versionId?: string
  lineId?: string
  step: 'script' | 'speech' | 'sample' | 'test'
  provider: string
  model: string
  unit: string
  /** Where answers are priced apart from questions: the unit of the answer. `unit` is the question's then. */
  outputUnit?: string
  contentKey: string
  attempt: string
  attemptPrefix: string
  /** The most it will use, as far as that can be said before: put aside until its end is known. */
  expected: Units
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
export const ABANDONED_MS = 15 * 60_000
const BUSY_RETRY_MS = 500

/**
 * Writes the call down before it is made. Earlier tries of this deed that nobody finished become `unknown`: whether they
 * were paid cannot be known. While another deed buys the same thing, or has just bought it, this one is told to come back.
 * What it may cost is put aside in the same transaction that looks at the caps; a call that does not fit is not written down. A call that costs
 * nothing knows no caps.
 */
export async function openCall(db: Database, call: Call): Promise<OpenCall> {
  const { contentKey, unit, outputUnit } = call
  const [price, outputPrice, settled] = await Promise.all([
    priceOf(db, call, unit),
    outputUnit === undefined ? undefined : priceOf(db, call, outputUnit),
    isSettled(db, contentKey),
    giveUpStarted(db, call),
  ])
  if (settled) throw justSettled()
  const { attemptPrefix: _, outputUnit: __, expected, ...row } = call
  const startedAt = new Date()
  const prices = { price, ...(outputPrice && { outputPrice }) }
  const heldMicroUsd = charged(prices, expected).costMicroUsd
  const write = (store: Database | Transaction) =>
    store.usageLog.create({
      data: {
        ...row,
        startedAt,
        heldMicroUsd,
        priceMicroUsd: price.microUsd,
        pricePerUnits: price.perUnits,
        ...(outputPrice && { outputPriceMicroUsd: outputPrice.microUsd, outputPricePerUnits: outputPrice.perUnits }),
      },
      select: { id: true },
    })
  try {
    if (heldMicroUsd === 0n) return { ...(await write(db)), ...prices, startedAt }
    const { id } = await db.$transaction(async (tx) => {
      const written = await write(tx)
      // Writing waits for a settlement of the same words that is under way, which the look before could not see.
      if (await isSettled(tx, contentKey)) throw justSettled()
      await refuseOverCap(tx, call, { id: written.id, heldMicroUsd, startedAt })
      return written
    })
    return { id, ...prices, startedAt }
  } catch (error) {
    if (!(error instanceof Prisma.PrismaClientKnownRequestError) || error.code !== 'P2002') throw error
    throw later('same-call-in-flight', 'the same words are being voiced by another line', BUSY_RETRY_MS)
  }
}

const isSettled = async (store: Database | Transaction, contentKey: string) =>
  (await store.usageLog.findFirst({ where: { contentKey, status: 'settled' }, select: { id: true } })) !== null

const justSettled = () => later('same-call-settled', 'the same words have just been voiced by another line', BUSY_RETRY_MS)

const giveUpStarted = (db: Database, { contentKey, attemptPrefix }: Call) =>
  db.usageLog.updateMany({
    where: {
      contentKey,
      status: 'started',
      OR: [{ attempt: { startsWith: attemptPrefix } }, { startedAt: { lt: new Date(Date.now() - ABANDONED_MS) } }],
    },
    data: { status: 'unknown', outcome: 'nobody-knows', endedAt: new Date() },
  })

/** The row is written by now, so its accounts are locked: what is left cannot be spent twice. Throwing takes the row back. */
async function refuseOverCap(
  tx: Transaction,
  call: Call,
  { id, heldMicroUsd, startedAt }: { id: string; heldMicroUsd: bigint; startedAt: Date },
): Promise<void> {
  const verdict = await judge(tx, call, heldMicroUsd, id, startedAt)
  if (verdict.fits) return
  const { cap } = verdict
  if (!verdict.isCertain)
    throw later('money-in-flight', `calls in flight decide whether the cap "${cap}" allows it`, BUSY_RETRY_MS)
  throw held(heldCodes[cap], `${heldMicroUsd} micro-USD more do not fit under the cap "${cap}"`, {
    cap,
    neededMicroUsd: Number(heldMicroUsd),
  })
}

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

/**
 * Closes calls that nobody will go on with though their answers lie here: what those cost is known. The answers stay kept, for whoever wants the same
 * words. One that is closed already stays as it is.
 */
export async function closeAnswered(tx: Transaction, which: Prisma.UsageLogWhereInput): Promise<void> {
  const rows = await tx.usageLog.findMany({
    where: { ...which, status: 'started', answerKey: { not: null }, units: { not: null } },
  })
  for (const { id, units, startedAt, answeredAt, priceMicroUsd: microUsd, pricePerUnits: perUnits } of rows) {
    const endedAt = answeredAt ?? new Date()
    const closed = await tx.usageLog.updateManyAndReturn({
      where: { id, status: 'started' },
      data: { status: 'cancelled', ...charged({ price: { microUsd, perUnits } }, units!), ...ended(startedAt, endedAt) },
      select: news,
    })
    closed.forEach(countCall)
  }
}

/** What the units of a call cost, each kind at its own price. */
export function charged({ price, outputPrice }: Pick<OpenCall, 'price' | 'outputPrice'>, units: Units) {
  if (typeof units === 'number') return { units, costMicroUsd: costMicroUsd(units, price) }
  const { input, output } = units
  if (!outputPrice) return { units: input + output, costMicroUsd: costMicroUsd(input + output, price) }
  return { units: input, outputUnits: output, costMicroUsd: costMicroUsd(input, price) + costMicroUsd(output, outputPrice) }
}

async function closeCall(tx: Transaction | Database, call: OpenCall, data: Prisma.UsageLogUpdateInput): Promise<void> {
  const closed = await tx.usageLog.update({
    where: { id: call.id },
    data: { ...data, ...ended(call.startedAt, new Date()) },
    select: news,
  })
  countCall(closed)
}

const ended = (startedAt: Date, endedAt: Date) => ({ endedAt, durationMs: endedAt.getTime() - startedAt.getTime() })

const news = {
  step: true,
  provider: true,
  status: true,
  outcome: true,
  costMicroUsd: true,
  durationMs: true,
} satisfies Prisma.UsageLogSelect

async function priceOf(db: Database, { provider, model }: Call, unit: string): Promise<Price> {
  const price = await db.price.findFirst({
    where: { provider, model, unit, effectiveFrom: { lte: new Date() } },
    orderBy: { effectiveFrom: 'desc' },
    select: { microUsd: true, perUnits: true },
  })
  if (!price) throw person('price-unknown', `nobody knows what ${provider} ${model} costs a ${unit}`)
  return price
}
