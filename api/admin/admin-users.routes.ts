import { z } from 'zod'
import { personInConsole } from '../http/authorized.ts'
import { HttpProblem } from '../http/problem.ts'
import { route } from '../http/route.ts'
import type { Caller, Route } from '../http/route.ts'
import { keyView } from '../keys/key-view.ts'
import { keysOf, revokeKey } from '../keys/keys.repo.ts'
import type { Reads } from '../reads.ts'
import { planView } from '../usage/usage-view.ts'
import { adminUsers } from './admin.repo.ts'
import * as schema from './admin.schema.ts'
import { adminUsersOf } from './admin-view.ts'
import { audit } from './audit.ts'
import { changeUser, endSessions } from './change-user.ts'
import type { ChangeUserDeps } from './change-user.ts'
import { readList } from './list-query.ts'

const id = z.string().max(100)
const params = z.object({ id })
const filter = z.strictObject({ q: z.string().max(100).optional(), role: z.enum(schema.roles).optional() })

/** Everybody who has an account: what they spend, whether they may come in, and what they may do. */
export function adminUserRoutes(deps: ChangeUserDeps & { reads: Reads }): Route[] {
  const { db, reads, outbox } = deps
  async function userOf(userId: string) {
    const user = await db.user.findFirst({ where: { id: userId } })
    if (!user) throw new HttpProblem('not-found', 'There is no such user.')
    return user
  }
  async function detail(clerk: Caller, userId: string) {
    const user = await userOf(userId)
    const [[view], plan] = await Promise.all([adminUsersOf(db, [user]), planView(db, personInConsole(clerk, userId))])
    return { ...view!, plan }
  }
  return [
    route({
      method: 'get',
      path: '/api/admin/users',
      summary: 'All users.',
      access: 'support',
      query: schema.adminListQuerySchema,
      answers: { 200: { description: 'A page of them.', schema: schema.adminUsersSchema } },
      handler: async ({ caller, query }) => {
        const list = readList(query, filter, ['createdAt', 'email', 'name'])
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
      summary: 'A user, and what their plan has left.',
      access: 'support',
      params,
      answers: { 200: { description: 'The user.', schema: schema.adminUserDetailSchema } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id: userId } }) => ({ status: 200, body: await detail(caller, userId) }),
    }),
    route({
      method: 'patch',
      path: '/api/admin/users/{id}',
      summary: 'Change what a user may spend or do, or suspend them. Runs that wait for a limit go on.',
      access: 'admin',
      params,
      body: schema.changeUserSchema,
      answers: { 200: { description: 'The user, as they are now.', schema: schema.adminUserDetailSchema } },
      problems: ['not-found', 'wrong-state'],
      handler: async ({ params: { id: userId }, body, caller, requestId }) => {
        await changeUser(deps, userId, body, { caller, requestId })
        return { status: 200, body: await detail(caller, userId) }
      },
    }),
    route({
      method: 'get',
      path: '/api/admin/users/{id}/sessions',
      summary: 'Where a user is signed in.',
      access: 'support',
      params,
      answers: { 200: { description: 'All of them, the last seen first.', schema: schema.sessionsSchema } },
      problems: ['not-found'],
      handler: async ({ params: { id: userId } }) => {
        await userOf(userId)
        const rows = await db.session.findMany({
          where: { userId, expiresAt: { gt: new Date() } },
          orderBy: { updatedAt: 'desc' },
          take: 200,
        })
        const data = rows.map(({ id: sessionId, ipAddress, userAgent, createdAt, updatedAt, expiresAt }) => ({
          id: sessionId,
          createdAt: createdAt.toISOString(),
          lastSeenAt: updatedAt.toISOString(),
          expiresAt: expiresAt.toISOString(),
          ipAddress: ipAddress || null,
          userAgent: userAgent || null,
        }))
        return { status: 200, body: { data, total: data.length } }
      },
    }),
    route({
      method: 'delete',
      path: '/api/admin/users/{id}/sessions/{sessionId}',
      summary: 'Sign a user out in one place.',
      access: 'admin',
      params: z.object({ id, sessionId: id }),
      answers: { 204: { description: 'Signed out there.', schema: null } },
      problems: ['not-found'],
      handler: async ({ params: { id: userId, sessionId }, caller, requestId }) => {
        const ended = await endSessions(deps, { userId, id: sessionId }, { caller, requestId })
        if (ended === 0) throw new HttpProblem('not-found', 'They are not signed in there any more.')
        return { status: 204 }
      },
    }),
    route({
      method: 'get',
      path: '/api/admin/users/{id}/keys',
      summary: 'The API keys of a user, without what they open with.',
      access: 'support',
      params,
      answers: { 200: { description: 'All of them, the newest first.', schema: schema.userKeysSchema } },
      problems: ['not-found'],
      handler: async ({ params: { id: userId }, caller }) => {
        await userOf(userId)
        const data = (await keysOf(db, personInConsole(caller, userId))).map(keyView)
        return { status: 200, body: { data, total: data.length } }
      },
    }),
    route({
      method: 'delete',
      path: '/api/admin/users/{id}/keys/{keyId}',
      summary: 'Revoke an API key of a user. Its next request is refused.',
      access: 'admin',
      params: z.object({ id, keyId: z.uuid() }),
      answers: { 204: { description: 'Revoked.', schema: null } },
      problems: ['not-found'],
      handler: async ({ params: { id: userId, keyId }, caller, requestId }) => {
        const owner = personInConsole(caller, userId)
        const [key] = (await keysOf(db, owner)).filter((one) => one.id === keyId).map(keyView)
        const order =
          key &&
          (await revokeKey(db, owner, keyId, (tx) =>
            audit(tx, { caller, requestId, action: 'user.revoke-key', subject: `user:${userId}`, before: key, after: null }),
          ))
        if (!order) throw new HttpProblem('not-found', 'They have no such key any more.')
        outbox.sendSoon(order)
        return { status: 204 }
      },
    }),
    route({
      method: 'delete',
      path: '/api/admin/users/{id}/sessions',
      summary: 'Sign a user out everywhere.',
      access: 'admin',
      params,
      answers: { 204: { description: 'Signed out everywhere.', schema: null } },
      problems: ['not-found'],
      handler: async ({ params: { id: userId }, caller, requestId }) => {
        await userOf(userId)
        await endSessions(deps, { userId }, { caller, requestId })
        return { status: 204 }
      },
    }),
  ]
}
