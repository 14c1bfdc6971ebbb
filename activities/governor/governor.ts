import type { Redis } from 'ioredis'
import { enterScript, leaveScript } from './scripts.ts'

/** What a provider is set to. */
export interface ProviderLimits {
  enabled: boolean
  /** Calls in flight over all workers. */
  concurrency: number
}

/** How a call ended, as far as the provider's health is concerned. */
export type CallEnd = 'answered' | 'too-many' | 'ill' | 'other'

export type Entry =
  | { entered: true; lease: Lease }
  /** `off`: an administrator switched it off. `resting`: it failed too often. `full`: all its places are taken. */
  | { entered: false; why: 'off' | 'resting' | 'full'; retryAfterMs: number }

export interface Lease {
  owner: string
  /** Rises with every lease of a provider: whoever holds an older one is late. */
  fence: number
}

/** A lease whose holder died is free again after this long; longer than any call may take. */
const LEASE_MS = 130_000
/** After a refused call, how long until one place more is tried; doubled each time that is refused again. */
const PROBE_MS = 20_000
const MAX_PROBE_MS = 10 * 60_000
/** Failures in a row after which a provider rests, and for how long at first; doubled while it stays ill. */
const ILL_CALLS = 5
const REST_MS = 5_000
const MAX_REST_MS = 120_000

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

  /** Asks for a place. Asking again with the same owner keeps the place that owner has. */
  async enter(provider: string, owner: string, limits: ProviderLimits): Promise<Entry> {
    if (!limits.enabled) return { entered: false, why: 'off', retryAfterMs: 5000 }
    const [state, value] = await this.run<[string, number]>(enterScript, provider, [
      owner,
      this.now(),
      LEASE_MS,
      limits.concurrency,
      PROBE_MS,
    ])
    if (state === 'in') return { entered: true, lease: { owner, fence: value } }
    return { entered: false, why: state === 'resting' ? 'resting' : 'full', retryAfterMs: value }
  }

  /** Gives the place back and learns from how the call ended. Twice is once. */
  async leave(provider: string, lease: Lease, end: CallEnd): Promise<void> {
    await this.run(leaveScript, provider, [lease.owner, this.now(), end, ILL_CALLS, REST_MS, MAX_REST_MS, PROBE_MS, MAX_PROBE_MS])
  }

  /** For the console: places taken, places it bears, and until when it rests (0: it does not). */
  async look(provider: string): Promise<{ inFlight: number; bears: number | null; restsUntilMs: number }> {
    const [places, health] = this.keys(provider)
    const [inFlight, [bears, restsUntil]] = await Promise.all([
      this.redis.zcount(places, this.now(), '+inf'),
      this.redis.hmget(health, 'bears', 'restsUntil'),
    ])
    return { inFlight, bears: bears ? Number(bears) : null, restsUntilMs: Math.max(0, Number(restsUntil ?? 0)) }
  }

  private keys(provider: string): [string, string] {
    // One hash slot a provider, so that a Redis cluster keeps both keys together.
    return [`governor:{${provider}}:places`, `governor:{${provider}}:health`]
  }

  private async run<T>(script: string, provider: string, values: (string | number)[]): Promise<T> {
    return (await this.redis.eval(script, 2, ...this.keys(provider), ...values)) as T
  }
}
