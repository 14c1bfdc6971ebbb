import { randomUUID } from 'node:crypto'
import { Prisma } from '../../prisma/client.ts'
import type { Database, Reader } from '../../prisma/client.ts'
import type { ReconcileInput } from '../../workflows/contract.ts'
import { audit } from '../admin/audit.ts'
import type { Act } from '../admin/audit.ts'
import { writeOrder } from '../episodes/episodes.repo.ts'

/** A run that has not ended by now never will: its workflow is gone. */
const LONGEST_MS = 2 * 3_600_000

const withFindings = { findings: true } satisfies Prisma.ReconcileRunInclude
export type RunRow = Prisma.ReconcileRunGetPayload<{ include: typeof withFindings }>

/** What a person ordered; the schedule needs no order. */
export interface ReconcileOrder extends ReconcileInput {
  workflowId: string
}

export async function reconcileRuns(db: Reader, { page, perPage }: { page: number; perPage: number }) {
  const [rows, total] = await Promise.all([
    db.reconcileRun.findMany({
      orderBy: { startedAt: 'desc' },
      skip: (page - 1) * perPage,
      take: perPage,
      include: withFindings,
    }),
    db.reconcileRun.count(),
  ])
  return { rows, total }
}

export const emailsOf = (db: Reader, userIds: string[]) =>
  db.user.findMany({ where: { id: { in: userIds } }, select: { id: true, email: true } })

/** Writes report, order and audit row together. `undefined` while a run that somebody asked for is still going on. */
export async function orderReconcile(
  db: Database,
  { mode, allowMany, caller, requestId }: ReconcileInput & Pick<Act, 'caller' | 'requestId'>,
): Promise<{ run: RunRow; outboxId: string } | undefined> {
  return db.$transaction(async (tx) => {
    // Two who ask at once are one after the other.
    await tx.$executeRaw`LOCK TABLE reconcile_runs IN SHARE ROW EXCLUSIVE MODE`
    const since = new Date(Date.now() - LONGEST_MS)
    if (await tx.reconcileRun.findFirst({ where: { endedAt: null, startedAt: { gt: since } }, select: { id: true } }))
      return undefined
    const input = { mode, allowMany: allowMany ?? false }
    const id = randomUUID()
    const workflowId = `reconcile-${id}`
    const run = await tx.reconcileRun.create({
      data: { id, ...input, requestedBy: caller.userId, workflowId },
      include: withFindings,
    })
    const order: ReconcileOrder = { ...input, workflowId }
    const outboxId = await writeOrder(tx, 'reconcile', id, order)
    await audit(tx, { caller, requestId, action: 'reconcile.order', subject: `reconcile:${id}`, before: null, after: input })
    return { run, outboxId }
  })
}
