import { PrismaPg } from '@prisma/adapter-pg'
import type { PoolConfig } from 'pg'
import { PrismaClient } from './generated/client.ts'

export type Database = PrismaClient
export type Transaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0]
export { Prisma } from './generated/client.ts'

/** The store, for one process. `connections` bounds its pool; a query waits at most 5 s for a free one. `verify` may refuse a connection that was just made. */
export function createDatabase(url: string, connections: number, verify?: PoolConfig['verify']): Database {
  return new PrismaClient({
    adapter: new PrismaPg({ connectionString: url, max: connections, connectionTimeoutMillis: 5000, ...(verify && { verify }) }),
    transactionOptions: { maxWait: 5000, timeout: 15_000 },
  })
}
