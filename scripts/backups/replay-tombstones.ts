import type { SqlClient } from '../../shared/backup/sql-client.ts'
import type { ObjectStore } from '../../shared/object-store.ts'

interface Tombstone {
  kind: string
  subjectId: string
  at: string
}

/** What makes a tombstone true again. Each may run twice. Keys have a table once there are keys. */
const deeds: Record<string, { table: string; sql: string }> = {
  user: { table: 'users', sql: 'DELETE FROM public.users WHERE id = $1' },
  key: { table: 'api_keys', sql: 'DELETE FROM public.api_keys WHERE id = $1' },
}

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
    const { rows } = await client.query<{ is: boolean }>('SELECT to_regclass($1) IS NOT NULL AS is', [`public.${deed.table}`])
    if (rows[0]!.is) removed[kind] = (removed[kind] ?? 0) + ((await client.query(deed.sql, [subjectId])).rowCount ?? 0)
    await client.query(
      'INSERT INTO public.tombstones (kind, subject_id, at, kept_at) VALUES ($1, $2, $3, now()) ON CONFLICT (kind, subject_id) DO NOTHING',
      [kind, subjectId, at],
    )
  }
  const { rowCount } = await client.query('DELETE FROM public.sessions')
  return { ...removed, session: rowCount ?? 0 }
}
