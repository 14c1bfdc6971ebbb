import { differences } from '../../shared/backup/compare-figures.ts'
import { readFigures } from '../../shared/backup/figures.ts'
import type { Manifest } from '../../shared/backup/manifest.ts'
import { grantLater, restoreDump } from '../../shared/backup/restore-dump.ts'
import { withClient } from '../../shared/backup/sql-client.ts'
import { openDump } from '../../shared/backup/vault.ts'
import { replayTombstones } from './replay-tombstones.ts'
import type { Surroundings } from './surroundings.ts'

/**
 * Fills the empty database at `url` and makes it fit for use: compared with the manifest, the tombstones replayed, a new epoch begun, which stops every
 * worker of the time before, and nothing left that says it is still being done.
 */
export async function restoreInto(
  url: string,
  { dump, figures }: Manifest,
  { store, seal, restore }: Surroundings,
  news: (text: string) => void,
): Promise<void> {
  news('restoring')
  await restoreDump({ program: restore, url, open: () => openDump(store, dump, seal) })
  await withClient(url, async (client) => {
    news('comparing every table with the manifest')
    const found = differences(figures, await readFigures(client))
    if (found.length > 0) throw new Error(`what was restored is not what was dumped: ${found.slice(0, 5).join('; ')}`)
    await client.query('RESET ALL')
    await client.query('BEGIN')
    await client.query(grantLater('aimake_app, aimake_house'))
    const { user, key, session } = await replayTombstones(client, store)
    news(`erased since then and removed again: ${user} users, ${key} keys; ${session} sessions signed out`)
    await client.query(
      `UPDATE public.backups SET status = 'failed', failure = 'restored: the database is of the middle of this backup', ended_at = now() WHERE status = 'running'`,
    )
    await client.query('UPDATE public.database_epoch SET epoch = gen_random_uuid(), begun_at = now()')
    await client.query('COMMIT')
    await client.query('ANALYZE')
  })
}
