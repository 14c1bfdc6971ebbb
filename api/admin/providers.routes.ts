import { randomUUID } from 'node:crypto'
import type { Redis } from 'ioredis'
import { z } from 'zod'
import { Prisma } from '../../prisma/client.ts'
import type { Database } from '../../prisma/client.ts'
import { lookAtProvider, tryProviderAgain } from '../../shared/provider-health.ts'
import type { ProviderHealth } from '../../shared/provider-health.ts'
import { writeOrder } from '../episodes/episodes.repo.ts'
import { HttpProblem } from '../http/problem.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { Outbox } from '../outbox.ts'
import type { Providers } from '../voices/voices.repo.ts'
import { adminListQuerySchema } from './admin.schema.ts'
import { audit } from './audit.ts'
import { pageOf } from './list-query.ts'
import { orderTest, testsOf } from './provider-test.ts'
import { providerTestSchema, testOfferSchema } from './provider-test.schema.ts'

const healthSchema = z
  .object({
    inFlight: z.int().meta({ description: 'Calls in flight over all workers.' }),
    bears: z.int().nullable().meta({ description: 'Calls at once that it was seen to bear; null: as many as are set.' }),
    restsUntil: z.iso.datetime().nullable().meta({ description: 'It failed too often and is left alone until then.' }),
    block: z
      .object({ code: z.string(), detail: z.string(), since: z.iso.datetime(), askAgainAt: z.iso.datetime() })
      .nullable()
      .meta({
        description: 'What a person has to put right before it is called again; at `askAgainAt` one call looks by itself.',
      }),
  })
  .meta({ id: 'ProviderHealth' })

const providerSchema = z
  .object({
    id: z.string().meta({ description: 'The name again.' }),
    name: z.string(),
    hasKey: z.boolean().meta({ description: 'The door was started with a key for it.' }),
    enabled: z.boolean(),
    concurrency: z.int().meta({ description: 'Calls in flight over all workers.' }),
    requestsPerSecond: z.number().nullable().meta({ description: 'Held by the task queue; null: no bound.' }),
    health: healthSchema.nullable().meta({ description: 'null: not known, Redis is away.' }),
    test: z.object({ offer: testOfferSchema.nullable(), last: providerTestSchema.nullable() }),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Provider' })

const changeSchema = z
  .strictObject({
    enabled: z.boolean().optional(),
    concurrency: z.int().min(1).max(1000).optional(),
    requestsPerSecond: z.number().min(0.01).max(10_000).nullable().optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'Name at least one setting to change.')
  .meta({ minProperties: 1 })

type ProviderRow = Prisma.ProviderGetPayload<object>

export interface ProviderDeps {
  db: Database
  redis: Redis
  outbox: Outbox
  providers: Providers
}

const settingsOf = ({ updatedAt, ...provider }: ProviderRow) => ({ ...provider, updatedAt: updatedAt.toISOString() })

const time = (ms: number) => new Date(ms).toISOString()

const healthView = ({ inFlight, bears, restsUntilMs, block }: ProviderHealth) => ({
  inFlight,
  bears,
  restsUntil: restsUntilMs ? time(restsUntilMs) : null,
  block: block && {
    code: block.code,
    detail: block.detail,
    since: time(block.sinceMs),
    askAgainAt: time(block.askAgainAtMs),
  },
})

async function view({ db, redis, providers }: ProviderDeps, row: ProviderRow) {
  const health = await lookAtProvider(redis, row.name).catch(() => null)
  return {
    ...settingsOf(row),
    id: row.name,
    hasKey: (await providers()).includes(row.name),
    health: health && healthView(health),
    test: await testsOf({ db, providers }, row.name),
  }
}

/** What providers may be asked, changed while they run: workers obey within a second, the queue's rate as soon as Temporal is told. */
export function providerRoutes(deps: ProviderDeps): Route[] {
  const { db, redis, outbox } = deps
  return [
    route({
      method: 'get',
      path: '/api/admin/providers',
      summary: 'What each provider may be asked.',
      access: 'support',
      query: adminListQuerySchema,
      answers: { 200: { description: 'All of them.', schema: z.object({ data: z.array(providerSchema), total: z.int() }) } },
      handler: async ({ query }) => {
        const { data, total } = pageOf(await db.provider.findMany({ orderBy: { name: 'asc' } }), query)
        return { status: 200, body: { data: await Promise.all(data.map((row) => view(deps, row))), total } }
      },
    }),
    route({
      method: 'patch',
      path: '/api/admin/providers/{name}',
      summary: 'Change rate or concurrency of a provider, or switch it off.',
      access: 'admin',
      params: z.object({ name: z.string().max(40) }),
      body: changeSchema,
      answers: { 200: { description: 'As it is now.', schema: providerSchema } },
      problems: ['not-found'],
      handler: async ({ params: { name }, body, caller, requestId }) => {
        const { after, orderId } = await db.$transaction(async (tx) => {
          const before = await tx.provider.findFirst({ where: { name } })
          if (!before) throw new HttpProblem('not-found', 'There is no such provider.')
          const changed = await tx.provider.update({ where: { name }, data: body })
          await audit(tx, {
            caller,
            requestId,
            action: 'provider.change',
            subject: `provider:${name}`,
            before: settingsOf(before),
            after: settingsOf(changed),
          })
          // A key of its own for each change: whichever is sent last reads what holds by then.
          const orderOf = () => writeOrder(tx, 'set-rate', `${name}:${randomUUID()}`, { provider: name })
          return { after: changed, orderId: body.requestsPerSecond === undefined ? undefined : await orderOf() }
        })
        if (orderId) outbox.sendSoon(orderId)
        return { status: 200, body: await view(deps, after) }
      },
    }),
    route({
      method: 'post',
      path: '/api/admin/providers/{name}/try-again',
      summary: 'It was put right: lets the next call look whether the provider answers, alone.',
      access: 'admin',
      params: z.object({ name: z.string().max(40) }),
      answers: { 200: { description: 'As it is now.', schema: providerSchema } },
      problems: ['not-found'],
      handler: async ({ params: { name }, caller, requestId }) => {
        const row = await db.provider.findFirst({ where: { name } })
        if (!row) throw new HttpProblem('not-found', 'There is no such provider.')
        const blocked = async () => ({ blocked: (await lookAtProvider(redis, name)).block?.code ?? null })
        const before = await blocked()
        await tryProviderAgain(redis, name)
        await audit(db, {
          caller,
          requestId,
          action: 'provider.try-again',
          subject: `provider:${name}`,
          before,
          after: await blocked(),
        })
        return { status: 200, body: await view(deps, row) }
      },
    }),
    route({
      method: 'post',
      path: '/api/admin/providers/{name}/test-call',
      summary: 'Make one small real call, to see whether the provider answers. The house pays for it.',
      access: 'admin',
      limit: 'create',
      params: z.object({ name: z.string().max(40) }),
      answers: { 202: { description: 'It is being made.', schema: providerTestSchema } },
      problems: ['not-found', 'wrong-state'],
      handler: async ({ params: { name }, caller, requestId }) => {
        const row = await db.provider.findFirst({ where: { name } })
        if (!row) throw new HttpProblem('not-found', 'There is no such provider.')
        return { status: 202, body: await orderTest(deps, name, { caller, requestId }) }
      },
    }),
  ]
}
