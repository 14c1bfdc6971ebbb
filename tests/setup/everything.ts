import type { Person } from './person.ts'
import type { Run } from './launch.ts'
import { rows } from './store.ts'

/** Everything the house has stored and scheduled, as one word a thing; what only says who is signed in, or when a key was last used, is left out. */
export async function everything(run: Run, admin: Person): Promise<Record<string, string>> {
  const names = await rows<{ name: string }>(
    run,
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
       AND relname NOT IN ('sessions', '_prisma_migrations') ORDER BY 1`,
  )
  const digests = names.map(async ({ name }) => {
    const [row] = await rows<{ digest: string }>(
      run,
      `SELECT count(*) || ' ' || coalesce(md5(string_agg(kept, ',' ORDER BY kept)), '') AS digest
         FROM (SELECT ${name === 'api_keys' ? `(to_jsonb(t) - 'last_used_at')::text` : 't::text'} AS kept FROM "${name}" t) all_rows`,
    )
    return [name, row!.digest] as const
  })
  const schedules = await admin.ok<{ data: { id: string; paused: boolean; runs: number }[] }>('GET', '/api/admin/schedules')
  const scheduled = schedules.data.map(({ id, paused, runs }) => [`schedule ${id}`, `${paused} ${runs}`] as const)
  return Object.fromEntries([...(await Promise.all(digests)), ...scheduled])
}

/** Waits until nothing changes by itself any more: whatever is still being made, told or kept would look like a change. */
export async function quiet(run: Run, admin: Person): Promise<void> {
  for (let before = ''; ; await new Promise((resolve) => setTimeout(resolve, 2000))) {
    const now = JSON.stringify(await everything(run, admin))
    const untold = await rows(run, `SELECT 1 FROM webhook_deliveries WHERE status = 'pending' LIMIT 1`)
    if (now === before && untold.length === 0) return
    before = now
  }
}
