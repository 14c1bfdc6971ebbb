import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import pg from 'pg'

const internalChar = 18
const text = 25

type Script = { executeScript(sql: string): Promise<void>; client: pg.Pool; onError(error: unknown): never }

type ResultPrototype = { addFields: (this: unknown, fields: { dataTypeID: number }[]) => void }

/** The adapter refuses Postgres' internal one-letter type, which the engine's catalogue queries return: it is shown to it as text. */
function showInternalCharAsText(): void {
  const { prototype } = (pg as unknown as { Result: { prototype: ResultPrototype } }).Result
  const { addFields } = prototype
  prototype.addFields = function (fields) {
    for (const field of fields) if (field.dataTypeID === internalChar) field.dataTypeID = text
    return addFields.call(this, fields)
  }
}

/** Sends a script as one query: the adapter would cut it at every semicolon, through function bodies and out of its transaction. */
function sendScriptsWhole<Connection extends object>(connection: Connection): Connection {
  const script = connection as Connection & Script
  script.executeScript = async (sql) => {
    await script.client.query(sql).catch((error: unknown) => script.onError(error))
  }
  return connection
}

/** Settings as fields, because a connection string would win over the name of the shadow database. */
function fieldsOf(url: URL): pg.PoolConfig {
  const mode = url.searchParams.get('sslmode') ?? ''
  return {
    host: url.searchParams.get('host') ?? url.hostname,
    port: Number(url.port || 5432),
    database: decodeURIComponent(url.pathname.slice(1)),
    user: decodeURIComponent(url.username),
    password: decodeURIComponent(url.password),
    ssl: ['require', 'verify-ca', 'verify-full'].includes(mode) ? { rejectUnauthorized: mode === 'verify-full' } : undefined,
  }
}

async function runOnce(settings: pg.ClientConfig, sql: string): Promise<void> {
  const client = new pg.Client(settings)
  await client.connect()
  await client.query(sql).finally(() => client.end())
}

/** A database connection as the schema engine wants it, with what the published adapter gets wrong put right. */
export function adapterFor(connectionString: string): PrismaPg {
  showInternalCharAsText()
  const url = new URL(connectionString)
  const settings = fieldsOf(url)
  const options = { schema: url.searchParams.get('schema') ?? undefined }
  const factory = new PrismaPg(settings, options)
  const connect = factory.connect.bind(factory)
  factory.connect = async () => sendScriptsWhole(await connect())
  factory.connectToShadowDb = async () => {
    const database = `prisma_migrate_shadow_db_${randomUUID()}`
    await runOnce(settings, `CREATE DATABASE "${database}"`)
    const shadow = sendScriptsWhole(await new PrismaPg({ ...settings, database }, options).connect())
    const dispose = shadow.dispose.bind(shadow)
    // The adapter would drop the database while its own connections are still in it.
    shadow.dispose = async () => {
      await dispose()
      await runOnce(settings, `DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`)
    }
    return shadow
  }
  return factory
}
