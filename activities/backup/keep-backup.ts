import { Prisma } from '../../prisma/client.ts'
import { signManifest } from '../../shared/backup/manifest.ts'
import type { DumpedFigures, Manifest } from '../../shared/backup/manifest.ts'
import { withClient } from '../../shared/backup/sql-client.ts'
import { checkDump, places } from '../../shared/backup/vault.ts'
import { passing } from '../../shared/crash-points.ts'
import type { Activities } from '../../workflows/contract.ts'
import { beating } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { anomaliesOf } from './anomalies.ts'
import { inPlainWords } from './backup-failures.ts'
import { toolsOf } from './backup-tools.ts'
import { takeInventory } from './inventory.ts'

type Deeds = Pick<Activities, 'keepBackup'>
type Row = Prisma.BackupGetPayload<object>

/** Last of all the manifest: the moment it lies there, and not before, the backup counts. Each try makes all of it anew. */
export function keepDeeds(deps: Deps): Deeds {
  const { db } = deps
  return {
    keepBackup: ({ backupId }) =>
      beating(({ signal }) =>
        inPlainWords(async () => {
          const row = await db.backup.findUniqueOrThrow({ where: { id: backupId } })
          if (row.status !== 'running') return
          const { store, signingKey } = toolsOf(deps)
          const inventory = await takeInventory(deps.store, store, places.inventory(backupId), signal)
          const dump = { object: places.dump(backupId), bytes: Number(row.bytes), sha256: row.sha256!, encrypted: row.encrypted }
          await store.copy(row.dumpObject!, dump.object, dump.bytes, signal)
          passing('backup.copied')
          // The copy was made by the store: it is read once more, to its last byte.
          await checkDump(store, dump, signal)
          const anomalies = await anomaliesOf(deps, row)
          const manifest = manifestOf(row, { dump, inventory, anomalies, migration: await lastMigration(toolsOf(deps).url) })
          await store.put(
            places.manifest(backupId),
            signManifest(manifest, signingKey),
            { contentType: 'application/json' },
            signal,
          )
          passing('backup.signed')
          await db.backup.update({
            where: { id: backupId },
            data: {
              status: 'verified',
              step: 'pruning',
              verifiedAt: new Date(manifest.verifiedAt),
              dumpObject: dump.object,
              objects: inventory.objects,
              objectBytes: BigInt(inventory.bytes),
              anomalies,
            },
          })
          passing('backup.verified')
        }),
      ),
  }
}

interface Kept {
  dump: Omit<Manifest['dump'], 'plainSha256'>
  inventory: Manifest['inventory']
  anomalies: string[]
  migration: string | null
}

function manifestOf({ id, takenAt, plainSha256, figures }: Row, { dump, ...kept }: Kept): Manifest {
  const { serverMajor, ...dumped } = figures as unknown as DumpedFigures & { serverMajor: number }
  return {
    format: 1,
    backupId: id,
    takenAt: takenAt!.toISOString(),
    verifiedAt: new Date().toISOString(),
    serverMajor,
    dump: { ...dump, plainSha256: plainSha256! },
    figures: dumped,
    ...kept,
  }
}

async function lastMigration(url: string): Promise<string | null> {
  return withClient(url, async (client) => {
    const sql =
      'SELECT migration_name AS name FROM public._prisma_migrations WHERE finished_at IS NOT NULL ORDER BY finished_at DESC, 1 DESC LIMIT 1'
    const { rows } = await client.query<{ name: string }>(sql)
    return rows[0]?.name ?? null
  })
}
