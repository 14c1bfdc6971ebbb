import { betterAuth } from 'better-auth'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { fromNodeHeaders, toNodeHandler } from 'better-auth/node'
import { admin } from 'better-auth/plugins'
import type { Request, RequestHandler } from 'express'
import type { Database } from '../../prisma/client.ts'
import type { ApiSettings } from '../env.ts'
import { sendProblem, unavailable } from './errors.ts'
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

/** Sign-up and sign-in themselves. What fails inside, which is the database, is said as everywhere else: 503, and when to come again. */
export function authDoor(auth: Auth): RequestHandler {
  return async (req, res) => {
    const broken = Symbol('broken')
    const handler = async (request: globalThis.Request) => {
      const answer = await auth.handler(request)
      if (await hasFailedInside(answer)) throw broken
      return answer
    }
    try {
      await toNodeHandler({ handler })(req, res)
    } catch (error) {
      if (error !== broken) throw error
      sendProblem(res, req.requestId, unavailable())
    }
  }
}

/** Who is calling, asked of the store on every request, so that power lost is lost at once. */
export async function callerOf(auth: Auth, req: Request): Promise<Caller | undefined> {
  const session = await auth.api.getSession({ headers: fromNodeHeaders(req.headers) })
  if (!session || session.user.banned) return undefined
  const { id, email, name, role } = session.user
  return { userId: id, email, name, role: role === 'admin' || role === 'support' ? role : 'user' }
}

/** It says "failed to create user" with 422 where the database took no row. */
async function hasFailedInside(answer: globalThis.Response): Promise<boolean> {
  if (answer.status < 400 || answer.status >= 500) return answer.status >= 500
  const said = (await answer
    .clone()
    .json()
    .catch(() => null)) as { code?: string } | null
  return said?.code?.startsWith('FAILED_TO_') ?? false
}
