import { join } from 'node:path'
import pg from 'pg'
import { missingMigrations } from '../launcher/database.ts'
import { Trouble } from '../checklist/checklist.ts'

const CONNECT_MS = 10_000

/** Rows of one question to the database at `url`. */
export async function ask<T extends pg.QueryResultRow>(url: string, sql: string): Promise<T[]> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: CONNECT_MS, statement_timeout: CONNECT_MS })
  await client.connect()
  try {
    return (await client.query<T>(sql)).rows
  } finally {
    await client.end()
  }
}

/** Whether the schema is that of this checkout: every migration applied, none failed halfway. */
export async function lookAtMigrations(env: NodeJS.ProcessEnv, checkout: string): Promise<string> {
  const owner = env.DATABASE_OWNER_URL
  if (!owner)
    throw new Trouble('only the owner of the tables may read the list of migrations', 'set DATABASE_OWNER_URL for this command')
  const missing = await missingMigrations(owner, join(checkout, 'prisma/migrations'))
  if (missing.length > 0) throw new Trouble(`not applied: ${missing.join(', ')}`, 'npm run migrate')
  const failed = await ask<{ name: string }>(
    owner,
    'SELECT migration_name AS name FROM _prisma_migrations WHERE finished_at IS NULL AND rolled_back_at IS NULL',
  )
  if (failed.length > 0)
    throw new Trouble(
      `begun and never finished: ${failed.map(({ name }) => name).join(', ')}`,
      'look at what it did, then node scripts/prisma.ts migrate resolve --rolled-back NAME and npm run migrate',
    )
  const [prices] = await ask<{ count: string }>(owner, 'SELECT count(*) FROM prices')
  if (prices?.count === '0') throw new Trouble('the tables are there, but no price and no voice in them', 'npm run seed')
  return 'every migration of this release is applied, and the first rows are there'
}

type Role = { name: string; super: boolean; bypass: boolean; owns: number; inherits: boolean; becomes: boolean }

/** Whether the product signs in as somebody who cannot go round the database's own rules. */
export async function lookAtRole(env: NodeJS.ProcessEnv): Promise<string> {
  const [role] = await ask<Role>(
    env.DATABASE_URL ?? '',
    `SELECT rolname AS name, rolsuper AS super, rolbypassrls AS bypass,
            (SELECT count(*)::int FROM pg_tables WHERE schemaname = 'public' AND tableowner = rolname) AS owns,
            coalesce(pg_has_role(current_user, to_regrole('aimake_house'), 'USAGE'), false) AS inherits,
            coalesce(pg_has_role(current_user, to_regrole('aimake_house'), 'SET'), false) AS becomes
       FROM pg_roles WHERE rolname = current_user`,
  )
  const faults = [
    role?.super && 'is a superuser',
    role?.bypass && 'passes row-level security',
    role && role.owns > 0 && `owns ${role.owns} tables`,
    role?.inherits && 'sees everybody’s rows without becoming aimake_house',
    role && !role.becomes && 'cannot become aimake_house',
  ].filter(Boolean)
  if (faults.length > 0)
    throw new Trouble(
      `DATABASE_URL signs in as ${role!.name}, which ${faults.join(' and ')}`,
      'let it sign in as aimake_app; the owner belongs in DATABASE_OWNER_URL (deploy/supabase/roles.sql makes both)',
    )
  return `the product signs in as ${role!.name}, which owns nothing`
}
