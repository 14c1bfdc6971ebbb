import { setTimeout as sleep } from 'node:timers/promises'
import { toNodeHandler } from 'better-auth/node'
import { createHash } from 'node:crypto'
import type { Request, RequestHandler } from 'express'
import type { Letter } from '../mail/letters.repo.ts'
import { wantedLetters } from './auth.ts'
import type { Auth } from './auth.ts'
import { problemOfAuth } from './auth-problems.ts'
import { jsonReader } from './json-body.ts'
import type { Kept } from './kept.ts'
import type { Limits } from './limits.ts'
import type { LimitName } from './limit-settings.ts'
import { HttpProblem } from './problem.ts'
import type { Caller } from './route.ts'

const BODY_LIMIT = '64kb'
const MAX_WORD = 2000

/**
 * Every answer that could tell a known address from an unknown one takes at least this long: longer than either takes by itself, a
 * hash and three writes.
 */
const FLOOR_MS = 250

const strict: Record<string, LimitName> = {
  '/sign-in/email': 'sign-in',
  '/sign-in/social': 'sign-in',
  '/two-factor/verify-totp': 'sign-in',
  '/two-factor/verify-backup-code': 'sign-in',
  '/change-password': 'sign-in',
  '/sign-up/email': 'register',
  '/request-password-reset': 'reset',
  '/reset-password': 'reset',
  '/send-verification-email': 'reset',
  '/change-email': 'reset',
}
const notForDemo = /^\/(change-|update-user|two-factor\/(enable|disable|generate)|link-social|unlink|set-password)/

/** Nobody loses anything by these. */
const takesNothing = /^\/(get-session$|ok$|error$|sign-in\/|sign-up\/|list-)/

interface Deps {
  auth: Auth
  kept: Kept
  limits: Limits
  post: (letter: Letter) => Promise<void>
  callerOf: (req: Request) => Promise<Caller | undefined>
}

/**
 * The sign-in library behind the door's own limits. Bodies are JSON of 64 KB at most; what signs in is counted by address and by account; the
 * mails it wants are written down before it is answered; and what it refuses is a problem as everywhere else.
 */
export function authDoor({ auth, kept, limits, post, callerOf }: Deps): RequestHandler {
  const readBody = jsonReader(BODY_LIMIT)
  return async (req, res) => {
    const path = plainPath(req.path)
    const limit = strict[path]
    if (limit) await limits.take(limit, { who: req.network, away: 'closed' }, res)
    if (req.method !== 'GET') {
      await readBody(req, res)
      requirePlain(req.body)
    }
    const account = accountOf(req.body)
    if (limit && account) await limits.take(limit, { who: account, away: 'closed' })
    if (notForDemo.test(path) && (await callerOf(req))?.isDemo)
      throw new HttpProblem('forbidden', 'The demo account is everybody’s, so nobody can change it. Sign up for one of your own.')
    const mayTake = !takesNothing.test(path)
    const caller = mayTake ? await callerOf(req) : undefined
    const letters: Letter[] = []
    const handler = async (request: globalThis.Request) => {
      const work = wantedLetters
        .run(letters, () => auth.handler(request))
        .finally(() => mayTake && (caller ? kept.changed(caller.userId) : kept.changedForAll()))
      const [answer] = await Promise.all([work, limit && sleep(FLOOR_MS)])
      const problem = await problemOfAuth(answer)
      if (problem) {
        // A refusal ends what was begun, too: its cookies go with it.
        for (const cookie of answer.headers.getSetCookie()) res.append('set-cookie', cookie)
        throw problem
      }
      for (const letter of letters) await post(letter)
      return answer
    }
    await toNodeHandler({ handler })(req, res)
  }
}

/** One spelling a route, so that a strict limit cannot be walked around by a second slash. */
const plainPath = (path: string) =>
  path
    .toLowerCase()
    .replaceAll(/\/+/g, '/')
    .replace(/^\/api\/auth/, '')
    .replace(/\/$/, '')

/** Whose account an attempt is about, as a digest: addresses are no business of Redis. */
function accountOf(body: unknown): string | undefined {
  const email = typeof body === 'object' && body !== null && 'email' in body ? body.email : undefined
  return typeof email === 'string' ? createHash('sha256').update(email.trim().toLowerCase()).digest('base64url') : undefined
}

/** Words that a database cannot keep or nobody would type are refused before the library sees them. */
function requirePlain(body: unknown): void {
  if (typeof body !== 'object' || body === null) return
  for (const [name, value] of Object.entries(body)) {
    // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
    if (typeof value === 'string' && (value.length > MAX_WORD || /[\u0000-\u001f\u007f]|[\ud800-\udfff]/u.test(value)))
      throw new HttpProblem(
        'invalid-request',
        `${name.slice(0, 50)}: at most ${MAX_WORD} characters, none of them a control character.`,
      )
  }
}
