import type OpenAI from 'openai'
import { boundedFetch } from './bounded-fetch.ts'
import { callDeadline } from './call-deadline.ts'
import type { SpeechProvider } from './port.ts'
import { speechFailed } from './provider-errors.ts'

/** How the provider is reached. `deadlineMs`: a call, with its whole answer, never takes longer. */
export interface OpenAiOptions {
  apiKey: string
  /** Any server that speaks the same protocol, with its `/v1`. */
  baseUrl?: string
  deadlineMs?: number
  maxBytes?: number
}

const RATE_HZ = 24_000
const formats = ['wav', 'pcm', 'mp3'] as const

/**
 * OpenAI's voices, or those of a compatible server. A voice's settings may say `format` (wav, pcm or mp3; default wav) and `speed`.
 * A direction is given to models that can be told how to speak.
 */
export function createOpenAiSpeech({ apiKey, baseUrl, deadlineMs = 90_000, maxBytes = 64 << 20 }: OpenAiOptions): SpeechProvider {
  let client: Promise<OpenAI> | undefined
  // The SDK is loaded by the first call: a worker that never speaks with it starts without it.
  const connect = async () => {
    const { OpenAI: Client } = await import('openai')
    const fetch = boundedFetch({ maxBytes, accepts: /^(audio\/|application\/octet-stream)/ })
    return new Client({
      apiKey,
      ...(baseUrl && { baseURL: baseUrl }),
      maxRetries: 0,
      timeout: deadlineMs,
      fetch,
      logLevel: 'off',
    })
  }
  return {
    name: 'openai',
    // Its voices are language models: they read figures by their context, and every word more would be paid.
    needsWords: false,
    async speak({ text, voice, model, direction }, { signal }) {
      const format = formats.find((one) => one === voice.settings['format']) ?? 'wav'
      const { speed } = voice.settings
      const request = {
        model,
        voice: voice.providerVoice,
        input: text,
        response_format: format,
        ...(typeof speed === 'number' && { speed }),
        ...(direction && model.startsWith('gpt-') && { instructions: direction }),
      }
      const sdk = await (client ??= connect())
      const deadline = callDeadline(signal, deadlineMs)
      try {
        const response = await sdk.audio.speech.create(request, { signal: deadline.signal })
        const requestId = response.headers.get('x-request-id')
        return {
          audio: Buffer.from(await response.arrayBuffer()),
          format,
          ...(format === 'pcm' && { sampleRateHz: RATE_HZ }),
          units: [...text].length,
          unit: 'character',
          ...(requestId && { requestId }),
        }
      } catch (error) {
        throw speechFailed('OpenAI', deadline.orError(error))
      }
    },
  }
}
