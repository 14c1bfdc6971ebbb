import type { Redis } from 'ioredis'
import type { Response } from 'express'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { RateLimiterAbstract } from 'rate-limiter-flexible'
import type { Logger } from '../../shared/logger.ts'
import type { LimitName, Quota } from './limit-settings.ts'
import { HttpProblem } from './problem.ts'

/** After a failure Redis is not asked for so long: while it hangs, nobody else waits for its time-out. */
const REST_MS = 1000
const AWAY_RETRY_SECONDS = 5

/** Whom to count, and what is done while nobody can count: `open` counts in this process alone, `closed` refuses with 503. */
export interface Claim {
  who: string
  away: 'open' | 'closed'
  /** Instead of the limit's own quota: an API key may have one of its own. */
  quota?: Quota
}

interface Counters {
  shared: RateLimiterAbstract
  own: RateLimiterAbstract
}

/**
 * How often anybody may come. Counted in Redis for all copies of the door together, each step one Lua script, so that of a thousand parallel
 * requests exactly as many pass as the quota says. What was counted is told in the `RateLimit` headers of the answer.
 */
export class Limits {
  private readonly redis: Redis
  private readonly quotas: Record<LimitName, Quota>
  private readonly logger: Logger
  private readonly counters = new Map<string, Counters>()
  private restsUntilMs = 0

  constructor(redis: Redis, quotas: Record<LimitName, Quota>, logger: Logger) {
    this.redis = redis
    this.quotas = quotas
    this.logger = logger
  }

  /**
   * Counts one request. Throws `too-many-requests` with the seconds to wait when the quota is used up, and `unavailable` when the claim is
   * `closed` and Redis is away.
   */
  async take(name: LimitName, { who, away, quota = this.quotas[name] }: Claim, res?: Response): Promise<void> {
    const { shared, own } = this.countersOf(name, quota)
    const standing = await this.count(shared, who).catch((error: unknown) => {
      if (error instanceof RateLimiterRes) return error
      this.rest(error)
      if (away === 'closed') throw cannotCount()
      return own.consume(who).catch((full: unknown) => full as RateLimiterRes)
    })
    if (res) tell(res, name, quota, standing)
    if (standing.consumedPoints > quota.requests) throw tooMany(standing)
  }

  private count(shared: RateLimiterAbstract, who: string): Promise<RateLimiterRes> {
    if (performance.now() < this.restsUntilMs) return Promise.reject(new Error('redis rests'))
    return shared.consume(who)
  }

  private rest(error: unknown): void {
    if (performance.now() < this.restsUntilMs) return
    this.restsUntilMs = performance.now() + REST_MS
    this.logger.warn({ err: error }, 'redis is away: requests are counted by this process alone')
  }

  private countersOf(name: LimitName, { requests, seconds }: Quota): Counters {
    const id = `${name}:${requests}/${seconds}`
    const known = this.counters.get(id)
    if (known) return known
    const options = { keyPrefix: `limit:${name}`, points: requests, duration: seconds }
    const made = {
      shared: new RateLimiterRedis({ ...options, storeClient: this.redis, rejectIfRedisNotReady: true }),
      own: new RateLimiterMemory(options),
    }
    this.counters.set(id, made)
    return made
  }
}

const secondsLeft = ({ msBeforeNext }: RateLimiterRes) => Math.max(1, Math.ceil(msBeforeNext / 1000))

/** The headers of draft-ietf-httpapi-ratelimit-headers: a policy with its quota and window, and what is left of it until when. */
function tell(res: Response, name: LimitName, { requests, seconds }: Quota, standing: RateLimiterRes): void {
  res.append('ratelimit-policy', `"${name}";q=${requests};w=${seconds}`)
  res.append('ratelimit', `"${name}";r=${Math.max(0, standing.remainingPoints)};t=${secondsLeft(standing)}`)
}

function tooMany(standing: RateLimiterRes): HttpProblem {
  const seconds = secondsLeft(standing)
  return new HttpProblem('too-many-requests', `That was too often. Come again in ${seconds} s; nothing was done.`, {
    retryAfterSeconds: seconds,
  })
}

const cannotCount = () =>
  new HttpProblem('unavailable', 'A part of the service is away, and nothing is spent or signed in meanwhile. Try again soon.', {
    retryAfterSeconds: AWAY_RETRY_SECONDS,
  })
