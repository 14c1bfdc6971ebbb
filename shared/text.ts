/** The languages AIMake writes and speaks. */
export type Language = 'zh' | 'en'

/** Units spoken in a second: Chinese characters, or Latin characters with their spaces. An average of hosted voices. */
export const UNITS_PER_SECOND: Record<Language, number> = { zh: 6, en: 15 }

const NOISE =
  // oxlint-disable-next-line no-control-regex -- these are what is removed
  /[\0-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff\ufff9-\ufffb\p{Cs}\p{Noncharacter_Code_Point}]/gu
const LINE_ENDS = /\r\n?|[\v\f\x85\u2028\u2029]/g

/**
 * The one form in which text is stored, hashed and split: NFC, `\n` line ends, no control characters, lone surrogates or
 * invisible marks (the joiners that hold emoji and some scripts together stay), no trailing spaces, at most one blank line in a row.
 * Running it again changes nothing.
 */
export function cleanText(raw: string): string {
  return raw
    .replace(LINE_ENDS, '\n')
    .replace(NOISE, '')
    .replace(/[\t\xa0]/g, ' ')
    .normalize('NFC')
    .replace(/[^\S\n]+$/gm, '')
    .replace(/\n{3,}/g, '\n\n')
    .replace(/^\n+|\s+$/g, '')
}

