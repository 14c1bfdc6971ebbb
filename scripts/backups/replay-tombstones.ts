import type { SqlClient } from '../../shared/backup/sql-client.ts'
import type { ObjectStore } from '../../shared/object-store.ts'

interface Tombstone {
  kind: string
  subjectId: string
  at: string
}

/**
 * What makes a tombstone true again. Each may run twice. A backup from before there were keys, or a way to erase somebody, knows neither: `needs` is
 * looked for first.
 */
const deeds: Record<string, { needs: string; sql: string }> = {
  user: { needs: "to_regprocedure('public.erase_user(text)')", sql: 'SELECT 1 WHERE public.erase_user($1)' },
  key: { needs: "to_regclass('public.api_keys')", sql: 'DELETE FROM public.api_keys WHERE id = $1' },
}
const beforeErasing = 'DELETE FROM public.users WHERE id = $1'

/**
 * Does again what was done to people and keys since the backup was made: the list lies outside the dump, so it knows also what came after it. Everybody
 * is signed out: a session that was ended since would be alive again. Answers how many of each were found and removed.
 */
export async function replayTombstones(client: SqlClient, store: ObjectStore): Promise<Record<string, number>> {
  const removed: Record<string, number> = { user: 0, key: 0 }
  for await (const key of store.keys('tombstones/')) {
    const { kind, subjectId, at } = JSON.parse(Buffer.from(await store.get(key)).toString('utf8')) as Tombstone
    const deed = deeds[kind]
    if (!deed) throw new Error(`nobody knows how to do ${kind} of ${key} again`)
    const { rows } = await client.query<{ is: boolean }>(`SELECT ${deed.needs} IS NOT NULL AS is`)
    const sql = rows[0]!.is ? deed.sql : kind === 'user' ? beforeErasing : undefined
    if (sql) removed[kind] = (removed[kind] ?? 0) + ((await client.query(sql, [subjectId])).rowCount ?? 0)
    await client.query(
      'INSERT INTO public.tombstones (kind, subject_id, at, kept_at) VALUES ($1, $2, $3, now()) ON CONFLICT (kind, subject_id) DO NOTHING',
      [kind, subjectId, at],
    )
  }
  const { rowCount } = await client.query('DELETE FROM public.sessions')
  return { ...removed, session: rowCount ?? 0 }
}
