import { databaseName, withClient } from '../../shared/backup/sql-client.ts'

/** What must hold of the database a backup is restored into; each sentence says what does not. */
export async function faultsOfTarget(
  url: string,
  { serverMajor, live }: { serverMajor: number; live: string | undefined },
): Promise<string[]> {
  const faults: string[] = []
  if (live && isSame(url, live))
    faults.push('it is the live database: restore into another one, and let the product use that afterwards')
  await withClient(url, async (client) => {
    const { rows } = await client.query<{ objects: number; major: number; missing: string[]; maycreate: boolean }>(`
      SELECT (SELECT count(*)::int FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
          WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND n.nspname NOT LIKE 'pg_toast%'
            AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')) AS objects,
        current_setting('server_version_num')::int / 10000 AS major,
        ARRAY(SELECT name FROM unnest(ARRAY['aimake_app', 'aimake_house']) AS name WHERE to_regrole(name) IS NULL) AS missing,
        has_schema_privilege('public', 'CREATE') AS maycreate`)
    const { objects, major, missing, maycreate } = rows[0]!
    if (objects > 0) faults.push(`${databaseName(url)} is not empty: it holds ${objects} tables and other things`)
    if (major !== serverMajor) faults.push(`it is Postgres ${major}, the backup is of ${serverMajor}`)
    for (const role of missing) faults.push(`the role ${role} does not exist there: make it first`)
    if (!maycreate) faults.push('whoever signs in may not make tables there')
  })
  return faults
}

/** The same database by the same name; another name for the same one is found by its not being empty. */
function isSame(a: string, b: string): boolean {
  const [one, other] = [new URL(a), new URL(b)]
  return one.hostname === other.hostname && (one.port || '5432') === (other.port || '5432') && one.pathname === other.pathname
}
