import { AsyncLocalStorage } from 'node:async_hooks'
import { betterAuth } from 'better-auth'
import { prismaAdapter } from 'better-auth/adapters/prisma'
import { fromNodeHeaders } from 'better-auth/node'
import { admin, twoFactor } from 'better-auth/plugins'
import type { Request } from 'express'
import { z } from 'zod'
import type { Database } from '../../prisma/client.ts'
import type { Logger } from '../../shared/logger.ts'
import type { ApiSettings } from '../env.ts'
import { callerOfKey } from '../keys/keys.repo.ts'
import { PASSWORD_CHARACTERS } from '../session/entry.schema.ts'
import type { Letter } from '../mail/letters.repo.ts'
import { signedIn } from './authorized.ts'
import { ADDRESS_HEADER } from './count-address.ts'
import { HttpProblem } from './problem.ts'
import type { Caller } from './route.ts'
import { passwordsOf } from './passwords.ts'

const VERIFY_SECONDS = 24 * 3600
const RESET_SECONDS = 3600

/** What the library wants mailed while it works; written down once its own transaction is over. */
export const wantedLetters = new AsyncLocalStorage<Letter[]>()

/** The mails of a request are the door's to send: outside one there is nobody to answer to. */
const want = async (letter: Letter) => void wantedLetters.getStore()?.push(letter)

type Addressed = { id: string; email: string; name: string }
const languageOf = (user: object) => ('language' in user && user.language === 'en' ? 'en' : 'zh')

/** Sign-up, sign-in, sessions (cookie), second factor and e-mail under `/api/auth`. */
export function createAuth(db: Database, settings: ApiSettings, logger: Logger) {
  const isSecure = settings.PUBLIC_URL.startsWith('https:')
  const page = (path: string, token: string) =>
    `${settings.WEB_URL ?? settings.PUBLIC_URL}${path}?token=${encodeURIComponent(token)}`
  const letter = (kind: Letter['kind'], user: Addressed, words: Letter['words'], recipient = user.email) =>
    want({ kind, userId: user.id, recipient, language: languageOf(user), words })
  return betterAuth({
    appName: 'AIMake',
    baseURL: settings.PUBLIC_URL,
    basePath: '/api/auth',
    secret: settings.JWT_SECRET,
    trustedOrigins: [new URL(settings.PUBLIC_URL).origin, ...settings.CORS_ORIGINS],
    database: prismaAdapter(db, { provider: 'postgresql', transaction: true }),
    emailAndPassword: {
      enabled: true,
      minPasswordLength: PASSWORD_CHARACTERS.least,
      maxPasswordLength: PASSWORD_CHARACTERS.most,
      password: passwordsOf(db, settings.MAX_PASSWORD_HASHES),
      requireEmailVerification: isVerificationRequired(settings),
      resetPasswordTokenExpiresIn: RESET_SECONDS,
      revokeSessionsOnPasswordReset: true,
      sendResetPassword: async ({ user, token }) => {
        if (!isDemo(user)) await letter('reset', user, { link: page('/reset', token) })
      },
      onExistingUserSignUp: async ({ user }) => {
        if (!isDemo(user)) await letter('registered', user, { link: settings.WEB_URL ?? settings.PUBLIC_URL })
      },
    },
    emailVerification: {
      sendOnSignUp: true,
      autoSignInAfterVerification: true,
      expiresIn: VERIFY_SECONDS,
      sendVerificationEmail: ({ user, token }) => letter('verify', user, { link: page('/verify', token) }),
    },
    user: {
      changeEmail: {
        enabled: true,
        sendChangeEmailConfirmation: ({ user, newEmail, token }) =>
          letter('change-email', user, { link: page('/verify', token), newEmail }),
      },
      additionalFields: {
        language: { type: 'string', defaultValue: 'zh', input: true, validator: { input: z.enum(['zh', 'en']) } },
        isDemo: { type: 'boolean', defaultValue: false, input: false },
      },
    },
    socialProviders: socialProviders(settings),
    plugins: [admin(), twoFactor({ issuer: 'AIMake' })],
    // The door counts by itself, in Redis; sessions are listed and ended without showing anybody a token.
    rateLimit: { enabled: false },
    disabledPaths: ['/list-sessions', '/revoke-session', '/revoke-sessions', '/delete-user', '/delete-user/callback'],
    advanced: {
      // Said outright: left out, a variable named TEST in the environment would switch both off.
      disableOriginCheck: false,
      disableCSRFCheck: false,
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
      useSecureCookies: isSecure,
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: isSecure },
    },
    // Whoever comes back from another house without being let in is told by our page, not by the library's.
    onAPIError: { errorURL: new URL('/', settings.WEB_URL ?? settings.PUBLIC_URL).href },
    telemetry: { enabled: false },
    // As every other line is written; what else it would tell may hold what a person gave.
    logger: {
      level: 'error',
      log: (_level, message, ...about) => logger.error({ err: about.find((each) => each instanceof Error) }, message),
    },
  })
}

