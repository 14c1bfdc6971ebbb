import type { Language } from '../../shared/text.ts'

/** A stretch of a source: `source` is its index in the request, `start` and `end` UTF-16 offsets into its clean text. */
export interface PassageRef {
  source: number
  start: number
  end: number
}

/** What the script will say in which order. Plain JSON; `targetUnits` in `spokenUnits` of the brief's language. */
export interface Outline {
  title: string
  sections: OutlineSection[]
}

export interface OutlineSection {
  title: string
  /** What is to be told in it, where the writer planned that. */
  summary?: string
  passages: PassageRef[]
  targetUnits: number
}

/** A line as the writer makes it. */
export interface DraftLine {
  speaker: string
  text: string
  direction?: string
  pauseAfterMs: number
  sourceRefs: PassageRef[]
}

/** What was used, in the unit its provider counts. */
export interface Usage {
  inputUnits: number
  outputUnits: number
}

/** Where questions to a paid model are noted before they are asked, and whole answers kept, so that none is bought twice. */
export interface AnswerBook {
  /** The whole answer that an earlier try of the same deed has paid for. */
  kept(question: string): Promise<string | undefined>
  /** Notes the question as about to be asked. Throws what `ScriptWriter` throws when it must not be asked again. */
  open(question: string): Promise<OpenQuestion>
}

/** A question that was sent. One of the two is called, once. */
export interface OpenQuestion {
  /** The answer came to its end. */
  answered(words: string, usage: Usage): Promise<void>
  /** It did not, or was of no use. `usage`: what was charged all the same. */
  failed(code: string, usage: Usage | undefined): Promise<void>
}

export interface WriterOptions {
  signal: AbortSignal
  /** Used by writers that ask a paid model. */
  book: AnswerBook
}

/** The brief as a writer sees it. Sources are clean text (`cleanText`), in the person's order. */
export interface OutlineRequest {
  kind: 'podcast' | 'narration'
  language: Language
  title?: string
  format?: string
  style?: string
  targetMinutes?: number
  /** Pace of the chosen voices when known, in `spokenUnits` a second: so that minutes asked are minutes heard. */
  unitsPerSecond?: number
  speakers: readonly { name: string; role?: string }[]
  sources: readonly { title?: string; text: string }[]
  /** One of them is only a topic: the writer tells what it knows of it. */
  fromKnowledge?: boolean
}

/** The brief, its outline, and which section is to be written. `written`: the lines of all sections before it, in order. */
export interface SectionRequest extends OutlineRequest {
  outline: Outline
  sectionIndex: number
  written?: readonly Pick<DraftLine, 'speaker' | 'text' | 'pauseAfterMs'>[]
}

/**
 * A maker of scripts. `outline` decides, `section` writes one section line by line. A provider that cannot be reached is not asked
 * again; one that answers badly is, once. Both throw ScriptFailed, or the signal's reason when aborted.
 */
export interface ScriptWriter {
  readonly name: string
  readonly provider: string
  readonly model: string
  /** `question`: the writer notes each in the book. `deed`: an outline or a section is one entry, by the characters of its `usage`. */
  readonly accounts: 'question' | 'deed'
  outline(request: OutlineRequest, options: WriterOptions): Promise<{ outline: Outline; usage?: Usage }>
  section(request: SectionRequest, options: WriterOptions): AsyncGenerator<DraftLine, Usage | undefined>
}

interface FailureFacts {
  retryable: boolean
  retryAfterMs?: number
  waitsForPerson?: boolean
  cause?: unknown
}

/**
 * Why no script could be written. `retryable`: the same call may succeed later, after `retryAfterMs` when somebody said when. `waitsForPerson`: only
 * somebody can mend it (a key, a bill, the brief), and then the same run can go on.
 */
export class ScriptFailed extends Error {
  readonly code: string
  readonly retryable: boolean
  readonly waitsForPerson: boolean
  readonly retryAfterMs?: number

  constructor(code: string, message: string, { retryable, retryAfterMs, waitsForPerson = false, cause }: FailureFacts) {
    super(`script failed (${code}): ${message}`, { cause })
    this.name = 'ScriptFailed'
    this.code = code
    this.retryable = retryable
    this.waitsForPerson = waitsForPerson
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs
  }
}
