import { estimateDurationMs, spokenUnits } from '../../shared/text.ts'
import { composeTalk } from './compose-talk.ts'
import { type Candidate, quotableSentences, scoreSentences } from './extract-sentences.ts'
import type { DraftLine, Outline, OutlineRequest, OutlineSection, ScriptWriter, SectionRequest, Usage } from './port.ts'
import { ScriptFailed } from './port.ts'
import { TALK_PHRASES } from './talk-phrases.ts'

// A preview one listens to to the end, when no length was asked for.
const DEFAULT_MINUTES = 6
const SECTION_PASSAGES = 12
const REFINEMENTS = 6
const REFINEMENT_CANDIDATES = 300

/** How long a talk lasts: its lines at the voices' pace, and its pauses. */
export function talkDurationMs(lines: readonly DraftLine[], { language, unitsPerSecond }: OutlineRequest): number {
  return lines.reduce((total, line) => total + line.pauseAfterMs + estimateDurationMs(line.text, language, unitsPerSecond), 0)
}

const byPlace = (a: Candidate, b: Candidate): number => a.ref.source - b.ref.source || a.ref.start - b.ref.start

function sectionsOf(chosen: readonly Candidate[], { language, sources }: OutlineRequest): OutlineSection[] {
  const sections: (OutlineSection & { heading: string })[] = []
  for (const { ref, heading, text } of [...chosen].sort(byPlace)) {
    const name = heading || (sources.length > 1 ? (sources[ref.source]?.title ?? '') : '')
    const current = sections.at(-1)
    const isFull = (current?.passages.length ?? 0) >= SECTION_PASSAGES
    const units = spokenUnits(text, language)
    if (current && !isFull && (current.heading === name || current.passages.length < 2)) {
      current.passages.push(ref)
      current.targetUnits += units
      if (current.heading !== name) current.title = current.heading = ''
    } else {
      sections.push({ title: current?.heading === name ? '' : name, heading: name, passages: [ref], targetUnits: units })
    }
  }
  const { partTitle } = TALK_PHRASES[language]
  return sections.map(({ title, passages, targetUnits }, index) => ({ title: title || partTitle(index), passages, targetUnits }))
}

/** Finds the set of best sentences whose talk comes nearest to the length asked. */
class LengthFit {
  readonly #request: OutlineRequest
  readonly #title: string
  readonly #targetMs: number

  constructor(request: OutlineRequest, title: string) {
    this.#request = request
    this.#title = title
    this.#targetMs = (request.targetMinutes ?? DEFAULT_MINUTES) * 60_000
  }

  outlineOf(chosen: readonly Candidate[]): Outline {
    return { title: this.#title, sections: sectionsOf(chosen, this.#request) }
  }

  // Above zero: too long, in ms.
  #excessMs(chosen: readonly Candidate[]): number {
    return talkDurationMs(composeTalk(this.#request, this.outlineOf(chosen)).flat(), this.#request) - this.#targetMs
  }

  // `ranked` best first: halving finds how many fit, then single sentences of the missing size are added.
  choose(ranked: readonly Candidate[]): Candidate[] {
    let [low, high] = [1, ranked.length]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (this.#excessMs(ranked.slice(0, middle)) <= 0) low = middle
      else high = middle - 1
    }
    return this.#refine(ranked.slice(0, low), ranked.slice(low, low + REFINEMENT_CANDIDATES))
  }

  #refine(start: Candidate[], spare: Candidate[]): Candidate[] {
    let chosen = start
    let excessMs = this.#excessMs(chosen)
    for (let round = 0; round < REFINEMENTS && excessMs < 0 && spare.length > 0; round += 1) {
      const misses = spare.map(({ text }) =>
        Math.abs(excessMs + estimateDurationMs(text, this.#request.language, this.#request.unitsPerSecond)),
      )
      const [added] = spare.splice(misses.indexOf(Math.min(...misses)), 1)
      const longer = [...chosen, added as Candidate]
      const longerExcessMs = this.#excessMs(longer)
      if (Math.abs(longerExcessMs) >= Math.abs(excessMs)) continue
      chosen = longer
      excessMs = longerExcessMs
    }
    return chosen
  }
}

function shortened(words: string): string {
  if (/\p{sc=Han}/u.test(words)) return [...words].slice(0, 24).join('')
  return words.length <= 60 ? words : words.slice(0, 60).replace(/\s+\S*$/, '')
}

function titleOf({ title, sources }: OutlineRequest, [first]: readonly Candidate[]): string {
  const words = (first?.text ?? '').split(/[。！？.!?，,；;]/u)[0] ?? ''
  return title || sources[0]?.title || first?.heading || shortened(words.trim())
}

async function outline(
  request: OutlineRequest,
  { signal }: { signal: AbortSignal },
): Promise<{ outline: Outline; usage: Usage }> {
  const candidates = scoreSentences(request.sources.flatMap(({ text }, index) => quotableSentences(text, index)))
  if (candidates.length === 0) throw new ScriptFailed('nothing_to_say', 'no source has a letter or digit', { retryable: false })
  signal.throwIfAborted()
  const fit = new LengthFit(request, titleOf(request, candidates))
  const chosen = fit.choose([...candidates].sort((a, b) => b.score - a.score || byPlace(a, b)))
  const inputUnits = request.sources.reduce((total, source) => total + source.text.length, 0)
  return { outline: fit.outlineOf(chosen), usage: { inputUnits, outputUnits: 0 } }
}

async function* section(request: SectionRequest, { signal }: { signal: AbortSignal }): AsyncGenerator<DraftLine, Usage> {
  const usage: Usage = { inputUnits: 0, outputUnits: 0 }
  for (const { start, end } of request.outline.sections[request.sectionIndex]?.passages ?? []) usage.inputUnits += end - start
  for (const line of composeTalk(request, request.outline)[request.sectionIndex] ?? []) {
    signal.throwIfAborted()
    usage.outputUnits += line.text.length
    yield line
  }
  return usage
}

/**
 * Makes a talk of 1-6 speakers out of any text without a model: the sentences that say most, in the source's order and words,
 * handed round with short connecting turns. It says so in its first line, never invents content, and never translates. With
 * `targetMinutes` the talk lasts that long (within 15 %) where the sources suffice, else up to six minutes. The same request gives
 * the same talk.
 */
export const extractiveWriter: ScriptWriter = {
  name: 'extractive',
  provider: 'local',
  model: 'extractive-1',
  accounts: 'deed',
  outline,
  section,
}
