import pg from 'pg'

export type SqlClient = pg.Client

/** Runs `work` with a connection of its own, closed afterwards. */
export async function withClient<T>(url: string, work: (client: SqlClient) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000, keepAlive: true })
  // A connection that breaks while nobody waits for it is noticed by the next query.
  client.on('error', () => {})
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end().catch(() => {})
  }
}

/** The same server and account, another database. */
export function otherDatabase(url: string, name: string): string {
  const other = new URL(url)
  other.pathname = `/${name}`
  return other.href
}

export const databaseName = (url: string): string => decodeURIComponent(new URL(url).pathname.slice(1))

export const quoted = (name: string): string => pg.escapeIdentifier(name)
