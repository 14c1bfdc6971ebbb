import { publicHalf } from '../../shared/backup/manifest.ts'
import type { Manifest } from '../../shared/backup/manifest.ts'
import { rowsOf } from '../../shared/backup/figures.ts'
import { listBackups, places } from '../../shared/backup/vault.ts'
import { passing } from '../../shared/crash-points.ts'
import type { Activities } from '../../workflows/contract.ts'
import { beating } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { inPlainWords } from './backup-failures.ts'
import { toolsOf } from './backup-tools.ts'
import { toDelete } from './retention.ts'

type Deeds = Pick<Activities, 'pruneBackups'>

/**
 * Deletes as retention allows. What there is, is asked of the bucket and its signed manifests, not of rows: after a restore the rows know less. A manifest
 * that cannot be trusted is neither counted nor deleted.
 */
export function pruneDeeds(deps: Deps): Deeds {
  const { db } = deps
  return {
    pruneBackups: ({ backupId }) =>
      beating(({ signal }) =>
        inPlainWords(async () => {
          const { store, signingKey, olderKeys } = toolsOf(deps)
          await endDeletions(deps)
          const listed = await listBackups(store, [publicHalf(signingKey), ...olderKeys])
          const manifests = listed.flatMap(({ manifest }) => manifest ?? [])
          for (const manifest of manifests) await knowBackup(deps, manifest)
          const damaged = await db.backup.findMany({ where: { status: 'damaged' }, select: { id: true } })
          const sound = manifests.filter((one) => !damaged.some(({ id }) => id === one.backupId))
          const { anomalies } = await db.backup.findUniqueOrThrow({ where: { id: backupId }, select: { anomalies: true } })
          const kept = sound.map(({ backupId: id, takenAt }) => ({ id, takenAt: new Date(takenAt) }))
          for (const id of toDelete(kept, { now: new Date(), isAnomaly: anomalies.length > 0 })) {
            signal.throwIfAborted()
            await deleteBackup(deps, id)
          }
        }),
      ),
  }
}

/** First the manifest, so that what is half deleted does not count. The row says what is going on until it is done. */
async function deleteBackup(deps: Deps, id: string): Promise<void> {
  const { store } = toolsOf(deps)
  await deps.db.backup.update({ where: { id }, data: { status: 'deleting' } })
  await store.delete(places.manifest(id))
  passing('backup.deleting')
  for await (const key of store.keys(places.folder(id))) await store.delete(key)
  await deps.db.backup.update({ where: { id }, data: { status: 'deleted', deletedAt: new Date() } })
}

/** Deletions that a killed worker began. */
async function endDeletions(deps: Deps): Promise<void> {
  const begun = await deps.db.backup.findMany({ where: { status: 'deleting' }, select: { id: true } })
  for (const { id } of begun) await deleteBackup(deps, id)
}

/** A backup made after the moment a restored database is from gets a row again. */
async function knowBackup({ db }: Deps, { backupId, takenAt, verifiedAt, dump, figures, anomalies }: Manifest): Promise<void> {
  await db.backup.createMany({
    data: {
      id: backupId,
      key: `found ${backupId}`,
      workflowId: '',
      status: 'verified',
      step: 'pruning',
      startedAt: new Date(takenAt),
      endedAt: new Date(verifiedAt),
      takenAt: new Date(takenAt),
      verifiedAt: new Date(verifiedAt),
      dumpObject: dump.object,
      bytes: BigInt(dump.bytes),
      sha256: dump.sha256,
      plainSha256: dump.plainSha256,
      encrypted: dump.encrypted,
      rows: BigInt(rowsOf(figures)),
      tables: Object.keys(figures.tables).length,
      drill: {},
      anomalies,
    },
    skipDuplicates: true,
  })
}
