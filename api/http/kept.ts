import { randomUUID } from 'node:crypto'
import type { Request } from 'express'
import type { Redis } from 'ioredis'
import { LRUCache } from 'lru-cache'
import type { Logger } from '../../shared/logger.ts'
import type { Caller } from './route.ts'

/** Nothing is kept longer: the bound for what a process changed that died before it could say so. */
const LONGEST_MS = 10_000
/** Longer than anything is kept: then it no longer matters what the word was. */
const WORD_SECONDS = 60
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
  private readonly answers = new LRUCache<string, { body: Buffer; word: string }>({
    maxSize: MOST_BYTES,
    sizeCalculation: ({ body }) => body.length + 200,
    ttl: LONGEST_MS,
  })

  constructor(redis: Redis, logger: Logger) {
    this.redis = redis
    this.logger = logger
    // A Redis that comes back may have forgotten every word.
    redis.on('ready', () => {
      this.callers.clear()
      this.answers.clear()
    })
  }

  /** The words of this moment for whoever seems to call, about what `subject` names; `undefined` when nobody can say. Ask before looking. */
  async wordsFor(req: Request, subject: string): Promise<Words | undefined> {
    const pass = passOf(req)
    const owner = pass && this.owners.get(pass)
    if (!owner) return undefined
    try {
      const [house, person, about] = await this.redis.mget(HOUSE, personWord(owner), subject)
      const power = `${owner} ${house} ${person}`
      return { power, all: `${power} ${about}` }
    } catch {
      return undefined
    }
  }

  /** Who calls, as long as these are the words and their session or key has not ended. */
  callerOf(req: Request, words: Words): Caller | undefined {
    const kept = this.callers.get(passOf(req)!)
    return kept?.word === words.power && !(kept.caller.endsAt && kept.caller.endsAt <= new Date()) ? kept.caller : undefined
  }

  /** Keeps who was found to call; `words` are those of before it was looked. */
  keepCaller(req: Request, caller: Caller, words: Words | undefined): void {
    const pass = passOf(req)
    if (!pass) return
    this.owners.set(pass, caller.userId)
    if (words?.power.startsWith(`${caller.userId} `)) this.callers.set(pass, { caller, word: words.power })
  }

  /** What this caller was answered at this address, as bytes. */
  answerTo({ userId }: Caller, req: Request, words: Words): Buffer | undefined {
    const kept = this.answers.get(`${userId} ${req.originalUrl}`)
    return kept?.word === words.all ? kept.body : undefined
  }

  keepAnswer({ userId }: Caller, req: Request, words: Words, body: Buffer): void {
    if (words.power.startsWith(`${userId} `)) this.answers.set(`${userId} ${req.originalUrl}`, { body, word: words.all })
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

/** What a caller shows, as text. */
function passOf({ headers }: Request): string | undefined {
  const key = headers['x-api-key']
  const pass = typeof key === 'string' ? `key ${key}` : headers.cookie && `cookie ${headers.cookie}`
  return pass && pass.length <= LONGEST_PASS ? pass : undefined
}
