import type { Said } from './openai-text.ts'

/** Characters of one event: a few tokens, as models send them. */
const DELTA_CHARACTERS = 24

/** A text in the pieces it is sent in; never within a surrogate pair. */
export function piecesOf(text: string): string[] {
  const characters = [...text]
  return Array.from({ length: Math.ceil(characters.length / DELTA_CHARACTERS) }, (_, at) =>
    characters.slice(at * DELTA_CHARACTERS, (at + 1) * DELTA_CHARACTERS).join(''),
  )
}

const REASONS: Partial<Record<Said['ending'], string>> = { 'max-tokens': 'max_output_tokens', 'content-filter': 'content_filter' }

/** What `/v1/responses` answers at once. */
export function responseBody(said: Said) {
  const reason = REASONS[said.ending]
  return {
    ...head(said, reason ? 'incomplete' : 'completed'),
    incomplete_details: reason ? { reason } : null,
    output: [item(said)],
    usage: usage(said),
  }
}

/** What `/v1/responses` sends event by event. Cut short, the last ones never come. */
export function responseEvents(said: Said): string[] {
  const place = { item_id: `msg_${said.id}`, output_index: 0, content_index: 0 }
  const name = said.refusal ? 'refusal' : 'output_text'
  const part = said.refusal ? { type: 'refusal', refusal: '' } : { type: 'output_text', text: '', annotations: [] }
  const pieces = piecesOf(said.refusal ?? said.text)
  const kept = said.ending === 'done' ? pieces : pieces.slice(0, Math.ceil(pieces.length / 2))
  const events: { type: string; [key: string]: unknown }[] = [
    { type: 'response.created', response: head(said, 'in_progress') },
    { type: 'response.in_progress', response: head(said, 'in_progress') },
    { type: 'response.output_item.added', output_index: 0, item: { ...item(said), status: 'in_progress', content: [] } },
    { type: 'response.content_part.added', ...place, part },
    ...kept.map((delta) => ({ type: `response.${name}.delta`, ...place, delta, ...(!said.refusal && { logprobs: [] }) })),
  ]
  if (said.ending === 'done') {
    events.push(
      {
        type: `response.${name}.done`,
        ...place,
        ...(said.refusal ? { refusal: said.refusal } : { text: said.text, logprobs: [] }),
      },
      { type: 'response.output_item.done', output_index: 0, item: item(said) },
    )
  }
  if (said.ending !== 'breaks-off') {
    events.push({ type: said.ending === 'done' ? 'response.completed' : 'response.incomplete', response: responseBody(said) })
  }
  return events.map((event, at) => `event: ${event.type}\ndata: ${JSON.stringify({ ...event, sequence_number: at })}\n\n`)
}

const head = ({ id, model }: Said, status: string) => ({
  id,
  object: 'response',
  created_at: 1_790_000_000,
  status,
  error: null,
  incomplete_details: null as { reason: string } | null,
  model,
  output: [] as unknown[],
  usage: null as unknown,
})

const item = (said: Said) => ({
  id: `msg_${said.id}`,
  type: 'message',
  status: said.ending === 'done' ? 'completed' : 'incomplete',
  role: 'assistant',
  content: said.refusal
    ? [{ type: 'refusal', refusal: said.refusal }]
    : [{ type: 'output_text', text: said.text, annotations: [] }],
})

const usage = ({ inputTokens, outputTokens }: Said) => ({
  input_tokens: inputTokens,
  input_tokens_details: { cached_tokens: 0 },
  output_tokens: outputTokens,
  output_tokens_details: { reasoning_tokens: 0 },
  total_tokens: inputTokens + outputTokens,
})
