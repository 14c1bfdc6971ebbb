import { AnswerUnusable, causesOf } from './answer-unusable.ts'
import type { Trouble } from './answer-unusable.ts'
import { SpeechFailed } from './port.ts'
import { retryAfterMs } from './retry-after.ts'

/**
 * What to do about an answer. `retry`: the same call again, at our own pace. `wait`: again after what the provider says, else after
 * `waitMs`; such a refusal costs nothing, so it is no try. `never`: the same call would be refused again. `ask`: a person must act first (key, money, rights).
 */
type Row = { code: string; sentence: string } & ({ action: 'retry' | 'never' | 'ask' } | { action: 'wait'; waitMs: number })

const rows = {
  key: { code: 'key_refused', action: 'ask', sentence: 'it does not accept the key. Put in a valid one, then repair.' },
  money: { code: 'payment_needed', action: 'ask', sentence: 'it wants to be paid first. Settle the account, then repair.' },
  credit: { code: 'out_of_credit', action: 'ask', sentence: 'the credit is used up. Add some, or choose another voice.' },
  rights: {
    code: 'not_allowed',
    action: 'ask',
    sentence: 'this account may not do that. Change its rights or plan, or choose another voice.',
  },
  missing: { code: 'unknown_voice', action: 'never', sentence: 'it does not know this voice or model. Choose another voice.' },
  refused: {
    code: 'request_refused',
    action: 'never',
    sentence: 'it does not accept this line. Reword it, or choose another voice.',
  },
  tooLong: {
    code: 'text_too_long',
    action: 'never',
    sentence: 'the line is too long for it. Shorten it, or choose another voice.',
  },
  format: {
    code: 'format_not_in_plan',
    action: 'retry',
    sentence: 'the plan does not include this sound format: MP3 is asked for from now on.',
  },
  late: { code: 'provider_timeout', action: 'retry', sentence: 'it took too long.' },
  conflict: { code: 'conflict', action: 'wait', waitMs: 1_000, sentence: 'it is still busy with the same request.' },
  rate: { code: 'rate_limited', action: 'wait', waitMs: 5_000, sentence: 'we ask more often than it allows.' },
  crowd: { code: 'too_many_at_once', action: 'wait', waitMs: 1_000, sentence: 'more calls run at once than it allows.' },
  busy: { code: 'provider_busy', action: 'wait', waitMs: 5_000, sentence: 'it is overloaded.' },
  away: { code: 'provider_unreachable', action: 'wait', waitMs: 5_000, sentence: 'it cannot be reached.' },
  broken: { code: 'provider_error', action: 'retry', sentence: 'it failed inside.' },
  lost: { code: 'connection_lost', action: 'retry', sentence: 'the connection broke before the answer was there.' },
  cut: { code: 'answer_cut', action: 'retry', sentence: 'the answer is not whole.' },
  empty: { code: 'answer_empty', action: 'retry', sentence: 'the answer is empty.' },
  large: { code: 'answer_too_large', action: 'retry', sentence: 'the answer does not end.' },
  notAudio: { code: 'answer_not_audio', action: 'retry', sentence: 'the answer is not sound.' },
} satisfies Record<string, Row>

/** The provider's own word counts before its status: one status has several meanings. */
const byWord: Record<string, Row> = {
  invalid_api_key: rows.key,
  insufficient_quota: rows.credit,
  quota_exceeded: rows.credit,
  payment_required: rows.money,
  output_format_not_allowed: rows.format,
  voice_not_found: rows.missing,
  model_not_found: rows.missing,
  string_above_max_length: rows.tooLong,
  max_character_limit_exceeded: rows.tooLong,
  too_many_concurrent_requests: rows.crowd,
  concurrent_limit_exceeded: rows.crowd,
  system_busy: rows.busy,
}

const byStatus: Record<number, Row> = {
  401: rows.key,
  402: rows.money,
  403: rows.rights,
  404: rows.missing,
  408: rows.late,
  409: rows.conflict,
  413: rows.tooLong,
  425: rows.conflict,
  429: rows.rate,
  500: rows.broken,
  502: rows.broken,
  503: rows.busy,
  504: rows.late,
  529: rows.busy,
}

const byTrouble: Record<Trouble, Row> = {
  'time-out': rows.late,
  unreachable: rows.away,
  'connection-lost': rows.lost,
  cut: rows.cut,
  empty: rows.empty,
  'too-large': rows.large,
  'not-audio': rows.notAudio,
}

/** Codes of calls that were turned away before any work was done: they cost nothing and are waited out. */
export const turnedAway: readonly string[] = [
  ...Object.values<Row>(rows).flatMap(({ action, code }) => (action === 'wait' ? [code] : [])),
  // The neural voice is not on this machine now: another worker has it, or its weights are on their way.
  'engine_missing',
]

/** The failure of a call, as an SDK threw it, in our words. An error that is no provider's is handed back as it is. */
export function speechFailed(provider: string, error: unknown): unknown {
  const said = saidBy(error)
  const row = said && rowOf(said)
  if (!row) return error
  const after = said.headers && retryAfterMs(said.headers)
  const waitMs = row.action === 'wait' ? (after ?? row.waitMs) : row.action === 'retry' ? after : undefined
  const status = said.status === undefined ? '' : ` (${said.status}${said.word ? ` ${said.word}` : ''})`
  return new SpeechFailed(row.code, `${provider}: ${row.sentence}${status}`, {
    retryable: row.action === 'retry' || row.action === 'wait',
    askPerson: row.action === 'ask',
    ...(waitMs !== undefined && { retryAfterMs: waitMs }),
    cause: error,
  })
}

interface Said {
  status?: number
  word?: string
  headers?: Headers
  trouble?: Trouble
}

function rowOf({ status, word, trouble }: Said): Row | undefined {
  if (trouble) return byTrouble[trouble]
  if (status === undefined) return undefined
  return (word && byWord[word]) || byStatus[status] || (status >= 500 ? rows.broken : rows.refused)
}

/** Reads both SDKs' errors by their shape, so that neither has to be loaded to be understood. */
function saidBy(error: unknown): Said | undefined {
  const causes = causesOf(error)
  const unusable = causes.find((one) => one instanceof AnswerUnusable)
  if (unusable) return { trouble: unusable.trouble }
  // What ElevenLabs' SDK says of an answer with status 200 that is not what its description promises.
  if (causes.some(({ name }) => name === 'ParseError' || name === 'JsonError')) return { trouble: 'not-audio' }
  const { status, statusCode, headers, rawResponse, code, body } = error as SdkError
  const known = status ?? statusCode
  if (known === undefined) return undefined
  const detail = (body as { detail?: { status?: string; code?: string } } | undefined)?.detail
  const word = code ?? detail?.status ?? detail?.code
  return { status: known, headers: new Headers(headers ?? rawResponse?.headers), ...(word && { word }) }
}

interface SdkError {
  status?: number
  statusCode?: number
  headers?: Headers
  rawResponse?: { headers: Headers }
  code?: string | null
  body?: unknown
}
