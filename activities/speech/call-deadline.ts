import { AnswerUnusable } from './answer-unusable.ts'

/** A bound on a call as a whole: neither waiting nor dripping gets round it. */
export interface CallDeadline {
  /** Fires with the caller's own signal, and when the time is over. */
  signal: AbortSignal
  /** What a failed call comes to. Throws the caller's reason when it was the caller who stopped it; SDKs word both in their own ways. */
  orError(error: unknown): unknown
}

/** Starts the clock of a call. */
export function callDeadline(outer: AbortSignal, deadlineMs: number): CallDeadline {
  const signal = AbortSignal.any([outer, AbortSignal.timeout(deadlineMs)])
  return {
    signal,
    orError(error) {
      outer.throwIfAborted()
      return signal.aborted ? new AnswerUnusable('time-out', `no whole answer after ${deadlineMs} ms`, error) : error
    },
  }
}
