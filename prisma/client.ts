import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'
import { PrismaClient } from './generated/client.ts'

export type Database = PrismaClient
export type Transaction = Parameters<Parameters<PrismaClient['$transaction']>[0]>[0]
export { Prisma } from './generated/client.ts'

/**
 * The store, for one process. `connections` bounds its pool; a query waits at most 5 s for a free one. `onConnectionError` hears of each
 * connection that cannot be made or breaks.
 */
export function createDatabase(url: string, connections: number, onConnectionError?: () => void): Database {
  return new PrismaClient({
    adapter: new PrismaPg({
      connectionString: url,
      max: connections,
      connectionTimeoutMillis: 5000,
      ...(onConnectionError && { Client: heardClient(onConnectionError) }),
    }),
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
