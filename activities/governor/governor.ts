import type { Redis } from 'ioredis'
import { healthKeys } from '../../shared/provider-health.ts'
import { enterScript, keyScript, leaveScript, renewScript } from './scripts.ts'

/** What a provider is set to. */
export interface ProviderLimits {
  enabled: boolean
  /** Calls in flight over all workers. */
  concurrency: number
}

/** What a person must put right before the provider answers anybody: the key, the money, the rights. */
export interface AskPerson {
  code: string
  detail: string
}

/** How a call ended, as far as the provider's health is concerned. */
export type CallEnd = 'answered' | 'too-many' | 'ill' | 'other' | AskPerson

export type Entry =
  | { entered: true; lease: Lease }
  /** `off`: an administrator switched it off. `resting`: it failed too often. `full`: all its places are taken. */
  | { entered: false; why: 'off' | 'resting' | 'full'; retryAfterMs: number }
  /** A person must act first; nobody calls it until then. */
  | { entered: false; why: 'blocked'; block: AskPerson }

export interface Lease {
  owner: string
  /** Rises with every lease of a provider: whoever holds an older one is late. */
  fence: number
}

/** A lease is free again this long after its holder last renewed it: so long the places of a worker that died are missed. */
const LEASE_MS = 20_000
/** Three may get lost before a lease is. */
export const RENEW_MS = 5_000
/** Whoever waits for a place asks every few milliseconds; silent for so long, they are gone and hold nobody up. */
const TURN_MS = 500
/** After a refused call, how long until one place more is tried; doubled each time that is refused again. */
const PROBE_MS = 20_000
const MAX_PROBE_MS = 10 * 60_000
/** Failures in a row after which a provider rests, and for how long at first; doubled while it stays ill. */
const ILL_CALLS = 5
const REST_MS = 5_000
const MAX_REST_MS = 120_000
/** How long a provider that waits for a person is left alone before one call looks by itself whether it was put right. */
const ASK_AGAIN_MS = 5 * 60_000

/**
 * Holds what all workers together may ask of a provider, in Redis: how many calls are in flight, how many it really bears
 * (learned from its refusals), and whether it is ill. Each step is one atomic script. Throws when Redis is away: nothing
 * paid starts without it.
 */
export class Governor {
  private readonly redis: Redis
  private readonly now: () => number

  constructor(redis: Redis, now: () => number = Date.now) {
    this.redis = redis
    this.now = now
  }

  /**
   * Asks for a place. Asking again with the same owner keeps the place that owner has, or its turn: who asked first enters first, whichever
   * worker asks, so that a line which is long and was sent early is not overtaken by luck. A turn is lost by not asking for half a second.
   */
  async enter(provider: string, owner: string, limits: ProviderLimits): Promise<Entry> {
    if (!limits.enabled) return { entered: false, why: 'off', retryAfterMs: 5000 }
    const [state, value, detail] = await this.run<[string, number | string, string?]>(enterScript, provider, [
      owner,
      this.now(),
      LEASE_MS,
      limits.concurrency,
      PROBE_MS,
      TURN_MS,
    ])
    if (state === 'in') return { entered: true, lease: { owner, fence: Number(value) } }
    if (state === 'blocked') return { entered: false, why: 'blocked', block: { code: String(value), detail: detail ?? '' } }
    return { entered: false, why: state === 'resting' ? 'resting' : 'full', retryAfterMs: Number(value) }
  }

  /** The call is still in flight. One whose lease ran out meanwhile, while Redis was away, is counted again. */
  async renew(provider: string, lease: Lease): Promise<void> {
    await this.run(renewScript, provider, [lease.owner, this.now(), LEASE_MS])
  }

  /** Gives the place back and learns from how the call ended. Twice is once. */
  async leave(provider: string, lease: Lease, end: CallEnd): Promise<void> {
    const [how, code, detail] = typeof end === 'string' ? [end, '', ''] : ['ask', end.code, end.detail]
    const times = [ILL_CALLS, REST_MS, MAX_REST_MS, PROBE_MS, MAX_PROBE_MS, ASK_AGAIN_MS]
    await this.run(leaveScript, provider, [lease.owner, this.now(), how, ...times, code, detail])
  }

  /** The key this worker calls the provider with, as a mark that does not give it away. Another one than before: what was blocked is tried again. */
  async keyIs(provider: string, mark: string): Promise<void> {
    await this.run(keyScript, provider, [mark])
  }

  private async run<T>(script: string, provider: string, values: (string | number)[]): Promise<T> {
    return (await this.redis.eval(script, 4, ...healthKeys(provider), ...values)) as T
  }
}
