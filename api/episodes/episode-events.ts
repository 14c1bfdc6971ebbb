import type { Response } from 'express'
import type { Redis } from 'ioredis'
import { Counter, Gauge } from 'prom-client'
import type { Database } from '../../prisma/client.ts'
import { noteChannel } from '../../shared/episode-events.ts'
import type { Logger } from '../../shared/logger.ts'
import { EventStream } from '../http/event-stream.ts'
import type { StreamTerms } from '../http/event-stream.ts'
import { EpisodeRoom } from './episode-room.ts'
import type { EpisodeRow } from './episodes.repo.ts'

const listening = new Gauge({ name: 'aimake_event_listeners', help: 'Open streams of events.' })
const cut = new Counter({ name: 'aimake_event_listeners_cut_total', help: 'Listeners cut because they did not read.' })

/** What is no place in a stream of notes is none at all. */
const placeShape = /^\d{1,19}-\d{1,19}$/

/**
 * Tells listeners what happens in episodes, over Server-Sent Events. Redis only says *that* something changed; what is told is
 * read from the store, once for all listeners of an episode here.
 */
export class EpisodeEvents {
  private readonly db: Database
  private readonly redis: Redis
  private readonly subscriber: Redis
  private readonly logger: Logger
  private readonly terms: StreamTerms
  private readonly rooms = new Map<string, EpisodeRoom>()

  constructor(db: Database, redis: Redis, logger: Logger, terms: StreamTerms) {
    this.db = db
    this.redis = redis
    this.logger = logger
    this.terms = terms
    this.subscriber = redis.duplicate({ commandTimeout: undefined })
    this.subscriber.on('error', (error: Error) => logger.warn({ err: error }, 'redis subscriber'))
    this.subscriber.on('message', (channel: string) => this.rooms.get(channel)?.wake())
  }

  /** Serves one listener until either side goes away. */
  async serve(res: Response, episode: EpisodeRow, lastEventId: string | undefined): Promise<void> {
    // Gone before anything was told: nobody would hear that they leave.
    if (res.closed) return
    const channel = noteChannel(episode.id)
    const room = this.roomOf(channel, episode)
    const lastId = lastEventId && placeShape.test(lastEventId) ? lastEventId : undefined
    const stream = new EventStream(res, this.terms, {
      onRoom: () => room.wake(),
      onEnd: () => {
        listening.dec()
        if (stream.wasCut) cut.inc()
        this.leave(channel, room, stream)
      },
    })
    listening.inc()
    room.join(stream, lastId)
    if (room.size === 1) await this.subscriber.subscribe(channel).catch(() => undefined)
    room.wake()
  }

  /** Ends every stream, so that the process can stop; browsers come back by themselves. */
  close(): void {
    for (const room of this.rooms.values()) room.close()
    this.subscriber.disconnect()
  }

  private roomOf(channel: string, episode: EpisodeRow): EpisodeRoom {
    const room = this.rooms.get(channel) ?? new EpisodeRoom(this.db, this.redis, this.logger, episode)
    this.rooms.set(channel, room)
    return room
  }

  private leave(channel: string, room: EpisodeRoom, stream: EventStream): void {
    room.leave(stream)
    if (room.size > 0 || this.rooms.get(channel) !== room) return
    this.rooms.delete(channel)
    room.close()
    void this.subscriber.unsubscribe(channel).catch(() => undefined)
  }
}
