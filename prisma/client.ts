import { PrismaPg } from '@prisma/adapter-pg'
import { PrismaClient } from './generated/client.ts'

export type Database = PrismaClient
export type Transaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0]
export { Prisma } from './generated/client.ts'

type Question =
  | 'findUnique'
  | 'findUniqueOrThrow'
  | 'findFirst'
  | 'findFirstOrThrow'
  | 'findMany'
  | 'count'
  | 'aggregate'
  | 'groupBy'

/**
 * Where lists and reports are read: the writer or a copy of it that is a moment behind. A `Database` is a good `Reader`, never the other way
 * round: what decides something or writes asks for a `Database`, so that a late copy cannot be handed to it.
 */
export type Reader = {
  readonly [M in keyof PrismaClient as PrismaClient[M] extends { findMany: unknown } ? M : never]: Pick<
    PrismaClient[M],
    Question & keyof PrismaClient[M]
  >
} & Pick<PrismaClient, '$queryRaw'>

/** A connection may have been made to a server that was read only or has been replaced since: none outlives this. */
const LIFETIME_SECONDS = 60

/**
 * The store, for one process. `connections` bounds its pool; a query waits at most 5 s for a free one. With `longestMs` a question that takes
 * longer is given up here: a pooler between us and the server may know no such setting.
 */
export function createDatabase(url: string, connections: number, longestMs?: number): Database {
  return new PrismaClient({
    adapter: new PrismaPg({
      connectionString: url,
      max: connections,
      connectionTimeoutMillis: 5000,
      maxLifetimeSeconds: LIFETIME_SECONDS,
      ...(longestMs !== undefined && { query_timeout: longestMs }),
    }),
    transactionOptions: { maxWait: 5000, timeout: 15_000 },
  })
}
