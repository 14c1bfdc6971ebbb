import { presentModel } from '../../shared/neural-voice.ts'
import { fetchVoice, voiceFolder } from '../voice/fetch-voice.ts'
import { areVoicesThere, makeSamples } from './samples.ts'
import { StartError } from './start-error.ts'
import { say } from './steps.ts'
import type { Settings } from './environment.ts'

const takenUpWithinMs = 60_000

/** Where the worker finds the weights, unless the environment names another place. */
export const neuralVoiceFolder = (cache: string): string => process.env.NEURAL_VOICE_DIR || voiceFolder(cache)

/** Whether the neural voice is wanted, and its weights are here already. */
export const isNeuralVoiceWanted = (): boolean => process.env.AIMAKE_NEURAL_VOICE !== 'off'
export const isNeuralVoiceHere = (cache: string): boolean =>
  isNeuralVoiceWanted() && presentModel(neuralVoiceFolder(cache)) !== undefined

type Order = { cache: string; settings: Settings; samples: 'none' | 'first' | 'again'; signal: AbortSignal }

/**
 * Brings the neural voice while the product already runs, and says so; then makes the sample episodes with it. Never throws:
 * without it the local voice is espeak-ng, and the next start tries again.
 */
export async function bringNeuralVoice({ cache, settings, samples, signal }: Order): Promise<void> {
  const news = (text: string) => say(`     neural voice: ${text}`)
  try {
    if (!isNeuralVoiceHere(cache)) {
      news('its weights (330 MB, once) are fetched in the background; until then the voice is espeak-ng')
      news(`${await fetchVoice({ cache, news, signal })} is here`)
    }
    const isOn = await areVoicesThere(settings, 'neural', takenUpWithinMs, signal)
    news(isOn ? 'in use for every new episode' : "not in use: the worker's log says why (it needs 2 GB of free memory)")
    if (samples === 'none' || (samples === 'again' && !isOn)) return
    const edition = samples === 'again' ? 'neural' : 'first'
    say(`     sample episodes: ${await makeSamples(settings, news, signal, edition)}`)
  } catch (error) {
    if (signal.aborted) return
    news(`not in use, espeak-ng stays: ${(error as Error).message}`)
    if (error instanceof StartError) news(`-> ${error.remedy}`)
  }
}
