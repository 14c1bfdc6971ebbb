import pg from 'pg'

const prismaCodes: Record<string, string> = { '3D000': 'P1003', '28P01': 'P1000', '42P04': 'P1009' }
const cannotReach = 'P1001'

const nameIn = (url: string) => decodeURIComponent(new URL(url).pathname.slice(1))

function besides(url: string): string {
  const other = new URL(url)
  other.pathname = '/postgres'
  return other.href
}

async function perform(command: string, url: string): Promise<void> {
  const client = new pg.Client({ connectionString: command === 'can-connect-to-database' ? url : besides(url) })
  await client.connect()
  try {
    const name = pg.escapeIdentifier(nameIn(url))
    if (command === 'create-database') await client.query(`CREATE DATABASE ${name}`)
    if (command === 'drop-database') await client.query(`DROP DATABASE IF EXISTS ${name}`)
  } finally {
    await client.end()
  }
}

/** Does one of the engine's commands on whole databases and gives the exit code; an error is told to the CLI the way the native engine tells it. */
export async function runDatabaseCommand(command: string, url: string): Promise<number> {
  try {
    await perform(command, url)
    return 0
  } catch (error) {
    const { code = '', message } = error as { code?: string; message: string }
    const log = (entry: object) => process.stderr.write(`${JSON.stringify(entry)}\n`)
    // The CLI skips the first line.
    log({ level: 'INFO', fields: { message: 'schema engine' }, target: 'schema_engine' })
    const fields = { is_panic: false, message: message || code, meta: {}, error_code: prismaCodes[code] ?? cannotReach }
    log({ level: 'ERROR', timestamp: new Date().toISOString(), fields, target: 'schema_engine::logger' })
    return 1
  }
}
