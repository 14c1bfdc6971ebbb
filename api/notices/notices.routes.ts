import { z } from 'zod'
import type { Database, Prisma } from '../../prisma/client.ts'
import { adminListQuerySchema } from '../admin/admin.schema.ts'
import { audit } from '../admin/audit.ts'
import { slice } from '../admin/list-query.ts'
import { HttpProblem } from '../http/problem.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'

const words = z.string().trim().min(1).max(500)
const publicSchema = z.object({ id: z.uuid(), zh: z.string(), en: z.string() }).meta({ id: 'PublicNotice' })
const noticeSchema = z
  .object({
    id: z.uuid(),
    zh: z.string(),
    en: z.string(),
    createdBy: z.string().meta({ description: 'E-mail of who wrote it.' }),
    createdAt: z.iso.datetime(),
    endsAt: z.iso.datetime().nullable().meta({ description: 'null: until it is taken down.' }),
    isShown: z.boolean(),
  })
  .meta({ id: 'Notice' })
const newNoticeSchema = z.strictObject({ zh: words, en: words, endsAt: z.iso.datetime().optional() })

type NoticeRow = Prisma.NoticeGetPayload<object>

const now = () => new Date()
const shown = (): Prisma.NoticeWhereInput => ({ OR: [{ endsAt: null }, { endsAt: { gt: now() } }] })
const plain = ({ textZh: zh, textEn: en, endsAt }: NoticeRow) => ({ zh, en, endsAt: endsAt?.toISOString() ?? null })

/** What the house has to say to all its users: shown in the web app, in the reader's language, while it lasts. */
export function noticeRoutes(db: Database): Route[] {
  async function view(rows: NoticeRow[]) {
    const writers = await db.user.findMany({
      where: { id: { in: rows.map(({ createdBy }) => createdBy) } },
      select: { id: true, email: true },
    })
    return rows.map((row) => ({
      ...plain(row),
      id: row.id,
      createdBy: writers.find(({ id }) => id === row.createdBy)?.email ?? row.createdBy,
      createdAt: row.createdAt.toISOString(),
      isShown: row.endsAt === null || row.endsAt > now(),
    }))
  }
  return [
    route({
      method: 'get',
      path: '/api/notices',
      summary: 'What the house has to say now, the newest first.',
      access: 'anyone',
      answers: { 200: { description: 'At most three.', schema: z.object({ items: z.array(publicSchema) }) } },
      handler: async () => {
        const rows = await db.notice.findMany({ where: shown(), orderBy: { createdAt: 'desc' }, take: 3 })
        return { status: 200, body: { items: rows.map((row) => ({ id: row.id, ...plain(row) })) } }
      },
    }),
    route({
      method: 'get',
      path: '/api/admin/notices',
      summary: 'Notices to all users, also those that are over.',
      access: 'support',
      query: adminListQuerySchema,
      answers: {
        200: {
          description: 'A page of them, the newest first.',
          schema: z.object({ data: z.array(noticeSchema), total: z.int() }),
        },
      },
      handler: async ({ query }) => {
        const [rows, total] = await Promise.all([
          db.notice.findMany({ orderBy: { createdAt: 'desc' }, ...slice(query) }),
          db.notice.count(),
        ])
        return { status: 200, body: { data: await view(rows), total } }
      },
    }),
    route({
      method: 'post',
      path: '/api/admin/notices',
      summary: 'Tell all users something, in both languages.',
      access: 'admin',
      body: newNoticeSchema,
      answers: { 201: { description: 'It is shown from now on.', schema: noticeSchema } },
      handler: async ({ body: { zh, en, endsAt }, caller, requestId }) => {
        if (endsAt && new Date(endsAt) <= now()) throw new HttpProblem('invalid-request', 'endsAt: a moment to come.')
        const made = await db.$transaction(async (tx) => {
          const data = { textZh: zh, textEn: en, endsAt: endsAt ? new Date(endsAt) : null, createdBy: caller.userId }
          const row = await tx.notice.create({ data })
          const subject = `notice:${row.id}`
          await audit(tx, { caller, requestId, action: 'notice.show', subject, before: null, after: plain(row) })
          return row
        })
        const [body] = await view([made])
        return { status: 201, body }
      },
    }),
    route({
      method: 'delete',
      path: '/api/admin/notices/{id}',
      summary: 'Take a notice down.',
      access: 'admin',
      params: z.object({ id: z.uuid() }),
      answers: { 204: { description: 'It is not shown any more.', schema: null } },
      problems: ['not-found'],
      handler: async ({ params: { id }, caller, requestId }) => {
        await db.$transaction(async (tx) => {
          const before = await tx.notice.findFirst({ where: { id, ...shown() } })
          if (!before) throw new HttpProblem('not-found', 'No such notice is shown.')
          const after = await tx.notice.update({ where: { id }, data: { endsAt: now() } })
          const subject = `notice:${id}`
          await audit(tx, { caller, requestId, action: 'notice.take-down', subject, before: plain(before), after: plain(after) })
        })
        return { status: 204 }
      },
    }),
  ]
}
