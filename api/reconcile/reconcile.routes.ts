import type { z } from 'zod'
import type { Database, Reader } from '../../prisma/client.ts'
import { findingKinds } from '../../workflows/contract.ts'
import { adminListQuerySchema } from '../admin/admin.schema.ts'
import { HttpProblem } from '../http/problem.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { Outbox } from '../outbox.ts'
import type { Reads } from '../reads.ts'
import { emailsOf, orderReconcile, reconcileRuns } from './reconcile.repo.ts'
import type { RunRow } from './reconcile.repo.ts'
import { orderSchema, runSchema, runsSchema } from './reconcile.schema.ts'

export interface ReconcileRouteDeps {
  db: Database
  reads: Reads
  outbox: Outbox
  workflowUrl: (workflowId: string, runId: string | null) => string | null
}

const placeOf = (kind: string) => findingKinds.findIndex((one) => one === kind)

/** Looks at the whole store: what they found, and asking for one. */
export function reconcileRoutes({ db, reads, outbox, workflowUrl }: ReconcileRouteDeps): Route[] {
  async function view(reader: Reader, rows: RunRow[]): Promise<z.input<typeof runSchema>[]> {
    const people = await emailsOf(
      reader,
      rows.flatMap(({ requestedBy }) => requestedBy ?? []),
    )
    return rows.map(({ workflowId, requestedBy, startedAt, endedAt, findings, mode, ...run }) => ({
      ...run,
      mode: mode as z.input<typeof runSchema>['mode'],
      requestedBy: people.find(({ id }) => id === requestedBy)?.email ?? requestedBy,
      workflowUrl: workflowUrl(workflowId, null),
      startedAt: startedAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
      findings: findings
        .toSorted((a, b) => placeOf(a.kind) - placeOf(b.kind))
        .map((finding) => ({ ...finding, kind: finding.kind as (typeof findingKinds)[number] })),
    }))
  }
  return [
    route({
      method: 'get',
      path: '/api/admin/reconcile',
      summary: 'What each look at the whole store found and mended, the newest first.',
      access: 'support',
      query: adminListQuerySchema,
      answers: { 200: { description: 'A page of them.', schema: runsSchema } },
      handler: async ({ caller, query }) => {
        const body = await reads.by(caller.userId, async (reader) => {
          const { rows, total } = await reconcileRuns(reader, query)
          return { data: await view(reader, rows), total }
        })
        return { status: 200, body }
      },
    }),
    route({
      method: 'post',
      path: '/api/admin/reconcile',
      summary: 'Look at the whole store now; with `apply` mend what is found.',
      access: 'admin',
      body: orderSchema,
      answers: { 202: { description: 'It was ordered.', schema: runSchema } },
      problems: ['wrong-state'],
      handler: async ({ body: { apply, allowMany }, caller, requestId }) => {
        const order = { mode: apply ? ('apply' as const) : ('report' as const), allowMany, caller, requestId }
        const ordered = await orderReconcile(db, order)
        if (!ordered) throw new HttpProblem('wrong-state', 'One is still running; wait until it has ended.')
        outbox.sendSoon(ordered.outboxId)
        const [run] = await view(db, [ordered.run])
        return { status: 202, body: run }
      },
    }),
  ]
}
