import pg from 'pg'
import { ObjectStore } from '../../shared/object-store.ts'
import type { ObjectStoreSettings } from '../../shared/object-store.ts'
import type { Run } from './launch.ts'
import { moneyFaults } from './money.ts'

/** A look into the store behind the door: rows as the owner sees them. */
export async function rows<T>(run: Run, sql: string, values: unknown[] = []): Promise<T[]> {
  const client = new pg.Client({ connectionString: run.settings.DATABASE_OWNER_URL ?? run.settings.DATABASE_URL })
  await client.connect()
  try {
    return (await client.query(sql, values)).rows as T[]
  } finally {
    await client.end()
  }
}

export const bucketOf = ({ settings }: Run) =>
  new ObjectStore({ S3_REGION: 'auto', ...settings } as unknown as ObjectStoreSettings)

/**
 * What must hold after every test, whatever happened: nothing is settled twice, what is ready has its objects, no object is without a row,
 * and the books of money balance.
 */
export async function faults(run: Run): Promise<string[]> {
  const found: string[] = []
  const check = async (sentence: string, sql: string) => {
    const bad = await rows<Record<string, unknown>>(run, sql)
    if (bad.length > 0) found.push(`${sentence}: ${JSON.stringify(bad.slice(0, 3))}`)
  }
  await check('settled twice', `SELECT content_key FROM usage_logs WHERE status = 'settled' GROUP BY 1 HAVING count(*) > 1`)
  await check(
    'ready without a render',
    `SELECT e.id FROM episodes e JOIN versions v ON v.episode_id = e.id AND v.number = e.current_version LEFT JOIN renders r ON r.version_id = v.id WHERE e.status = 'ready' AND r.version_id IS NULL`,
  )
  await check(
    'ready with a line without sound',
    `SELECT l.id FROM lines l JOIN versions v ON v.id = l.version_id JOIN episodes e ON e.id = v.episode_id AND e.current_version = v.number WHERE e.status = 'ready' AND l.status NOT IN ('ready', 'skipped')`,
  )
  await check(
    'a segment or render whose object is not done',
    `SELECT k FROM (SELECT mp3_key k FROM segments UNION SELECT flac_key FROM segments UNION SELECT mp3_key FROM renders UNION SELECT unnest(array_remove(ARRAY[m4a_key, transcript_key, srt_key, chapters_key, cover_key], NULL)) FROM renders) used LEFT JOIN stored_objects o ON o.key = k WHERE o.status IS DISTINCT FROM 'done'`,
  )
  found.push(...(await moneyFaults((sql) => rows(run, sql))))
  const known = new Set((await rows<{ key: string }>(run, 'SELECT key FROM stored_objects')).map(({ key }) => key))
  const bucket = bucketOf(run)
  for await (const key of bucket.keys()) if (!known.has(key)) found.push(`an object without a row: ${key}`)
  bucket.close()
  return found
}
