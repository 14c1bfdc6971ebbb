import type { Database } from '../../prisma/client.ts'
import { places } from '../../shared/backup/vault.ts'
import type { ObjectStore } from '../../shared/object-store.ts'
import type { Activities } from '../../workflows/contract.ts'
import type { Deps } from '../deps.ts'
import { inPlainWords } from './backup-failures.ts'

type Deeds = Pick<Activities, 'bury'>

/** Who was erased stays erased: a restore brings back everybody who was there, so it is told afterwards who was not to be. */
export function buryDeeds({ db, backup }: Deps): Deeds {
  return {
    bury: (input) =>
      inPlainWords(async () => {
        const { kind, subjectId } = input
        await db.tombstone.createMany({ data: { kind, subjectId }, skipDuplicates: true })
        // Where no backups are made nothing can come back from one.
        if (typeof backup === 'object') await keepTombstones(db, backup.store)
      }),
  }
}

/** Puts every tombstone that is only in the database into the bucket too, outside the dumps. */
export async function keepTombstones(db: Database, store: ObjectStore): Promise<void> {
  const rows = await db.tombstone.findMany({ where: { keptAt: null } })
  for (const { kind, subjectId, at } of rows) {
    const words = JSON.stringify({ kind, subjectId, at: at.toISOString() })
    await store.put(places.tombstone(kind, subjectId), Buffer.from(words), {
      contentType: 'application/json',
    })
    await db.tombstone.update({ where: { kind_subjectId: { kind, subjectId } }, data: { keptAt: new Date() } })
  }
}
