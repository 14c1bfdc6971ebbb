import { passing } from '../../shared/crash-points.ts'
import type { Language } from '../../shared/text.ts'
import { cancelCall, failCall, openCall } from '../cost/ledger.ts'
import type { Call, OpenCall } from '../cost/ledger.ts'
import type { Deed } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { later, never, stopped } from '../failures.ts'
import { enterProvider, providerOff } from '../governor/enter-provider.ts'
import type { CallEnd } from '../governor/governor.ts'
import { sha256 } from '../storage/objects.ts'
import { expectStore, patiently, storeAnswer } from '../storage/store-answer.ts'
import { callEnd } from './call-end.ts'
import { SpeechFailed } from './port.ts'
import type { SpeechAnswer, SpeechRequest } from './port.ts'
import { turnedAway } from './provider-errors.ts'
import type { Piece } from './said-text.ts'
import type { LineRow } from './voice-line.ts'

/** An answer, and the call that brought it. */
export interface Bought {
  call: OpenCall
  answer: SpeechAnswer
  /** The key of its bytes once they are stored: from then on a crash costs no second call. Nothing may be settled before. */
  answerKey: Promise<string>
  /** Accepted and settled by an earlier try. */
  isSettled: boolean
}

/** Paid tries of one piece before a person is asked. */
const MAX_TRIES = 3

/**
 * What a provider says for a piece of a line: a row in the ledger, a place at the provider, the answer kept the moment it is there. One that an earlier
 * try paid for and did not come to use is taken instead. Throws a failure that says whether to come again.
 */
export async function askProvider(deps: Deps, line: LineRow, piece: Piece, deed: Deed): Promise<Bought> {
  return (await keptAnswer(deps, piece.key, deed)) ?? (await buyAnswer(deps, line, piece, deed))
}

/** An answer that an earlier try paid for and kept, and that nobody has let go. */
export async function keptAnswer({ db, store }: Deps, contentKey: string, { signal }: Deed): Promise<Bought | undefined> {
  const row = await db.usageLog.findFirst({
    where: { contentKey, answerKey: { not: null }, status: { not: 'failed' } },
    orderBy: { startedAt: 'desc' },
  })
  if (!row?.answerKey || !(await db.storedObject.findUnique({ where: { key: row.answerKey } }))) return undefined
  const format = row.answerKey.split('.').at(-1) as SpeechAnswer['format']
  const audio = Buffer.from(await store.get(row.answerKey, signal))
  const price = { microUsd: row.priceMicroUsd, perUnits: row.pricePerUnits }
  return {
    call: { id: row.id, price, startedAt: row.startedAt },
    answerKey: Promise.resolve(row.answerKey),
    answer: { audio, format, units: row.units ?? 0, unit: 'character', ...sampleRate(row.outcome) },
    isSettled: row.status === 'settled',
  }
}

/** Raw samples do not say their rate themselves, so the row keeps it beside the answer. */
const sampleRate = (outcome: string | null) => {
  const rate = Number(outcome?.match(/^answered (\d+) Hz$/)?.[1])
  return rate ? { sampleRateHz: rate } : {}
}

async function buyAnswer(deps: Deps, line: LineRow, piece: Piece, deed: Deed): Promise<Bought> {
  const order = { call: callOf(line, piece, deed), request: requestOf(line, piece) }
  return speakFor(deps, order, deed, () => refuseTooMany(deps, piece, deed))
}

/** What is bought, by whom, and what shall be said. */
export interface SpeechOrder {
  call: Call
  request: SpeechRequest
}

/**
 * One call of a provider with everything around it: a place there, a row in the ledger, the answer kept the moment it is there. `mayAsk` throws when the
 * call must not be made (again). Throws a failure that says whether to come again.
 */
