import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import type { Database } from '../../prisma/client.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { Reads } from '../reads.ts'
import { adminUsageLogs, usageLogPages } from './admin.repo.ts'
import { adminListQuerySchema, adminUsageLogsSchema } from './admin.schema.ts'
import { usageLogsView } from './admin-view.ts'
import { csvLines } from './csv.ts'
import { readList } from './list-query.ts'

const text = z.string().max(100).optional()
const filter = z.strictObject({
  episodeId: z.uuid().optional(),
  userId: text,
  status: z.enum(['started', 'settled', 'failed', 'cancelled', 'unknown']).optional(),
  provider: text,
  from: z.iso.date().optional(),
  to: z.iso.date().optional(),
})

/** Every call to a provider, to be read here or taken along. */
export function adminUsageLogRoutes({ db, reads }: { db: Database; reads: Reads }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/admin/usage-logs',
      summary: 'Every call to a provider.',
      access: 'support',
      query: adminListQuerySchema,
      answers: { 200: { description: 'A page of them.', schema: adminUsageLogsSchema } },
      handler: async ({ caller, query }) => {
        const list = readList(query, filter, ['startedAt', 'costMicroUsd', 'durationMs'])
        const body = await reads.by(caller.userId, async (reader) => {
          const { rows, total } = await adminUsageLogs(reader, list)
          return { data: await usageLogsView(reader, rows), total }
        })
        return { status: 200, body }
      },
    }),
    route({
      method: 'get',
      path: '/api/admin/usage-logs.csv',
      summary: 'The same calls as a table for a spreadsheet, all of them, the newest first.',
      access: 'support',
      query: z.strictObject({ filter: z.string().max(2000).default('{}') }),
      answers: { 200: { description: 'UTF-8, with a header line.', schema: null, contentType: 'text/csv' } },
      handler: async ({ query, res }) => {
        const wanted = readList(adminListQuerySchema.parse(query), filter, ['startedAt']).filter
        const name = ['usage-logs', wanted.from, wanted.to].filter(Boolean).join('-')
        res
          .type('text/csv; charset=utf-8')
          .set({ 'content-disposition': `attachment; filename="${name}.csv"`, 'cache-control': 'no-store' })
        await pipeline(Readable.from(table(db, wanted)), res).catch(unlessGone)
        return undefined
      },
    }),
  ]
}

/** Whoever closes the connection wants no more of it: nothing went wrong. */
function unlessGone(error: NodeJS.ErrnoException): void {
  if (error.code !== 'ERR_STREAM_PREMATURE_CLOSE') throw error
}

const columns = [
  'startedAt',
  'userEmail',
  'userId',
  'episodeId',
  'linePosition',
  'step',
  'provider',
  'model',
  'status',
  'unit',
  'units',
  'outputUnits',
  'costMicroUsd',
  'outcome',
  'durationMs',
  'attempt',
  'contentKey',
] as const

/** The mark in front tells spreadsheets that it is UTF-8. */
async function* table(db: Database, wanted: z.output<typeof filter>): AsyncGenerator<string> {
  yield `\uFEFF${csvLines([columns])}`
  for await (const page of usageLogPages(db, wanted)) {
    const rows = await usageLogsView(db, page)
    yield csvLines(rows.map((row) => columns.map((column) => row[column])))
  }
}