export type Auth = ReturnType<typeof createAuth>

/** In production nobody comes in by an address that nobody has confirmed. */
export const isVerificationRequired = ({ EMAIL_VERIFICATION, ENVIRONMENT }: ApiSettings): boolean =>
  (EMAIL_VERIFICATION ?? (ENVIRONMENT === 'production' ? 'required' : 'optional')) === 'required'

/** Whether one click enters the demo account here; where it does not, the account is nobody. */
export const isDemoOn = ({ ENVIRONMENT, DEMO_ACCOUNT, DEMO_EMAIL, DEMO_PASSWORD }: ApiSettings): boolean =>
  ENVIRONMENT !== 'production' && DEMO_ACCOUNT === 'on' && Boolean(DEMO_EMAIL && DEMO_PASSWORD)

const isDemo = (user: object) => 'isDemo' in user && user.isDemo === true

/** The other ways to sign in that have both settings. */
export function socialProviders(settings: ApiSettings) {
  const { GOOGLE_CLIENT_ID, GOOGLE_CLIENT_SECRET, GITHUB_CLIENT_ID, GITHUB_CLIENT_SECRET } = settings
  return {
    ...(GOOGLE_CLIENT_ID &&
      GOOGLE_CLIENT_SECRET && { google: { clientId: GOOGLE_CLIENT_ID, clientSecret: GOOGLE_CLIENT_SECRET } }),
    ...(GITHUB_CLIENT_ID &&
      GITHUB_CLIENT_SECRET && { github: { clientId: GITHUB_CLIENT_ID, clientSecret: GITHUB_CLIENT_SECRET } }),
  }
}

const roleOf = (role: unknown): Caller['role'] => (role === 'admin' || role === 'support' ? role : 'user')

/** Who is calling, asked of the store on every request, so that power lost is lost at once. A key counts before a cookie. */
export async function callerOf(auth: Auth, db: Database, settings: ApiSettings, req: Request): Promise<Caller | undefined> {
  const key = req.header('x-api-key')
  const caller = key === undefined ? await callerOfSession(auth, req) : await callerOfKey(db, key)
  if (key !== undefined && !caller)
    throw new HttpProblem('wrong-credentials', 'This API key is unknown, revoked or has expired. Nothing was done.')
  return caller?.isDemo && !isDemoOn(settings) ? undefined : caller
}

async function callerOfSession(auth: Auth, req: Request): Promise<Caller | undefined> {
  if (!req.headers.cookie) return undefined
  const session = await auth.api.getSession({ headers: fromNodeHeaders(req.headers) })
  if (!session || session.user.banned) return undefined
  const { id, email, name, role } = session.user
  return {
    userId: signedIn(id),
    email,
    name,
    role: roleOf(role),
    isDemo: session.user.isDemo === true,
    endsAt: new Date(session.session.expiresAt),
    sessionId: session.session.id,
  }
}
