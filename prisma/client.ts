import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import type { PoolConfig } from 'pg'
import { PrismaClient } from './generated/client.ts'
import { IdentityPool } from './identity.ts'
import type { Identity } from './identity.ts'

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

/** `longestMs`: a question that takes longer is given up here, for a pooler between us and the server may know no such setting. */
export interface DatabaseOptions {
  longestMs?: number
  /** Hears of each connection that cannot be made or breaks. */
  onConnectionError?: () => void
  /** May refuse a connection that was just made. */
  verify?: PoolConfig['verify']
  /** For whom it asks, question by question. Left out, it asks as whoever it signs in as: the owner of the tables is no one's reader. */
  who?: () => Identity
}

/** The store, for one process. `connections` bounds its pool; a query waits at most 5 s for a free one. */
export function createDatabase(
  url: string,
  connections: number,
  { longestMs, onConnectionError, verify, who }: DatabaseOptions = {},
): Database {
  const config: PoolConfig = {
    connectionString: url,
    max: connections,
    connectionTimeoutMillis: 5000,
    maxLifetimeSeconds: LIFETIME_SECONDS,
    ...(longestMs !== undefined && { query_timeout: longestMs }),
    ...(verify && { verify }),
    ...(onConnectionError && { Client: heardClient(onConnectionError) }),
  }
  return new PrismaClient({
    adapter: who ? new PrismaPg(new IdentityPool(config, who), { disposeExternalPool: true }) : new PrismaPg(config),
    transactionOptions: { maxWait: 5000, timeout: 15_000 },
  })
}

/** The pool makes its connections of this class, so here every failure is heard, whoever asked for it. */
function heardClient(onError: () => void): new (config?: string | pg.ClientConfig) => pg.Client {
  return class HeardClient extends pg.Client {
    constructor(config?: string | pg.ClientConfig) {
      super(config)
      this.on('error', onError)
    }

    override connect(): Promise<pg.Client>
    override connect(callback: (error: Error, client?: pg.Client) => void): void
    override connect(callback?: (error: Error, client?: pg.Client) => void): Promise<pg.Client> | void {
      if (!callback) return super.connect()
      // While connecting, an error goes to the callback alone.
      super.connect((error: Error) => {
        if (error) onError()
        callback(error, this)
      })
    }
  }
}
