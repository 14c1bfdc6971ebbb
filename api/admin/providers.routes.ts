import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { Prisma } from '../../prisma/client.ts'
import type { Database } from '../../prisma/client.ts'
import { writeOrder } from '../episodes/episodes.repo.ts'
import { HttpProblem } from '../http/problem.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { Outbox } from '../outbox.ts'

const providerSchema = z
  .object({
    name: z.string(),
    enabled: z.boolean(),
    concurrency: z.int().meta({ description: 'Calls in flight over all workers.' }),
    requestsPerSecond: z.number().nullable().meta({ description: 'Held by the task queue; null: no bound.' }),
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

const view = ({ updatedAt, ...provider }: Prisma.ProviderGetPayload<object>) => ({
  ...provider,
  updatedAt: updatedAt.toISOString(),
})

/** What providers may be asked, changed while they run: workers obey within a second, the queue's rate as soon as Temporal is told. */
export function providerRoutes(db: Database, outbox: Outbox): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/admin/providers',
      summary: 'What each provider may be asked.',
      access: 'admin',
      answers: { 200: { description: 'All of them.', schema: z.object({ data: z.array(providerSchema), total: z.int() }) } },
      handler: async () => {
        const rows = await db.provider.findMany({ orderBy: { name: 'asc' } })
        return { status: 200, body: { data: rows.map(view), total: rows.length } }
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
          const before = await tx.provider.findUnique({ where: { name } })
          if (!before) throw new HttpProblem('not-found', 'There is no such provider.')
          const changed = await tx.provider.update({ where: { name }, data: body })
          await tx.auditLog.create({
            data: {
              actorId: caller.userId,
              action: 'provider.change',
              subject: `provider:${name}`,
              before: view(before),
              after: view(changed),
              requestId,
            },
          })
          // A key of its own for each change: whichever is sent last reads what holds by then.
          const orderOf = () => writeOrder(tx, 'set-rate', `${name}:${randomUUID()}`, { provider: name })
          return { after: changed, orderId: body.requestsPerSecond === undefined ? undefined : await orderOf() }
        })
        if (orderId) outbox.sendSoon(orderId)
        return { status: 200, body: view(after) }
      },
    }),
  ]
}
