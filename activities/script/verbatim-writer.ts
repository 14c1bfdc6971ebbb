import { type Span, spokenUnits } from '../../shared/text.ts'
import { type LineSpan, lineSpans, textOfSpan } from './line-grouping.ts'
import type { DraftLine, Outline, OutlineRequest, OutlineSection, ScriptWriter, SectionRequest, Usage } from './port.ts'
import { ScriptFailed } from './port.ts'

// About four minutes: the first section is voiced while the next is written, and a page of the script is readable.
const SECTION_UNITS = 1_500
const PAUSE_MS = { sentence: 350, paragraph: 700, heading: 900 }
const HEADING = /^#{1,6}\s+(.*\S)(?:\s+#+)?$/u
const DEFAULT_SPEAKER = { zh: '旁白', en: 'Narrator' }

const headingOf = (text: string, span: Span): string | undefined => HEADING.exec(text.slice(span.start, span.end))?.[1]

interface Cut extends Span {
  title: string
  units: number
}

// Sections begin at headings, and at a paragraph when one has grown long.
function cuts(text: string, title: string): Cut[] {
  const found: Cut[] = []
  let isParagraphStart = true
  for (const line of lineSpans(text)) {
    const heading = headingOf(text, line)
    const current = found.at(-1)
    const units = spokenUnits(text.slice(line.start, line.end), 'zh')
    if (!current || heading || (current.units >= SECTION_UNITS && isParagraphStart)) {
      found.push({ start: line.start, end: line.end, title: heading ?? current?.title ?? title, units })
    } else {
      current.end = line.end
      current.units += units
    }
    isParagraphStart = line.endsParagraph
  }
  return found
}

function sourceSections({ sources, language }: OutlineRequest): OutlineSection[] {
  return sources.flatMap(({ title = '', text }, source) =>
    cuts(text, title).map(({ start, end, title: sectionTitle }) => ({
      title: sectionTitle,
      passages: [{ source, start, end }],
      targetUnits: spokenUnits(text.slice(start, end), language),
    })),
  )
}

function titleOf({ title, sources }: OutlineRequest, sections: readonly OutlineSection[]): string {
  const firstWords =
    (sources[0]?.text ?? '')
      .slice(0, 200)
      .replace(/^#+\s*/, '')
      .split(/[\n。！？!?，,]/u)[0] ?? ''
  return title || sources[0]?.title || sections[0]?.title || [...firstWords.trim()].slice(0, 30).join('')
}

function pauseAfter(text: string, line: LineSpan): number {
  if (headingOf(text, line)) return PAUSE_MS.heading
  return line.endsParagraph ? PAUSE_MS.paragraph : PAUSE_MS.sentence
}

async function outline(request: OutlineRequest): Promise<{ outline: Outline; usage: Usage }> {
  const sections = sourceSections(request)
  if (sections.length === 0) throw new ScriptFailed('nothing_to_say', 'no source has a letter or digit', { retryable: false })
  const inputUnits = request.sources.reduce((total, source) => total + source.text.length, 0)
  return { outline: { title: titleOf(request, sections), sections }, usage: { inputUnits, outputUnits: 0 } }
}

async function* section(request: SectionRequest, { signal }: { signal: AbortSignal }): AsyncGenerator<DraftLine, Usage> {
  const speaker = request.speakers[0]?.name ?? DEFAULT_SPEAKER[request.language]
  const usage: Usage = { inputUnits: 0, outputUnits: 0 }
  for (const passage of request.outline.sections[request.sectionIndex]?.passages ?? []) {
    const text = (request.sources[passage.source]?.text ?? '').slice(passage.start, passage.end)
    usage.inputUnits += text.length
    for (const line of lineSpans(text)) {
      signal.throwIfAborted()
      const spoken = headingOf(text, line) ?? textOfSpan(text, line)
      usage.outputUnits += spoken.length
      const ref = { source: passage.source, start: passage.start + line.start, end: passage.start + line.end }
      yield { speaker, text: spoken, pauseAfterMs: pauseAfter(text, line), sourceRefs: [ref] }
    }
  }
  return usage
}

/**
 * Reads the sources as written, one speaker, never losing a character: sentences become lines, Markdown headings begin sections and are
 * read without their marks. Needs no provider, costs nothing; the same request gives the same script.
 */
export const verbatimWriter: ScriptWriter = {
  name: 'verbatim',
  provider: 'local',
  model: 'verbatim-1',
  accounts: 'deed',
  outline,
  section,
}
