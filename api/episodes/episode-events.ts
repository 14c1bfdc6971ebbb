import { AsyncLocalStorage } from 'node:async_hooks'
import type { Response } from 'express'
import type { Redis } from 'ioredis'
import { Gauge } from 'prom-client'
import type { Database } from '../../prisma/client.ts'
import { newestNoteId, noteChannel, notesAfter } from '../../shared/episode-events.ts'
import type { EpisodeNote } from '../../shared/episode-events.ts'
import type { Logger } from '../../shared/logger.ts'
import { episodeAgain, findLine } from './episodes.repo.ts'
import type { EpisodeRef, EpisodeRow } from './episodes.repo.ts'
import { episodeOf, linesView, scriptOf, sectionsOf } from './episode-view.ts'

const listening = new Gauge({ name: 'aimake_event_listeners', help: 'Open streams of events.' })

const HEARTBEAT_MS = 15_000
/** Notes arriving closer together than this are told together. */
const GATHER_MS = 60
/** Redis away: the listener is told from the store instead, this often. */
const FALLBACK_MS = 2000

/**
 * Tells listeners what happens in episodes, over Server-Sent Events. Redis only says *that* something changed; what is told is
 * read from the store, so a listener who missed, repeated or resumed anything still ends with the truth.
 */
export class EpisodeEvents {
  private readonly db: Database
  private readonly redis: Redis
  private readonly subscriber: Redis
  private readonly logger: Logger
  private readonly listeners = new Map<string, Set<Listener>>()

  constructor(db: Database, redis: Redis, logger: Logger) {
    this.db = db
    this.redis = redis
    this.logger = logger
    this.subscriber = redis.duplicate({ commandTimeout: undefined })
    this.subscriber.on('error', (error: Error) => logger.warn({ err: error }, 'redis subscriber'))
    this.subscriber.on('message', (channel: string) => {
      for (const listener of this.listeners.get(channel) ?? []) listener.wake()
    })
  }

  /** Serves one listener until either side goes away. */
  async serve(res: Response, episode: EpisodeRef, lastEventId: string | undefined): Promise<void> {
    res.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    })
    const listener = new Listener(this.db, this.redis, this.logger, res, episode, lastEventId)
    listening.inc()
    res.once('close', () => listening.dec())
    await this.join(noteChannel(episode.id), listener)
    res.on('close', () => this.leave(noteChannel(episode.id), listener))
    listener.wake()
  }

  /** Ends every stream, so that the process can stop; browsers come back by themselves. */
  close(): void {
    for (const set of this.listeners.values()) for (const listener of set) listener.end()
    this.subscriber.disconnect()
  }

  private async join(channel: string, listener: Listener): Promise<void> {
    const set = this.listeners.get(channel) ?? new Set()
    this.listeners.set(channel, set.add(listener))
    if (set.size === 1) await this.subscriber.subscribe(channel).catch(() => undefined)
  }

  private leave(channel: string, listener: Listener): void {
    listener.end()
    const set = this.listeners.get(channel)
    set?.delete(listener)
    if (set?.size === 0) {
      this.listeners.delete(channel)
      void this.subscriber.unsubscribe(channel).catch(() => undefined)
    }
  }
}

class Listener {
  private readonly db: Database
  private readonly redis: Redis
  private readonly logger: Logger
  private readonly res: Response
  private readonly episode: EpisodeRef
  private readonly episodeId: string
  private lastId: string | undefined
  private readonly timers: NodeJS.Timeout[]
  /** Redis wakes it in nobody's name; what it reads, it reads as whoever listens. */
  private readonly asListener = AsyncLocalStorage.snapshot()
  private busy = false
  private again = false
  /** The version told of last: lines of another one need its whole script first. */
  private version: number | undefined

  constructor(db: Database, redis: Redis, logger: Logger, res: Response, episode: EpisodeRef, lastId: string | undefined) {
    this.db = db
    this.redis = redis
    this.logger = logger
    this.res = res
    this.episode = episode
    this.episodeId = episode.id
    this.lastId = lastId && /^\d{1,19}-\d{1,19}$/.test(lastId) ? lastId : undefined
    this.timers = [
      setInterval(() => this.res.write(': still here\n\n'), HEARTBEAT_MS),
      setInterval(() => this.wake(), FALLBACK_MS),
    ]
  }

  end(): void {
    for (const timer of this.timers) clearInterval(timer)
    this.res.end()
  }

  /** Tells what is new. Never two at once: what arrives meanwhile is told in the next round. */
  wake(): void {
    this.again = true
    if (this.busy || this.res.writableEnded) return
    this.busy = true
    void this.asListener(() => this.tellAll())
      .catch((error: unknown) => this.logger.warn({ err: error, episodeId: this.episodeId }, 'a listener could not be told'))
      .finally(() => {
        this.busy = false
        if (this.again) this.wake()
      })
  }

  private async tellAll(): Promise<void> {
    while (this.again && !this.res.writableEnded) {
      this.again = false
      const notes = this.lastId === undefined ? null : await notesAfter(this.redis, this.episodeId, this.lastId).catch(() => null)
      if (notes === null) await this.tellSnapshot()
      else if (notes.length > 0) await this.tellNotes(notes)
      if (notes?.length) await new Promise((resolve) => setTimeout(resolve, GATHER_MS))
    }
  }

  private async tellSnapshot(): Promise<void> {
    // Asked before the store is read: what happens in between is told again, never missed.
    const id = await newestNoteId(this.redis, this.episodeId).catch(() => undefined)
    if (id !== undefined && id === this.lastId) return
    const row = await episodeAgain(this.db, this.episode)
    if (!row) return this.end()
    await this.sendWhole(id, row)
  }

  private async sendWhole(id: string | undefined, row: EpisodeRow): Promise<void> {
    this.version = row.currentVersion
    this.send(id, 'snapshot', { episode: await episodeOf(this.db, row), script: await scriptOf(this.db, row) })
  }

  private async tellNotes(notes: { id: string; note: EpisodeNote }[]): Promise<void> {
    const newestId = notes.at(-1)!.id
    const row = await episodeAgain(this.db, this.episode)
    if (!row) return this.end()
    const isAnother = this.version !== undefined && this.version !== row.currentVersion
    if (isAnother || notes.some(({ note }) => note.type === 'version')) return this.sendWhole(newestId, row)
    if (notes.some(({ note }) => note.type === 'outline')) {
      this.send(undefined, 'outline', { sections: sectionsOf(row.versions[0]!.outline) })
    }
    const lineIds = new Set(notes.flatMap(({ note }) => (note.type === 'line' ? [note.lineId] : [])))
    for (const lineId of lineIds) {
      const line = await findLine(this.db, row.versions[0]!, lineId)
      if (line) this.send(undefined, 'line', (await linesView(this.db, [line]))[0])
    }
    this.send(newestId, 'episode', await episodeOf(this.db, row))
  }

  private send(id: string | undefined, event: string, data: unknown): void {
    if (this.res.writableEnded) return
    if (id !== undefined) this.lastId = id
    this.res.write(`${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`)
  }
}
