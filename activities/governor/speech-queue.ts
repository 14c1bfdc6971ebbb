import { availableParallelism } from 'node:os'
import type { WorkerOptions } from '@temporalio/worker'
import { Turnstile } from './turnstile.ts'

/** More calls than any plan allows at once; memory is no matter: a call in flight holds its text alone. */
const MOST_LINES = 500
/** So many wait that places that come free together are taken before the next lines are fetched. */
const WAITING = 4
/**
 * Answers often come in a bunch. Calls go on while they are made into sound, up to so many a core: about a second of work, which is what
 * another user's line then waits.
 */
const MAKING_A_CORE = 5

/** How a worker serves the queue of a provider. What costs this machine's time is bounded by its cores, what others do by its places in Redis. */
export function speechQueue(provider: string): Pick<WorkerOptions, 'tuner' | 'interceptors'> {
  const cores = availableParallelism()
  // The local voice leaves a core to what finishes the lines: a listener waits for the first of them.
  const own = Math.max(1, cores - 1)
  // The neural one speaks a line at a time; the next line's words are made ready meanwhile, the last one's sound finished.
  if (provider === 'neural') return new Turnstile({ slots: 2, waiting: 2, making: 2 }).options()
  const limits =
    provider === 'local'
      ? { slots: own, waiting: own, making: own }
      : { slots: MOST_LINES, waiting: WAITING, making: cores * MAKING_A_CORE }
  return new Turnstile(limits).options()
}
