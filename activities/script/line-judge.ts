import { z } from 'zod'
import { detectLanguage, hasSpeech } from '../../shared/text.ts'
import { lineSpans, textOfSpan } from './line-grouping.ts'
import { BadAnswer } from './model-errors.ts'
import { type Passage, refsOf } from './passages.ts'
import type { DraftLine, SectionRequest } from './port.ts'
import { plainSpeech, refuseUnspeakable, wrongLanguage } from './spoken-line.ts'
import { unitsOf } from './talk-length.ts'

/** A line as the model writes it. */
export const modelLine = z.object({
  speaker: z.string().describe('one of the names given'),
  text: z.string().describe('only the words spoken'),
  direction: z.string().nullable().describe('how it is said, a few words, or null'),
  passages: z.array(z.number().int()).describe('numbers of the passages it rests on; empty for small talk'),
})

const PAUSE_MS = { reply: 300, withinTurn: 250, turn: 450 }
const REPEATS_WITHIN = 12
/** How far a section may be from its target before it is told so; the next ones make up for the rest. */
const SLACK = { under: 0.35, over: 0.25 }
/** Nobody comes after the last section: it may miss by no more than this share of the whole. */
const LAST_SLACK = 0.08
const LEAST_UNITS_A_LINE = 6

/** Holds what a section has so far, and every further line against the rules. What it accepted stays accepted. */
export class LineJudge {
  readonly lines: DraftLine[] = []
  readonly #request: SectionRequest
  readonly #passages: readonly Passage[]
  readonly #names: string[]
  readonly #targetUnits: number

  constructor(request: SectionRequest, passages: readonly Passage[], targetUnits: number) {
    this.#request = request
    this.#passages = passages
    this.#targetUnits = targetUnits
    this.#names = request.speakers.map(({ name }) => name)
  }

  get units(): number {
    return unitsOf(this.lines, this.#request)
  }

  /** The lines that one object of the answer comes to, none when nothing in it can be said. Throws BadAnswer. */
  take(raw: unknown): DraftLine[] {
    const parsed = modelLine.safeParse(raw)
    if (!parsed.success)
      throw new BadAnswer('broken_answer', `a line has not the shape asked for: ${z.prettifyError(parsed.error).slice(0, 200)}`)
    const { language } = this.#request
    const speaker = this.#speaker(parsed.data.speaker)
    const text = plainSpeech(parsed.data.text, this.#names)
    if (!hasSpeech(text)) return []
    refuseUnspeakable(text, language)
    this.#refuseRepetition(text)
    if (this.units > this.#targetUnits * (1 + this.#slack(SLACK.over)))
      throw new BadAnswer('too_long', 'the section is longer than its target')
    if (this.lines.length > 10 + this.#targetUnits / LEAST_UNITS_A_LINE)
      throw new BadAnswer('too_many_lines', 'there are too many lines')
    const direction = parsed.data.direction
      ?.replace(/[()（）[\]【】*]/g, '')
      .trim()
      .slice(0, 60)
    const sourceRefs = refsOf(this.#passages, parsed.data.passages)
    const spans = lineSpans(text)
    const pauseMs = /[?？]["”’」』]?$/u.test(text) ? PAUSE_MS.reply : PAUSE_MS.turn
    const lines = spans.map((span, index) => ({
      speaker,
      text: textOfSpan(text, span),
      ...(direction && { direction }),
      pauseAfterMs: index < spans.length - 1 ? PAUSE_MS.withinTurn : pauseMs,
      sourceRefs,
    }))
    this.lines.push(...lines)
    return lines
  }

  /** What is wrong with the section as a whole. Throws BadAnswer. */
  judgeWhole(): void {
    const { language } = this.#request
    const texts = this.lines.map(({ text }) => text).join('\n')
    if (this.lines.length === 0) throw new BadAnswer('no_lines', 'there was no line in it that could be spoken')
    if (detectLanguage(texts) !== language && texts.length > 40) throw wrongLanguage(language)
    if (this.units < this.#targetUnits * (1 - this.#slack(SLACK.under)))
      throw new BadAnswer('too_short', 'the section is shorter than its target')
    const voices = new Set(this.lines.map(({ speaker }) => speaker))
    if (this.#names.length > 1 && this.lines.length >= 6 && voices.size < 2)
      throw new BadAnswer('one_speaker', 'only one of the speakers speaks')
  }

  #slack(usual: number): number {
    const { sections } = this.#request.outline
    if (this.#request.sectionIndex < sections.length - 1) return usual
    const whole = sections.reduce((total, { targetUnits }) => total + targetUnits, 0)
    return Math.min(usual, (LAST_SLACK * whole) / Math.max(1, this.#targetUnits))
  }

  #speaker(given: string): string {
    const bare = (name: string): string =>
      name
        .replace(/[*_\s:：（(].*$/u, '')
        .trim()
        .toLowerCase() || name.trim().toLowerCase()
    const found =
      this.#names.find((name) => name === given.trim()) ??
      this.#names.find((name) => name.toLowerCase() === given.trim().toLowerCase()) ??
      (this.#names.filter((name) => bare(name) === bare(given)).length === 1
        ? this.#names.find((name) => bare(name) === bare(given))
        : undefined)
    if (found === undefined) {
      const who = JSON.stringify(given.slice(0, 40))
      throw new BadAnswer('unknown_speaker', `${who} is not among the speakers; these are: ${this.#names.join(', ')}`)
    }
    return found
  }

  // A model that has lost its way says the same thing over and over.
  #refuseRepetition(text: string): void {
    const again = this.lines.slice(-REPEATS_WITHIN).filter((line) => line.text === text).length
    if (again >= 2 || (again === 1 && text.length > 30))
      throw new BadAnswer('repeats_itself', 'the same line is said again and again')
  }
}
