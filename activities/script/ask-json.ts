import { z } from 'zod'
import type { ModelClient, Question } from './model-client.ts'
import { BadAnswer } from './model-errors.ts'
import { ScriptFailed, type WriterOptions } from './port.ts'

const MOST_CHARACTERS = 400_000

/**
 * A whole answer in its shape. One that has not the shape, is refused, or that `judge` complains of (by throwing BadAnswer) is asked for once more with
 * the reason; after that a person is asked.
 */
export async function askForJson<S extends z.ZodType>(
  client: ModelClient,
  question: Question & { schema: S; input: object },
  options: WriterOptions,
  judge: (answer: z.output<S>) => void = () => {},
): Promise<z.output<S>> {
  let complaint: BadAnswer | undefined
  for (let asked = 0; asked < 2; asked += 1) {
    const input = complaint ? { ...question.input, complaint: complaint.message } : question.input
    try {
      const answer = await whole(client, { ...question, input }, options)
      judge(answer as z.output<S>)
      return answer as z.output<S>
    } catch (error) {
      if (!(error instanceof BadAnswer)) throw error
      complaint = error
    }
  }
  throw asksPerson(complaint as BadAnswer)
}

/** The end of asking: twice a bad answer, and now somebody should look at it. */
export function asksPerson({ code, message }: BadAnswer): ScriptFailed {
  return new ScriptFailed(code, `asked twice, the model's answer could not be used: ${message}`, {
    retryable: false,
    waitsForPerson: true,
  })
}

async function whole(client: ModelClient, question: Question, options: WriterOptions): Promise<unknown> {
  let text = ''
  for await (const piece of client.ask(question, options)) {
    text += piece
    if (text.length > MOST_CHARACTERS) throw new BadAnswer('answer_too_long', 'the answer does not end')
  }
  const json = text.slice(text.indexOf('{'), text.lastIndexOf('}') + 1)
  const parsed = question.schema.safeParse(readJson(json))
  if (parsed.success) return parsed.data
  throw new BadAnswer('broken_answer', `the answer has not the shape asked for: ${z.prettifyError(parsed.error).slice(0, 300)}`)
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new BadAnswer('broken_answer', 'the answer is not JSON')
  }
}
