import { ApplicationFailure, CancelledFailure } from '@temporalio/common'
import type { Hold } from '../workflows/contract.ts'

/** Never again: the same deed would fail the same way. `code` is what the person is told by. */
export const never = (code: string, detail: string) =>
  ApplicationFailure.create({ type: code, message: detail, nonRetryable: true })

/** Not by itself: somebody has to mend something first (a key, a bill, a price), and then the same run goes on. */
export const person = (code: string, detail: string) =>
  ApplicationFailure.create({ type: code, message: detail, nonRetryable: true, details: [{ waitsForPerson: true }] })

/** There is no money for it now: the run waits for the cap, and nothing is wrong with what it wanted. */
export const held = (code: string, detail: string, hold: Hold) =>
  ApplicationFailure.create({ type: code, message: detail, nonRetryable: true, details: [{ hold }] })

export const isHeld = (error: unknown): boolean =>
  error instanceof ApplicationFailure && (error.details?.[0] as { hold?: Hold } | undefined)?.hold !== undefined

/** Only a person can begin it anew. */
export const isForGood = (error: unknown): boolean =>
  error instanceof ApplicationFailure && error.nonRetryable === true && !isHeld(error)

/** Again later; after `delayMs` when somebody said when. */
export const later = (code: string, detail: string, delayMs?: number) =>
  ApplicationFailure.create({ type: code, message: detail, ...(delayMs !== undefined && { nextRetryDelay: delayMs }) })

/**
 * A deed stopped through its signal. Asked for by a person it is a cancel; a worker that is shutting down
 * only puts the work back for another one.
 */
export function stopped(signal: AbortSignal): Error {
  const reason: unknown = signal.reason
  const why = reason instanceof Error ? reason.message : String(reason)
  return /WORKER_SHUTDOWN/i.test(why)
    ? later('worker-stopped', 'the worker was stopped')
    : new CancelledFailure('stopped by a person')
}

export const isFailure = (error: unknown): error is ApplicationFailure | CancelledFailure =>
  error instanceof ApplicationFailure || error instanceof CancelledFailure

/** What an error is called in our words, and its sentence. One that is none of ours is a fault of the house. */
export const codeOf = (error: unknown): { code: string; detail: string } =>
  error instanceof ApplicationFailure
    ? { code: error.type ?? 'failed', detail: error.message }
    : { code: 'internal', detail: error instanceof Error ? error.message : String(error) }
