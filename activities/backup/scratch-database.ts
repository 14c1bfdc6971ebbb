import { otherDatabase, quoted, withClient } from '../../shared/backup/sql-client.ts'
import type { SqlClient } from '../../shared/backup/sql-client.ts'
import type { BackupTools } from './backup-tools.ts'

const PREFIX = 'aimake_drill_'
const nameOf = (backupId: string, attempt: string | number) => `${PREFIX}${backupId.replaceAll('-', '')}_${attempt}`

/** Makes an empty database that is only there to be restored into, and removes it afterwards, whatever happens. */
export async function withScratch<T>(
  { url }: BackupTools,
  { backupId, attempt }: { backupId: string; attempt: number },
  work: (scratchUrl: string) => Promise<T>,
): Promise<T> {
  const name = nameOf(backupId, attempt)
  await withClient(url, async (client) => {
    await dropLike(client, nameOf(backupId, '%'))
    const { rows } = await client.query<{ encoding: string; lcCollate: string; lcCtype: string }>(
      `SELECT pg_encoding_to_char(encoding) AS encoding, datcollate AS "lcCollate", datctype AS "lcCtype" FROM pg_database WHERE datname = current_database()`,
    )
    const { encoding, lcCollate, lcCtype } = rows[0]!
    const [collate, ctype] = [client.escapeLiteral(lcCollate), client.escapeLiteral(lcCtype)]
    await client.query(
      `CREATE DATABASE ${quoted(name)} TEMPLATE template0 ENCODING ${client.escapeLiteral(encoding)} LC_COLLATE ${collate} LC_CTYPE ${ctype}`,
    )
  })
  try {
    return await work(otherDatabase(url, name))
  } finally {
    await withClient(url, (client) => client.query(`DROP DATABASE IF EXISTS ${quoted(name)} WITH (FORCE)`)).catch(() => {})
  }
}

/** Removes what killed drills of this backup have left. */
export async function dropScratch({ url }: BackupTools, backupId: string): Promise<void> {
  await withClient(url, (client) => dropLike(client, nameOf(backupId, '%')))
}

/** Removes the scratch databases of drills that are not going on. */
export async function dropForgotten({ url }: BackupTools, goingOn: readonly string[]): Promise<void> {
  await withClient(url, async (client) => {
    const names = await namesLike(client, `${PREFIX}%`)
    const busy = goingOn.map((id) => nameOf(id, ''))
    for (const name of names) if (!busy.some((start) => name.startsWith(start))) await drop(client, name)
  })
}

async function dropLike(client: SqlClient, pattern: string): Promise<void> {
  for (const name of await namesLike(client, pattern)) await drop(client, name)
}

const drop = (client: SqlClient, name: string) => client.query(`DROP DATABASE IF EXISTS ${quoted(name)} WITH (FORCE)`)

async function namesLike(client: SqlClient, pattern: string): Promise<string[]> {
  const sql = 'SELECT datname FROM pg_database WHERE datname LIKE $1 ORDER BY 1'
  return (await client.query<{ datname: string }>(sql, [pattern.replaceAll('_', '\\_')])).rows.map(({ datname }) => datname)
}