export async function speakFor(
  deps: Deps,
  { call, request }: SpeechOrder,
  deed: Deed,
  mayAsk: () => Promise<void>,
): Promise<Bought> {
  const provider = deps.speech.get(call.provider)
  if (!provider) throw providerOff(call.provider)
  await mayAsk()
  // Before the row in the ledger: a call that waits for its place is not one that may have been paid.
  const leave = await enterProvider(deps, call.provider, deed)
  let end: CallEnd = 'other'
  let opened: OpenCall | undefined
  let answer: SpeechAnswer
  try {
    await expectStore(deps.store)
    opened = await openCall(deps.db, call)
    passing('speech.opened')
    answer = await provider.speak(request, deed)
    passing('speech.answered')
    end = 'answered'
  } catch (error) {
    if (!opened) throw error
    end = callEnd(error)
    throw await afterFailedCall(deps, opened, error, deed)
  } finally {
    // Once the answer is here its place is somebody else's: what is done with it is our own affair.
    await leave(end)
  }
  const answerKey = keepAnswer(deps, opened, call.contentKey, answer)
  // Made into sound while it is being stored; that it could not be is heard by whoever waits for it.
  answerKey.catch(() => undefined)
  return { call: opened, answer, answerKey, isSettled: false }
}

const callOf = ({ id, voice, version }: LineRow, { key, text }: Piece, { attempt, attemptPrefix }: Deed): Call => ({
  userId: version.episode.userId,
  episodeId: version.episodeId,
  versionId: version.id,
  lineId: id,
  step: 'speech',
  provider: voice.provider,
  model: voice.model,
  unit: 'character',
  contentKey: key,
  attempt,
  attemptPrefix,
  expected: [...text].length,
})

const requestOf = ({ direction, voice, version }: LineRow, { text }: Piece): SpeechRequest => ({
  text,
  language: version.episode.language as Language,
  voice: { providerVoice: voice.providerVoice, settings: voice.settings as Record<string, unknown> },
  model: voice.model,
  ...(direction && { direction }),
})

async function keepAnswer(deps: Deps, call: OpenCall, contentKey: string, answer: SpeechAnswer): Promise<string> {
  const answeredAt = new Date()
  const answerKey = `answers/${contentKey}/${sha256(answer.audio)}.${answer.format}`
  try {
    await storeAnswer(deps, answerKey, answer.audio, { contentType: 'application/octet-stream' })
  } catch (error) {
    // Paid and lost: said with what it cost, and counted, so that it cannot happen again and again.
    await failCall(deps.db, call, 'answer-not-kept', answer.units)
    throw later('answer-not-kept', `the answer could not be stored: ${String(error)}`)
  }
  passing('speech.stored')
  const outcome = answer.sampleRateHz ? `answered ${answer.sampleRateHz} Hz` : 'answered'
  await patiently(() =>
    deps.db.usageLog.update({
      where: { id: call.id },
      data: { answerKey, answeredAt, outcome, units: answer.units, requestId: answer.requestId ?? null },
    }),
  )
  passing('speech.kept')
  return answerKey
}

/** How a call that brought nothing is closed; what is thrown then says whether to come again. */
async function afterFailedCall({ db }: Deps, call: OpenCall, error: unknown, { signal }: Deed): Promise<unknown> {
  if (signal.aborted) {
    await cancelCall(db, call)
    return stopped(signal)
  }
  if (!(error instanceof SpeechFailed)) return error
  await failCall(db, call, error.code)
  return error.retryable ? later(error.code, error.message, error.retryAfterMs) : never(error.code, error.message)
}

/** Tries since this line was last begun; a repair begins it anew. A call that was turned away is no try: nothing was made or charged. */
async function refuseTooMany({ db }: Deps, { key }: Piece, { attemptPrefix }: Deed): Promise<void> {
  const failed = await db.usageLog.findMany({
    where: { contentKey: key, status: 'failed', outcome: { notIn: [...turnedAway] }, attempt: { startsWith: attemptPrefix } },
    orderBy: { startedAt: 'desc' },
    take: MAX_TRIES,
  })
  if (failed.length >= MAX_TRIES) throw never(failed[0]!.outcome ?? 'failed', `${MAX_TRIES} tries did not bring a usable sound`)
}
