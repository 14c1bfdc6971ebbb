import { z } from 'zod'
import { cleanText, detectLanguage, hasSpeech } from '../../shared/text.ts'
import { askForJson } from './ask-json.ts'
import type { ModelClient } from './model-client.ts'
import { BadAnswer } from './model-errors.ts'
import { type Passage, passagesIn, passagesOf, partsOf, refsOf } from './passages.ts'
import { type Outline, type OutlineRequest, type OutlineSection, ScriptFailed, type WriterOptions } from './port.ts'
import { outlineInstructions } from './prompts.ts'
import { materialOf } from './source-notes.ts'
import { plainSpeech, wrongLanguage } from './spoken-line.ts'
import { planLength } from './talk-length.ts'

const schema = z.object({
  title: z.string(),
  sections: z
    .array(z.object({ title: z.string(), summary: z.string(), passages: z.array(z.number().int()), share: z.number().int() }))
    .min(1),
})
type Answer = z.output<typeof schema>

/** A section longer than this is written in parts, so that sound does not wait for it. */
const LONGEST_SECTION = 2
const TITLE_CHARACTERS = 80

/** Asks for the plan of a programme and turns it into sections with their share of the length asked for. */
export async function writeOutline(
  client: ModelClient,
  request: OutlineRequest,
  contextCharacters: number,
  options: WriterOptions,
): Promise<{ outline: Outline }> {
  const passages = passagesOf(request)
  if (!passages.some(({ text }) => hasSpeech(text))) {
    throw new ScriptFailed('nothing_to_say', 'no source has a letter or digit', { retryable: false })
  }
  const plan = planLength(request)
  const material = await materialOf(client, request, passages, contextCharacters, options)
  const titles = request.sources.map(({ title }) => title).filter((title) => title !== undefined)
  const input = {
    task: 'outline',
    language: request.language,
    sections: plan.sections,
    ...(request.title && { title: request.title }),
    ...(titles.length > 0 && { titles }),
    ...material,
  }
  const question = { name: 'outline', instructions: outlineInstructions(request, plan.sections), input, schema }
  const answer = await askForJson(client, question, options, (found) => judge(found, request, passages, plan.sections))
  const title = request.title || shortTitle(answer.title) || request.sources[0]?.title || shortTitle(passages[0]!.text)
  return { outline: { title, sections: inParts(sectionsOf(answer, passages, plan.units), passages, plan) } }
}

function judge(answer: Answer, { language }: OutlineRequest, passages: readonly Passage[], wanted: number): void {
  if (answer.sections.length > wanted * 2 + 2) throw new BadAnswer('too_many_sections', `there must be ${wanted} sections`)
  const words = answer.sections.map(({ title, summary }) => `${title} ${summary}`).join('\n')
  if (!hasSpeech(words)) throw new BadAnswer('broken_answer', 'the sections have no words')
  if (detectLanguage(words) !== language) throw wrongLanguage(language)
  const cited = answer.sections.flatMap((section) => section.passages)
  if (refsOf(passages, cited).length === 0) throw new BadAnswer('unknown_passages', 'no section names a passage that was given')
}

function shortTitle(words: string): string {
  const [line = ''] = cleanText(plainSpeech(words, [])).split('\n')
  return [...line.replace(/^["“《]|["”》]$/gu, '')].slice(0, TITLE_CHARACTERS).join('')
}

// A section that names no passage of its own goes on with those of the one before it.
function sectionsOf({ sections }: Answer, passages: readonly Passage[], units: number): OutlineSection[] {
  const share = ({ share: given }: Answer['sections'][number]): number => Math.min(10, Math.max(1, given))
  const total = sections.reduce((sum, section) => sum + share(section), 0)
  let refs = sections.map((section) => refsOf(passages, section.passages)).find((found) => found.length > 0)!
  return sections.map((section) => {
    const own = refsOf(passages, section.passages)
    refs = own.length > 0 ? own : refs
    const targetUnits = Math.round((units * share(section)) / total)
    return { title: shortTitle(section.title), summary: section.summary.slice(0, 600), passages: refs, targetUnits }
  })
}

function inParts(
  sections: OutlineSection[],
  passages: readonly Passage[],
  plan: { units: number; sections: number },
): OutlineSection[] {
  const usual = plan.units / plan.sections
  return sections.flatMap((section) => {
    const count = Math.floor(section.targetUnits / (usual * LONGEST_SECTION)) + 1
    const own = passagesIn(passages, section.passages)
    if (count < 2) return [section]
    const size = own.reduce((sum, { text }) => sum + text.length, 0)
    const parts = partsOf(own, Math.ceil(size / count) + 200)
    return Array.from({ length: count }, (_, at) => ({
      ...section,
      title: `${section.title} (${at + 1}/${count})`,
      passages: refsOf(
        own,
        (parts[Math.min(at, parts.length - 1)] ?? own).map(({ number }) => number),
      ),
      targetUnits: Math.round(section.targetUnits / count),
    }))
  })
}
