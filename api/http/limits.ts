import type { Redis } from 'ioredis'
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

/** What each of these keys holds; an empty word for a key that holds nothing. */
export interface Unchanged {
  keys: string[]
  words: string[]
}

/**
 * Of each question: counts the first counter; and, as long as it is not used up and all keys hold the words that are asked for, the others in turn until one is.
 * Each step is the library's own; what several questions are about is read once, and counted on once. KEYS: those that hold words, then those of counters, each
 * once. ARGV: how many hold words; the questions as a JSON array of numbers; the words. A question is how many words, of each the places of its key and of the
 * word, how many counters, of each the place of its key among theirs, how often in how many seconds. Answers in numbers too: whether the words are these, then of
 * each counter how much is consumed (0: not counted) and for how many ms. No tables in tables: making them took most of the time.
 */
const COUNT_WHILE = `
  local call, asked, holding = redis.call, cjson.decode(ARGV[2]), tonumber(ARGV[1])
  local held, consumed, left, later, told = {}, {}, {}, {}, {}
  for first = 1, holding, 1000 do
    local some = call('mget', unpack(KEYS, first, math.min(first + 999, holding)))
    for i, word in ipairs(some) do held[first + i - 1] = word or '' end
  end
  local at, said = 1, 0
  while asked[at] do
    local same = 1
    local last = at + 2 * asked[at]
    for i = at + 1, last, 2 do
      if held[asked[i]] ~= ARGV[asked[i + 1]] then same = 0 end
    end
    said = said + 1
    told[said] = same
    local counts = true
    at = last + 2
    last = last + 1 + 3 * asked[last + 1]
    for i = at, last, 3 do
      told[said + 1] = 0
      told[said + 2] = 0
      if counts then
        local key = holding + asked[i]
        if consumed[key] then
          consumed[key] = consumed[key] + 1
          later[key] = (later[key] or 0) + 1
        else
          consumed[key] = call('incr', KEYS[key])
          left[key] = call('pttl', KEYS[key])
          if left[key] < 0 then
            call('expire', KEYS[key], asked[i + 2])
            left[key] = 1000 * asked[i + 2]
          end
        end
        told[said + 1] = consumed[key]
        told[said + 2] = left[key]
        counts = same == 1 and consumed[key] <= asked[i + 1]
      end
      said = said + 2
    end
    at = last + 1
  end
  for key, more in pairs(later) do call('incrby', KEYS[key], more) end
  return told`

type Counting = Redis & { countWhile(keys: number, ...keysQuestionsAndWords: string[]): Promise<number[]> }

interface Question extends Unchanged {
  counters: { key: string; quota: Quota }[]
}

/** Gives each text a place, by which it is named in numbers. */
class Places {
  readonly all = new Map<string, number>()
  private readonly first: number

  constructor(first: number) {
    this.first = first
  }

  of(text: string): number {
    const known = this.all.get(text)
    if (known !== undefined) return known
    const place = this.first + this.all.size
    this.all.set(text, place)
    return place
  }
}

interface Named extends Claim {
  name: LimitName
}

/** Where it is told: an answer, or what one will begin with. */
interface Head {
  appendHeader(name: string, value: string): unknown
}

type Standing = Pick<RateLimiterRes, 'remainingPoints' | 'msBeforeNext' | 'consumedPoints'>

interface Told {
  name: LimitName
  quota: Quota
  standing: Standing
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
    const [keys, counted, words] = [new Places(1), new Places(1), new Places(3)]
    const asked: number[] = []
    for (const question of questions) {
      asked.push(question.keys.length)
      question.keys.forEach((key, index) => asked.push(keys.of(key), words.of(question.words[index]!)))
      asked.push(question.counters.length)
      for (const { key, quota } of question.counters) asked.push(counted.of(key), quota.requests, quota.seconds)
    }
    const [all, about] = [[...keys.all.keys(), ...counted.all.keys()], [...words.all.keys()]]
    const told = await this.redis.countWhile(all.length, ...all, String(keys.all.size), `[${asked.join(',')}]`, ...about)
    let at = 0
    return questions.map(({ counters }) => told.slice(at, (at += 1 + 2 * counters.length)))
  })
  private restsUntilMs = 0

  constructor(redis: Redis, quotas: Record<LimitName, Quota>, logger: Logger) {
    redis.defineCommand('countWhile', { lua: COUNT_WHILE })
    // It is a parcel already.
    redis.options.autoPipeliningIgnoredCommands = ['countWhile']
    this.redis = redis as Counting
    this.quotas = quotas
    this.logger = logger
  }

  /**
   * Counts one request. Throws `too-many-requests` with the seconds to wait when the quota is used up, and `unavailable` when the claim is
   * `closed` and Redis is away.
   */
  async take(name: LimitName, { who, away, quota = this.quotas[name] }: Claim, head?: Head): Promise<void> {
    const { shared, own } = this.countersOf(name, quota)
    const standing = await this.count(shared, who).catch((error: unknown) => {
      if (error instanceof RateLimiterRes) return error
      this.rest(error)
      if (away === 'closed') throw cannotCount()
      return own.consume(who).catch((full: unknown) => full as RateLimiterRes)
    })
    if (head) tell(head, [{ name, quota, standing }])
    if (standing.consumedPoints > quota.requests) throw tooMany(standing)
  }

  /**
   * Counts one request by the first claim and, only while what is `unchanged` is so, by the others: all of it one question. Answers whether it is so. Throws as
   * `take` does. Redis away, the first alone is counted, and nothing is known to be unchanged.
   */
  async takeWhile({ keys, words }: Unchanged, claims: [Named, ...Named[]], head: Head): Promise<boolean> {
    const counters = claims.map(({ name, who, quota = this.quotas[name] }) => ({ name, quota, key: `${prefixOf(name)}:${who}` }))
    let said: number[]
    try {
      if (this.isResting()) throw new Error('redis rests')
      said = await this.countWhile({ keys, words, counters })
    } catch (error) {
      this.rest(error)
      await this.take(claims[0].name, claims[0], head)
      return false
    }
    const told: Told[] = []
    for (const { name, quota } of counters) {
      const at = 1 + 2 * told.length
      const consumed = said[at]
      if (!consumed) break
      const standing = { remainingPoints: quota.requests - consumed, msBeforeNext: said[at + 1]!, consumedPoints: consumed }
      told.push({ name, quota, standing })
    }
    tell(head, told)
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

const secondsLeft = ({ msBeforeNext }: Standing) => Math.max(1, Math.ceil(msBeforeNext / 1000))

/** The headers of draft-ietf-httpapi-ratelimit-headers: of each counter a policy with its quota and window, and what is left of it until when. */
function tell(head: Head, told: Told[]): void {
  let [policies, left] = ['', '']
  for (const { name, quota, standing } of told) {
    const comma = policies && ', '
    policies += `${comma}"${name}";q=${quota.requests};w=${quota.seconds}`
    left += `${comma}"${name}";r=${Math.max(0, standing.remainingPoints)};t=${secondsLeft(standing)}`
  }
  head.appendHeader('ratelimit-policy', policies)
  head.appendHeader('ratelimit', left)
}

function tooMany(standing: Standing): HttpProblem {
  const seconds = secondsLeft(standing)
  return new HttpProblem('too-many-requests', `That was too often. Come again in ${seconds} s; nothing was done.`, {
    retryAfterSeconds: seconds,
  })
}

const cannotCount = () =>
  new HttpProblem('unavailable', 'A part of the service is away, and nothing is spent or signed in meanwhile. Try again soon.', {
    retryAfterSeconds: AWAY_RETRY_SECONDS,
  })
