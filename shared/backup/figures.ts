import { quoted } from './sql-client.ts'
import type { SqlClient } from './sql-client.ts'

/** What a database holds, in figures: two databases with equal figures hold the same. */
export interface Figures {
  /** By table: how many rows, and a checksum that does not depend on their order. */
  tables: Record<string, { rows: number; checksum: string }>
  /** By sequence: what it gave out last. */
  sequences: Record<string, number>
  /** By kind of thing, each as Postgres writes it out. */
  schema: Record<string, string[]>
}

// Written out the same whatever the session, the role or the server is set to.
const SESSION = `SET search_path = pg_catalog; SET DateStyle = 'ISO'; SET IntervalStyle = 'postgres'; SET TimeZone = 'UTC';
  SET extra_float_digits = 1; SET bytea_output = 'hex'; SET statement_timeout = 0; SET idle_in_transaction_session_timeout = 0;
  SET row_security = off`

const OURS = `n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%' AND n.nspname NOT LIKE 'pg_temp%'`
const notOfExtension = (oid: string, catalog: string) =>
  `NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = '${catalog}'::regclass AND d.objid = ${oid} AND d.deptype = 'e')`
const relations = `pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace`

/** Each answers one column `line`. */
const schemaQueries: Record<string, string> = {
  columns: `SELECT format('%s.%s %s%s%s%s', c.oid::regclass, a.attname, format_type(a.atttypid, a.atttypmod), CASE WHEN a.attnotnull THEN ' not null' ELSE '' END,
      ' ' || a.attgenerated::text || a.attidentity::text, coalesce(' default ' || pg_get_expr(def.adbin, def.adrelid), '')) AS line
    FROM ${relations} JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef def ON def.adrelid = c.oid AND def.adnum = a.attnum
    WHERE c.relkind IN ('r', 'p', 'v', 'm') AND ${OURS} AND ${notOfExtension('c.oid', 'pg_class')}`,
  tables: `SELECT format('%s %s %s row security %s %s', c.oid::regclass, c.relkind, c.relpersistence, c.relrowsecurity, c.relforcerowsecurity) AS line
    FROM ${relations} WHERE c.relkind IN ('r', 'p', 'v', 'm', 'S') AND ${OURS}`,
  constraints: `SELECT format('%s %s %s', x.conrelid::regclass, x.conname, pg_get_constraintdef(x.oid)) AS line
    FROM pg_constraint x JOIN pg_namespace n ON n.oid = x.connamespace WHERE ${OURS}`,
  indexes: `SELECT pg_get_indexdef(c.oid) AS line FROM ${relations} WHERE c.relkind IN ('i', 'I') AND ${OURS}`,
  policies: `SELECT format('%s %s %s %s using %s check %s', p.polrelid::regclass, p.polname, p.polcmd, p.polpermissive,
      pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid)) AS line FROM pg_policy p`,
  triggers: `SELECT pg_get_triggerdef(t.oid) || ' ' || t.tgenabled::text AS line FROM pg_trigger t WHERE NOT t.tgisinternal`,
  functions: `SELECT pg_get_functiondef(f.oid) AS line FROM pg_proc f JOIN pg_namespace n ON n.oid = f.pronamespace
    WHERE f.prokind IN ('f', 'p') AND ${OURS} AND ${notOfExtension('f.oid', 'pg_proc')}`,
  types: `SELECT format('%s %s', e.enumtypid::regtype, string_agg(e.enumlabel, ',' ORDER BY e.enumsortorder)) AS line FROM pg_enum e GROUP BY e.enumtypid`,
  // The owner may be another one after a restore; what others may do may not.
  rights: `SELECT format('%s %s %s', c.oid::regclass, g.grantee::regrole, g.privilege_type) AS line
    FROM ${relations}, LATERAL aclexplode(c.relacl) g WHERE ${OURS} AND g.grantee <> c.relowner AND g.grantee <> 0`,
}

/** Reads the figures of the database `client` is connected to, as of its open transaction if there is one. */
export async function readFigures(client: SqlClient, signal?: AbortSignal): Promise<Figures> {
  await client.query(SESSION)
  const schema: Figures['schema'] = {}
  for (const [kind, sql] of Object.entries(schemaQueries)) {
    const { rows } = await client.query<{ line: string }>(sql)
    schema[kind] = rows.map(({ line }) => line).toSorted()
  }
  const tables: Figures['tables'] = {}
  for (const { schema: space, name } of await namesOf(client, 'r')) {
    signal?.throwIfAborted()
    const { rows } = await client.query<{ rows: string; checksum: string }>(
      `SELECT count(*) AS rows, coalesce(sum(hashtextextended(t::text, 0)::numeric), 0)::text AS checksum FROM ONLY ${quoted(space)}.${quoted(name)} t`,
    )
    tables[`${space}.${name}`] = { rows: Number(rows[0]!.rows), checksum: rows[0]!.checksum }
  }
  return { tables, sequences: await readSequences(client), schema }
}

/** Where the sequences stand now: they do not belong to a transaction. */
export async function readSequences(client: SqlClient): Promise<Figures['sequences']> {
  const found: Figures['sequences'] = {}
  for (const { schema, name } of await namesOf(client, 'S')) {
    const { rows } = await client.query<{ last: string }>(`SELECT last_value AS last FROM ${quoted(schema)}.${quoted(name)}`)
    found[`${schema}.${name}`] = Number(rows[0]!.last)
  }
  return found
}

async function namesOf(client: SqlClient, kind: 'r' | 'S'): Promise<{ schema: string; name: string }[]> {
  const sql = `SELECT n.nspname AS schema, c.relname AS name FROM ${relations} WHERE c.relkind = '${kind}' AND ${OURS}
    AND ${notOfExtension('c.oid', 'pg_class')} ORDER BY 1, 2`
  return (await client.query<{ schema: string; name: string }>(sql)).rows
}

export const rowsOf = ({ tables }: Figures): number => Object.values(tables).reduce((sum, { rows }) => sum + rows, 0)
