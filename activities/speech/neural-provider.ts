import { join } from 'node:path'
import type { Language } from '../../shared/text.ts'
import { wavFile } from '../audio/wav.ts'
import { stretches, symbolIds } from './kokoro-symbols.ts'
import { type Espeak, findEspeak } from './local-espeak.ts'
import type { NeuralEngine } from './neural-engine.ts'
import { lineSymbols } from './neural-text.ts'
import { type SpeechProvider, type SpeechRequest, SpeechFailed } from './port.ts'

const RATE_HZ = 24_000
const QUIET = 0.008
const EDGE_SAMPLES = RATE_HZ / 25
const PAUSE_SAMPLES = Math.round(RATE_HZ * 0.28)

/** What the provider needs: the engine, how many of its threads, where the weights are (or why there are none), and espeak-ng. */
export interface NeuralSpeechOptions {
  engine: NeuralEngine
  threads: number
  weights(): { modelPath: string; voicesFolder: string } | { missing: string; retryable: boolean }
  /** Whether another worker can speak with it: then a line this one cannot speak is left to that one. */
  isElsewhere(): Promise<boolean>
  espeakPath?: string
  nodePath?: string
}

/**
 * A neural voice on this machine, Mandarin and English, that costs nothing. Throws SpeechFailed `nothing_to_say`, `unknown_voice`,
 * `engine_missing` (weights not there, or switched off), `engine_failed`.
 */
export function createNeuralSpeech({ engine, threads, weights, isElsewhere, ...places }: NeuralSpeechOptions): SpeechProvider {
  let espeak: Promise<Espeak> | undefined
  return {
    name: 'neural',
    needsWords: true,
    async speak(request, { signal }) {
      const found = weights()
      if ('missing' in found) {
        throw new SpeechFailed('engine_missing', found.missing, { retryable: found.retryable || (await isElsewhere()) })
      }
      espeak ??= findEspeak(places).catch((error: unknown) => {
        espeak = undefined
        throw error
      })
      const symbols = await symbolsOf(request, await espeak, signal)
      const orders = stretches(symbols).map((stretch) => [...stretch].map((symbol) => symbolIds.get(symbol) as number))
      if (orders.length === 0) throw new SpeechFailed('nothing_to_say', 'no letter or digit in the text', { retryable: false })
      const voicePath = join(found.voicesFolder, `${request.voice.providerVoice}.bin`)
      const spoken = await engine.speak({ modelPath: found.modelPath, voicePath, threads, stretches: orders }, signal)
      return {
        audio: wavFile(joinSpeech(spoken), RATE_HZ),
        format: 'wav',
        sampleRateHz: RATE_HZ,
        units: [...request.text].length,
        unit: 'character',
      }
    },
  }
}

function symbolsOf({ text, language, voice }: SpeechRequest, espeak: Espeak, signal: AbortSignal): Promise<string> {
  // The file's name is made of it.
  if (!/^[abz][fm]_[a-z]+$/.test(voice.providerVoice)) {
    throw new SpeechFailed('unknown_voice', voice.providerVoice, { retryable: false })
  }
  const spoken: Language = voice.providerVoice.startsWith('z') || language === 'zh' ? 'zh' : 'en'
  return lineSymbols(text, spoken, { accent: voice.providerVoice.startsWith('b') ? 'en-gb' : 'en-us', espeak, signal })
}

/** Stretches one after the other, without the silence the model leaves around them, a breath apart. */
function joinSpeech(spoken: readonly Float32Array[]): Int16Array {
  const pieces = spoken.map(trimmed)
  const joined = new Int16Array(pieces.reduce((total, piece) => total + piece.length, 0) + PAUSE_SAMPLES * (pieces.length - 1))
  let at = 0
  for (const piece of pieces) {
    piece.forEach((sample, index) => (joined[at + index] = Math.round(Math.max(-1, Math.min(1, sample)) * 32_767)))
    at += piece.length + PAUSE_SAMPLES
  }
  return joined
}

function trimmed(samples: Float32Array): Float32Array {
  const first = samples.findIndex((sample) => Math.abs(sample) > QUIET)
  const last = samples.findLastIndex((sample) => Math.abs(sample) > QUIET)
  return first < 0 ? samples.subarray(0, 0) : samples.subarray(Math.max(0, first - EDGE_SAMPLES), last + EDGE_SAMPLES)
}
