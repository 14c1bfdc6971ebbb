import type { Redis } from 'ioredis'
import type { Database, Reader } from '../prisma/client.ts'
import type { LogPosition, Replica } from '../prisma/replica.ts'
import type { Logger } from '../shared/logger.ts'
import type { Lane } from './lane.ts'

/** Longer than a copy may be behind before it is not asked at all: after that no write can be unseen. */
const REMEMBERED_SECONDS = 120
/** This process remembers so many callers by itself, for a moment in which Redis is away. */
const MOST_CALLERS = 10_000
/** Where nobody could say how far the log has come, no copy has come far enough. */
const UNKNOWN: LogPosition = 2n ** 53n

/** The later of two places wins: two writes of one person may be noted in any order. */
const NOTE = `
  local was = tonumber(redis.call('GET', KEYS[1]) or '0')
  if tonumber(ARGV[1]) >= was then redis.call('SET', KEYS[1], ARGV[1], 'EX', ARGV[2]) end`

const noteKey = (userId: string) => `wrote:${userId}`

export interface ReadsDeps {
  db: Database
  redis: Redis
  logger: Logger
  /** Without one everything is read from the writer. */
  replica?: { copy: Replica; fallback: Database; lane: Lane } | undefined
}

/**
 * Where lists and reports are read. From the copy when it has everything that the caller has written; from the writer when it has not. With the copy away its
 * load does not fall on the writer as it is, but through a lane with few places.
 */
export class Reads {
  private readonly deps: ReadsDeps
  private readonly own = new Map<string, { position: LogPosition; untilMs: number }>()

  constructor(deps: ReadsDeps) {
    this.deps = deps
  }

  /** A list or report for this caller, who sees what they have written themselves; what others wrote may come a moment later. */
  async by<T>(userId: string, work: (reader: Reader) => Promise<T>): Promise<T> {
    const { db, replica, logger } = this.deps
    if (!replica) return work(db)
    const { copy, fallback, lane } = replica
    const written = await this.writtenBy(userId)
    if (copy.state === 'here' && written !== undefined) {
      if (!copy.has(written)) return work(db)
      try {
        return await copy.read(work)
      } catch (error) {
        // Whatever it was, reading once more changes nothing, and the writer gives the true answer or the true error.
        logger.warn({ err: error }, 'read from the writer instead of the replica')
      }
    }
    return lane.run(() => work(fallback))
  }

  /** Notes, before a write is answered, how far the copy must have come before this person is shown lists from it. Never throws. */
  async wrote(userId: string): Promise<void> {
    const { replica, redis, logger } = this.deps
    if (!replica) return
    const position = await replica.copy.writerPosition().catch(() => UNKNOWN)
    this.remember(userId, position)
    await redis
      .eval(NOTE, 1, noteKey(userId), String(position), REMEMBERED_SECONDS)
      .catch((error: unknown) => logger.warn({ err: error }, 'a write is remembered by this process only'))
  }

  async close(): Promise<void> {
    const { replica } = this.deps
    await Promise.all([replica?.copy.close(), replica?.fallback.$disconnect()])
  }

  /** `undefined`: nobody can say. */
  private async writtenBy(userId: string): Promise<LogPosition | undefined> {
    const noted = await this.deps.redis.get(noteKey(userId)).catch(() => undefined)
    if (noted === undefined) return undefined
    const everywhere = BigInt(noted ?? 0)
    const own = this.own.get(userId)
    return own && own.untilMs > performance.now() && own.position > everywhere ? own.position : everywhere
  }

  private remember(userId: string, position: LogPosition): void {
    // The newest last, so that the oldest are let go first.
    this.own.delete(userId)
    this.own.set(userId, { position, untilMs: performance.now() + REMEMBERED_SECONDS * 1000 })
    if (this.own.size > MOST_CALLERS) this.own.delete(this.own.keys().next().value!)
  }
}
