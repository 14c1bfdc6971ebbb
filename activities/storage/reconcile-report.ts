import type { Database } from '../../prisma/client.ts'
import type { Activities, FindingKind, ReconcileRef } from '../../workflows/contract.ts'
import type { Deps } from '../deps.ts'

type Deeds = Pick<Activities, 'beginReconcile' | 'endReconcile'>

const KEPT_DAYS = 90
const SAMPLES = 5

/** The report of a reconciliation, one a workflow. */
export function reportDeeds({ db }: Deps): Deeds {
  return {
    async beginReconcile({ workflowId, mode, allowMany = false }) {
      await db.reconcileRun.deleteMany({ where: { startedAt: { lt: new Date(Date.now() - KEPT_DAYS * 86_400_000) } } })
      await db.$executeRaw`DELETE FROM listed_objects WHERE run_id NOT IN (SELECT id FROM reconcile_runs WHERE ended_at IS NULL)`
      const { id } = await db.reconcileRun.upsert({
        where: { workflowId },
        create: { workflowId, mode, allowMany },
        update: {},
        select: { id: true },
      })
      return { runId: id }
    },

    async endReconcile({ runId, failure }) {
      await db.listedObject.deleteMany({ where: { runId } })
      await db.reconcileRun.updateMany({
        where: { id: runId },
        data: { endedAt: new Date(), failure: failure ? `${failure.code}: ${failure.detail}`.slice(0, 500) : null },
      })
    },
  }
}

/** Writes down what was found, before any of it is changed. A deed that is tried again keeps what its first try saw. */
export async function noteFound(
  db: Database,
  { runId }: ReconcileRef,
  kind: FindingKind,
  found: { count: number; samples: string[] },
): Promise<void> {
  const samples = found.samples.slice(0, SAMPLES)
  await db.$executeRaw`
    INSERT INTO reconcile_findings (run_id, kind, found, samples) VALUES (${runId}::uuid, ${kind}, ${found.count}, ${samples}::text[])
    ON CONFLICT (run_id, kind) DO UPDATE SET found = greatest(reconcile_findings.found, excluded.found)`
}

export async function noteMended(db: Database, { runId }: ReconcileRef, kind: FindingKind, count: number): Promise<void> {
  if (count > 0)
    await db.reconcileFinding.update({ where: { runId_kind: { runId, kind } }, data: { mended: { increment: count } } })
}
