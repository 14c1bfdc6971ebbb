import type { Deed } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { later, stopped } from '../failures.ts'
import type { CallEnd } from './governor.ts'
import { takePlace } from './take-place.ts'

/** Told to whoever looks at a waiting line. */
const sentences = {
  off: 'it is switched off for now; the line waits until it is on again',
  resting: 'it failed several times and is left alone for a moment',
  full: 'all its places are taken; the line waits for its turn',
}

/**
 * Waits for a place at a provider and answers how to give it back. A provider that nobody bounds is entered at once. Throws a retryable
 * failure when there is no place yet, and the worker's own error when Redis is away: without the governor nothing paid starts.
 */
export async function enterProvider(
  { governor, limitsOf, logger }: Deps,
  provider: string,
  { attempt, signal }: Deed,
): Promise<(end: CallEnd) => Promise<void>> {
  const bounded = await limitsOf(provider)
  if (!bounded) return async () => undefined
  const limits = async () => (await limitsOf(provider)) ?? bounded
  const place = await takePlace(governor, provider, attempt, limits, signal).catch((error: unknown) => {
    throw signal.aborted ? stopped(signal) : error
  })
  if (!('lease' in place)) throw later(`provider-${place.why}`, `${provider}: ${sentences[place.why]}`, place.retryAfterMs)
  return async (end) => {
    // Not given back, it is free again when its time is over: no reason to lose an answer.
    await governor
      .leave(provider, place.lease, end)
      .catch((error: unknown) => logger.warn({ err: error, provider }, 'place not given back'))
  }
}
