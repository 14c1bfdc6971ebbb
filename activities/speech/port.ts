import type { Language } from '../../shared/text.ts'

/** One line to be spoken. `settings` are the voice row's, meant for its provider alone. */
export interface SpeechRequest {
  text: string
  language: Language
  voice: { providerVoice: string; settings: Record<string, unknown> }
  model: string
  direction?: string
}

/** What the provider sent and what it counts. `sampleRateHz` is there for `pcm` (16-bit little-endian mono). */
export interface SpeechAnswer {
  audio: Buffer
  format: 'wav' | 'mp3' | 'pcm'
  sampleRateHz?: number
  units: number
  unit: 'character'
  requestId?: string
  alignment?: Alignment
}

/** When each character of the text is said, where the provider tells. */
export interface Alignment {
  characters: string[]
  startsMs: number[]
  endsMs: number[]
}

/**
 * A voice maker. `speak` is one call to the provider, without retries of its own; it may be paid for again when repeated. Throws
 * SpeechFailed, or the signal's reason when aborted: by then nothing of the call runs any more.
 */
export interface SpeechProvider {
  readonly name: string
  /** Whether numbers, dates, money and signs must come written out as words, because its voices would read them wrongly. */
  readonly needsWords: boolean
  speak(request: SpeechRequest, options: { signal: AbortSignal }): Promise<SpeechAnswer>
}

/**
 * A provider's refusal or failure. `retryable`: the same call may succeed later; `retryAfterMs` when it is known when. `askPerson`: not
 * before somebody has acted, on the key, the money or the rights.
 */
export class SpeechFailed extends Error {
  readonly code: string
  readonly retryable: boolean
  readonly retryAfterMs?: number
  readonly askPerson: boolean

  constructor(
    code: string,
    message: string,
    {
      retryable,
      retryAfterMs,
      askPerson = false,
      cause,
    }: { retryable: boolean; retryAfterMs?: number; askPerson?: boolean; cause?: unknown },
  ) {
    super(`speech failed (${code}): ${message}`, { cause })
    this.name = 'SpeechFailed'
    this.code = code
    this.retryable = retryable
    this.askPerson = askPerson
    if (retryAfterMs !== undefined) this.retryAfterMs = retryAfterMs
  }
}
