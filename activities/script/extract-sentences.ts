import { detectLanguage, hasSpeech, sentenceSpans, spokenUnits } from '../../shared/text.ts'
import type { PassageRef } from './port.ts'

/** A sentence that may be quoted: where it stands, as it is spoken, the heading above it, and how much it says of the whole (0 until scored). */
export interface Candidate {
  ref: PassageRef
  text: string
  heading: string
  units: number
  score: number
}

const MAX_CHARACTERS = { zh: 110, en: 260 }
const MIN_UNITS = 8
const HEADING_UNITS = 20
const HEADING = /^#{1,6}\s+(.*\S)$/u
const NO_PROSE = /^(?:\||!\[|https?:\/\/\S+$|\[\^|<\/?\w+|[-*_=]{3,}$)/
// Out of its place such a sentence points at nothing.
const LEANS_BACK =
  /^(?:但是?|然而|不过|因此|所以|于是|它们?|他们?|她们?|这|那|此外|另外|同时|而且|并且|However|But|And|So|This|That|These|Those|It|They|He|She|Therefore|Moreover|Also|Thus)(?:\b|(?=\p{sc=Han}|，))/u
const STOP_WORDS = new Set(
  'the a an of to in on at for with by from as is are was were be been it its this that these those and or but not no so than then they their he she his her we our you your i can could will would may might must have has had do does did which who what when where how all any some more most other into over about also'.split(
    ' ',
  ),
)

/** The words of a sentence that carry its matter: pairs of ideographs, and Latin words that are not stop words. */
export function terms(text: string): string[] {
  const found: string[] = []
  for (const [run] of text.matchAll(/\p{sc=Han}+/gu))
    for (let at = 0; at + 1 < run.length; at += 1) found.push(run.slice(at, at + 2))
  for (const [word] of text.toLowerCase().matchAll(/[\p{sc=Latin}\d][\p{sc=Latin}\d'-]+/gu))
    if (!STOP_WORDS.has(word)) found.push(word)
  return found
}

/** A source's sentence as it is said: without Markdown marks and link targets, with a stop at its end. */
export function plainSentence(raw: string): string {
  const text = raw
    .replace(/^\s*(?:[-*+•>]|\d{1,3}[.)、]|#{1,6})\s+/, '')
    .replace(/!\[[^\]]*\]\([^)]*\)/g, '')
    .replace(/\[([^\]]+)\]\([^)]*\)/g, '$1')
    .replace(/\[\^?\d+\]/g, '')
    .replace(/\*\*|__|`/g, '')
    .replace(/\s+/g, ' ')
    .trim()
  if (/[\p{L}\p{N}%)）]$/u.test(text)) return `${text}${detectLanguage(text) === 'zh' ? '。' : '.'}`
  return text.replace(/[，、,;；:：]$/u, detectLanguage(text) === 'zh' ? '。' : '.')
}

function headingOf(text: string, start: number, end: number): string | undefined {
  const raw = text.slice(start, end)
  const marked = HEADING.exec(raw)?.[1]
  if (marked) return marked.replace(/\*\*|__|`/g, '')
  const standsAlone = (start === 0 || text[start - 1] === '\n') && text[end] === '\n' && /\S/.test(text.slice(end, end + 200))
  const isShort =
    spokenUnits(raw, 'zh') <= HEADING_UNITS &&
    !/[。！？；….!?;:：，,]["”』」]?$/u.test(raw) &&
    !/^\s*(?:[-*+•>|]|\d+[.)]\s)/.test(raw)
  return standsAlone && isShort && hasSpeech(raw) ? raw : undefined
}

const withoutCode = (text: string): string => text.replace(/```[\s\S]*?(?:```|$)/g, (block) => block.replace(/[^\n]/g, ' '))

/** The quotable sentences of a source in its order, without headings, code, tables, bare links and repetitions; not yet scored. */
export function quotableSentences(source: string, index: number): Candidate[] {
  const text = withoutCode(source)
  const seen = new Set<string>()
  const found: Candidate[] = []
  let heading = ''
  for (const { start, end } of sentenceSpans(text, MAX_CHARACTERS[detectLanguage(text)])) {
    const title = headingOf(text, start, end)
    if (title !== undefined) heading = title
    const sentence = plainSentence(text.slice(start, end))
    const key = sentence.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase()
    if (title !== undefined || NO_PROSE.test(text.slice(start, end)) || key === '' || seen.has(key)) continue
    seen.add(key)
    found.push({ ref: { source: index, start, end }, text: sentence, heading, units: spokenUnits(sentence, 'zh'), score: 0 })
  }
  const long = found.filter((candidate) => candidate.units >= MIN_UNITS)
  return long.length > 0 ? long : found
}

/**
 * Scores sentences by the terms they share with the rest (log frequency, averaged), a little more at the start of the text and of
 * a section, less for those that lean on the sentence before, are very short or very long.
 */
export function scoreSentences(candidates: readonly Candidate[]): Candidate[] {
  const counts = new Map<string, number>()
  const termLists = candidates.map(({ text }) => [...new Set(terms(text))])
  for (const term of termLists.flat()) counts.set(term, (counts.get(term) ?? 0) + 1)
  return candidates.map((candidate, at) => {
    const list = termLists[at] as string[]
    const weight = list.reduce((sum, term) => sum + Math.log(counts.get(term) as number), 0) / Math.sqrt(list.length + 4)
    const opensSection = candidates[at - 1]?.heading !== candidate.heading
    const factor =
      (LEANS_BACK.test(candidate.text) ? 0.6 : 1) *
      (opensSection ? 1.3 : 1) *
      (at < 3 ? 1.2 : 1) *
      (candidate.units < 14 ? 0.7 : 1)
    return { ...candidate, score: (weight + 0.5) * factor }
  })
}
