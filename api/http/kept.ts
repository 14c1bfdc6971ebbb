import { randomUUID } from 'node:crypto'
import type { Request } from 'express'
import type { Redis } from 'ioredis'
import { LRUCache } from 'lru-cache'
import type { Logger } from '../../shared/logger.ts'
import type { Unchanged } from './limits.ts'
import type { Caller, Route } from './route.ts'
import type { OnTheLine } from './send-json.ts'

/** Nothing is kept longer: the bound for what a process changed that died before it could say so. */
const LONGEST_MS = 60_000
/** Longer than anything is kept: then it no longer matters what the word was. */
const WORD_SECONDS = 120
const MOST_CALLERS = 20_000
const MOST_BYTES = 64 << 20
/** Longer headers are nobody's session, and would fill the memory. */
const LONGEST_PASS = 2000

const HOUSE = 'kept:house'
const personWord = (userId: string) => `kept:person:${userId}`

/** What was the word for a caller's power, and for what they ask about, when it was looked at. */
export interface Words {
  power: string
  all: string
  unchanged: Unchanged
}

/** What somebody was answered, and what must be unchanged for it to be right. */
interface KeptAnswer {
  caller: Caller
  route: Route
  body: OnTheLine
  unchanged: Unchanged
}

/**
 * Who calls and what they were answered, kept in this process for the next one who asks the same. Right because every change says a new word in Redis before
 * it is answered, and nothing is given out whose words are not those of this moment: one question to Redis instead of a dozen to the database. Redis away,
 * nothing is kept.
 */
export class Kept {
  private readonly redis: Redis
  private readonly logger: Logger
  /** Whose a cookie or key was last: where to ask for the word. It opens nothing. */
  private readonly owners = new LRUCache<string, string>({ max: MOST_CALLERS })
  private readonly callers = new LRUCache<string, { caller: Caller; word: string }>({ max: MOST_CALLERS, ttl: LONGEST_MS })
  private readonly answers = new LRUCache<string, KeptAnswer>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ body }) => body.length + 1000,
    ttl: LONGEST_MS,
  })
  private readonly looks = new Map<string, Promise<unknown>>()
  /** How often Redis came: what was said before is of another time. */
  private times = 0

  constructor(redis: Redis, logger: Logger) {
    this.redis = redis
    this.logger = logger
    // A Redis that comes back may have forgotten every word.
    redis.on('ready', () => {
      this.times += 1
      this.callers.clear()
      this.answers.clear()
    })
  }

  /** The words of this moment for whoever seems to call, about what `subject` names; `undefined` when nobody can say. Ask before looking. */
  async wordsFor(req: Request, subject: string): Promise<Words | undefined> {
    const pass = passOf(req)
    const owner = pass && this.owners.get(pass)
    if (!owner) return undefined
    const { times } = this
    const keys = [HOUSE, personWord(owner), subject]
    try {
      const words = (await this.redis.mget(keys)).map((word) => word ?? '')
      const [house, person, about] = words
      const power = `${times} ${owner} ${house} ${person}`
      return { power, all: `${power} ${about}`, unchanged: { keys, words } }
    } catch {
      return undefined
    }
  }

  /** Who calls, as long as these are the words and their session or key has not ended; otherwise who is found to by `look`. */
  async callerOf(req: Request, { power }: Words, look: () => Promise<Caller | undefined>): Promise<Caller | undefined> {
    const pass = passOf(req)!
    const kept = this.callers.get(pass)
    return kept?.word === power && hasTime(kept.caller) ? kept.caller : this.once(`${power} ${pass}`, look)
  }

  /** Keeps who was found to call; `words` are those of before it was looked. */
  keepCaller(req: Request, caller: Caller, words: Words | undefined): void {
    const pass = passOf(req)
    if (!pass) return
    this.owners.set(pass, caller.userId)
    if (words && this.isAbout(caller, words)) this.callers.set(pass, { caller, word: words.power })
  }

  /** What whoever asks this way was answered at this address when they asked last; right only if what must be unchanged is. */
  answerTo(req: Asking): KeptAnswer | undefined {
    const kept = req.method === 'GET' ? this.answers.get(placeOf(req)) : undefined
    return kept && hasTime(kept.caller) ? kept : undefined
  }

  keepAnswer(req: Request, words: Words, { caller, route, body }: Omit<KeptAnswer, 'unchanged'>): void {
    if (this.isAbout(caller, words)) this.answers.set(placeOf(req), { caller, route, body, unchanged: words.unchanged })
  }

  /** Who asks under the same words for what is being looked at waits for it: what is kept has run out for all at the same moment. */
  answerOf<T>(req: Request, words: Words, look: () => Promise<T>): Promise<T> {
    return this.once(`${words.all} ${placeOf(req)}`, look)
  }

  private once<T>(what: string, look: () => Promise<T>): Promise<T> {
    const known = this.looks.get(what) as Promise<T> | undefined
    if (known) return known
    const made = look().finally(() => this.looks.delete(what))
    this.looks.set(what, made)
    return made
  }

  private isAbout({ userId }: Caller, { power }: Words): boolean {
    return power.startsWith(`${this.times} ${userId} `)
  }

  /** Something of this person was changed, by whomever: what is kept about them counts no more, in any process. Never throws. */
  async changed(userId: string): Promise<void> {
    await this.say(personWord(userId))
  }

  /** Something was changed and it is not known whose. */
  async changedForAll(): Promise<void> {
    await this.say(HOUSE)
  }

  private async say(key: string): Promise<void> {
    await this.redis
      .set(key, randomUUID(), 'EX', WORD_SECONDS)
      .catch((error: unknown) => this.logger.warn({ err: error }, `what was kept may be told for ${LONGEST_MS} ms more`))
  }
}

type Asking = Pick<Request, 'headers' | 'originalUrl'> & { method?: string | undefined }

/** What a caller shows, as text. */
function passOf({ headers }: Asking): string | undefined {
  const key = headers['x-api-key']
  const pass = typeof key === 'string' ? `key ${key}` : headers.cookie && `cookie ${headers.cookie}`
  return pass && pass.length <= LONGEST_PASS ? pass : undefined
}

/** Who asks what: the same address answers somebody else otherwise. */
const placeOf = (req: Asking) => `${passOf(req)} ${req.originalUrl}`

const hasTime = ({ endsAt }: Caller) => !endsAt || endsAt.getTime() > Date.now()
