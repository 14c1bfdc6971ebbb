import { isCancellation } from '@temporalio/workflow'
import { quick, samplesOf } from './activity-options.ts'
import type { VoiceSampleInput } from './contract.ts'
import { failureOf } from './voicing-window.ts'

/** Lets a voice say its sentence. What cannot be had is said to whoever asks; asking again is theirs to decide, it may cost money. */
export async function makeVoiceSample({ voiceId, provider }: VoiceSampleInput): Promise<void> {
  try {
    await samplesOf(provider).voiceSample({ voiceId })
  } catch (error) {
    if (isCancellation(error)) throw error
    await quick.markSampleFailed({ voiceId, failure: failureOf(error) })
  }
}
