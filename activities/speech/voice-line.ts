import type { Prisma, Transaction } from '../../prisma/client.ts'
import { announce } from '../../shared/episode-events.ts'
import { writeEnergies } from '../../shared/tape.ts'
import type { Language } from '../../shared/text.ts'
import type { Activities, LineRef } from '../../workflows/contract.ts'
import { AudioRejected } from '../audio/audio-rejected.ts'
import { makeLineAudio } from '../audio/line-audio.ts'
import type { LineAudio } from '../audio/line-audio.ts'
import { learnVoiceLevel, voiceLevel } from '../audio/voice-gain.ts'
import { cancelCall, failCall, openCall, settleCall } from '../cost/ledger.ts'
import type { Call, OpenCall } from '../cost/ledger.ts'
import { settledStatuses } from '../cost/settle.ts'
import { beating } from '../deed.ts'
import type { Deed } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { isFailure, later, never, stopped } from '../failures.ts'
import { FOR_EVER, removeObject, sha256, storeObject } from '../storage/objects.ts'
import { enterProvider, providerOff } from '../governor/enter-provider.ts'
import type { CallEnd } from '../governor/governor.ts'
import { callEnd } from './call-end.ts'
import { contentKeyOf } from './content-key.ts'
import { lineRefs } from './line-refs.ts'
import { SpeechFailed } from './port.ts'
import type { SpeechAnswer, SpeechRequest } from './port.ts'
import { turnedAway } from './provider-errors.ts'

type Deeds = Pick<Activities, 'voiceLine' | 'linesToVoice'>
type LineRow = Prisma.LineGetPayload<{ include: { voice: true; version: { include: { episode: true } } } }>

/** Paid tries of one line before a person is asked. */
const MAX_TRIES = 3

export function speechDeeds(deps: Deps): Deeds {
  return {
    linesToVoice: async (ref) => {
      await deps.db.line.updateMany({
        where: { versionId: ref.versionId, status: 'failed' },
        data: { status: 'waiting', failureCode: null, failureDetail: null },
      })
      return lineRefs(deps.db, ref)
    },
    voiceLine: (ref) => beating((deed) => voiceLine(deps, ref, deed)),
  }
}

/**
 * The story of a line: is its sound there already? Then it is free. Else a row in the ledger, the provider's answer kept the moment it is there,
 * judged, levelled, encoded, stored, and settled together with the line becoming ready. Killed anywhere, the next
 * try goes on from what was stored; only a call whose answer was lost on the way is made again.
 */
async function voiceLine(deps: Deps, ref: LineRef, deed: Deed): Promise<void> {
  const line = await deps.db.line.findUniqueOrThrow({
    where: { id: ref.lineId },
    include: { voice: true, version: { include: { episode: true } } },
  })
  if (line.status === 'ready' || line.status === 'skipped') return
  const { episode } = line.version
  if (episode.status === 'cancelling' || settledStatuses.some((status) => status === episode.status)) {
    // The cancel is on its way to this run; until it comes nothing is begun.
    throw later('stopping', 'the episode is being stopped')
  }
  const contentKey = contentKeyOf({
    ...line.voice,
    userId: episode.userId,
    language: episode.language,
    text: line.text,
    direction: line.direction,
  })
  const have = await deps.db.segment.findUnique({ where: { contentKey }, select: { contentKey: true } })
  if (have) await becomeReady(deps.db, line.id, contentKey)
  else await buy(deps, line, contentKey, deed)
  await announce(deps.redis, ref.episodeId, [{ type: 'line', lineId: line.id }, { type: 'episode' }])
}

async function buy(deps: Deps, line: LineRow, contentKey: string, deed: Deed): Promise<void> {
  const { db, redis } = deps
  if (line.status !== 'voicing') {
    await db.line.update({ where: { id: line.id }, data: { status: 'voicing' } })
    await announce(redis, line.version.episodeId, [{ type: 'line', lineId: line.id }])
  }
  const kept = await keptAnswer(deps, contentKey, deed)
  const { call, answer } = kept ?? (await askProvider(deps, line, contentKey, deed))
  const audio = await acceptAnswer(deps, line, call, answer, deed)
  await keepSegment(deps, line, contentKey, call, answer, audio, deed)
}

/** An answer that an earlier try paid for and kept, but did not come to use. */
async function keptAnswer({ db, store }: Deps, contentKey: string, { signal }: Deed) {
  const row = await db.usageLog.findFirst({
    where: { contentKey, answerKey: { not: null }, status: { in: ['started', 'unknown'] } },
    orderBy: { startedAt: 'desc' },
  })
  if (!row?.answerKey) return undefined
  const format = row.answerKey.split('.').at(-1) as SpeechAnswer['format']
  const audio = Buffer.from(await store.get(row.answerKey, signal))
  const call: OpenCall & { answerKey: string } = {
    id: row.id,
    price: { microUsd: row.priceMicroUsd, perUnits: row.pricePerUnits },
    startedAt: row.startedAt,
    answerKey: row.answerKey,
  }
  const answer: SpeechAnswer = { audio, format, units: row.units ?? 0, unit: 'character', ...sampleRate(row.outcome) }
  return { call, answer }
}

/** Raw samples do not say their rate themselves, so the row keeps it beside the answer. */
const sampleRate = (outcome: string | null) => {
  const rate = Number(outcome?.match(/^answered (\d+) Hz$/)?.[1])
  return rate ? { sampleRateHz: rate } : {}
}

