import { randomUUID } from 'node:crypto'
import type { Answer, Call, Handler } from './handler.ts'
import { mp3Bytes } from './mp3.ts'
import { pcmBytes, speechSound, wavBytes } from './speech-sound.ts'
import { send } from './spoil.ts'

const RATE_HZ = 24_000
const MAX_CHARACTERS = 4096
const models = ['gpt-4o-mini-tts', 'tts-1', 'tts-1-hd']
const voices = 'alloy ash ballad coral echo fable onyx nova sage shimmer verse marin cedar'.split(' ')
const contentTypes: Record<string, string> = { wav: 'audio/wav', pcm: 'audio/pcm', mp3: 'audio/mpeg' }

interface Wish {
  model: string
  input: string
  voice: string
  response_format?: string
}

const usualCodes: Record<number, { type: string; code: string | null; message: string }> = {
  401: { type: 'invalid_request_error', code: 'invalid_api_key', message: 'Incorrect API key provided.' },
  403: { type: 'invalid_request_error', code: 'unsupported_country_region_territory', message: 'Country not supported.' },
  404: {
    type: 'invalid_request_error',
    code: 'model_not_found',
    message: 'The model does not exist or you do not have access to it.',
  },
  429: { type: 'requests', code: 'rate_limit_exceeded', message: 'Rate limit reached for requests.' },
}

/** An error as OpenAI words it. */
export function openAiError(status: number, code?: string, message?: string): Answer {
  const usual = usualCodes[status] ?? {
    type: status < 500 ? 'invalid_request_error' : 'server_error',
    code: null,
    message: `Error ${status}`,
  }
  const error = { message: message ?? usual.message, type: usual.type, param: null, code: code ?? usual.code }
  return { status, headers: openAiHeaders('application/json'), body: JSON.stringify({ error }) }
}

/** The headers OpenAI sends with everything. */
export const openAiHeaders = (contentType: string): Record<string, string> => ({
  'content-type': contentType,
  'x-request-id': `req_${randomUUID().replaceAll('-', '')}`,
  'openai-processing-ms': '12',
  'openai-version': '2020-10-01',
})

const bearer = (authorization = '') => authorization.replace(/^Bearer /, '')

/** `POST /v1/audio/speech` and `GET /v1/models` as OpenAI answers them. */
export const openAiSpeech =
  (ffmpegPath: string | undefined): Handler =>
  async (request, body, response, control) => {
    const key = bearer(request.headers.authorization)
    if (request.method === 'GET' && request.url === '/v1/models' && request.headers.authorization) {
      const data = models.map((id) => ({ id, object: 'model', created: 1_730_000_000, owned_by: 'openai' }))
      const call: Call = { route: 'openai-models', key, text: '', errorAnswer: openAiError }
      const list = JSON.stringify({ object: 'list', data })
      return control.serve(call, response, () => ({ status: 200, headers: openAiHeaders('application/json'), body: list }))
    }
    if (request.method !== 'POST' || request.url !== '/v1/audio/speech') return false
    const wish = parsed(body)
    if (!wish) {
      send(openAiError(400, undefined, 'We could not parse the JSON body of your request.'), response)
      return true
    }
    const call: Call = { route: 'openai-speech', key, text: wish.input, errorAnswer: openAiError }
    return control.serve(call, response, (fault) => complaint(wish) ?? spoken(wish, fault, ffmpegPath))
  }

function parsed(body: Buffer): Wish | undefined {
  try {
    const wish = JSON.parse(body.toString('utf8')) as Wish
    return typeof wish.input === 'string' ? wish : undefined
  } catch {
    return undefined
  }
}

function complaint({ model, input, voice, response_format: format = 'mp3' }: Wish): Answer | undefined {
  if (!models.includes(model)) return openAiError(404)
  if (!voices.includes(voice)) return openAiError(400, undefined, `Invalid voice ${JSON.stringify(voice)}`)
  if ([...input].length > MAX_CHARACTERS) return openAiError(400, 'string_above_max_length', 'string too long')
  return contentTypes[format] ? undefined : openAiError(400, undefined, `Unsupported format ${format}`)
}

async function spoken(
  { input, voice, response_format: format = 'mp3' }: Wish,
  fault: string | undefined,
  ffmpegPath?: string,
): Promise<Answer> {
  const samples = speechSound(input, voice, RATE_HZ, fault)
  const isRaw = format === 'pcm' && fault !== 'wrong-container'
  const body = isRaw
    ? pcmBytes(samples)
    : format === 'mp3'
      ? await mp3Bytes(pcmBytes(samples), RATE_HZ, ffmpegPath)
      : fault === 'wrong-container'
        ? pcmBytes(samples)
        : wavBytes(samples, RATE_HZ)
  return { status: 200, headers: openAiHeaders(contentTypes[format]!), body }
}
