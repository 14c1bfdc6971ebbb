import { z } from 'zod'
import type { Database, Prisma } from '../../prisma/client.ts'
import { asHouse } from '../../prisma/identity.ts'
import { isPassword } from '../../prisma/passwords.ts'
import type { ObjectStore } from '../../shared/object-store.ts'
import { HttpProblem } from '../http/problem.ts'
import { route } from '../http/route.ts'
import type { Caller, Route } from '../http/route.ts'
import type { Outbox } from '../outbox.ts'
import { accountOf, changeAccount, closeAccount, endOwnSessions, sessionsOf } from './account.repo.ts'
import * as schema from './account.schema.ts'
import { writeExport } from './export-account.ts'
import { requireOwnAccount } from './own-account.ts'

/** A person's own account. Address, password and second factor are changed under `/api/auth`. */
export function accountRoutes({ db, store, outbox }: { db: Database; store: ObjectStore; outbox: Outbox }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/account',
      summary: 'Your account.',
      access: 'user',
      answers: { 200: { description: 'The account.', schema: schema.accountSchema } },
      handler: async ({ caller }) => ({ status: 200, body: view(await accountOf(db, caller.userId)) }),
    }),
    route({
      method: 'patch',
      path: '/api/account',
      summary: 'Change your name, your language, or whether you get mails about episodes.',
      access: 'user',
      body: schema.changeAccountSchema,
      answers: { 200: { description: 'The account, as it is now.', schema: schema.accountSchema } },
      problems: ['forbidden'],
      handler: async ({ caller, body: { name, language, mailNotices } }) => {
        requireOwnAccount(caller)
        const data = { ...(name && { name }), ...(language && { language }), ...(mailNotices !== undefined && { mailNotices }) }
        await changeAccount(db, caller.userId, data)
        return { status: 200, body: view(await accountOf(db, caller.userId)) }
      },
    }),
    route({
      method: 'get',
      path: '/api/account/sessions',
      summary: 'Where you are signed in, the last seen first.',
      access: 'user',
      answers: { 200: { description: 'All of them.', schema: schema.ownSessionsSchema } },
      problems: ['forbidden'],
      handler: async ({ caller }) => {
        requireOwnAccount(caller)
        const rows = await sessionsOf(db, caller.userId)
        return { status: 200, body: { items: rows.map((row) => sessionView(row, caller)) } }
      },
    }),
    route({
      method: 'delete',
      path: '/api/account/sessions',
      summary: 'Sign out everywhere but here.',
      access: 'user',
      answers: { 204: { description: 'Signed out there.', schema: null } },
      problems: ['forbidden'],
      handler: async ({ caller }) => {
        requireOwnAccount(caller)
        await endOwnSessions(db, caller.userId, { not: caller.sessionId! })
        return { status: 204 }
      },
    }),
    route({
      method: 'delete',
      path: '/api/account/sessions/{id}',
      summary: 'Sign out in one place.',
      access: 'user',
      params: z.object({ id: z.string().max(100) }),
      answers: { 204: { description: 'Signed out there.', schema: null } },
      problems: ['not-found', 'forbidden'],
      handler: async ({ caller, params: { id } }) => {
        requireOwnAccount(caller)
        const { count } = await endOwnSessions(db, caller.userId, id)
        if (count === 0) throw new HttpProblem('not-found', 'You are not signed in there any more.')
        return { status: 204 }
      },
    }),
    route({
      method: 'get',
      path: '/api/account/export',
      summary: 'Everything that is kept of you, as one JSON document. Links to sound live for an hour.',
      access: 'user',
      answers: { 200: { description: 'The document.', schema: schema.exportSchema } },
      problems: ['forbidden'],
      handler: async ({ caller, res }) => {
        requireOwnAccount(caller)
        res.set({
          'content-type': 'application/json; charset=utf-8',
          'content-disposition': 'attachment; filename="aimake-export.json"',
        })
        await writeExport(db, store, caller.userId, res)
        return undefined
      },
    }),
    route({
      method: 'delete',
      path: '/api/account',
      summary:
        'Erase your account: you are signed out at once, and everything you made goes. What was spent stays in the books, as nobody’s.',
      access: 'user',
      limit: 'sign-in',
      body: schema.eraseSchema,
      answers: { 202: { description: 'Closed; the rest goes within minutes.', schema: null } },
      problems: ['forbidden', 'wrong-credentials', 'wrong-state'],
      handler: async ({ caller, body }) => {
        requireOwnAccount(caller)
        await requireOwner(db, caller, body)
        // Whether another administrator is left is not for a person to see.
        outbox.sendSoon(await asHouse(() => closeAccount(db, caller.userId)))
        return { status: 202 }
      },
    }),
  ]
}

/** A stolen session is not enough to end an account. */
async function requireOwner(
  db: Database,
  caller: Caller,
  { email, password }: z.output<typeof schema.eraseSchema>,
): Promise<void> {
  const { accounts } = await accountOf(db, caller.userId)
  const kept = accounts.find(({ providerId }) => providerId === 'credential')?.password
  const isOwner = email.trim().toLowerCase() === caller.email && (!kept || (await isPassword(kept, password ?? '')))
  if (!isOwner)
    throw new HttpProblem('wrong-credentials', 'Address or password is not the one of this account. Nothing was erased.')
}

type AccountRow = Prisma.UserGetPayload<{ include: { accounts: { select: { providerId: true; password: true } } } }>

const view = (row: AccountRow) => ({
  id: row.id,
  name: row.name,
  email: row.email,
  emailVerified: row.emailVerified,
  language: row.language === 'en' ? 'en' : 'zh',
  role: row.role === 'admin' || row.role === 'support' ? row.role : 'user',
  isDemo: row.isDemo,
  mailNotices: row.mailNotices,
  twoFactor: row.twoFactorEnabled,
  hasPassword: row.accounts.some(({ password }) => password !== null),
  signInWith: row.accounts.map(({ providerId }) => providerId).filter((id) => id !== 'credential'),
  createdAt: row.createdAt.toISOString(),
})

const sessionView = (row: Prisma.SessionGetPayload<object>, caller: Caller) => ({
  id: row.id,
  isThisOne: row.id === caller.sessionId,
  ipAddress: row.ipAddress || null,
  userAgent: row.userAgent || null,
  createdAt: row.createdAt.toISOString(),
  lastSeenAt: row.updatedAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
})