async function askProvider(deps: Deps, line: LineRow, contentKey: string, deed: Deed) {
  const provider = deps.speech.get(line.voice.provider)
  if (!provider) throw providerOff(line.voice.provider)
  await refuseTooMany(deps, contentKey, deed)
  // Before the row in the ledger: a call that waits for its place is not one that may have been paid.
  const leave = await enterProvider(deps, line.voice.provider, deed)
  let end: CallEnd = 'other'
  try {
    const call = await openCall(deps.db, callOf(line, contentKey, deed))
    try {
      const answer = await provider.speak(requestOf(line), deed)
      end = 'answered'
      return { call: await keepAnswer(deps, call, contentKey, answer), answer }
    } catch (error) {
      if (end !== 'answered') end = callEnd(error)
      throw await afterFailedCall(deps, call, error, deed)
    }
  } finally {
    await leave(end)
  }
}

const callOf = ({ id, voice, version }: LineRow, contentKey: string, { attempt, attemptPrefix }: Deed): Call => ({
  userId: version.episode.userId,
  episodeId: version.episodeId,
  versionId: version.id,
  lineId: id,
  step: 'speech',
  provider: voice.provider,
  model: voice.model,
  unit: 'character',
  contentKey,
  attempt,
  attemptPrefix,
})

const requestOf = ({ text, direction, voice, version }: LineRow): SpeechRequest => ({
  text,
  language: version.episode.language as Language,
  voice: { providerVoice: voice.providerVoice, settings: voice.settings as Record<string, unknown> },
  model: voice.model,
  ...(direction && { direction }),
})

/** The answer's bytes are stored before anything else is done with them: from here a crash costs no second call. */
async function keepAnswer(
  deps: Deps,
  call: OpenCall,
  contentKey: string,
  answer: SpeechAnswer,
): Promise<OpenCall & { answerKey: string }> {
  const answeredAt = new Date()
  const answerKey = `answers/${contentKey}/${sha256(answer.audio)}.${answer.format}`
  await storeObject(deps, answerKey, answer.audio, { contentType: 'application/octet-stream' })
  const outcome = answer.sampleRateHz ? `answered ${answer.sampleRateHz} Hz` : 'answered'
  await deps.db.usageLog.update({
    where: { id: call.id },
    data: { answerKey, answeredAt, outcome, units: answer.units, requestId: answer.requestId ?? null },
  })
  return { ...call, answerKey }
}

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
async function refuseTooMany({ db }: Deps, contentKey: string, { attemptPrefix }: Deed): Promise<void> {
  const failed = await db.usageLog.findMany({
    where: { contentKey, status: 'failed', outcome: { notIn: [...turnedAway] }, attempt: { startsWith: attemptPrefix } },
    orderBy: { startedAt: 'desc' },
    take: MAX_TRIES,
  })
  if (failed.length >= MAX_TRIES) throw never(failed[0]!.outcome ?? 'failed', `${MAX_TRIES} tries did not bring a usable sound`)
}

async function acceptAnswer(
  deps: Deps,
  line: LineRow,
  call: OpenCall & { answerKey: string },
  answer: SpeechAnswer,
  { signal }: Deed,
): Promise<LineAudio> {
  const { unitsPerSecond } = line.voice.settings as { unitsPerSecond?: number }
  const spoken = {
    text: line.text,
    language: line.version.episode.language as Language,
    ...(unitsPerSecond && { unitsPerSecond }),
  }
  try {
    return await makeLineAudio(answer, spoken, { ffmpegPath: deps.ffmpegPath, signal }, await voiceLevel(deps.db, line.voice))
  } catch (error) {
    if (signal.aborted) throw stopped(signal)
    if (isFailure(error) || !(error instanceof AudioRejected)) throw error
    await failCall(deps.db, call, error.code, answer.units)
    await removeObject(deps, call.answerKey)
    throw later(error.code, error.message)
  }
}

async function keepSegment(
  deps: Deps,
  line: LineRow,
  contentKey: string,
  call: OpenCall & { answerKey: string },
  answer: SpeechAnswer,
  audio: LineAudio,
  { signal }: Deed,
): Promise<void> {
  const digest = sha256(audio.mp3)
  const [mp3Key, flacKey] = [`segments/${digest}.mp3`, `segments/${digest}.flac`]
  try {
    await Promise.all([
      storeObject(deps, mp3Key, audio.mp3, { contentType: 'audio/mpeg', cacheControl: FOR_EVER }, signal),
      storeObject(deps, flacKey, audio.flac, { contentType: 'audio/flac', cacheControl: FOR_EVER }, signal),
    ])
  } catch (error) {
    throw signal.aborted ? stopped(signal) : error
  }
  await deps.db.$transaction(async (tx) => {
    await tx.segment.upsert({
      where: { contentKey },
      update: {},
      create: {
        contentKey,
        userId: line.version.episode.userId,
        provider: line.voice.provider,
        model: line.voice.model,
        voiceId: line.voiceId,
        mp3Key,
        flacKey,
        samples: audio.samples,
        frames: audio.frames,
        lufs: Number.isFinite(audio.lufs) ? audio.lufs : null,
        peakDb: audio.peakDb,
        energies: writeEnergies(audio.energies),
      },
    })
    await settleCall(tx, call, answer.units)
    await becomeReady(tx, line.id, contentKey)
    await learnVoiceLevel(tx, line.voice, audio.wantedGainDb)
  })
  await removeObject(deps, call.answerKey)
}

async function becomeReady(tx: Transaction, lineId: string, segmentKey: string): Promise<void> {
  await tx.line.update({
    where: { id: lineId },
    data: { status: 'ready', segmentKey, readyAt: new Date(), failureCode: null, failureDetail: null },
  })
}
