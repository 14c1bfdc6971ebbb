import { activityInfo, Context } from '@temporalio/activity'

/** Well below every heartbeat time-out, so that a stop is heard within a few seconds. */
const BEAT_MS = 2000

export interface Deed {
  signal: AbortSignal
  /** This try, told apart from every other one. */
  attempt: string
  /** What all tries of this deed share. */
  attemptPrefix: string
}

/** Which try of the deed that runs now this is, from 1. */
export const attemptNumber = (): number => activityInfo().attempt

/** Runs a deed with a heartbeat behind it: a dead worker is noticed, and a cancel reaches `signal`. */
export async function beating<T>(work: (deed: Deed) => Promise<T>): Promise<T> {
  const context = Context.current()
  const { workflowExecution, activityId, attempt } = activityInfo()
  const attemptPrefix = `${workflowExecution?.runId}:${activityId}:`
  const timer = setInterval(() => context.heartbeat(), BEAT_MS)
  context.heartbeat()
  try {
    return await work({ signal: context.cancellationSignal, attempt: `${attemptPrefix}${attempt}`, attemptPrefix })
  } finally {
    clearInterval(timer)
  }
}
