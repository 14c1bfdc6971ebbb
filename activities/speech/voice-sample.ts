import type { Prisma } from '../../prisma/client.ts'
import { HOUSE_USER_ID } from '../../shared/house.ts'
import { sampleText } from '../../shared/voice-sample.ts'
import type { Activities } from '../../workflows/contract.ts'
import { infoFrame } from '../audio/info-frame.ts'
import type { LineAudio } from '../audio/line-audio.ts'
import { voiceLevel } from '../audio/voice-gain.ts'
import { settleCall } from '../cost/ledger.ts'
import { beating } from '../deed.ts'
import type { Deed } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { never, stopped } from '../failures.ts'
import { FOR_EVER, removeObject, sha256, storeObject } from '../storage/objects.ts'
import { keptAnswer, speakFor } from './ask-provider.ts'
import type { Bought, SpeechOrder } from './ask-provider.ts'
import { contentKeyOf } from './content-key.ts'
import { turnedAway } from './provider-errors.ts'
import { afterRejection } from './voice-piece.ts'

type Deeds = Pick<Activities, 'voiceSample' | 'markSampleFailed'>
type Sample = Prisma.VoiceSampleGetPayload<{ include: { voice: true } }>

/** Behind every line that somebody waits for. */
const LAST = { position: Infinity }
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
  const order = orderOf(sample, deed)
  const { contentKey } = order.call
  const kept = await keptAnswer(deps, contentKey, deed)
  const bought = kept ?? (await speakFor(deps, order, deed, () => refuseMore(deps, sample, contentKey)))
  await keep(deps, voiceId, bought, await accept(deps, sample, bought, deed), deed)
}

function orderOf({ voice }: Sample, { attempt, attemptPrefix }: Deed): SpeechOrder {
  const { provider, model, providerVoice } = voice
  const spoken = sampleText(voice.languages)
  const contentKey = contentKeyOf({ ...voice, ...spoken, userId: HOUSE_USER_ID, direction: null })
  return {
    call: {
      userId: HOUSE_USER_ID,
      step: 'sample',
      provider,
      model,
      unit: 'character',
      contentKey,
      attempt,
      attemptPrefix,
      expected: [...spoken.text].length,
    },
    request: { ...spoken, model, voice: { providerVoice, settings: voice.settings as Record<string, unknown> } },
  }
}

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

async function accept(deps: Deps, { voice }: Sample, bought: Bought, { signal }: Deed): Promise<LineAudio> {
  const { unitsPerSecond } = voice.settings as { unitsPerSecond?: number }
  const spoken = { ...sampleText(voice.languages), ...(unitsPerSecond && { unitsPerSecond }) }
  try {
    await deps.sound.accept(bought.answer, spoken, LAST)
    return await deps.sound.encode([bought.answer], await voiceLevel(deps.db, voice), LAST)
  } catch (error) {
    throw await afterRejection(deps, [bought], error, signal)
  }
}

async function keep(
  deps: Deps,
  voiceId: string,
  { call, answer, answerKey, isSettled }: Bought,
  audio: LineAudio,
  { signal }: Deed,
): Promise<void> {
  // With the Info frame in front players know its length; a line's frames alone do not tell it.
  await answerKey
  const mp3 = Buffer.concat([infoFrame(audio.frames), audio.mp3])
  const mp3Key = `samples/${sha256(mp3)}.mp3`
  try {
    await storeObject(deps, mp3Key, mp3, { contentType: 'audio/mpeg', cacheControl: FOR_EVER }, signal)
  } catch (error) {
    throw signal.aborted ? stopped(signal) : error
  }
  await deps.db.$transaction(async (tx) => {
    if (!isSettled) await settleCall(tx, call, answer.units)
    await tx.usageLog.update({ where: { id: call.id }, data: { answerKey: null } })
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
  await removeObject(deps, await answerKey)
}
