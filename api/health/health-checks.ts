import type { Redis } from 'ioredis'
import type { Database } from '../../prisma/client.ts'
import type { ObjectStore } from '../../shared/object-store.ts'
import type { Orders } from '../temporal.ts'

const CHECK_MS = 2000

export interface HealthDeps {
  db: Database
  redis: Redis
  store: ObjectStore
  orders: Orders
}

export interface HealthCheck {
  name: 'database' | 'redis' | 'storage' | 'temporal'
  ok: boolean
  durationMs: number
}

export type HealthChecks = () => Promise<HealthCheck[]>

/** Asks everything the service stands on whether it answers; what takes longer than two seconds does not. */
export function healthChecks({ db, redis, store, orders }: HealthDeps): HealthChecks {
  return () =>
    Promise.all([
      check('database', () => db.$queryRaw`SELECT 1`),
      check('redis', () => redis.ping()),
      check('storage', () => store.check(AbortSignal.timeout(CHECK_MS))),
      check('temporal', () => orders.check()),
    ])
}

async function check(name: HealthCheck['name'], ask: () => PromiseLike<unknown>): Promise<HealthCheck> {
  const startedMs = performance.now()
  const late = new Promise<false>((resolve) => setTimeout(resolve, CHECK_MS, false).unref())
  const answered = Promise.resolve(ask()).then(
    () => true,
    () => false,
  )
  const ok = await Promise.race([late, answered])
  return { name, ok, durationMs: Math.round(performance.now() - startedMs) }
}
