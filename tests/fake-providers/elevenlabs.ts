import { randomUUID } from 'node:crypto'
import { alignmentOf } from './alignment.ts'
import { elevenLabsVoices } from './elevenlabs-voices.ts'
import type { Answer, Call, Handler } from './handler.ts'
import { mp3Bytes } from './mp3.ts'
import { pcmBytes, speechSound, wavBytes } from './speech-sound.ts'
import { send } from './spoil.ts'

const usualCodes: Record<number, string> = {
  400: 'invalid_request',
  401: 'invalid_api_key',
  402: 'payment_required',
  403: 'missing_permissions',
  404: 'voice_not_found',
  409: 'conflict',
  429: 'too_many_concurrent_requests',
}

/** An error as ElevenLabs words it; what it could not read it lists. */
export function elevenLabsError(status: number, code?: string): Answer {
  const detail =
    status === 422
      ? [{ loc: ['body', 'text'], msg: 'field required', type: 'value_error.missing' }]
      : { status: code ?? usualCodes[status] ?? 'internal_server_error', message: `Refused with ${status}.` }
  return { status, headers: headersOf('application/json'), body: JSON.stringify({ detail }) }
}

const headersOf = (contentType: string): Record<string, string> => ({
  'content-type': contentType,
  'request-id': randomUUID().replaceAll('-', ''),
  'x-region': 'us-central1',
})

interface Wish {
  text: string
  model_id?: string
}

/**
 * `POST /v1/text-to-speech/:voice`, `/stream` and `/with-timestamps`, `GET /v1/voices`, `/v2/voices`, `/v1/models` as ElevenLabs
 * answers them. All speech is counted as `elevenlabs-speech`.
 */
export const elevenLabs =
  (ffmpegPath: string | undefined): Handler =>
  async (request, body, response, control) => {
    const url = new URL(request.url!, 'http://localhost')
    const key = String(request.headers['xi-api-key'] ?? '')
    const list = request.method === 'GET' && lists[url.pathname]
    // OpenAI has a /v1/models too; whoever brings this header means this one.
    if (list && request.headers['xi-api-key'] !== undefined) {
      const call: Call = { route: 'elevenlabs-lists', key, text: '', errorAnswer: elevenLabsError }
      return control.serve(call, response, () => ({
        status: 200,
        headers: headersOf('application/json'),
        body: JSON.stringify(list),
      }))
    }
    const [, voice, manner] = url.pathname.match(/^\/v1\/text-to-speech\/([^/]+)(?:\/(stream|with-timestamps))?$/) ?? []
    if (request.method !== 'POST' || !voice) return false
    const wish = parsed(body)
    if (!wish) {
      send(elevenLabsError(422), response)
      return true
    }
    const call: Call = { route: 'elevenlabs-speech', key, text: wish.text, errorAnswer: elevenLabsError }
    const format = url.searchParams.get('output_format') ?? 'mp3_44100_128'
    return control.serve(call, response, (fault) => {
      if (!elevenLabsVoices.some((one) => one.voice_id === voice)) return elevenLabsError(404)
      return spoken(wish.text, voice, { format, withTimes: manner === 'with-timestamps', fault, ffmpegPath })
    })
  }

const model = (id: string, most: number) => ({ model_id: id, can_do_text_to_speech: true, maximum_text_length_per_request: most })
const lists: Record<string, unknown> = {
  '/v1/voices': { voices: elevenLabsVoices },
  '/v2/voices': { voices: elevenLabsVoices, has_more: false, total_count: elevenLabsVoices.length, next_page_token: null },
  '/v1/models': [model('eleven_multilingual_v2', 10_000), model('eleven_v3', 5_000), model('eleven_flash_v2_5', 40_000)],
}

function parsed(body: Buffer): Wish | undefined {
  try {
    const wish = JSON.parse(body.toString('utf8')) as Wish
    return typeof wish.text === 'string' && wish.text ? wish : undefined
  } catch {
    return undefined
  }
}

interface Manner {
  format: string
  withTimes: boolean
  fault: string | undefined
  ffmpegPath: string | undefined
}

async function spoken(text: string, voice: string, { format, withTimes, fault, ffmpegPath }: Manner): Promise<Answer> {
  const [codec, rate] = format.split('_')
  const rateHz = Number(rate)
  const samples = speechSound(text, voice, rateHz, fault)
  const audio =
    codec === 'mp3'
      ? await mp3Bytes(pcmBytes(samples), rateHz, ffmpegPath)
      : codec === 'wav' || fault === 'wrong-container'
        ? wavBytes(samples, rateHz)
        : pcmBytes(samples)
  const headers = {
    ...headersOf(withTimes ? 'application/json' : codec === 'mp3' ? 'audio/mpeg' : 'audio/pcm'),
    'character-cost': String([...text].length),
    'tts-latency-ms': '40',
  }
  if (!withTimes) return { status: 200, headers, body: audio }
  const alignment = alignmentOf(text, samples.length / rateHz)
  const body = JSON.stringify({ audio_base64: audio.toString('base64'), alignment, normalized_alignment: alignment })
  return { status: 200, headers, body }
}
