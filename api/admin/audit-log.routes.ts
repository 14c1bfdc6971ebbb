import { z } from 'zod'
import type { Prisma } from '../../prisma/client.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { Reads } from '../reads.ts'
import { adminListQuerySchema } from './admin.schema.ts'
import { readList, slice } from './list-query.ts'

const state = z.record(z.string(), z.unknown()).nullable()
const entrySchema = z
  .object({
    id: z.uuid(),
    actorId: z.string(),
    actorEmail: z.string().nullable().meta({ description: 'null: the account is gone.' }),
    action: z.string(),
    subject: z.string(),
    before: state,
    after: state,
    requestId: z.string().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'AuditEntry' })

const text = z.string().max(100).optional()
const filter = z.strictObject({
  action: text,
  subject: text.meta({ description: 'How the subject begins, such as `user:`.' }),
  actorId: text,
})

/** Who did what in the console. It can only be read: the product's own role may neither change nor remove a row. */
export function auditLogRoutes(reads: Reads): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/admin/audit-log',
      summary: 'Every act in the console, with how things were before and after, the newest first.',
      access: 'support',
      query: adminListQuerySchema,
      answers: { 200: { description: 'A page of them.', schema: z.object({ data: z.array(entrySchema), total: z.int() }) } },
      handler: async ({ caller, query }) => {
        const list = readList(query, filter, ['createdAt'])
        const { action, subject, actorId } = list.filter
        const where: Prisma.AuditLogWhereInput = {
          ...(action && { action: { startsWith: action } }),
          ...(subject && { subject: { startsWith: subject } }),
          ...(actorId && { actorId }),
        }
        const order = [{ createdAt: 'desc' }, { id: 'desc' }] satisfies Prisma.AuditLogOrderByWithRelationInput[]
        const body = await reads.by(caller.userId, async (reader) => {
          const [rows, total] = await Promise.all([
            reader.auditLog.findMany({ where, ...slice(list), orderBy: order }),
            reader.auditLog.count({ where }),
          ])
          const ids = rows.map((row) => row.actorId)
          const actors = await reader.user.findMany({ where: { id: { in: ids } }, select: { id: true, email: true } })
          const data = rows.map((row) => ({
            ...row,
            actorEmail: actors.find(({ id }) => id === row.actorId)?.email ?? null,
            createdAt: row.createdAt.toISOString(),
          }))
          return { data, total }
        })
        return { status: 200, body }
      },
    }),
  ]
}
