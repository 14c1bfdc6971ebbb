import { wavFile } from '../audio/wav.ts'
import { type Espeak, type EspeakRequest, findEspeak } from './local-espeak.ts'
import { speechRuns } from './local-text.ts'
import { type SpeechProvider, SpeechFailed } from './port.ts'

const ESPEAK_RATE_HZ = 22_050
const QUIET = 200
const EDGE_SAMPLES = ESPEAK_RATE_HZ / 50

/** Where espeak-ng is, when not on PATH, and the Node that runs its npm build (default: this one). */
export interface LocalSpeechOptions {
  espeakPath?: string
  nodePath?: string
}

/**
 * The keyless provider: espeak-ng out of process. Free, and repeating a call gives the same bytes. Throws SpeechFailed `nothing_to_say`,
 * `unknown_voice`, `engine_missing` (not retryable) or `engine_failed`.
 */
export function createLocalSpeech(options: LocalSpeechOptions = {}): SpeechProvider {
  let engine: Promise<Espeak> | undefined
  return {
    name: 'local',
    // espeak-ng reads 3.14 as "three, one four", 12% in English and 2026年 as two thousand and twenty-six.
    needsWords: true,
    async speak({ text, language, voice }, { signal }) {
      const runs = speechRuns(text, language)
      if (runs.length === 0) throw new SpeechFailed('nothing_to_say', 'no letter or digit in the text', { retryable: false })
      const settings = voiceSettings(voice.providerVoice, voice.settings)
      const requests: EspeakRequest[] = runs.map((run) => ({ language: run.language, text: run.text, ...settings }))
      engine ??= findEspeak(options).catch((error: unknown) => {
        engine = undefined
        throw error
      })
      const wavs = await (await engine).speak(requests, signal)
      const pieces = wavs.flatMap((wav, index) => [
        trimSilence(wavSamples(wav)),
        new Int16Array(index === runs.length - 1 ? 0 : Math.round(((runs[index]?.pauseAfterMs ?? 0) * ESPEAK_RATE_HZ) / 1000)),
      ])
      return {
        audio: wavFile(joinSamples(pieces), ESPEAK_RATE_HZ),
        format: 'wav',
        sampleRateHz: ESPEAK_RATE_HZ,
        units: [...text].length,
        unit: 'character',
      }
    },
  }
}

/** How espeak-ng is asked to sound: its voice variant and pitch (0-99). */
interface LocalVoiceSettings {
  variant: string
  pitch: number
}

function voiceSettings(providerVoice: string, { variant, pitch }: Record<string, unknown>): LocalVoiceSettings {
  if (typeof variant === 'string' && /^\w*$/.test(variant) && typeof pitch === 'number') return { variant, pitch }
  throw new SpeechFailed('unknown_voice', providerVoice, { retryable: false })
}

// espeak-ng's header has a fixed 44 bytes and, on standard output, no true length.
function wavSamples(wav: Buffer): Int16Array {
  const bytes = wav.subarray(44, wav.length - (wav.length % 2))
  return new Int16Array(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length))
}

function trimSilence(samples: Int16Array): Int16Array {
  const first = samples.findIndex((sample) => Math.abs(sample) > QUIET)
  const last = samples.findLastIndex((sample) => Math.abs(sample) > QUIET)
  return first < 0 ? samples.subarray(0, 0) : samples.subarray(Math.max(0, first - EDGE_SAMPLES), last + EDGE_SAMPLES)
}

function joinSamples(pieces: readonly Int16Array[]): Int16Array {
  const joined = new Int16Array(pieces.reduce((total, piece) => total + piece.length, 0))
  let at = 0
  for (const piece of pieces) {
    joined.set(piece, at)
    at += piece.length
  }
  return joined
}
