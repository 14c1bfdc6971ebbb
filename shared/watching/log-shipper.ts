import { AxiomWithoutBatching, ContentType } from '@axiomhq/js'
import { logEvent } from './log-event.ts'

/** Where logs go, and how much of them may wait. */
export interface ShipperOptions {
  token: string
  dataset: string
  url?: string
  maxWaitingLines?: number
  maxWaitingBytes?: number
  everyMs?: number
  /** No answer within this time is a failure. */
  deadlineMs?: number
}

const BATCH_LINES = 1000
const LONGEST_PAUSE_MS = 30_000

/**
 * Sends log lines to Axiom in batches, one at a time. `write` only remembers the line: it never waits and never throws. What waits is bounded;
 * while Axiom is away the oldest lines go first, and are counted. Its own client would let them pile up without bound.
 */
export class LogShipper {
  readonly counts = { shipped: 0, dropped: 0, failures: 0 }
  readonly #options: Required<Omit<ShipperOptions, 'url'>>
  readonly #client: AxiomWithoutBatching
  readonly #timer: NodeJS.Timeout
  readonly #closing = new AbortController()
  #waiting: string[] = []
  #waitingBytes = 0
  #sending: Promise<void> | undefined
  #lastFailed = false
  #restsUntil = 0
  #pauseMs = 0

  constructor({ url, ...options }: ShipperOptions) {
    this.#options = { maxWaitingLines: 10_000, maxWaitingBytes: 8 << 20, everyMs: 1000, deadlineMs: 10_000, ...options }
    this.#client = new AxiomWithoutBatching({
      token: options.token,
      ...(url && { url }),
      onError: () => void (this.#lastFailed = true),
      fetch: (input, init) => fetch(input, { ...init, signal: this.#patience() }),
    })
    this.#timer = setInterval(() => void this.#flush(), this.#options.everyMs).unref()
  }

  /** How many lines wait to be sent. */
  get waiting(): number {
    return this.#waiting.length
  }

  write(line: string): void {
    this.#waiting.push(line)
    this.#waitingBytes += line.length
    while (this.#waiting.length > this.#options.maxWaitingLines || this.#waitingBytes > this.#options.maxWaitingBytes)
      this.#drop()
  }

  /** Sends what still waits, for two seconds at most. */
  async close(): Promise<void> {
    clearInterval(this.#timer)
    setTimeout(() => this.#closing.abort(), 2000).unref()
    this.#restsUntil = 0
    while (this.#waiting.length > 0 && !this.#closing.signal.aborted && !(await this.#flush())) await this.#sending
  }

  #drop(lines = Math.max(1, Math.ceil(this.#waiting.length / 10))): void {
    // A tenth at once: taking one from the front for each that comes would move all the others each time.
    for (const line of this.#waiting.splice(0, lines)) this.#waitingBytes -= line.length
    this.counts.dropped += lines
  }

  /** Sends one batch. True when it was tried and failed. */
  async #flush(): Promise<boolean> {
    if (this.#sending || this.#waiting.length === 0 || Date.now() < this.#restsUntil) return false
    let failed = false
    this.#sending = this.#send().then((isSent) => void (failed = !isSent))
    await this.#sending
    this.#sending = undefined
    if (failed) this.#pauseMs = Math.min(LONGEST_PAUSE_MS, Math.max(1000, this.#pauseMs * 2))
    else this.#pauseMs = 0
    this.#restsUntil = Date.now() + this.#pauseMs
    return failed
  }

  async #send(): Promise<boolean> {
    const lines = this.#waiting.slice(0, BATCH_LINES)
    const before = this.counts.dropped
    this.#lastFailed = false
    await this.#client.ingestRaw(this.#options.dataset, lines.map(asEvent).join('\n'), ContentType.NDJSON)
    if (this.#lastFailed) {
      this.counts.failures += 1
      return false
    }
    // What was dropped meanwhile was at the front, so it was among these.
    const gone = Math.min(lines.length, this.counts.dropped - before)
    for (const line of this.#waiting.splice(0, lines.length - gone)) this.#waitingBytes -= line.length
    this.counts.shipped += lines.length
    return true
  }

  #patience(): AbortSignal {
    return AbortSignal.any([AbortSignal.timeout(this.#options.deadlineMs), this.#closing.signal])
  }
}

function asEvent(line: string): string {
  try {
    return JSON.stringify(logEvent(line))
  } catch {
    return JSON.stringify({ message: line })
  }
}

/** A shipper when there is a key for it. */
export function startShipper(settings: {
  AXIOM_TOKEN?: string | undefined
  AXIOM_DATASET: string
  AXIOM_URL?: string | undefined
}): LogShipper | undefined {
  const { AXIOM_TOKEN: token, AXIOM_DATASET: dataset, AXIOM_URL: url } = settings
  return token ? new LogShipper({ token, dataset, ...(url && { url }) }) : undefined
}
