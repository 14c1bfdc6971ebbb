import { z } from 'zod'
import { asksPerson } from './ask-json.ts'
import { JsonObjects } from './json-objects.ts'
import { LineJudge, modelLine } from './line-judge.ts'
import type { ModelClient } from './model-client.ts'
import { BadAnswer } from './model-errors.ts'
import { passagesIn, passagesOf } from './passages.ts'
import type { DraftLine, SectionRequest, WriterOptions } from './port.ts'
import { sectionInstructions } from './prompts.ts'
import { type Material, materialOf } from './source-notes.ts'
import { WORDS_SHARE, sectionUnits } from './talk-length.ts'

const schema = z.object({ lines: z.array(modelLine) })
const SECTION_PAUSE_MS = 1_000
const LINES_BEFORE = 6
/** A line this long without an end is no line. */
const ENDLESS_CHARACTERS = 6_000
/** About six Latin characters make a word with its space. */
const UNITS_A_WORD = 6
const UNITS_A_LINE = { zh: 45, en: 110 }
/** What is wrong with the length alone is lived with the second time, while there is something like half a section. */
const LIVED_WITH = new Set(['too_long', 'too_short', 'too_many_lines', 'one_speaker'])

/**
 * Writes a section and gives out its lines one by one while the model still writes. What was accepted stays: when something is wrong, the model is told
 * what, and goes on from the last good line, once.
 */
export async function* writeLines(
  client: ModelClient,
  request: SectionRequest,
  contextCharacters: number,
  options: WriterOptions,
): AsyncGenerator<DraftLine, undefined> {
  const target = sectionUnits(request)
  const passages = passagesIn(passagesOf(request), request.outline.sections[request.sectionIndex]?.passages ?? [])
  const material = await materialOf(client, request, passages, contextCharacters, options)
  const judge = new LineJudge(request, passages, target)
  let complaint = yield* attempt(client, request, judge, { target, material }, options)
  if (complaint) {
    const again = yield* attempt(client, request, judge, { target, material, complaint }, options)
    if (again && !(LIVED_WITH.has(again.code) && judge.units > target * 0.5)) throw asksPerson(again)
  }
  const last = judge.lines.at(-1)
  if (last) yield { ...last, pauseAfterMs: SECTION_PAUSE_MS }
  return undefined
}

interface Task {
  target: number
  material: Material
  complaint?: BadAnswer
}

// One line is held back: which is the section's last, and so followed by a longer pause, is known only at the end.
async function* attempt(
  client: ModelClient,
  request: SectionRequest,
  judge: LineJudge,
  task: Task,
  options: WriterOptions,
): AsyncGenerator<DraftLine, BadAnswer | undefined> {
  const objects = new JsonObjects()
  let given = Math.max(0, judge.lines.length - 1)
  let fault: BadAnswer | undefined
  try {
    for await (const piece of client.ask(questionOf(request, judge, task), options)) {
      for (const found of read(objects, piece)) judge.take(found)
      if (objects.pending > ENDLESS_CHARACTERS) throw new BadAnswer('endless_line', 'a line does not end; write short lines')
      while (given < judge.lines.length - 1) yield judge.lines[given++] as DraftLine
    }
    if (!objects.ended) throw new BadAnswer('broken_answer', 'the JSON does not end')
    judge.judgeWhole()
  } catch (error) {
    if (!(error instanceof BadAnswer)) throw error
    fault = error
  }
  // Lines of the last piece that came before the fault were accepted too.
  while (given < judge.lines.length - 1) yield judge.lines[given++] as DraftLine
  return fault
}

function read(objects: JsonObjects, piece: string): unknown[] {
  try {
    return objects.push(piece)
  } catch {
    throw new BadAnswer('broken_answer', 'the answer is not JSON')
  }
}

function questionOf(request: SectionRequest, judge: LineJudge, { target, material, complaint }: Task) {
  const { outline, sectionIndex, written = [], language } = request
  const missing = Math.max(0, target - judge.units) * WORDS_SHARE
  const before = [...written, ...judge.lines].slice(-LINES_BEFORE).map(({ speaker, text }) => ({ speaker, text }))
  const words = Math.round(language === 'zh' ? missing : missing / UNITS_A_WORD)
  const lines = Math.max(1, Math.round(missing / UNITS_A_LINE[language]))
  const length =
    missing === 0
      ? 'in one closing line'
      : `about ${words} ${language === 'zh' ? '字 (Chinese characters)' : 'words'} in about ${lines} lines`
  const input = {
    task: 'section',
    language,
    speakers: request.speakers.map(({ name, role }) => ({ name, ...(role && { role }) })),
    title: outline.title,
    outline: outline.sections.map(({ title }) => title),
    section: { ...named(outline.sections[sectionIndex]), position: sectionIndex + 1, of: outline.sections.length },
    length: { [language === 'zh' ? 'characters' : 'words']: words, lines },
    before,
    ...material,
    ...(complaint && {
      complaint: `Your last answer was stopped: ${complaint.message}. The lines in "before" were kept. Go on after them with what is still missing.`,
    }),
  }
  return { name: 'section', instructions: sectionInstructions(request, length), input, schema }
}

const named = (section: SectionRequest['outline']['sections'][number] | undefined) => ({
  title: section?.title ?? '',
  summary: section?.summary ?? '',
})
