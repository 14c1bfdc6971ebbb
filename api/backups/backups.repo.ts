import { randomUUID } from 'node:crypto'
import { Prisma } from '../../prisma/client.ts'
import type { Database } from '../../prisma/client.ts'
import type { BackupRef } from '../../workflows/contract.ts'
import { audit } from '../admin/audit.ts'
import type { Act } from '../admin/audit.ts'
import { writeOrder } from '../episodes/episodes.repo.ts'

/** A run that has not ended by now never will: its workflow is gone. */
const LONGEST_MS = 12 * 3_600_000

export type BackupRow = Prisma.BackupGetPayload<{ omit: { figures: true } }>

export interface BackupOrder {
  workflowId: string
}
export interface DrillOrder extends BackupRef {
  workflowId: string
}

type By = Pick<Act, 'caller' | 'requestId'>

export async function backupRows(
  db: Database,
  { page, perPage, status }: { page: number; perPage: number; status?: BackupRow['status'] | undefined },
) {
  const where = status ? { status } : {}
  const [rows, total] = await Promise.all([
    db.backup.findMany({
      where,
      orderBy: [{ startedAt: 'desc' }, { id: 'desc' }],
      skip: (page - 1) * perPage,
      take: perPage,
      omit: { figures: true },
    }),
    db.backup.count({ where }),
  ])
  return { rows, total }
}

export const backupRow = (db: Database, id: string): Promise<BackupRow | null> =>
  db.backup.findFirst({ where: { id }, omit: { figures: true } })

/** Writes row, order and audit row together. `undefined` while another backup is being made. */
export async function orderBackup(db: Database, by: By): Promise<{ row: BackupRow; outboxId: string } | undefined> {
  return db.$transaction(async (tx) => {
    // Two who ask at once are one after the other.
    await tx.$executeRaw`LOCK TABLE backups IN SHARE ROW EXCLUSIVE MODE`
    await tx.backup.updateMany({
      where: { status: 'running', startedAt: { lt: new Date(Date.now() - LONGEST_MS) } },
      data: { status: 'failed', failure: 'run-ended: it never ended', endedAt: new Date() },
    })
    if (await tx.backup.findFirst({ where: { status: 'running' }, select: { id: true } })) return undefined
    const id = randomUUID()
    const order: BackupOrder = { workflowId: `backup-${id}` }
    const row = await tx.backup.create({
      data: { id, key: order.workflowId, workflowId: order.workflowId, requestedBy: by.caller.userId },
      omit: { figures: true },
    })
    const outboxId = await writeOrder(tx, 'run-backup', id, order)
    await audit(tx, { ...by, action: 'backup.order', subject: subjectOf(id), before: null, after: { status: row.status } })
    return { row, outboxId }
  })
}

/** The same for a drill of a backup that is kept. `undefined` when there is nothing to drill, or one is going on. */
export async function orderDrill(db: Database, id: string, by: By): Promise<{ row: BackupRow; outboxId: string } | undefined> {
  return db.$transaction(async (tx) => {
    const drillId = randomUUID()
    const order: DrillOrder = { backupId: id, workflowId: `drill-${drillId}` }
    const free = [{ drillWorkflowId: null }, { drillStartedAt: { lt: new Date(Date.now() - LONGEST_MS) } }]
    const { count } = await tx.backup.updateMany({
      where: { id, status: { in: ['verified', 'damaged'] }, OR: free },
      data: { drillWorkflowId: order.workflowId, drillStartedAt: new Date(), failure: null },
    })
    if (count === 0) return undefined
    const outboxId = await writeOrder(tx, 'drill-backup', drillId, order)
    await audit(tx, { ...by, action: 'backup.verify', subject: subjectOf(id), before: null, after: { drill: order.workflowId } })
    return { row: await tx.backup.findFirstOrThrow({ where: { id }, omit: { figures: true } }), outboxId }
  })
}

/** What was refused is written down too: somebody wanted a backup gone. */
export const auditRefusal = (db: Database, by: By, id: string) =>
  audit(db, { ...by, action: 'backup.delete-refused', subject: subjectOf(id), before: null, after: null })

const subjectOf = (id: string) => `backup:${id}`

export const emailsOf = (db: Database, userIds: string[]) =>
  db.user.findMany({ where: { id: { in: userIds } }, select: { id: true, email: true } })
