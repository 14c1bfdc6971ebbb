import type { ElevenLabs } from '@elevenlabs/elevenlabs-js'
import type { TextToSpeechClient } from '@elevenlabs/elevenlabs-js/api/resources/textToSpeech/client/Client.js'
import { boundedFetch } from './bounded-fetch.ts'
import { callDeadline } from './call-deadline.ts'
import { SpeechFailed } from './port.ts'
import type { Alignment, SpeechAnswer, SpeechProvider, SpeechRequest } from './port.ts'
import { speechFailed } from './provider-errors.ts'

/** How the provider is reached. `deadlineMs`: a call, with its whole answer, never takes longer. */
export interface ElevenLabsOptions {
  apiKey: string
  baseUrl?: string
  /** The plan decides which are allowed; one that is not is given up for MP3. */
  outputFormat?: OutputFormat
  deadlineMs?: number
  maxBytes?: number
}

export const outputFormats = [
  'pcm_16000',
  'pcm_22050',
  'pcm_24000',
  'pcm_44100',
  'pcm_48000',
  'wav_24000',
  'mp3_44100_128',
] as const
type OutputFormat = (typeof outputFormats)[number]

/** The model that must not be told the language: it hears it itself. */
const TELLS_LANGUAGE_ITSELF = 'eleven_multilingual_v2'

/** ElevenLabs' voices, with the time of each character. A voice's settings may hold `voiceSettings` as ElevenLabs names them. */
export function createElevenLabsSpeech(options: ElevenLabsOptions): SpeechProvider {
  const { apiKey, baseUrl, deadlineMs = 90_000, maxBytes = 64 << 20 } = options
  let outputFormat: OutputFormat = options.outputFormat ?? 'pcm_24000'
  let client: Promise<TextToSpeechClient> | undefined
  // The whole SDK takes seconds to load, in which no heartbeat leaves the worker: its speech alone takes a third, and only the first call waits.
  const connect = async () => {
    const { TextToSpeechClient: Client } = await import('@elevenlabs/elevenlabs-js/api/resources/textToSpeech/client/Client.js')
    const fetch = boundedFetch({ maxBytes, accepts: /^application\/json/ })
    return new Client({ apiKey, ...(baseUrl && { baseUrl }), maxRetries: 0, timeoutInSeconds: deadlineMs / 1000, fetch })
  }
  return {
    name: 'elevenlabs',
    // It writes figures out itself (`apply_text_normalization` is on by default), and every word more would be paid.
    needsWords: false,
    async speak(request, { signal }) {
      const asked = outputFormat
      const sdk = await (client ??= connect())
      const deadline = callDeadline(signal, deadlineMs)
      try {
        const { data, rawResponse } = await sdk
          .convertWithTimestamps(request.voice.providerVoice, bodyOf(request, asked), {
            abortSignal: deadline.signal,
          })
          .withRawResponse()
        return answerOf(request, data, rawResponse.headers, asked)
      } catch (error) {
        const failure = speechFailed('ElevenLabs', deadline.orError(error))
        // The next call, this line's own retry among them, asks for what every plan has.
        if (failure instanceof SpeechFailed && failure.code === 'format_not_in_plan') outputFormat = 'mp3_44100_128'
        throw failure
      }
    },
  }
}

function bodyOf({ text, language, model, voice }: SpeechRequest, outputFormat: OutputFormat) {
  const { voiceSettings } = voice.settings as { voiceSettings?: ElevenLabs.VoiceSettings }
  return {
    text,
    modelId: model,
    outputFormat,
    ...(model !== TELLS_LANGUAGE_ITSELF && { languageCode: language }),
    ...(voiceSettings && { voiceSettings }),
  }
}

function answerOf(
  { text }: SpeechRequest,
  { audioBase64, alignment }: ElevenLabs.AudioWithTimestampsResponse,
  headers: Headers,
  outputFormat: OutputFormat,
): SpeechAnswer {
  const [format, rate] = outputFormat.split('_') as [SpeechAnswer['format'], string]
  const charged = Number(headers.get('character-cost') ?? NaN)
  const requestId = headers.get('request-id')
  return {
    audio: Buffer.from(audioBase64, 'base64'),
    format,
    ...(format === 'pcm' && { sampleRateHz: Number(rate) }),
    units: Number.isSafeInteger(charged) && charged >= 0 ? charged : [...text].length,
    unit: 'character',
    ...(requestId && { requestId }),
    ...(alignment && { alignment: inMilliseconds(alignment) }),
  }
}

const inMilliseconds = ({
  characters,
  characterStartTimesSeconds,
  characterEndTimesSeconds,
}: ElevenLabs.CharacterAlignmentResponseModel): Alignment => ({
  characters,
  startsMs: characterStartTimesSeconds.map((seconds) => Math.round(seconds * 1000)),
  endsMs: characterEndTimesSeconds.map((seconds) => Math.round(seconds * 1000)),
})