/** Whether a voice would have anything to say: at least one letter, ideograph or digit (a keycap emoji is not a digit). */
export function hasSpeech(text: string): boolean {
  return /[\p{L}\p{N}]/u.test(text.replace(/[0-9#*]\ufe0f?\u20e3/g, ''))
}

// Seconds a thing takes to say, as multiples of one Latin character (1/15 s); an ideograph is 15/6 of it.
const IDEOGRAPH = UNITS_PER_SECOND.en / UNITS_PER_SECOND.zh
const SPOKEN =
  /\p{Lu}{2,}(?![\p{Ll}])|[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Bopo}]|\p{N}|[%&@$€£¥+=/]|\p{L}|[\s.,;:!?'"-]+/gu

function latinCharacters(piece: string, language: Language): number {
  const first = piece.codePointAt(0) ?? 0
  if (/^[\p{sc=Han}\p{sc=Hira}\p{sc=Kana}\p{sc=Hang}\p{sc=Bopo}]/u.test(piece)) return IDEOGRAPH
  if (/^\p{N}/u.test(piece)) return language === 'zh' ? IDEOGRAPH : 3
  if (/^\p{Lu}{2}/u.test(piece)) return 2.5 * piece.length
  if (/^\p{L}/u.test(piece)) return 1
  if (/^[%&@$€£¥+=/]/u.test(piece)) return 4
  return language === 'zh' || first === 10 ? 0 : 1
}

/**
 * How much there is to say. For `zh` in characters: an ideograph or digit is 1, a Latin letter 6/15, spaces and punctuation 0.
 * For `en` in Latin characters: a letter or a run of spaces and stops is 1, a digit 3 and a capital of an abbreviation 2.5 because
 * they are said as words, an ideograph 15/6. Rounded up; 0 for text without anything to say.
 */
export function spokenUnits(text: string, language: Language): number {
  if (!hasSpeech(text)) return 0
  let total = 0
  for (const [piece] of text.trim().matchAll(SPOKEN)) total += latinCharacters(piece, language)
  return Math.ceil(language === 'zh' ? total / IDEOGRAPH : total)
}

/** How long a voice needs for the text. `unitsPerSecond` is the pace of a voice whose pace is known, else 6 (zh) or 15 (en). */
export function estimateDurationMs(text: string, language: Language, unitsPerSecond = UNITS_PER_SECOND[language]): number {
  return Math.round((spokenUnits(text, language) / unitsPerSecond) * 1000)
}

/** The language most of the text is spoken in: Chinese when ideographs take at least as long to say as Latin letters. */
export function detectLanguage(text: string): Language {
  const ideographs = text.match(/\p{sc=Han}/gu)?.length ?? 0
  const letters = text.match(/\p{sc=Latin}/gu)?.length ?? 0
  return ideographs > 0 && ideographs * IDEOGRAPH >= letters ? 'zh' : 'en'
}

/** A stretch of a text in UTF-16 offsets, `end` not included. */
export interface Span {
  start: number
  end: number
}

const STOPS = /[。！？；｡!?;.…⋯‥‼⁇⁈⁉]+/g
const CLOSERS = /[”’」』）》〉】〕｣"')\]}»]*/y
const ABBREVIATION =
  /(?:^|[^\p{L}\p{N}])(?:Mr|Mrs|Ms|Dr|Prof|St|Jr|Sr|vs|etc|Inc|Ltd|Co|No|Fig|Vol|approx|e\.g|i\.e|a\.m|p\.m|U\.S|U\.K|\p{Lu}(?:\.\p{Lu})*)$/u

function closesSentence(text: string, stop: string, at: number, end: number): boolean {
  const next = text[end] ?? '\n'
  if (/[，、：,:]/.test(next)) return false
  if (/[^!?;.]/.test(stop)) return true
  if (/[\p{L}\p{N}]/u.test(next) && !/\p{sc=Han}/u.test(next)) return false
  if (stop === '.' && /\p{N}$/u.test(text.slice(at - 1, at)) && /\p{N}/u.test(next)) return false
  return !(stop === '.' && next !== '\n' && ABBREVIATION.test(text.slice(Math.max(0, at - 12), at)))
}

// A line broken by an editor at 60-100 columns goes on in the next line; a Chinese or short line does not.
function isWrapped(text: string, lineStart: number, newline: number): boolean {
  const next = text[newline + 1] ?? ''
  if (!/[\p{Ll},]/u.test(text[newline - 1] ?? '') || /\p{sc=Han}/u.test(text[newline - 1] ?? '')) return false
  return /\p{Ll}/u.test(next) || (newline - lineStart >= 60 && /\p{L}/u.test(next) && !/\p{sc=Han}/u.test(next))
}

function lineBoundaries(text: string): number[] {
  const ends: number[] = []
  let lineStart = 0
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) {
    if (!isWrapped(text, lineStart, at)) ends.push(at)
    lineStart = at + 1
  }
  return ends
}

function stopBoundaries(text: string): number[] {
  const ends: number[] = []
  for (const match of text.matchAll(STOPS)) {
    CLOSERS.lastIndex = match.index + match[0].length
    const end = CLOSERS.lastIndex + (CLOSERS.exec(text)?.[0].length ?? 0)
    if (closesSentence(text, match[0], match.index, end)) ends.push(end)
  }
  return ends
}

function lastGrapheme(window: string, limit: number): number {
  let at = 0
  for (const { index } of new Intl.Segmenter('zh', { granularity: 'grapheme' }).segment(window)) {
    if (index > limit) break
    at = index
  }
  if (at > 0) return at
  return /[\ud800-\udbff]/.test(window[limit - 1] ?? '') && limit > 1 ? limit - 1 : Math.max(limit, 1)
}

function softBreak(text: string, start: number, limit: number): number {
  const window = text.slice(start, start + limit)
  for (const mark of [/[，、：；,:—](?!\d)["”’」』）]*/g, /\s+/g]) {
    const ends = [...window.matchAll(mark)]
      .map((match) => match.index + match[0].length)
      .filter((end) => end < limit || end === window.length)
    const last = ends.at(-1) ?? 0
    if (last > limit / 3) return start + last
  }
  return start + lastGrapheme(text.slice(start, start + limit + 64), limit)
}

function trimmed(text: string, start: number, end: number): Span {
  while (start < end && /\s/.test(text[start] as string)) start += 1
  while (end > start && /\s/.test(text[end - 1] as string)) end -= 1
  return { start, end }
}

/**
 * The sentences of a text as spans, in order, without the white space around them; every other character lies in exactly one span.
 * A sentence ends at 。！？；… or a Latin stop (not in 3.14, e.g., U.S., a URL) with its closing quotes, or at a line's end.
 * None is longer than `maxCharacters` UTF-16 units: it is cut at ，、： or a space, at last between graphemes, never within a
 * surrogate pair.
 */
export function sentenceSpans(text: string, maxCharacters = 300): Span[] {
  const limit = Math.max(2, maxCharacters)
  const ends = [...new Set([...stopBoundaries(text), ...lineBoundaries(text), text.length])].sort((a, b) => a - b)
  const spans: Span[] = []
  let from = 0
  for (const boundary of ends) {
    let { start, end } = trimmed(text, from, boundary)
    while (end - start > limit) {
      const cut = softBreak(text, start, limit)
      spans.push(trimmed(text, start, cut))
      start = trimmed(text, cut, end).start
    }
    if (end > start) spans.push({ start, end })
    from = boundary
  }
  return spans.filter((span) => span.end > span.start)
}

/** The sentences of a text: `sentenceSpans` as strings. */
export function splitSentences(text: string, maxCharacters = 300): string[] {
  return sentenceSpans(text, maxCharacters).map(({ start, end }) => text.slice(start, end))
}
