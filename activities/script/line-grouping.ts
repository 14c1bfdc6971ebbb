import { type Span, detectLanguage, hasSpeech, sentenceSpans, spokenUnits } from '../../shared/text.ts'

/** Longest line of a script: 20 s of speech, 120 Chinese or 300 Latin characters. One failed call costs no more than this. */
export const MAX_LINE_UNITS = 120
const MAX_SENTENCE_CHARACTERS = { zh: 120, en: 300 }

/** A few sentences read as one line. `endsParagraph`: a line break follows. */
export interface LineSpan extends Span {
  endsParagraph: boolean
}

/**
 * The lines a text is read in: sentences joined up to `MAX_LINE_UNITS` (Chinese characters, 2.5 Latin ones to each), not beyond a paragraph. Every
 * character but white space lies in exactly one line; what cannot be spoken alone (a rule, an emoji) is part of its neighbour. Empty when
 * nothing can be spoken.
 */
export function lineSpans(text: string): LineSpan[] {
  const lines: LineSpan[] = []
  let carriedStart: number | undefined
  for (const span of sentenceSpans(text, MAX_SENTENCE_CHARACTERS[detectLanguage(text)])) {
    const last = lines.at(-1)
    const isSpoken = hasSpeech(text.slice(span.start, span.end))
    const start = carriedStart ?? span.start
    if (last && (!isSpoken || belongs(text, last, span))) last.end = span.end
    else if (isSpoken) lines.push({ start, end: span.end, endsParagraph: false })
    carriedStart = last || isSpoken ? undefined : start
  }
  for (const [index, line] of lines.entries()) {
    line.endsParagraph = text.slice(line.end, lines[index + 1]?.start ?? text.length + 1).includes('\n')
  }
  return lines
}

function belongs(text: string, line: Span, next: Span): boolean {
  if (text.slice(line.end, next.start).includes('\n')) return false
  return spokenUnits(text.slice(line.start, next.end), 'zh') <= MAX_LINE_UNITS
}

/** The text of a span as it is read: line breaks within it are spaces. */
export function textOfSpan(text: string, { start, end }: Span): string {
  return text.slice(start, end).replace(/\s*\n\s*/g, ' ')
}
