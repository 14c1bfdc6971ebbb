import { z } from 'zod'
import type { Redis } from 'ioredis'
import type { Database } from '../../prisma/client.ts'
import type { ObjectStore } from '../../shared/object-store.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { Orders } from '../temporal.ts'

const CHECK_MS = 2000
const check = z.enum(['ok', 'failed'])
const readySchema = z
  .object({
    status: z.enum(['ok', 'degraded']),
    checks: z.object({ database: check, redis: check, storage: check, temporal: check }),
  })
  .meta({ id: 'Readiness' })

export interface HealthDeps {
  db: Database
  redis: Redis
  store: ObjectStore
  orders: Orders
}

export function healthRoutes({ db, redis, store, orders }: HealthDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/health',
      summary: 'Alive.',
      access: 'anyone',
      answers: { 200: { description: 'Alive.', schema: z.object({ status: z.literal('ok') }) } },
      handler: async () => ({ status: 200, body: { status: 'ok' } }),
    }),
    route({
      method: 'get',
      path: '/health/ready',
      summary: 'Whether everything the service stands on answers, each named.',
      access: 'anyone',
      answers: {
        200: { description: 'All of it answers.', schema: readySchema },
        503: { description: 'Something does not.', schema: readySchema },
      },
      handler: async () => {
        const [database, cache, storage, temporal] = await Promise.all([
          answers(() => db.$queryRaw`SELECT 1`),
          answers(() => redis.ping()),
          answers(() => store.check(AbortSignal.timeout(CHECK_MS))),
          answers(() => orders.check()),
        ])
        const checks = { database, redis: cache, storage, temporal }
        const ok = Object.values(checks).every((one) => one === 'ok')
        return { status: ok ? 200 : 503, body: { status: ok ? 'ok' : 'degraded', checks } }
      },
    }),
  ]
}

async function answers(ask: () => PromiseLike<unknown>): Promise<'ok' | 'failed'> {
  const late = new Promise<'failed'>((resolve) => setTimeout(resolve, CHECK_MS, 'failed').unref())
  return Promise.race([
    late,
    Promise.resolve(ask()).then(
      () => 'ok' as const,
      () => 'failed' as const,
    ),
  ])
}
