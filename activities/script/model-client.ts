import type { OpenAI } from 'openai'
import type { z } from 'zod'
import { BadAnswer, modelFailure, notAnswered } from './model-errors.ts'
import type { ScriptFailed, WriterOptions } from './port.ts'
import { TokenCount } from './token-count.ts'

/** Where the model is. `api: 'auto'` takes `/responses` where the server has it, else `/chat/completions`. */
export interface ModelSettings {
  apiKey?: string
  baseUrl?: string
  model: string
  api?: 'auto' | 'responses' | 'chat'
  /** The longest one answer may take, from the question to its last word. */
  deadlineMs?: number
}

/** A question whose answer is one JSON object of this shape. `input` is sent as JSON: what a source says stays inside its strings. */
export interface Question {
  name: string
  instructions: string
  input: unknown
  schema: z.ZodType
}

const DEADLINE_MS = 4 * 60_000
const MAX_OUTPUT_TOKENS = 16_000

/** Asks a model of OpenAI, or of a server that speaks its protocol, and hands on the answer's text as it is written. */
export class ModelClient {
  readonly #settings: ModelSettings
  #sdk: Promise<OpenAI> | undefined
  #chatOnly: boolean

  constructor(settings: ModelSettings) {
    this.#settings = settings
    this.#chatOnly = settings.api === 'chat'
  }

  /**
   * Pieces of the answer; whole at once where an earlier try has paid for it. Throws BadAnswer for a refusal or an answer without
   * an end, else ScriptFailed, or the signal's reason.
   */
  async *ask(question: Question, { signal, book }: WriterOptions): AsyncGenerator<string, void> {
    signal.throwIfAborted()
    const asked = JSON.stringify([this.#settings.model, question.instructions, question.input])
    const kept = await book.kept(asked)
    if (kept !== undefined) return yield kept
    const entry = await book.open(asked)
    const call = new TokenCount(asked)
    const deadline = AbortSignal.timeout(this.#settings.deadlineMs ?? DEADLINE_MS)
    let failure: BadAnswer | ScriptFailed | undefined = new BadAnswer('answer_unusable', 'the answer was not read to its end')
    try {
      for await (const piece of this.#answer(question, AbortSignal.any([signal, deadline]), call)) {
        call.wrote(piece)
        yield piece
      }
      failure = undefined
    } catch (error) {
      failure = failureOf(error, deadline)
      signal.throwIfAborted()
      throw failure
    } finally {
      // Here too when whoever reads has seen enough: then the answer was bad, and it is paid all the same.
      if (!failure) await entry.answered(call.written, call.usage ?? { inputUnits: 0, outputUnits: 0 })
      else await entry.failed(signal.aborted ? 'stopped' : failure.code, call.usage)
    }
  }

  async *#answer(question: Question, signal: AbortSignal, call: TokenCount): AsyncGenerator<string, void> {
    if (this.#chatOnly) return yield* this.#chat(question, signal, call)
    try {
      yield* this.#responses(question, signal, call)
    } catch (error) {
      if (this.#settings.api === 'responses' || !isRouteMissing(error)) throw error
      yield* this.#chat(question, signal, call)
      // Remembered only now: a proxy's passing 404 must not change how this process speaks from then on.
      this.#chatOnly = true
    }
  }

  async *#responses(question: Question, signal: AbortSignal, call: TokenCount): AsyncGenerator<string, void> {
    const [sdk, { zodTextFormat }] = await Promise.all([this.#open(), import('openai/helpers/zod')])
    const { data, response } = await sdk.responses
      .create(
        {
          model: this.#settings.model,
          instructions: question.instructions,
          input: JSON.stringify(question.input),
          text: { format: zodTextFormat(question.schema, question.name) },
          max_output_tokens: MAX_OUTPUT_TOKENS,
          store: false,
          stream: true,
        },
        { signal },
      )
      .withResponse()
    refuseNonApi(response)
    let refusal = ''
    for await (const event of data) {
      if (event.type === 'response.output_text.delta') yield event.delta
      else if (event.type === 'response.refusal.delta') refusal += event.delta
      else if (event.type === 'response.failed') throw Object.assign(new Error('the model failed'), event.response.error)
      else if (event.type === 'response.completed' || event.type === 'response.incomplete') {
        const { usage, incomplete_details: incomplete } = event.response
        if (usage) call.charged(usage.input_tokens, usage.output_tokens)
        return judgeEnd(refusal, incomplete?.reason)
      }
    }
    signal.throwIfAborted()
    throw notAnswered('cut', 'the answer broke off')
  }

  async *#chat(question: Question, signal: AbortSignal, call: TokenCount): AsyncGenerator<string, void> {
    const [sdk, { zodResponseFormat }] = await Promise.all([this.#open(), import('openai/helpers/zod')])
    const { data, response } = await sdk.chat.completions
      .create(
        {
          model: this.#settings.model,
          messages: [
            { role: 'system', content: question.instructions },
            { role: 'user', content: JSON.stringify(question.input) },
          ],
          response_format: zodResponseFormat(question.schema, question.name),
          stream: true,
          stream_options: { include_usage: true },
        },
        { signal },
      )
      .withResponse()
    refuseNonApi(response)
    let [refusal, ending] = ['', '']
    for await (const chunk of data) {
      // Compatible servers leave out what OpenAI always sends.
      const { choices, usage } = chunk as Partial<typeof chunk>
      const choice = choices?.[0] as Partial<(typeof chunk)['choices'][number]> | undefined
      if (choice?.delta?.content) yield choice.delta.content
      if (choice?.delta?.refusal) refusal += choice.delta.refusal
      if (choice?.finish_reason) ending = choice.finish_reason
      if (usage) call.charged(usage.prompt_tokens, usage.completion_tokens)
    }
    signal.throwIfAborted()
    if (!ending) throw notAnswered('cut', 'the answer broke off')
    judgeEnd(refusal, ending === 'length' ? 'max_output_tokens' : ending === 'content_filter' ? 'content_filter' : undefined)
  }

  // Loaded when first needed: a house without a key never pays for it.
  #open(): Promise<OpenAI> {
    const { apiKey, baseUrl } = this.#settings
    this.#sdk ??= import('openai').then(
      ({ OpenAI: Sdk }) =>
        // A server of one's own often wants no key, the SDK always does. Retries are the workflow's.
        new Sdk({ apiKey: apiKey ?? 'none', baseURL: baseUrl ?? null, maxRetries: 0, logLevel: 'off' }),
    )
    return this.#sdk
  }
}

function failureOf(error: unknown, deadline: AbortSignal): BadAnswer | ScriptFailed {
  if (deadline.aborted) return notAnswered('timeout', 'the model did not finish in time', error)
  return error instanceof BadAnswer ? error : modelFailure(error)
}

function isRouteMissing(error: unknown): boolean {
  const { status, code } = error as { status?: number; code?: string | null }
  return (status === 404 || status === 405 || status === 501) && code !== 'model_not_found'
}

/** A proxy's page of apology comes with 200 too. */
function refuseNonApi({ headers }: Response): void {
  const type = headers.get('content-type') ?? ''
  if (!type.includes('text/event-stream'))
    throw notAnswered('html', `the address answered ${type || 'something'} instead of events`)
}

function judgeEnd(refusal: string, reason: string | undefined): void {
  if (refusal) throw new BadAnswer('model_refused', `you refused: ${refusal.slice(0, 200)}`)
  if (reason === 'content_filter') throw Object.assign(new Error('the provider filtered the answer'), { code: 'content_filter' })
  if (reason) throw new BadAnswer('answer_too_long', 'the answer was longer than allowed and was cut')
}
