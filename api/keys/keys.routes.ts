import { z } from 'zod'
import type { Database } from '../../prisma/client.ts'
import { HttpProblem } from '../http/problem.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { requireOwnAccount } from '../account/own-account.ts'
import type { Outbox } from '../outbox.ts'
import { keyView } from './key-view.ts'
import { countKeys, createKey, keysOf, revokeKey } from './keys.repo.ts'
import * as schema from './keys.schema.ts'

const MAX_KEYS = 50
const DAY_MS = 86_400_000

/** Keys for programs. Only a person in a browser makes and revokes them. */
export function keyRoutes({ db, outbox }: { db: Database; outbox: Outbox }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/keys',
      summary: 'Your API keys, newest first.',
      access: 'user',
      answers: { 200: { description: 'All of them, without what they open with.', schema: schema.keysSchema } },
      handler: async ({ caller }) => ({ status: 200, body: { items: (await keysOf(db, caller.userId)).map(keyView) } }),
    }),
    route({
      method: 'post',
      path: '/api/keys',
      summary: 'Make an API key. It is shown this once.',
      access: 'user',
      body: schema.newKeySchema,
      answers: { 201: { description: 'The key.', schema: schema.madeKeySchema } },
      problems: ['forbidden', 'wrong-state'],
      handler: async ({ caller, body }) => {
        requireOwnAccount(caller)
        if (body.scopes.includes('admin') && caller.role === 'user')
          throw new HttpProblem('forbidden', 'The scope "admin" is for administrators and support. No key was made.')
        if ((await countKeys(db, caller.userId)) >= MAX_KEYS)
          throw new HttpProblem('wrong-state', `You have ${MAX_KEYS} keys. Revoke one that is not used any more.`)
        const { row, secret } = await createKey(db, caller.userId, {
          name: body.name,
          scopes: [...new Set(body.scopes)],
          expiresAt: body.expiresInDays === undefined ? null : new Date(Date.now() + body.expiresInDays * DAY_MS),
          requestsPerMinute: body.requestsPerMinute ?? null,
        })
        return { status: 201, body: { ...keyView(row), key: secret } }
      },
    }),
    route({
      method: 'delete',
      path: '/api/keys/{id}',
      summary: 'Revoke an API key. Its next request is refused.',
      access: 'user',
      params: z.object({ id: z.uuid() }),
      answers: { 204: { description: 'Revoked.', schema: null } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id } }) => {
        const order = await revokeKey(db, caller.userId, id)
        if (!order) throw new HttpProblem('not-found', 'There is no such key among yours.')
        outbox.sendSoon(order)
        return { status: 204 }
      },
    }),
  ]
}
