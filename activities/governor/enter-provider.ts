import type { Deed } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { later, never, stopped } from '../failures.ts'
import { RENEW_MS } from './governor.ts'
import type { CallEnd, Entry } from './governor.ts'
import { takePlace } from './take-place.ts'
import { nowAt } from './turnstile.ts'

/** Told to whoever looks at a waiting line. */
const sentences = {
  off: 'it is switched off for now; the line waits until it is on again',
  resting: 'it failed several times and is left alone for a moment',
  full: 'all its places are taken; the line waits for its turn',
}

/**
 * Waits for a place at a provider and answers how to give it back. A provider that nobody bounds is entered at once. Throws a retryable
 * failure when there is no place yet, one for good while the provider waits for a person, and the worker's own error when Redis is away:
 * without the governor nothing paid starts.
 */
export async function enterProvider(
  { governor, limitsOf, logger }: Deps,
  provider: string,
  { attempt, signal }: Deed,
): Promise<(end: CallEnd) => Promise<void>> {
  const bounded = await limitsOf(provider)
  if (!bounded) {
    nowAt('calling')
    return async () => nowAt('making')
  }
  const limits = async () => (await limitsOf(provider)) ?? bounded
  const place = await takePlace(governor, provider, attempt, limits, signal).catch((error: unknown) => {
    throw signal.aborted ? stopped(signal) : error
  })
  if (!('lease' in place)) throw notEntered(provider, place)
  nowAt('calling')
  const renewing = setInterval(() => {
    governor.renew(provider, place.lease).catch((error: unknown) => logger.warn({ err: error, provider }, 'place not renewed'))
  }, RENEW_MS)
  return async (end) => {
    clearInterval(renewing)
    nowAt('making')
    // Not given back, it is free again when its time is over: no reason to lose an answer.
    await governor
      .leave(provider, place.lease, end)
      .catch((error: unknown) => logger.warn({ err: error, provider }, 'place not given back'))
  }
}

/** A line that would be refused like the one before it fails by name, without a call; any other waits. */
function notEntered(provider: string, entry: Extract<Entry, { entered: false }>): Error {
  if (entry.why === 'blocked') return never(entry.block.code, entry.block.detail)
  return later(`provider-${entry.why}`, `${provider}: ${sentences[entry.why]}`, entry.retryAfterMs)
}

/** What a line is told whose provider this worker cannot call: it has no key, or does not know it. */
export const providerOff = (provider: string) =>
  never(
    'provider-off',
    `${provider}: the worker has no key for it. Set ${provider.toUpperCase()}_API_KEY and restart the workers, or choose another voice; then repair.`,
  )
