import type { Response } from 'express'

export interface StreamTerms {
  /** So often something is said, that nobody between takes the line for dead. */
  heartbeatMs: number
  /** So long a listener may leave unread what they were told. */
  patienceMs: number
}

const HEARTBEAT = Buffer.from(': still here\n\n')

/**
 * One listener's Server-Sent Events. What is said waits in this process until it is read, so whoever does not read is told nothing more (`isBehind`) and
 * after a while is cut: what a listener can hold here is one message and what Node buffers besides.
 */
export class EventStream {
  private readonly res: Response
  private readonly patienceMs: number
  private readonly heartbeat: NodeJS.Timeout
  private patience: NodeJS.Timeout | undefined
  /** Cut for not reading, not gone by itself. */
  wasCut = false

  /** Begins the answer. `onRoom` hears that everything said was read, after it was not; `onEnd` that the listener is gone. */
  constructor(
    res: Response,
    { heartbeatMs, patienceMs }: StreamTerms,
    { onRoom, onEnd }: { onRoom: () => void; onEnd: () => void },
  ) {
    this.res = res
    this.patienceMs = patienceMs
    res.writeHead(200, {
      'content-type': 'text/event-stream; charset=utf-8',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
    })
    res.flushHeaders()
    this.heartbeat = setInterval(() => this.isBehind || this.say(HEARTBEAT), heartbeatMs)
    res.on('drain', () => {
      this.forgive()
      onRoom()
    })
    res.once('close', () => {
      this.stopTimers()
      onEnd()
    })
  }

  get isBehind(): boolean {
    return this.patience !== undefined
  }

  get isOpen(): boolean {
    return !this.res.writableEnded && !this.res.destroyed
  }

  /** The same bytes may be said to many: they lie in memory once. */
  say(message: Buffer): void {
    if (!this.isOpen || this.res.write(message)) return
    this.patience ??= setTimeout(() => this.cut(), this.patienceMs)
  }

  end(): void {
    this.stopTimers()
    this.res.end()
  }

  private cut(): void {
    this.wasCut = true
    this.res.destroy()
  }

  private forgive(): void {
    clearTimeout(this.patience)
    this.patience = undefined
  }

  private stopTimers(): void {
    clearInterval(this.heartbeat)
    this.forgive()
  }
}
