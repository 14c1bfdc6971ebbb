import { setTimeout as sleep } from 'node:timers/promises'
import type { Entry, Governor, Lease, ProviderLimits } from './governor.ts'

/** Waiting here keeps a worker's slot, so it is short; after it the deed goes back to the queue and others have their turn. */
const LONGEST_WAIT_MS = 20_000

/** Waits for a place at a provider. Answers the entry that ended the waiting; throws the signal's reason when stopped. */
export async function takePlace(
  governor: Governor,
  provider: string,
  owner: string,
  limits: () => Promise<ProviderLimits>,
  signal: AbortSignal,
): Promise<{ lease: Lease } | Extract<Entry, { entered: false }>> {
  const until = Date.now() + LONGEST_WAIT_MS
  for (;;) {
    signal.throwIfAborted()
    const entry = await governor.enter(provider, owner, await limits())
    if (entry.entered) return { lease: entry.lease }
    if (entry.why !== 'full' || Date.now() > until) return entry
    // A little apart from each other, so that waiting workers do not all knock at the same moment.
    await sleep(entry.retryAfterMs * (0.5 + Math.random()), undefined, { signal })
  }
}
