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

/** What a call used, in the unit its provider counts. */
export interface Usage {
  unit: 'token' | 'character'
  inputUnits: number
  outputUnits: number
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
}

/** The brief, its outline, and which section is to be written. */
export interface SectionRequest extends OutlineRequest {
  outline: Outline
  sectionIndex: number
}

/**
 * A maker of scripts. `outline` decides, `section` writes one section line by line; each is one call to the provider, without
 * retries. Both throw ScriptFailed, or the signal's reason when aborted.
 */
export interface ScriptWriter {
  readonly name: string
  readonly provider: string
  readonly model: string
  outline(request: OutlineRequest, options: { signal: AbortSignal }): Promise<{ outline: Outline; usage: Usage }>
  section(request: SectionRequest, options: { signal: AbortSignal }): AsyncGenerator<DraftLine, Usage>
}

/** Why no script could be written. `retryable`: the same call may succeed later. */
export class ScriptFailed extends Error {
  readonly code: string
  readonly retryable: boolean

  constructor(code: string, message: string, { retryable, cause }: { retryable: boolean; cause?: unknown }) {
    super(`script failed (${code}): ${message}`, { cause })
    this.name = 'ScriptFailed'
    this.code = code
    this.retryable = retryable
  }
}
