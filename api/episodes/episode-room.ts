import { setTimeout as sleep } from 'node:timers/promises'
import type { Redis } from 'ioredis'
import type { Database } from '../../prisma/client.ts'
import { asPerson } from '../../prisma/identity.ts'
import { newestNoteId, notesAfter } from '../../shared/episode-events.ts'
import type { EpisodeNote } from '../../shared/episode-events.ts'
import type { Logger } from '../../shared/logger.ts'
import type { EventStream } from '../http/event-stream.ts'
import { episodeAgain, findLine } from './episodes.repo.ts'
import type { EpisodeRow } from './episodes.repo.ts'
import { episodeOf, linesView, scriptOf, sectionsOf } from './episode-view.ts'

/** Notes arriving closer together than this are told together. */
const GATHER_MS = 60
/** Redis away: listeners are told from the store instead, this often. */
const FALLBACK_MS = 2000

/** How far a listener has been told. */
interface Place {
  /** The newest note; unset: nothing yet. */
  lastId: string | undefined
  /** Lines of another version need its whole script first. */
  version: number | undefined
}

/** What listeners at one place are told next, and where they are then; `gone`: there is no such episode any more. */
type Telling = (Place & { message: Buffer }) | 'gone' | undefined

/**
 * The listeners of one episode on this process. However many they are, the store is asked once for all who were told the same; a listener who missed,
 * repeated or resumed anything still ends with the truth.
 */
export class EpisodeRoom {
  private readonly db: Database
  private readonly redis: Redis
  private readonly logger: Logger
  private readonly episode: EpisodeRow
  private readonly places = new Map<EventStream, Place>()
  private readonly fallback: NodeJS.Timeout
  private busy = false
  private again = false

  constructor(db: Database, redis: Redis, logger: Logger, episode: EpisodeRow) {
    this.db = db
    this.redis = redis
    this.logger = logger
    this.episode = episode
    this.fallback = setInterval(() => this.wake(), FALLBACK_MS)
  }

  get size(): number {
    return this.places.size
  }

  join(stream: EventStream, lastId: string | undefined): void {
    this.places.set(stream, { lastId, version: undefined })
  }

  leave(stream: EventStream): void {
    this.places.delete(stream)
  }

  /** Ends every stream and whatever it does by itself. */
  close(): void {
    clearInterval(this.fallback)
    for (const stream of this.places.keys()) stream.end()
  }

  /** Tells what is new. Never two at once: what arrives meanwhile is told in the next round. */
  wake(): void {
    this.again = true
    if (this.busy || this.places.size === 0) return
    this.busy = true
    // Redis wakes it in nobody's name; what it reads, it reads as the one person who may listen.
    void asPerson(this.episode.userId, () => this.tellAll())
      .catch((error: unknown) => this.logger.warn({ err: error, episodeId: this.episode.id }, 'listeners could not be told'))
      .finally(() => {
        this.busy = false
        if (this.again) this.wake()
      })
  }

  private async tellAll(): Promise<void> {
    while (this.again && this.places.size > 0) {
      this.again = false
      const isNews = await Promise.all([...this.groups().values()].map((streams) => this.tell(streams)))
      if (isNews.includes(true)) await sleep(GATHER_MS)
    }
  }

  /** Those who can be told something, together with all who have heard the same. */
  private groups(): Map<string, EventStream[]> {
    const able = [...this.places].filter(([stream]) => stream.isOpen && !stream.isBehind)
    const groups = Map.groupBy(able, ([, { lastId, version }]) => `${lastId} ${version}`)
    return new Map([...groups].map(([key, group]) => [key, group.map(([stream]) => stream)]))
  }

  private async tell(streams: EventStream[]): Promise<boolean> {
    const place = this.places.get(streams[0]!)
    const telling = place && (await this.next(place))
    if (telling === 'gone') for (const stream of streams) stream.end()
    if (!telling || telling === 'gone') return false
    const { message, lastId, version } = telling
    for (const stream of streams) {
      if (!this.places.has(stream)) continue
      this.places.set(stream, { lastId, version })
      stream.say(message)
    }
    return true
  }

  private async next(place: Place): Promise<Telling> {
    const { lastId } = place
    const notes = lastId === undefined ? null : await notesAfter(this.redis, this.episode.id, lastId).catch(() => null)
    if (notes === null) return this.snapshot(lastId)
    return notes.length > 0 ? this.news(place, notes) : undefined
  }

  private async snapshot(lastId: string | undefined): Promise<Telling> {
    // Asked before the store is read: what happens in between is told again, never missed.
    const id = await newestNoteId(this.redis, this.episode.id).catch(() => undefined)
    if (id !== undefined && id === lastId) return undefined
    const row = await episodeAgain(this.db, this.episode)
    return row ? this.whole(row, id, lastId) : 'gone'
  }

  private async whole(row: EpisodeRow, id: string | undefined, lastId: string | undefined): Promise<Telling> {
    const [episode, script] = await Promise.all([episodeOf(this.db, row), scriptOf(this.db, row)])
    const message = Buffer.from(written(id, 'snapshot', { episode, script }))
    return { message, lastId: id ?? lastId, version: row.currentVersion }
  }

  private async news({ lastId, version }: Place, notes: { id: string; note: EpisodeNote }[]): Promise<Telling> {
    const newestId = notes.at(-1)!.id
    const row = await episodeAgain(this.db, this.episode)
    if (!row) return 'gone'
    const isAnother = version !== undefined && version !== row.currentVersion
    if (isAnother || notes.some(({ note }) => note.type === 'version')) return this.whole(row, newestId, lastId)
    const parts: string[] = []
    if (notes.some(({ note }) => note.type === 'outline'))
      parts.push(written(undefined, 'outline', { sections: sectionsOf(row.versions[0]!.outline) }))
    const lineIds = new Set(notes.flatMap(({ note }) => (note.type === 'line' ? [note.lineId] : [])))
    for (const lineId of lineIds) {
      const line = await findLine(this.db, row.versions[0]!, lineId)
      if (line) parts.push(written(undefined, 'line', (await linesView(this.db, [line]))[0]))
    }
    parts.push(written(newestId, 'episode', await episodeOf(this.db, row)))
    return { message: Buffer.from(parts.join('')), lastId: newestId, version: row.currentVersion }
  }
}

const written = (id: string | undefined, event: string, data: unknown) =>
  `${id === undefined ? '' : `id: ${id}\n`}event: ${event}\ndata: ${JSON.stringify(data)}\n\n`
