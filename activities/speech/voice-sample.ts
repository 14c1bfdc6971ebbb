import type { Prisma } from '../../prisma/client.ts'
import { HOUSE_USER_ID } from '../../shared/house.ts'
import { sampleText } from '../../shared/voice-sample.ts'
import type { Activities } from '../../workflows/contract.ts'
import { AudioRejected } from '../audio/audio-rejected.ts'
import { infoFrame } from '../audio/info-frame.ts'
import { makeLineAudio } from '../audio/line-audio.ts'
import type { LineAudio } from '../audio/line-audio.ts'
import { voiceLevel } from '../audio/voice-gain.ts'
import { failCall, openCall, settleCall } from '../cost/ledger.ts'
import type { OpenCall } from '../cost/ledger.ts'
import { beating } from '../deed.ts'
import type { Deed } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { later, never, stopped } from '../failures.ts'
import { enterProvider } from '../governor/enter-provider.ts'
import type { CallEnd } from '../governor/governor.ts'
import { FOR_EVER, removeObject, sha256, storeObject } from '../storage/objects.ts'
import { callEnd } from './call-end.ts'
import { contentKeyOf } from './content-key.ts'
import type { SpeechAnswer } from './port.ts'
import { turnedAway } from './provider-errors.ts'

import { afterFailedCall, keepAnswer, keptAnswer } from './voice-line.ts'

type Deeds = Pick<Activities, 'voiceSample' | 'markSampleFailed'>
type Sample = Prisma.VoiceSampleGetPayload<{ include: { voice: true } }>
type KeptCall = OpenCall & { answerKey: string }

/** Tries of a voice that costs nothing. */
const FREE_TRIES = 3

/** The sentence each voice is chosen by: bought once by the house, and kept. */
export function sampleDeeds(deps: Deps): Deeds {
  return {
    voiceSample: ({ voiceId }) => beating((deed) => voiceSample(deps, voiceId, deed)),
    markSampleFailed: async ({ voiceId, failure }) => {
      await deps.db.voiceSample.updateMany({
        where: { voiceId, status: 'making' },
        data: {
          status: 'failed',
          failureCode: failure.code,
          failureDetail: failure.detail.slice(0, 500),
          endedAt: new Date(),
        },
      })
    },
  }
}

async function voiceSample(deps: Deps, voiceId: string, deed: Deed): Promise<void> {
  const sample = await deps.db.voiceSample.findUnique({ where: { voiceId }, include: { voice: true } })
  if (sample?.status !== 'making') return
  const { voice } = sample
  const spoken = sampleText(voice.languages)
  const contentKey = contentKeyOf({ ...voice, ...spoken, userId: HOUSE_USER_ID, direction: null })
  const { call, answer } = (await keptAnswer(deps, contentKey, deed)) ?? (await buy(deps, sample, contentKey, deed))
  const audio = await accept(deps, sample, call, answer, deed)
  await keep(deps, voiceId, call, answer, audio, deed)
}

async function buy(deps: Deps, sample: Sample, contentKey: string, deed: Deed) {
  const { voice } = sample
  const provider = deps.speech.get(voice.provider)
  if (!provider) throw never('provider-off', `${voice.provider} is switched off`)
  await refuseMore(deps, sample, contentKey)
  const { text, language } = sampleText(voice.languages)
  const leave = await enterProvider(deps, voice.provider, deed)
  let end: CallEnd = 'other'
  try {
    const call = await openCall(deps.db, {
      userId: HOUSE_USER_ID,
      step: 'sample',
      provider: voice.provider,
      model: voice.model,
      unit: 'character',
      contentKey,
      ...deedOf(deed),
    })
    try {
      const { providerVoice } = voice
      const settings = voice.settings as Record<string, unknown>
      const answer = await provider.speak({ text, language, voice: { providerVoice, settings }, model: voice.model }, deed)
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

const deedOf = ({ attempt, attemptPrefix }: Deed) => ({ attempt, attemptPrefix })

/**
 * What somebody asked for once is bought once: a call of a paid voice that may have been charged, answered or not, is not made again before a
 * person asks anew.
 */
async function refuseMore({ db }: Deps, { askedAt }: Sample, contentKey: string): Promise<void> {
  const earlier = await db.usageLog.findMany({
    where: { contentKey, startedAt: { gte: askedAt } },
    select: { outcome: true, priceMicroUsd: true },
    orderBy: { startedAt: 'asc' },
  })
  const tries = earlier.filter(({ outcome }) => !turnedAway.includes(outcome ?? ''))
  const paid = tries.some(({ priceMicroUsd }) => priceMicroUsd > 0n)
  if (paid || tries.length >= FREE_TRIES)
    throw never(tries.at(-1)!.outcome ?? 'nobody-knows', 'the call did not bring a usable sound')
}

async function accept(deps: Deps, { voice }: Sample, call: KeptCall, answer: SpeechAnswer, { signal }: Deed): Promise<LineAudio> {
  const { unitsPerSecond } = voice.settings as { unitsPerSecond?: number }
  const spoken = { ...sampleText(voice.languages), ...(unitsPerSecond && { unitsPerSecond }) }
  try {
    return await makeLineAudio(answer, spoken, { ffmpegPath: deps.ffmpegPath, signal }, await voiceLevel(deps.db, voice))
  } catch (error) {
    if (signal.aborted) throw stopped(signal)
    if (!(error instanceof AudioRejected)) throw error
    await failCall(deps.db, call, error.code, answer.units)
    await removeObject(deps, call.answerKey)
    throw later(error.code, error.message)
  }
}

async function keep(
  deps: Deps,
  voiceId: string,
  call: KeptCall,
  answer: SpeechAnswer,
  audio: LineAudio,
  { signal }: Deed,
): Promise<void> {
  // With the Info frame in front players know its length; a line's frames alone do not tell it.
  const mp3 = Buffer.concat([infoFrame(audio.frames), audio.mp3])
  const mp3Key = `samples/${sha256(mp3)}.mp3`
  try {
    await storeObject(deps, mp3Key, mp3, { contentType: 'audio/mpeg', cacheControl: FOR_EVER }, signal)
  } catch (error) {
    throw signal.aborted ? stopped(signal) : error
  }
  await deps.db.$transaction(async (tx) => {
    await settleCall(tx, call, answer.units)
    await tx.voiceSample.update({
      where: { voiceId },
      data: {
        status: 'ready',
        mp3Key,
        durationMs: audio.durationMs,
        endedAt: new Date(),
        failureCode: null,
        failureDetail: null,
      },
    })
  })
  await removeObject(deps, call.answerKey)
}
