import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { HOUSE_ROLE } from '../../prisma/identity.ts'
import { StartError } from './start-error.ts'
import { superuser } from '../servers/postgres.ts'
import type { Ports } from './ports.ts'
import type { Secrets } from './secrets.ts'

const databaseName = 'aimake'
export const ownerRole = 'aimake_owner'
export const appRole = 'aimake_app'
export const backupRole = 'aimake_backup'

const urlFor = (port: number, role: string, password: string, database = databaseName) =>
  `postgresql://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`

/** The addresses of our own database: for the application, for the one who owns its tables, for the one who makes backups, and its copy's where there is one. */
export function databaseUrls(
  { postgres = 0, replica }: Ports,
  secrets: Secrets,
): { app: string; owner: string; backup: string; replica?: string } {
  return {
    app: urlFor(postgres, appRole, secrets.databaseAppPassword),
    owner: urlFor(postgres, ownerRole, secrets.databaseOwnerPassword),
    ...(replica && { replica: urlFor(replica, appRole, secrets.databaseAppPassword) }),
    backup: urlFor(postgres, backupRole, secrets.databaseBackupPassword),
  }
}

/** Runs `work` with a connection that is closed afterwards. */
async function withClient<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString, connectionTimeoutMillis: 10_000 })
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}

/**
 * Makes the roles and the database when they are missing: an owner for the tables, and the application's role that owns nothing
 * and cannot pass row security, but may become the house. A third one makes backups: it reads everything, writes nothing of ours, and makes scratch databases. Repeating it
 * changes nothing.
 */
export async function ensureDatabase(port: number, secrets: Secrets): Promise<void> {
  const superuserUrl = (database: string) => urlFor(port, superuser, secrets.postgresPassword, database)
  const roles = [
    { name: ownerRole, password: secrets.databaseOwnerPassword, rights: 'LOGIN CREATEDB NOSUPERUSER NOBYPASSRLS' },
    { name: appRole, password: secrets.databaseAppPassword, rights: 'LOGIN NOCREATEDB NOSUPERUSER NOBYPASSRLS' },
    { name: backupRole, password: secrets.databaseBackupPassword, rights: 'LOGIN CREATEDB NOSUPERUSER BYPASSRLS' },
  ]
  try {
    await withClient(superuserUrl('postgres'), async (client) => {
      for (const { name, password, rights } of roles) {
        const { rowCount } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name])
        if (!rowCount) await client.query(`CREATE ROLE ${name} ${rights} PASSWORD ${pg.escapeLiteral(password)}`)
      }
      const { rowCount: isThere } = await client.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [HOUSE_ROLE])
      if (!isThere) await client.query(`CREATE ROLE ${HOUSE_ROLE} NOLOGIN NOBYPASSRLS`)
      await client.query(`GRANT ${HOUSE_ROLE} TO ${appRole}, ${ownerRole} WITH INHERIT FALSE, SET TRUE`)
      await client.query(`GRANT pg_read_all_data TO ${backupRole}`)
      const { rowCount } = await client.query('SELECT 1 FROM pg_database WHERE datname = $1', [databaseName])
      if (!rowCount) await client.query(`CREATE DATABASE ${databaseName} OWNER ${ownerRole}`)
    })
    await withClient(databaseUrls({ postgres: port }, secrets).owner, grantUse)
  } catch (error) {
    if ((error as { code?: string }).code !== '28P01') throw error
    throw new StartError(
      'the database does not accept the passwords in secrets.json: it was made with others',
      'put the old secrets.json back, or move the data folder away to begin anew',
    )
  }
}

/** Lets the application use, but not own, what the owner makes now and later. */
async function grantUse(owner: pg.Client): Promise<void> {
  await owner.query(`
    REVOKE ALL ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA public TO ${appRole}, ${HOUSE_ROLE};
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO ${appRole}, ${HOUSE_ROLE};
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO ${appRole}, ${HOUSE_ROLE};
  `)
}

/** The names of migrations in `folder` that the database has not had. All of them when it has had none. */
export async function missingMigrations(ownerUrl: string, folder: string): Promise<string[]> {
  if (!existsSync(folder)) return []
  const names = readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  const applied = await withClient(ownerUrl, async (client) => {
    const { rows } = await client.query("SELECT to_regclass('_prisma_migrations') IS NOT NULL AS made")
    if (!rows[0].made) return []
    const answer = await client.query(
      'SELECT migration_name FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
    )
    return answer.rows.map((row) => row.migration_name as string)
  })
  return names.filter((name) => !applied.includes(name) && existsSync(join(folder, name, 'migration.sql'))).sort()
}

/** True when no episode was ever made here. */
export async function hasNoEpisodes(ownerUrl: string): Promise<boolean> {
  return withClient(ownerUrl, async (client) => {
    const { rows } = await client.query('SELECT NOT EXISTS (SELECT FROM episodes) AS empty')
    return rows[0].empty
  })
}
