import type { IncomingHttpHeaders } from 'node:http'
import type { Answer, Call, Handler } from './handler.ts'
import { chatBody, chatEvents } from './openai-chat.ts'
import { responseBody, responseEvents } from './openai-responses.ts'
import { spoilText } from './model-faults.ts'
import { answerQuestion } from './script-model.ts'

/** What the model says, and how it comes to an end. */
export interface Said {
  id: string
  model: string
  text: string
  /** Set, the model says this instead of an answer. */
  refusal?: string
  ending: 'done' | 'max-tokens' | 'content-filter' | 'breaks-off'
  inputTokens: number
  outputTokens: number
}

interface Ask {
  model?: string
  stream?: boolean
  instructions?: string
  input?: string
  messages?: { role: string; content: string }[]
  text?: { format?: { type?: string } }
  response_format?: { type?: string }
}

const ROUTES: Record<string, string> = { '/v1/responses': 'openai-responses', '/v1/chat/completions': 'openai-chat' }
const KNOWN_ENDINGS: Record<string, Said['ending']> = {
  'max-tokens': 'max-tokens',
  'content-filter': 'content-filter',
  'stops-in-the-middle': 'breaks-off',
}
let answers = 0

/** The part of OpenAI's API that writes: `/v1/responses` and `/v1/chat/completions`, whole or as events, with structured output. */
export const openAiText: Handler = async (request, body, response, control) => {
  const path = (request.url ?? '').split('?')[0] ?? ''
  const route = ROUTES[path]
  if (!route || request.method !== 'POST') return false
  const ask = readAsk(body)
  const input = ask?.input ?? ask?.messages?.findLast(({ role }) => role === 'user')?.content ?? ''
  const call: Call = { route, key: keyOf(request.headers), text: input, errorAnswer }
  return control.serve(call, response, (fault) => answer(ask, input, route, fault))
}

function answer(ask: Ask | undefined, input: string, route: string, fault: string | undefined): Answer {
  if (!ask?.model) return errorAnswer(400)
  if (ask.model === 'unknown-model') return errorAnswer(404, 'model_not_found')
  if (fault === 'no-such-route') return errorAnswer(404)
  const format = ask.text?.format?.type ?? ask.response_format?.type
  if (format !== 'json_schema') return errorAnswer(400)
  const said = say(ask, input, fault)
  const isChat = route === 'openai-chat'
  if (!ask.stream) return json(200, isChat ? chatBody(said) : responseBody(said))
  const events = isChat ? chatEvents(said) : responseEvents(said)
  return {
    status: 200,
    headers: { 'content-type': 'text/event-stream; charset=utf-8', 'x-request-id': said.id },
    body: events.join(''),
  }
}

function say({ model = '', instructions = '' }: Ask, input: string, fault: string | undefined): Said {
  const { language } = JSON.parse(input) as { language: 'zh' | 'en' }
  const text = spoilText(answerQuestion(input, fault), language, fault)
  answers += 1
  return {
    id: `resp_${answers.toString(16).padStart(12, '0')}`,
    model,
    text,
    ...(fault === 'refusal' && { refusal: "I'm sorry, but I can't help with that." }),
    ending: KNOWN_ENDINGS[fault ?? ''] ?? 'done',
    inputTokens: Math.ceil((input.length + instructions.length) / 3),
    outputTokens: Math.ceil(text.length / 3),
  }
}

function readAsk(body: Buffer): Ask | undefined {
  try {
    return JSON.parse(body.toString()) as Ask
  } catch {
    return undefined
  }
}

const keyOf = ({ authorization = '' }: IncomingHttpHeaders): string => authorization.replace(/^Bearer /, '')

const json = (status: number, body: unknown): Answer => ({
  status,
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify(body),
})

const TYPES: Record<number, string> = {
  401: 'invalid_request_error',
  429: 'rate_limit_error',
  500: 'server_error',
  529: 'overloaded_error',
}

/** An error as OpenAI writes it. */
function errorAnswer(status: number, code?: string): Answer {
  const type = TYPES[status] ?? (status >= 500 ? 'server_error' : 'invalid_request_error')
  return json(status, { error: { message: `a fake ${status}${code ? ` ${code}` : ''}`, type, param: null, code: code ?? null } })
}
