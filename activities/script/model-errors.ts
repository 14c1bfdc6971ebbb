import { ScriptFailed } from './port.ts'

/** An answer came and was of no use: worth asking once more with the reason, not worth waiting for. */
export class BadAnswer extends Error {
  readonly code: string

  constructor(code: string, reason: string) {
    super(reason)
    this.name = 'BadAnswer'
    this.code = code
  }
}

type Remedy = 'retry' | 'never' | 'person'

interface Row {
  code: string
  remedy: Remedy
  /** How long to leave the provider alone when it did not say. */
  pauseMs?: number
}

/** What to do about each answer of a language model's server. 429 has two meanings: too fast, and nothing left on the account. */
const BY_STATUS: Record<number, Row> = {
  400: { code: 'model_refused_request', remedy: 'never' },
  401: { code: 'model_key_refused', remedy: 'person' },
  402: { code: 'model_unpaid', remedy: 'person' },
  403: { code: 'model_forbidden', remedy: 'person' },
  404: { code: 'model_unknown', remedy: 'person' },
  408: { code: 'model_timeout', remedy: 'retry' },
  409: { code: 'model_conflict', remedy: 'retry' },
  413: { code: 'model_context_exceeded', remedy: 'never' },
  422: { code: 'model_refused_request', remedy: 'never' },
  425: { code: 'model_busy', remedy: 'retry' },
  429: { code: 'model_rate_limited', remedy: 'retry', pauseMs: 5_000 },
  529: { code: 'model_overloaded', remedy: 'retry', pauseMs: 15_000 },
}

/** What the server calls it, where that says more than the status. */
const BY_CODE: Record<string, Row> = {
  insufficient_quota: { code: 'model_unpaid', remedy: 'person' },
  billing_hard_limit_reached: { code: 'model_unpaid', remedy: 'person' },
  billing_not_active: { code: 'model_unpaid', remedy: 'person' },
  context_length_exceeded: { code: 'model_context_exceeded', remedy: 'never' },
  model_not_found: { code: 'model_unknown', remedy: 'person' },
  content_filter: { code: 'model_content_filtered', remedy: 'person' },
  content_policy_violation: { code: 'model_content_filtered', remedy: 'person' },
  invalid_prompt: { code: 'model_content_filtered', remedy: 'person' },
  rate_limit_exceeded: { code: 'model_rate_limited', remedy: 'retry', pauseMs: 5_000 },
  server_error: { code: 'model_server_error', remedy: 'retry' },
}

const NOT_ANSWERED: Record<'timeout' | 'cut' | 'html' | 'unreachable' | 'other', Row> = {
  timeout: { code: 'model_timeout', remedy: 'retry' },
  cut: { code: 'model_answer_cut', remedy: 'retry' },
  html: { code: 'model_answered_no_api', remedy: 'retry', pauseMs: 5_000 },
  unreachable: { code: 'model_unreachable', remedy: 'retry' },
  other: { code: 'model_server_error', remedy: 'retry' },
}

/** The codes of failures after which the same question is asked again by itself. */
export const retriedCodes: readonly string[] = [BY_STATUS, BY_CODE, NOT_ANSWERED]
  .flatMap((table) => Object.values<Row>(table))
  .filter(({ remedy }) => remedy === 'retry')
  .map(({ code }) => code)

const LONGEST_PAUSE_MS = 10 * 60_000

/** When a server says to come back: `retry-after-ms` before `retry-after` in seconds or as a date. Nonsense is no answer, an absurd one is ten minutes. */
export function retryAfterMs(headers: Headers | undefined, now = Date.now()): number | undefined {
  const inMs = headers?.get('retry-after-ms')?.trim()
  const plain = headers?.get('retry-after')?.trim()
  const found = [
    ...(inMs ? [Number(inMs)] : []),
    ...(plain ? [/^[\d.]+$/.test(plain) ? Number(plain) * 1000 : Date.parse(plain) - now] : []),
  ].find((ms) => Number.isFinite(ms) && ms >= 0)
  return found === undefined ? undefined : Math.min(Math.ceil(found), LONGEST_PAUSE_MS)
}

/** What the SDK's errors have in common; its classes are not asked, so that the SDK need not be loaded to read this. */
interface SdkError {
  status?: number
  code?: string | null
  type?: string
  headers?: Headers
  name: string
  message: string
}

/** The failure a call ended in without being answered to the end: nothing came, half of it, or a page for people. */
export function notAnswered(kind: keyof typeof NOT_ANSWERED, message: string, cause?: unknown): ScriptFailed {
  return failure(NOT_ANSWERED[kind], message, undefined, cause)
}

/** Whatever a call to the model threw, as a failure that says whether and when to try again, or who must mend it. */
export function modelFailure(error: unknown): ScriptFailed {
  if (error instanceof ScriptFailed) return error
  if (!(error instanceof Error)) return notAnswered('other', String(error))
  const { status, code, type, headers, message } = error as unknown as SdkError
  const row = BY_CODE[code ?? ''] ?? BY_CODE[type ?? ''] ?? rowOfStatus(status) ?? rowOfTransport(error)
  return failure(row, message, headers, error)
}

function rowOfStatus(status: number | undefined): Row | undefined {
  if (status === undefined) return undefined
  return BY_STATUS[status] ?? (status >= 500 ? NOT_ANSWERED.other : { code: 'model_refused_request', remedy: 'never' })
}

function rowOfTransport(error: Error): Row {
  const names = `${error.constructor.name} ${error.name} ${error.message}`
  if (/time(?:d )?[ -]?out/i.test(names)) return NOT_ANSWERED.timeout
  if (/SyntaxError|JSON/.test(names)) return NOT_ANSWERED.cut
  if (/terminated|premature|aborted|other side closed/i.test(names)) return NOT_ANSWERED.cut
  return /Connection|fetch failed|ECONN|socket/i.test(names) ? NOT_ANSWERED.unreachable : NOT_ANSWERED.other
}

function failure({ code, remedy, pauseMs }: Row, message: string, headers: Headers | undefined, cause: unknown): ScriptFailed {
  const wait = remedy === 'retry' ? (retryAfterMs(headers) ?? pauseMs) : undefined
  return new ScriptFailed(code, message.slice(0, 300), {
    retryable: remedy === 'retry',
    waitsForPerson: remedy === 'person',
    ...(wait !== undefined && { retryAfterMs: wait }),
    cause,
  })
}
