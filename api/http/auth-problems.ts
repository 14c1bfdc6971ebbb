import { unavailable } from './errors.ts'
import { HttpProblem } from './problem.ts'
import type { ProblemCode } from './problem.ts'

const NOTHING = 'Nothing was done.'
const noSuchSignIn = 'These sign-in details do not work. Nothing was changed.'
const linkIsOver = 'This link was used already, or has ended. Ask for another.'
const notFromThere = 'This page may not do that, or lead there. Nothing was done.'

/** The sign-in library's words for what a person may meet, in the house's. */
const known: Record<string, [ProblemCode, string]> = {
  INVALID_EMAIL_OR_PASSWORD: ['wrong-credentials', noSuchSignIn],
  INVALID_PASSWORD: ['wrong-credentials', noSuchSignIn],
  CREDENTIAL_ACCOUNT_NOT_FOUND: [
    'wrong-credentials',
    'This account has no password. Choose one by the link for a forgotten one.',
  ],
  INVALID_CODE: ['wrong-code', 'This code is not right, or there is a newer one.'],
  INVALID_BACKUP_CODE: ['wrong-code', 'This backup code is not right, or was used already.'],
  OTP_HAS_EXPIRED: ['wrong-code', 'This code has ended. Use a newer one.'],
  INVALID_TWO_FACTOR_COOKIE: ['not-signed-in', 'Your password comes first: sign in, then give the code.'],
  USER_ALREADY_EXISTS: ['email-taken', 'This address has an account already. Sign in instead.'],
  USER_ALREADY_EXISTS_USE_ANOTHER_EMAIL: ['email-taken', 'This address has an account already. Sign in instead.'],
  EMAIL_CAN_NOT_BE_UPDATED: ['email-taken', 'The address cannot become this one. Nothing was changed.'],
  INVALID_EMAIL: ['email-invalid', 'This is no e-mail address. Nothing was done.'],
  PASSWORD_TOO_SHORT: ['password-too-short', 'A password has at least 8 characters. Nothing was changed.'],
  PASSWORD_TOO_LONG: ['password-too-long', 'A password has at most 128 characters. Nothing was changed.'],
  EMAIL_NOT_VERIFIED: ['email-unconfirmed', 'Confirm your address first: follow the link in the mail.'],
  EMAIL_ALREADY_VERIFIED: ['wrong-state', 'This address is confirmed already.'],
  INVALID_TOKEN: ['link-over', linkIsOver],
  TOKEN_EXPIRED: ['link-over', linkIsOver],
  BANNED_USER: ['suspended', 'This account is suspended. Ask whoever runs this place.'],
  SESSION_EXPIRED: ['not-signed-in', 'Sign in first; what you typed is not lost.'],
  SESSION_NOT_FRESH: ['not-signed-in', 'Sign in anew first: this needs a sign-in of today.'],
  TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE: ['too-many-requests', 'Too many wrong codes. Sign in anew.'],
  ACCOUNT_TEMPORARILY_LOCKED: ['too-many-requests', 'Too many wrong codes. Wait a quarter of an hour, then sign in anew.'],
  INVALID_ORIGIN: ['forbidden', notFromThere],
  MISSING_OR_NULL_ORIGIN: ['forbidden', notFromThere],
  CROSS_SITE_NAVIGATION_LOGIN_BLOCKED: ['forbidden', notFromThere],
}

/** What is left, by its status; the library's own sentence is kept where it is about the request. */
const byStatus: Record<number, [ProblemCode, string?]> = {
  400: ['invalid-request'],
  401: ['not-signed-in', 'Sign in first; what you typed is not lost.'],
  403: ['forbidden', notFromThere],
  404: ['not-found', 'There is nothing here.'],
  405: ['method-not-allowed', 'That is not possible here.'],
  409: ['wrong-state'],
  413: ['too-large', 'The request is too large. Nothing was done.'],
  415: ['unsupported-media-type', 'Send JSON in UTF-8.'],
  422: ['invalid-request'],
  429: ['too-many-requests', 'That was too often. Come again later; nothing was done.'],
}

/** What the sign-in library refuses, as the problem the rest of the door would answer; `undefined` for an answer that is no refusal. */
export async function problemOfAuth(answer: Response): Promise<HttpProblem | undefined> {
  if (answer.status < 400) return undefined
  const { code = '', message } = await said(answer)
  // It says "failed to create user" with 422 where the database took no row.
  if (answer.status >= 500 || code.startsWith('FAILED_TO_')) return unavailable()
  const [problem, detail] = known[code] ?? byStatus[answer.status] ?? ['invalid-request']
  return new HttpProblem(problem, detail ?? `${sentence(message)} ${NOTHING}`)
}

async function said(answer: Response): Promise<{ code?: string; message?: string }> {
  const body: unknown = await answer
    .clone()
    .json()
    .catch(() => null)
  return typeof body === 'object' && body !== null ? body : {}
}

const sentence = (message: string | undefined) =>
  message ? `${message.slice(0, 300).replace(/[.\s]+$/, '')}.` : 'The request cannot be read.'
