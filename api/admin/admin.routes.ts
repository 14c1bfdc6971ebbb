import { z } from 'zod'
import type { Database } from '../../prisma/client.ts'
import { statusSchema } from '../episodes/episodes.schema.ts'
import type { EpisodeService } from '../episodes/episodes.service.ts'
import { findEpisode } from '../episodes/episodes.repo.ts'
import type { EpisodeRow } from '../episodes/episodes.repo.ts'
import { HttpProblem } from '../http/problem.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { Reads } from '../reads.ts'
import { adminEpisodeDetail, adminEpisodesOf, adminUsersOf, usageLogsView } from './admin-view.ts'
import { adminEpisode, adminEpisodes, adminUsageLogs, adminUsers } from './admin.repo.ts'
import * as schema from './admin.schema.ts'

export interface AdminRouteDeps {
  db: Database
  reads: Reads
  episodes: EpisodeService
  workflowUrl: (workflowId: string, runId: string | null) => string | null
}

const idParams = z.object({ id: z.uuid() })
const text = z.string().max(100).optional()
const filters = {
  episodes: z.strictObject({ q: text, status: statusSchema.optional(), userId: text }),
  users: z.strictObject({ q: text }),
  usageLogs: z.strictObject({
    episodeId: z.uuid().optional(),
    userId: text,
    status: z.enum(['started', 'settled', 'failed', 'cancelled', 'unknown']).optional(),
    provider: text,
  }),
}
const sorts = {
  episodes: ['createdAt', 'updatedAt', 'title', 'status'],
  users: ['createdAt', 'email', 'name'],
  usageLogs: ['startedAt', 'costMicroUsd', 'durationMs'],
}

/** Reads react-admin's `filter` (JSON) and `sort`; an unknown sort falls to the list's own order. */
function readList<F extends z.ZodType>(query: z.output<typeof schema.adminListQuerySchema>, filter: F, sortable: string[]) {
  const sort = sortable.includes(query.sort) ? query.sort : sortable[0]!
  return { ...query, sort, filter: filter.parse(readJson(query.filter)) }
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    throw new HttpProblem('invalid-request', 'filter: a JSON object.')
  }
}

export function adminRoutes({ db, reads, episodes, workflowUrl }: AdminRouteDeps): Route[] {
  const found = <T>(row: T | null): T => {
    if (!row) throw new HttpProblem('not-found', 'There is no such row.')
    return row
  }
  /** What an administrator does to somebody's episode, and that they did it. */
  const deed = (name: 'cancel' | 'repair', summary: string, description: string, work: (row: EpisodeRow) => Promise<void>) =>
    route({
      method: 'post',
      path: `/api/admin/episodes/{id}/${name}`,
      summary,
      access: 'admin',
      params: idParams,
      answers: { 202: { description, schema: null } },
      problems: ['not-found', 'wrong-state'],
      handler: async ({ params: { id }, caller, requestId }) => {
        const row = found(await findEpisode(db, id, undefined, true))
        await work(row)
        const after = await db.episode.findUnique({ where: { id }, select: { status: true } })
        await db.auditLog.create({
          data: {
            actorId: caller.userId,
            action: `episode.${name}`,
            subject: `episode:${id}`,
            before: { status: row.status },
            after: { status: after?.status ?? 'gone' },
            requestId,
          },
        })
        return { status: 202 }
      },
    })
  return [
    route({
      method: 'get',
      path: '/api/admin/episodes',
      summary: 'All episodes.',
      access: 'admin',
      query: schema.adminListQuerySchema,
      answers: { 200: { description: 'A page of them.', schema: schema.adminEpisodesSchema } },
      handler: async ({ caller, query }) => {
        const list = readList(query, filters.episodes, sorts.episodes)
        const body = await reads.by(caller.userId, async (reader) => {
          const { rows, total } = await adminEpisodes(reader, list)
          return { data: await adminEpisodesOf(reader, rows), total }
        })
        return { status: 200, body }
      },
    }),
    route({
      method: 'get',
      path: '/api/admin/episodes/{id}',
      summary: 'An episode with its steps, lines and paid calls.',
      access: 'admin',
      params: idParams,
      answers: { 200: { description: 'The episode.', schema: schema.adminEpisodeDetailSchema } },
      problems: ['not-found'],
      handler: async ({ params: { id } }) => ({
        status: 200,
        body: await adminEpisodeDetail(db, found(await adminEpisode(db, id)), workflowUrl),
      }),
    }),
    deed('cancel', "Stop somebody's episode.", 'It is being stopped.', (row) => episodes.cancel(row)),
    deed('repair', "Let somebody's run go on that waits for a repair.", 'The run goes on.', (row) => episodes.repair(row)),
    route({
      method: 'get',
      path: '/api/admin/users',
      summary: 'All users.',
      access: 'admin',
      query: schema.adminListQuerySchema,
      answers: { 200: { description: 'A page of them.', schema: schema.adminUsersSchema } },
      handler: async ({ caller, query }) => {
        const list = readList(query, filters.users, sorts.users)
        const body = await reads.by(caller.userId, async (reader) => {
          const { rows, total } = await adminUsers(reader, list)
          return { data: await adminUsersOf(reader, rows), total }
        })
        return { status: 200, body }
      },
    }),
    route({
      method: 'get',
      path: '/api/admin/users/{id}',
      summary: 'A user.',
      access: 'admin',
      params: z.object({ id: z.string().max(100) }),
      answers: { 200: { description: 'The user.', schema: schema.adminUserSchema } },
      problems: ['not-found'],
      handler: async ({ params: { id } }) => {
        const [user] = await adminUsersOf(db, [found(await db.user.findUnique({ where: { id } }))])
        return { status: 200, body: user }
      },
    }),
    route({
      method: 'get',
      path: '/api/admin/usage-logs',
      summary: 'Every call to a provider.',
      access: 'admin',
      query: schema.adminListQuerySchema,
      answers: { 200: { description: 'A page of them.', schema: schema.adminUsageLogsSchema } },
      handler: async ({ caller, query }) => {
        const list = readList(query, filters.usageLogs, sorts.usageLogs)
        const body = await reads.by(caller.userId, async (reader) => {
          const { rows, total } = await adminUsageLogs(reader, list)
          return { data: await usageLogsView(reader, rows), total }
        })
        return { status: 200, body }
      },
    }),
  ]
}
