import { z } from 'zod'
import type { Database } from '../../prisma/client.ts'
import { adminListQuerySchema } from '../admin/admin.schema.ts'
import { HttpProblem } from '../http/problem.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { Outbox } from '../outbox.ts'
import { auditRefusal, backupRow, backupRows, emailsOf, orderBackup, orderDrill } from './backups.repo.ts'
import type { BackupRow } from './backups.repo.ts'
import { backupDetailSchema, backupSchema, backupsSchema, backupStatuses } from './backups.schema.ts'

export interface BackupRouteDeps {
  db: Database
  outbox: Outbox
  workflowUrl: (workflowId: string, runId: string | null) => string | null
}

const idParams = z.object({ id: z.uuid() })
const filterSchema = z.strictObject({ status: z.enum(backupStatuses).optional() })
const WHY_NOT =
  'Backups are not deleted by hand: they go by themselves, at most three a day, as the rules of retention allow. A stolen session cannot take them away.'

/** Backups: what there is, making one, proving one anew. Deleting is refused, whoever asks. */
export function backupRoutes({ db, outbox, workflowUrl }: BackupRouteDeps): Route[] {
  const views = async (rows: BackupRow[]) => {
    const people = await emailsOf(
      db,
      rows.flatMap(({ requestedBy }) => requestedBy ?? []),
    )
    return rows.map((row) => viewOf(row, people.find(({ id }) => id === row.requestedBy)?.email ?? row.requestedBy, workflowUrl))
  }
  const found = async (id: string): Promise<BackupRow> => {
    const row = await backupRow(db, id)
    if (!row) throw new HttpProblem('not-found', 'There is no such backup.')
    return row
  }
  return [
    route({
      method: 'get',
      path: '/api/admin/backups',
      summary: 'All backups, also those that failed, the newest first.',
      access: 'support',
      query: adminListQuerySchema,
      answers: { 200: { description: 'A page of them.', schema: backupsSchema } },
      handler: async ({ query: { filter, ...page } }) => {
        const wanted = filterSchema.safeParse(readJson(filter))
        if (!wanted.success) throw new HttpProblem('invalid-request', 'filter: a JSON object with a status.')
        const { rows, total } = await backupRows(db, { ...page, ...wanted.data })
        return { status: 200, body: { data: await views(rows), total } }
      },
    }),
    route({
      method: 'get',
      path: '/api/admin/backups/{id}',
      summary: 'A backup with the report of its last drill.',
      access: 'support',
      params: idParams,
      answers: { 200: { description: 'The backup.', schema: backupDetailSchema } },
      problems: ['not-found'],
      handler: async ({ params: { id } }) => {
        const row = await found(id)
        const [view] = await views([row])
        const drill = row.drill && Object.keys(row.drill).length > 0 ? row.drill : null
        return { status: 200, body: { ...view, sha256: row.sha256, dumpObject: row.dumpObject, drill } }
      },
    }),
    route({
      method: 'post',
      path: '/api/admin/backups',
      summary: 'Make a backup now, and prove it by a restore.',
      access: 'admin',
      answers: { 202: { description: 'It was ordered.', schema: backupSchema } },
      problems: ['wrong-state'],
      handler: async ({ caller, requestId }) => {
        const ordered = await orderBackup(db, { caller, requestId })
        if (!ordered) throw new HttpProblem('wrong-state', 'One is being made; wait until it has ended.')
        outbox.sendSoon(ordered.outboxId)
        return { status: 202, body: (await views([ordered.row]))[0] }
      },
    }),
    route({
      method: 'post',
      path: '/api/admin/backups/{id}/verify',
      summary: 'Restore a kept backup into a scratch database once more, and compare.',
      access: 'admin',
      params: idParams,
      answers: { 202: { description: 'The drill was ordered.', schema: backupSchema } },
      problems: ['not-found', 'wrong-state'],
      handler: async ({ params: { id }, caller, requestId }) => {
        await found(id)
        const ordered = await orderDrill(db, id, { caller, requestId })
        if (!ordered) throw new HttpProblem('wrong-state', 'Only a kept backup can be proven, and by one drill at a time.')
        outbox.sendSoon(ordered.outboxId)
        return { status: 202, body: (await views([ordered.row]))[0] }
      },
    }),
    route({
      method: 'delete',
      path: '/api/admin/backups/{id}',
      summary: 'Always refused: only retention deletes backups.',
      access: 'admin',
      params: idParams,
      answers: { 204: { description: 'Never.', schema: null } },
      problems: ['not-found', 'kept-by-policy'],
      handler: async ({ params: { id }, caller, requestId }) => {
        await found(id)
        await auditRefusal(db, { caller, requestId }, id)
        throw new HttpProblem('kept-by-policy', WHY_NOT)
      },
    }),
  ]
}

const iso = (time: Date | null) => time?.toISOString() ?? null
const number = (value: bigint | null) => (value === null ? null : Number(value))

function viewOf(
  { id, status, step, rows, tables, objects, encrypted, anomalies, failure, ...row }: BackupRow,
  requestedBy: string | null,
  workflowUrl: BackupRouteDeps['workflowUrl'],
): z.input<typeof backupSchema> {
  return {
    id,
    status,
    step,
    requestedBy,
    startedAt: row.startedAt.toISOString(),
    endedAt: iso(row.endedAt),
    takenAt: iso(row.takenAt),
    verifiedAt: iso(row.verifiedAt),
    drilledAt: iso(row.drilledAt),
    isDrilling: row.drillWorkflowId !== null,
    deletedAt: iso(row.deletedAt),
    bytes: number(row.bytes),
    rows: number(rows),
    tables,
    objects,
    objectBytes: number(row.objectBytes),
    encrypted,
    anomalies,
    failure,
    workflowUrl: row.workflowId ? workflowUrl(row.workflowId, null) : null,
  }
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
