import { activityInfo } from '@temporalio/activity'
import { Prisma } from '../../prisma/client.ts'
import { differences } from '../../shared/backup/compare-figures.ts'
import { readFigures, rowsOf } from '../../shared/backup/figures.ts'
import type { DumpedFigures } from '../../shared/backup/manifest.ts'
import { PgProgramFailed } from '../../shared/backup/pg-programs.ts'
import { restoreDump } from '../../shared/backup/restore-dump.ts'
import { databaseName, otherDatabase, withClient } from '../../shared/backup/sql-client.ts'
import { checkDump, openDump, readManifest } from '../../shared/backup/vault.ts'
import type { StoredDump } from '../../shared/backup/vault.ts'
import { ManifestRefused, publicHalf } from '../../shared/backup/manifest.ts'
import { passing } from '../../shared/crash-points.ts'
import type { Activities } from '../../workflows/contract.ts'
import { beating } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { never } from '../failures.ts'
import { inPlainWords } from './backup-failures.ts'
import { toolsOf } from './backup-tools.ts'
import type { BackupTools } from './backup-tools.ts'
import { dropForgotten, withScratch } from './scratch-database.ts'
import { notSeen, smokeRead } from './smoke-read.ts'

type Deeds = Pick<Activities, 'drillBackup'>

/** What a drill found, as the console shows it. */
export interface DrillReport {
  at: string
  durationMs: number
  tables: number
  rows: number
  /** How many of each kind of thing in the schema were compared. */
  compared: Record<string, number>
  smoke: Record<string, number>
  /** Empty when nothing differs. */
  differences: string[]
}

/** The proof: what lies in the bucket is restored into a scratch database and compared with the figures of the dump's own snapshot. */
export function drillDeeds(deps: Deps): Deeds {
  const { db } = deps
  return {
    drillBackup: ({ backupId }) =>
      beating(({ signal }) =>
        inPlainWords(async () => {
          const row = await db.backup.findUniqueOrThrow({ where: { id: backupId } })
          const isNew = row.status === 'running'
          if (isNew && row.drill) return
          const tools = toolsOf(deps)
          const { dump, figures } = isNew ? takenNow(row) : await takenBefore(deps, tools, backupId)
          await dropForgotten(tools, await goingOn(deps))
          const report = await damagedIf(deps, backupId, isNew, () => drill(tools, { backupId, dump, figures, signal }))
          passing('backup.restored')
          await db.backup.update({
            where: { id: backupId },
            data: {
              drill: report as unknown as Prisma.InputJsonObject,
              drilledAt: new Date(),
              ...(isNew ? { step: 'keeping' } : { status: 'verified' }),
            },
          })
          passing('backup.drilled')
        }),
      ),
  }
}

interface Drill {
  backupId: string
  dump: StoredDump
  figures: DumpedFigures
  signal: AbortSignal
}

async function drill(tools: BackupTools, { backupId, dump, figures, signal }: Drill): Promise<DrillReport> {
  const begunMs = performance.now()
  return withScratch(tools, { backupId, attempt: activityInfo().attempt }, async (url) => {
    try {
      await restoreDump({
        program: tools.programs.restore,
        url,
        signal,
        open: () => openDump(tools.store, dump, tools.seal, signal),
      })
    } catch (error) {
      // Bytes that are not what they were make the program fail first: then that is why.
      if (error instanceof PgProgramFailed) await checkDump(tools.store, dump, signal)
      throw error
    }
    const restored = await withClient(url, (client) => readFigures(client, signal))
    const found = differences(figures, restored)
    if (found.length > 0)
      throw never('backup-differs', `what was restored is not what was dumped: ${found.slice(0, 5).join('; ')}`)
    const smoke = await smokeRead(otherDatabase(tools.appUrl, databaseName(url)))
    const unseen = notSeen(smoke, restored)
    if (unseen.length > 0)
      throw never('backup-differs', `the application does not see all of what was restored: ${unseen.join(', ')}`)
    return {
      at: new Date().toISOString(),
      durationMs: Math.round(performance.now() - begunMs),
      tables: Object.keys(restored.tables).length,
      rows: rowsOf(restored),
      compared: Object.fromEntries(Object.entries(restored.schema).map(([kind, lines]) => [kind, lines.length])),
      smoke,
      differences: found,
    }
  })
}

type Row = Prisma.BackupGetPayload<object>

function takenNow({ dumpObject, bytes, sha256, encrypted, figures }: Row): Pick<Drill, 'dump' | 'figures'> {
  return {
    dump: { object: dumpObject!, bytes: Number(bytes), sha256: sha256!, encrypted },
    figures: figures as unknown as DumpedFigures,
  }
}

/** A backup that is kept is what its signed manifest says, not what a row says. */
async function takenBefore(deps: Deps, tools: BackupTools, backupId: string): Promise<Pick<Drill, 'dump' | 'figures'>> {
  try {
    return await readManifest(tools.store, [publicHalf(tools.signingKey), ...tools.olderKeys], backupId)
  } catch (error) {
    if (!(error instanceof ManifestRefused)) throw error
    await markDamaged(deps, backupId)
    throw never('backup-damaged', `its manifest cannot be trusted: ${error.message}`)
  }
}

/** A kept backup that turns out not to be whole does not count any more; one that only could not be tried does. */
async function damagedIf<T>(deps: Deps, backupId: string, isNew: boolean, work: () => Promise<T>): Promise<T> {
  try {
    return await inPlainWords(work)
  } catch (error) {
    const { type } = error as { type?: string }
    if (!isNew && (type === 'backup-damaged' || type === 'backup-differs')) await markDamaged(deps, backupId)
    throw error
  }
}

async function markDamaged({ db }: Deps, backupId: string): Promise<void> {
  await db.backup.updateMany({ where: { id: backupId, status: 'verified' }, data: { status: 'damaged' } })
}

async function goingOn({ db }: Deps): Promise<string[]> {
  const rows = await db.backup.findMany({
    where: { OR: [{ status: 'running' }, { drillWorkflowId: { not: null } }] },
    select: { id: true },
  })
  return rows.map(({ id }) => id)
}
