import { Prisma } from '../../prisma/client.ts'
import type { Activities } from '../../workflows/contract.ts'
import { passing } from '../../shared/crash-points.ts'
import { places } from '../../shared/backup/vault.ts'
import { beating } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { clearIncoming } from './dump-database.ts'
import { dropScratch } from './scratch-database.ts'

type Deeds = Pick<Activities, 'beginBackup' | 'endBackup' | 'endDrill'>

/** A run that was ordered so long ago and that Temporal does not know never came to be. */
const ORDERED_MS = 10 * 60_000

/** The beginning and the end of a backup: one row, and one backup at a time. */
export function beginDeeds(deps: Deps): Deeds {
  const { db } = deps
  return {
    async beginBackup({ key, workflowId }) {
      await closeForgotten(deps)
      // Whoever makes the only running one has it; whoever comes second finds it.
      await db.$executeRaw`INSERT INTO backups (id, key, workflow_id) VALUES (gen_random_uuid(), ${key}, ${workflowId}) ON CONFLICT DO NOTHING`
      const row = await db.backup.findUnique({ where: { key }, select: { id: true, status: true } })
      passing('backup.begun')
      if (row?.status === 'running') return { backupId: row.id, isOver: false }
      const other = row ?? (await db.backup.findFirst({ where: { status: 'running' }, select: { id: true } }))
      return { backupId: other?.id ?? '', isOver: true }
    },

    endBackup: ({ backupId, failure }) =>
      beating(async () => {
        const isOurs = { id: backupId, status: 'running' as const }
        if (failure)
          await db.backup.updateMany({ where: isOurs, data: { status: 'failed', failure: words(failure), endedAt: new Date() } })
        // What came after the proof does not take it back.
        await db.backup.updateMany({
          where: { id: backupId, endedAt: null },
          data: { endedAt: new Date(), ...(failure && { failure: words(failure) }) },
        })
        passing('backup.ended')
        if (typeof deps.backup !== 'object') return
        // An outage that ended the backup may last: what is left is removed by the next one.
        await Promise.allSettled([
          dropScratch(deps.backup, backupId),
          clearIncoming(deps.backup.store, places.incoming(backupId)),
        ])
      }),

    async endDrill({ backupId, failure }) {
      await db.backup.update({
        where: { id: backupId },
        data: { drillWorkflowId: null, drillStartedAt: null, ...(failure && { failure: words(failure) }) },
      })
    },
  }
}

const words = ({ code, detail }: { code: string; detail: string }) => `${code}: ${detail}`.slice(0, 1000)

/** Rows that say running although their run is over: it was ended from outside, or the database was restored in the middle of one. */
async function closeForgotten({ db, runState }: Deps): Promise<void> {
  const running = await db.backup.findMany({
    where: { status: 'running' },
    select: { id: true, workflowId: true, startedAt: true },
  })
  for (const { id, workflowId, startedAt } of running) {
    const state = await runState(workflowId)
    if (state === 'open' || (state === 'gone' && startedAt.getTime() > Date.now() - ORDERED_MS)) continue
    const data: Prisma.BackupUpdateManyMutationInput = {
      status: 'failed',
      failure: 'run-ended: its run was ended from outside',
      endedAt: new Date(),
    }
    await db.backup.updateMany({ where: { id, status: 'running' }, data })
  }
}
