import { availableParallelism } from 'node:os'
import type { WorkerOptions } from '@temporalio/worker'
import { Turnstile } from './turnstile.ts'

/** More calls than any plan allows at once; memory is no matter: a call in flight holds its text alone. */
const MOST_LINES = 500
/** Two wait, so that a place that comes free is taken before the next line is fetched. */
const WAITING = 2

/** How a worker serves the queue of a provider. What costs this machine's time is bounded by its cores, what others do by its places in Redis. */
export function speechQueue(provider: string): Pick<WorkerOptions, 'tuner' | 'interceptors'> {
  const cores = availableParallelism()
  // The local voice leaves a core to what finishes the lines: a listener waits for the first of them.
  const own = Math.max(1, cores - 1)
  // The neural one speaks a line at a time; the next line's words are made ready meanwhile, the last one's sound finished.
  if (provider === 'neural') return new Turnstile({ slots: 2, waiting: 2, making: 2 }).options()
  const limits =
    provider === 'local' ? { slots: own, waiting: own, making: own } : { slots: MOST_LINES, waiting: WAITING, making: cores + 1 }
  return new Turnstile(limits).options()
}
