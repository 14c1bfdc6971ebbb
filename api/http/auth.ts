import { betterAuth } from 'better-auth'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { fromNodeHeaders } from 'better-auth/node'
import { admin } from 'better-auth/plugins'
import type { Request } from 'express'
import type { Database } from '../../prisma/client.ts'
import type { ApiSettings } from '../env.ts'
import type { Caller } from './route.ts'

/** Sign-up, sign-in and sessions (cookie) under `/api/auth`. */
export function createAuth(db: Database, settings: ApiSettings) {
  return betterAuth({
    appName: 'AIMake',
    baseURL: settings.PUBLIC_URL,
    basePath: '/api/auth',
    secret: settings.JWT_SECRET,
    trustedOrigins: [new URL(settings.PUBLIC_URL).origin, ...settings.CORS_ORIGINS],
    database: prismaAdapter(db, { provider: 'postgresql', transaction: true }),
    emailAndPassword: { enabled: true, minPasswordLength: 8, maxPasswordLength: 128 },
    user: { additionalFields: { language: { type: 'string', defaultValue: 'zh', input: true } } },
    plugins: [admin()],
    telemetry: { enabled: false },
    logger: { level: 'error' },
  })
}

export type Auth = ReturnType<typeof createAuth>

/** Who is calling, asked of the store on every request, so that power lost is lost at once. */
export async function callerOf(auth: Auth, req: Request): Promise<Caller | undefined> {
  const session = await auth.api.getSession({ headers: fromNodeHeaders(req.headers) })
  if (!session || session.user.banned) return undefined
  const { id, email, name, role } = session.user
  return { userId: id, email, name, role: role === 'admin' || role === 'support' ? role : 'user' }
}
