import type { Provider } from '../records.ts'

export type ProviderState = 'off' | 'no_key' | 'blocked' | 'resting' | 'unknown' | 'held' | 'well'

/** What an operator should know first: what a person must do comes before what passes by itself. */
export function stateOf({ enabled, hasKey, concurrency, health }: Provider): ProviderState {
  if (!enabled) return 'off'
  if (!hasKey) return 'no_key'
  if (!health) return 'unknown'
  if (health.block) return 'blocked'
  if (health.restsUntil) return 'resting'
  return health.bears !== null && health.bears < concurrency ? 'held' : 'well'
}
