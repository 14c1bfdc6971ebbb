import pg from 'pg'
import { createDatabase } from './client.ts'
import type { Database, Reader } from './client.ts'
import { whoAsks } from './identity.ts'

/** How often it is asked whether it lives, and how long it may take to say so: together less than the second in which a dead one is left. */
const PROBE_MS = 250
const ANSWER_MS = 400
/** One that is away is asked less often. */
const AWAY_PROBE_MS = 1000
const WRITER_PROBE_MS = 1000
/** A copy that is further behind than this is as good as none. */
const LATE_MS = 30_000
const LONGEST_READ_MS = 15_000

/** How far the log of the writer has come, in bytes: what stands before such a place has happened. */
export type LogPosition = bigint

interface Mark {
  atMs: number
  position: LogPosition
}

/** `away`: it does not answer, is half a minute behind, or is no copy any more. */
export type ReplicaState = 'here' | 'away'

export class ReplicaLost extends Error {
  override name = 'ReplicaLost'
}

/**
 * A streaming copy of the database, watched. It is asked four times a second, over a connection of its own, whether it lives and how far it has come; when it
 * does not answer, whoever waits for it is told at once. So a read that takes long is told from a server that hangs.
 */
export class Replica {
  private readonly url: string
  private readonly connections: number
  private readonly writer: Database
  private readonly onChange: (state: ReplicaState, reason: string) => void
  private db: Database
  private probe: pg.Client | undefined
  private isHere = false
  private reached: LogPosition = -1n
  private marks: Mark[] = []
  private lost = Promise.withResolvers<never>()
  private timers: NodeJS.Timeout[] = []
  private isClosed = false

  constructor(
    url: string,
    connections: number,
    writer: Database,
    onChange: (state: ReplicaState, reason: string) => void = () => {},
  ) {
    this.url = url
    this.connections = connections
    this.writer = writer
    this.onChange = onChange
    this.db = this.connect()
    this.lost.promise.catch(() => undefined)
  }

  /** Begins to watch; until the first answer it counts as away. */
  async watch(): Promise<void> {
    this.timers[0] = setInterval(() => void this.markWriter(), WRITER_PROBE_MS).unref()
    await this.markWriter()
    await this.look()
  }

  get state(): ReplicaState {
    return this.isHere && this.lateMs() <= LATE_MS ? 'here' : 'away'
  }

  /** Whether everything that was written before this place can be read there. */
  has(position: LogPosition): boolean {
    return this.reached >= position
  }

  /** A moment of the writer that the copy has certainly come to, in ms before now. */
  lateMs(): number {
    const known = this.marks.findLast(({ position }) => position <= this.reached)
    return known ? performance.now() - known.atMs : Number.POSITIVE_INFINITY
  }

  /** Where the writer stands now: whatever was committed before this was asked lies before it. */
  async writerPosition(): Promise<LogPosition> {
    const [row] = await this.writer.$queryRaw<{ at: LogPosition }[]>`
      SELECT pg_wal_lsn_diff(pg_current_wal_insert_lsn(), '0/0')::bigint AS at`
    return row!.at
  }

  /** Reads from the copy. Throws `ReplicaLost` the moment it is known to be gone, however long the read would have waited. */
  read<T>(work: (reader: Reader) => Promise<T>): Promise<T> {
    return Promise.race([work(this.db), this.lost.promise])
  }

  async close(): Promise<void> {
    this.isClosed = true
    for (const timer of this.timers) clearTimeout(timer)
    this.dropProbe()
    await this.db.$disconnect()
  }

  private connect(): Database {
    return createDatabase(this.url, this.connections, { longestMs: LONGEST_READ_MS, who: whoAsks })
  }

  private async markWriter(): Promise<void> {
    const atMs = performance.now()
    // A writer that is away makes no marks: then the copy grows old by itself.
    const position = await this.writerPosition().catch(() => undefined)
    if (position === undefined) return
    this.marks = [...this.marks.filter((mark) => mark.atMs > atMs - 2 * LATE_MS), { atMs, position }]
  }

  private async look(): Promise<void> {
    try {
      this.reached = await within(ANSWER_MS, this.ask())
      if (!this.isHere) this.change(true, 'it answers')
    } catch (error) {
      this.dropProbe()
      this.lose((error as Error).message)
    }
    if (!this.isClosed) this.timers[1] = setTimeout(() => void this.look(), this.isHere ? PROBE_MS : AWAY_PROBE_MS).unref()
  }

  private async ask(): Promise<LogPosition> {
    const client = (this.probe ??= await this.probeConnection())
    const { rows } = await client.query<{ at: string | null }>(
      `SELECT pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery() THEN pg_last_wal_replay_lsn() END, '0/0')::bigint AS at`,
    )
    const at = rows[0]!.at
    // Promoted, it goes its own way: what it says is no copy of anything.
    if (at === null) throw new Error('it is no copy of the writer')
    return BigInt(at)
  }

  private async probeConnection(): Promise<pg.Client> {
    const client = new pg.Client({ connectionString: this.url, connectionTimeoutMillis: ANSWER_MS, keepAlive: true })
    // Heard by the next question.
    client.on('error', () => undefined)
    await client.connect()
    return client
  }

  private dropProbe(): void {
    // Not asked to say goodbye: a server that hangs would never answer.
    void this.probe?.end().catch(() => undefined)
    this.probe = undefined
  }

  /** Whoever waits for it waits no longer, and its connections are not used again. */
  private lose(reason: string): void {
    if (!this.isHere) return
    this.change(false, reason)
    this.reached = -1n
    this.lost.reject(new ReplicaLost(reason))
    this.lost = Promise.withResolvers<never>()
    this.lost.promise.catch(() => undefined)
    void this.db.$disconnect().catch(() => undefined)
    this.db = this.connect()
  }

  private change(isHere: boolean, reason: string): void {
    this.isHere = isHere
    this.onChange(isHere ? 'here' : 'away', reason)
  }
}

async function within<T>(ms: number, work: Promise<T>): Promise<T> {
  work.catch(() => undefined)
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`it did not answer in ${ms} ms`)), ms)
  })
  try {
    return await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
