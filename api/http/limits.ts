import type { Redis } from 'ioredis'
import type { Response } from 'express'
import { RateLimiterMemory, RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible'
import type { RateLimiterAbstract } from 'rate-limiter-flexible'
import { gathered } from '../../shared/gathered.ts'
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

/** What these keys hold, one behind the other with spaces between; an empty word for a key that holds nothing. */
export interface Unchanged {
  keys: string[]
  words: string
}

/**
 * Of each question: counts the first counter; and, as long as it is not used up and the words are these, the others in turn until one is. Each step is the
 * library's own; what several questions are about is read once, and counted on once. KEYS: whatever the questions are about, each once. ARGV: the questions
 * as JSON, keys by their place. Answers as JSON of each question whether the words are these, then of each counter that was asked what is consumed and for
 * how many ms.
 */
const COUNT_WHILE = `
  local call, held, counters, answers = redis.call, {}, {}, {}
  local function holds(at)
    held[at] = held[at] or call('get', KEYS[at]) or ''
    return held[at]
  end
  local function count(at, seconds)
    local counter = counters[at]
    if counter then
      counter.consumed = counter.consumed + 1
      counter.later = counter.later + 1
      return counter
    end
    counter = { consumed = call('incr', KEYS[at]), left = call('pttl', KEYS[at]), later = 0 }
    if counter.left < 0 then
      call('expire', KEYS[at], seconds)
      counter.left = 1000 * seconds
    end
    counters[at] = counter
    return counter
  end
  for index, question in ipairs(cjson.decode(ARGV[1])) do
    local words = {}
    for i, at in ipairs(question[1]) do words[i] = holds(at) end
    local same = table.concat(words, ' ') == question[2]
    local answer = { same and 1 or 0 }
    for _, asked in ipairs(question[3]) do
      local counter = count(asked[1], asked[3])
      answer[#answer + 1] = counter.consumed
      answer[#answer + 1] = counter.left
      if not same or counter.consumed > asked[2] then break end
    end
    answers[index] = answer
  end
  for at, counter in pairs(counters) do
    if counter.later > 0 then call('incrby', KEYS[at], counter.later) end
  end
  return cjson.encode(answers)`

type Counting = Redis & { countWhile(keys: number, ...keysAndQuestions: string[]): Promise<string> }

interface Question extends Unchanged {
  counters: { key: string; quota: Quota }[]
}

interface Named extends Claim {
  name: LimitName
}

interface Told {
  name: LimitName
  quota: Quota
  standing: RateLimiterRes
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
  private readonly redis: Counting
  private readonly quotas: Record<LimitName, Quota>
  private readonly logger: Logger
  private readonly counters = new Map<string, Counters>()
  private readonly countWhile = gathered(async (questions: Question[]) => {
    const places = new Map<string, number>()
    const placeOf = (key: string) => {
      const place = places.get(key) ?? places.size + 1
      places.set(key, place)
      return place
    }
    const asked = questions.map(({ keys, words, counters }) => [
      keys.map(placeOf),
      words,
      counters.map(({ key, quota: { requests, seconds } }) => [placeOf(key), requests, seconds]),
    ])
    return JSON.parse(await this.redis.countWhile(places.size, ...places.keys(), JSON.stringify(asked))) as number[][]
  })
  private restsUntilMs = 0

  constructor(redis: Redis, quotas: Record<LimitName, Quota>, logger: Logger) {
    redis.defineCommand('countWhile', { lua: COUNT_WHILE })
    this.redis = redis as Counting
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
    if (res) tell(res, [{ name, quota, standing }])
    if (standing.consumedPoints > quota.requests) throw tooMany(standing)
  }

  /**
   * Counts one request by the first claim and, only while what is `unchanged` is so, by the others: all of it one question. Answers whether it is so. Throws as
   * `take` does. Redis away, the first alone is counted, and nothing is known to be unchanged.
   */
  async takeWhile({ keys, words }: Unchanged, claims: [Named, ...Named[]], res: Response): Promise<boolean> {
    const counters = claims.map(({ name, who, quota = this.quotas[name] }) => ({ name, quota, key: `${prefixOf(name)}:${who}` }))
    let said: number[]
    try {
      if (this.isResting()) throw new Error('redis rests')
      said = await this.countWhile({ keys, words, counters })
    } catch (error) {
      this.rest(error)
      await this.take(claims[0].name, claims[0], res)
      return false
    }
    const told: Told[] = []
    for (const { name, quota } of counters) {
      const at = 1 + 2 * told.length
      const consumed = said[at]
      if (consumed === undefined) break
      told.push({ name, quota, standing: new RateLimiterRes(Math.max(0, quota.requests - consumed), said[at + 1], consumed) })
    }
    tell(res, told)
    const full = told.find(({ quota, standing }) => standing.consumedPoints > quota.requests)
    if (full) throw tooMany(full.standing)
    return said[0] === 1
  }

  private isResting(): boolean {
    return performance.now() < this.restsUntilMs || this.redis.status !== 'ready'
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
    const options = { keyPrefix: prefixOf(name), points: requests, duration: seconds }
    const made = {
      shared: new RateLimiterRedis({ ...options, storeClient: this.redis, rejectIfRedisNotReady: true }),
      own: new RateLimiterMemory(options),
    }
    this.counters.set(id, made)
    return made
  }
}

/** The library puts a colon between it and who is counted. */
const prefixOf = (name: LimitName) => `limit:${name}`

const secondsLeft = ({ msBeforeNext }: RateLimiterRes) => Math.max(1, Math.ceil(msBeforeNext / 1000))

/** The headers of draft-ietf-httpapi-ratelimit-headers: of each counter a policy with its quota and window, and what is left of it until when. */
function tell(res: Response, told: Told[]): void {
  const policies = told.map(({ name, quota: { requests, seconds } }) => `"${name}";q=${requests};w=${seconds}`)
  const left = told.map(({ name, standing }) => `"${name}";r=${Math.max(0, standing.remainingPoints)};t=${secondsLeft(standing)}`)
  res.appendHeader('ratelimit-policy', policies.join(', '))
  res.appendHeader('ratelimit', left.join(', '))
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
