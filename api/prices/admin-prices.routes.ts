import { z } from 'zod'
import { Prisma } from '../../prisma/client.ts'
import type { Database } from '../../prisma/client.ts'
import { toNumber } from '../../shared/money.ts'
import { adminListQuerySchema } from '../admin/admin.schema.ts'
import { audit } from '../admin/audit.ts'
import { pageOf, readList } from '../admin/list-query.ts'
import { HttpProblem } from '../http/problem.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { newPriceSchema, priceSchema, pricesSchema } from './prices.schema.ts'

type PriceRow = Prisma.PriceGetPayload<object>

const text = z.string().max(100).optional()
const filter = z.strictObject({ provider: text, model: text })

/** What each model costs and since when. A price is a row that holds from a moment on; one that has held is never changed. */
export function adminPriceRoutes(db: Database): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/admin/prices',
      summary: 'What each model costs, and since when.',
      access: 'support',
      query: adminListQuerySchema,
      answers: { 200: { description: 'A page of them, of each model the newest first.', schema: pricesSchema } },
      handler: async ({ query }) => {
        const { provider, model } = readList(query, filter, ['provider']).filter
        const rows = await db.price.findMany({
          where: { ...(provider && { provider }), ...(model && { model }) },
          orderBy: [{ provider: 'asc' }, { model: 'asc' }, { unit: 'asc' }, { effectiveFrom: 'desc' }],
        })
        return { status: 200, body: pageOf(viewOf(rows), query) }
      },
    }),
    route({
      method: 'post',
      path: '/api/admin/prices',
      summary: 'Add a price that holds from now or later on. Calls in flight keep the price they began with.',
      access: 'admin',
      body: newPriceSchema,
      answers: { 201: { description: 'The price.', schema: priceSchema } },
      problems: ['wrong-state'],
      handler: async ({ body, caller, requestId }) => {
        const now = new Date()
        const effectiveFrom = body.effectiveFrom ? new Date(body.effectiveFrom) : now
        if (effectiveFrom < now)
          throw new HttpProblem('invalid-request', 'effectiveFrom: from now on or later; the past keeps its prices.')
        await requireSensible(db, body)
        const { provider, model, unit } = body
        const made = await db.$transaction(async (tx) => {
          const [before] = await tx.price.findMany({
            where: { provider, model, unit, effectiveFrom: { lte: effectiveFrom } },
            orderBy: { effectiveFrom: 'desc' },
            take: 1,
          })
          const price = await tx.price.create({ data: { ...body, effectiveFrom } }).catch(refuseTwice)
          await audit(tx, {
            caller,
            requestId,
            action: 'price.add',
            subject: `price:${provider} ${model} ${unit}`,
            before: before ? plain(before) : null,
            after: plain(price),
          })
          return price
        })
        return { status: 201, body: { ...plain(made), holds: effectiveFrom > now ? 'later' : 'now' } }
      },
    }),
    route({
      method: 'delete',
      path: '/api/admin/prices/{id}',
      summary: 'Take back a price that does not hold yet.',
      access: 'admin',
      params: z.object({ id: z.uuid() }),
      answers: { 204: { description: 'Taken back.', schema: null } },
      problems: ['not-found', 'wrong-state'],
      handler: async ({ params: { id }, caller, requestId }) => {
        await db.$transaction(async (tx) => {
          const before = await tx.price.findFirst({ where: { id } })
          if (!before) throw new HttpProblem('not-found', 'There is no such price.')
          if (before.effectiveFrom <= new Date())
            throw new HttpProblem('wrong-state', 'It has held already, so it stays. Add a price that holds from now on.')
          await tx.price.delete({ where: { id } })
          const subject = `price:${before.provider} ${before.model} ${before.unit}`
          await audit(tx, { caller, requestId, action: 'price.take-back', subject, before: plain(before), after: null })
        })
        return { status: 204 }
      },
    }),
  ]
}

/** Rows come newest first within a model and unit: the first that has begun is the one that holds. */
function viewOf(rows: PriceRow[]) {
  const now = new Date()
  const holding = new Set<string>()
  return rows.map((row) => {
    if (row.effectiveFrom > now) return { ...plain(row), holds: 'later' as const }
    const what = JSON.stringify([row.provider, row.model, row.unit])
    const holds = holding.has(what) ? ('before' as const) : ('now' as const)
    holding.add(what)
    return { ...plain(row), holds }
  })
}

const plain = ({ id, provider, model, unit, microUsd, perUnits, effectiveFrom }: PriceRow) => ({
  id,
  provider,
  model,
  unit,
  microUsd: toNumber(microUsd),
  perUnits,
  effectiveFrom: effectiveFrom.toISOString(),
})

/** A typing error must not become a price of nothing that no cap holds, nor one of a model that nobody has. */
async function requireSensible(db: Database, { provider, model, microUsd }: z.output<typeof newPriceSchema>): Promise<void> {
  const [priced, voice, known, paid] = await Promise.all([
    db.price.findFirst({ where: { provider, model }, select: { id: true } }),
    db.voice.findFirst({ where: { provider, model }, select: { id: true } }),
    db.model.findFirst({ where: { provider, model }, select: { model: true } }),
    db.provider.findFirst({ where: { name: provider }, select: { name: true } }),
  ])
  if (!priced && !voice && !known)
    throw new HttpProblem('invalid-request', `model: nobody here knows a model "${model}" of ${provider}.`)
  if (paid && microUsd === 0)
    throw new HttpProblem('invalid-request', 'microUsd: more than nothing; what costs nothing is held by no cap.')
}

function refuseTwice(error: unknown): never {
  if (error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002')
    throw new HttpProblem('wrong-state', 'There is a price from that very moment on already.')
  throw error
}
