import type { Database } from '../../prisma/client.ts'
import { costMicroUsd } from '../../shared/money.ts'
import type { ScriptModel } from '../../shared/providers.ts'
import { HttpProblem } from '../http/problem.ts'

/** What is to be written, in characters of its language. */
interface Writing {
  language: 'zh' | 'en'
  sourceCharacters: number
  talkCharacters: number
  sections: number
}

/** A Chinese character is about a token, so are four Latin ones. */
const CHARACTERS_A_TOKEN = { zh: 1, en: 4 }
/** What is asked for and what came before, sent with every question; and what surrounds the words of an answer (names, sources, marks). */
const QUESTION_TOKENS = 1_500
const OUTLINE_TOKENS = 600
const ANSWER_SHARE = 2

/**
 * What a model asks for the script, in micro-USD: `min` when every answer is good, `max` when each had to be asked for a second time. The sources are
 * read once for the outline and once by its sections, long ones once more in parts. An unknown price is refused, never free.
 */
export async function scriptPrice(db: Database, model: ScriptModel, writing: Writing): Promise<{ min: bigint; max: bigint }> {
  const { language, sourceCharacters, talkCharacters, sections } = writing
  const tokens = (characters: number) => Math.ceil(characters / CHARACTERS_A_TOKEN[language])
  const input = tokens(sourceCharacters) * 2 + QUESTION_TOKENS * (sections + 1)
  const output = OUTLINE_TOKENS + tokens(talkCharacters) * ANSWER_SHARE
  const [read, written] = await Promise.all([priceOf(db, model, 'input-token'), priceOf(db, model, 'output-token')])
  return {
    min: costMicroUsd(input, read) + costMicroUsd(output, written),
    max: costMicroUsd((input + tokens(sourceCharacters)) * 2, read) + costMicroUsd(output * 2, written),
  }
}

async function priceOf(db: Database, { provider, model }: ScriptModel, unit: string) {
  const price = await db.price.findFirst({
    where: { provider, model, unit, effectiveFrom: { lte: new Date() } },
    orderBy: { effectiveFrom: 'desc' },
  })
  if (price) return price
  throw new HttpProblem(
    'price-unknown',
    `Nobody knows what ${provider} ${model} costs, so it cannot write the script. Give a finished script, or ask an administrator for its price.`,
  )
}
