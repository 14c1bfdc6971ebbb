import { piecesOf } from './openai-responses.ts'
import type { Said } from './openai-text.ts'

const FINISH: Partial<Record<Said['ending'], string>> = {
  done: 'stop',
  'max-tokens': 'length',
  'content-filter': 'content_filter',
}

/** What `/v1/chat/completions` answers at once. */
export function chatBody(said: Said) {
  const message = { role: 'assistant', content: said.refusal ? null : said.text, refusal: said.refusal ?? null }
  return {
    ...head(said, 'chat.completion'),
    choices: [{ index: 0, message, logprobs: null, finish_reason: FINISH[said.ending] ?? null }],
    usage: usage(said),
  }
}

/** What `/v1/chat/completions` sends piece by piece. Cut short, the last ones never come. */
export function chatEvents(said: Said): string[] {
  const pieces = piecesOf(said.refusal ?? said.text)
  const kept = said.ending === 'done' ? pieces : pieces.slice(0, Math.ceil(pieces.length / 2))
  const chunk = (delta: object, finish: string | null = null): object => ({
    ...head(said, 'chat.completion.chunk'),
    choices: [{ index: 0, delta, logprobs: null, finish_reason: finish }],
    usage: null,
  })
  const chunks = [
    chunk({ role: 'assistant', content: '', refusal: null }),
    ...kept.map((piece) => chunk(said.refusal ? { refusal: piece } : { content: piece })),
  ]
  const finish = FINISH[said.ending]
  if (finish) chunks.push(chunk({}, finish), { ...head(said, 'chat.completion.chunk'), choices: [], usage: usage(said) })
  return [...chunks.map((each) => `data: ${JSON.stringify(each)}\n\n`), ...(finish ? ['data: [DONE]\n\n'] : [])]
}

const head = ({ id, model }: Said, object: string) => ({
  id: `chatcmpl-${id}`,
  object,
  created: 1_790_000_000,
  model,
  system_fingerprint: 'fake',
})

const usage = ({ inputTokens, outputTokens }: Said) => ({
  prompt_tokens: inputTokens,
  completion_tokens: outputTokens,
  total_tokens: inputTokens + outputTokens,
})
