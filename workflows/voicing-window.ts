import { ApplicationFailure, ActivityFailure, isCancellation, patched, workflowInfo } from '@temporalio/workflow'
import { quick, voicesOf } from './activity-options.ts'
import type { Failure, Hold, LineRef } from './contract.ts'
import type { Funds } from './funds.ts'

/**
 * How many lines of one episode may be in flight: more than the ten calls that a generous plan allows at once, so that a call begins the
 * moment another is answered, while that answer is still being made into sound.
 */
const WIDTH = 20
const WIDTH_BEFORE = 10
/**
 * How many of the last lines are begun longest first, at most as many as are under way or done. More would pack the calls no tighter, and leave the
 * shortest lines all for the end: ten of them are answered within a second then, and whoever makes them into sound is a second or two behind.
 */
const LAST_LINES = 15
/** No more lines are begun once a run's history has so many events: with those in flight it stays under 5,000, which a worker replays at once. */
const MOST_EVENTS = 4_500

/** Why a deed gave up, in the words its last attempt used. */
export function failureOf(error: unknown): Failure {
  const cause = error instanceof ActivityFailure ? error.cause : error
  if (cause instanceof ApplicationFailure) {
    const [facts] = (cause.details ?? []) as { waitsForPerson?: boolean; hold?: Hold }[]
    return {
      code: cause.type ?? 'internal',
      detail: cause.message,
      ...(facts?.waitsForPerson && { waitsForPerson: true }),
      ...(facts?.hold && { hold: facts.hold }),
    }
  }
  return { code: 'no-answer', detail: cause instanceof Error ? cause.message : String(cause) }
}

/**
 * Lines go in as they are written and are voiced at most `width` at a time, in the order of listening;
 * once all are known, the longest of the last ones first, so that none is left running alone at the end.
 * A line that fails for good is marked and counted, never thrown: one failed call costs at most one line.
 * A line for which there is no money is held with all that wait for its provider, until there is; what others voice goes on.
 * When the run has become too long, the lines that are left are not begun: `isCut` says so once it is drained.
 */
export class VoicingWindow {
  private waiting: LineRef[] = []
  private held: LineRef[] = []
  private hold: Hold | undefined
  private readonly funds: Funds
  private readonly inFlight = new Set<Promise<void>>()
  private readonly userId: string
  private readonly width = patched('wider-voicing-window') ? WIDTH : WIDTH_BEFORE
  private readonly mayBeCut = patched('cut-long-runs')
  private readonly fewLast = patched('fifteen-lines-longest-first')
  private allKnown = false
  private stopped = false
  private stoppedBy: unknown
  voiced = 0
  failed = 0

  constructor(userId: string, funds: Funds) {
    this.userId = userId
    this.funds = funds
    funds.whenThere(() => this.takeUpHeld())
  }

  get total(): number {
    return this.voiced + this.failed + this.waiting.length + this.held.length + this.inFlight.size
  }

  /** Takes lines in the order of listening and starts as many as there is room for. */
  add(lines: LineRef[]): void {
    this.allKnown = false
    this.waiting.push(...lines)
    this.fill()
  }

  /** Lines are left for another run. */
  get isCut(): boolean {
    return this.isTooLong() && this.waiting.length > 0
  }

  /** Settles when nothing is waiting, held or in flight, or the rest is for another run; throws only what stopped the whole run (a cancel). */
  async drain(): Promise<void> {
    this.allKnown = true
    for (;;) {
      while (this.inFlight.size > 0) await Promise.race(this.inFlight)
      if (this.stopped) throw this.stoppedBy
      if (this.isCut) return
      const [line] = this.held
      if (!line || !this.hold) return
      // Only now that every line in flight has ended: the run pauses once, however many lines came to the cap.
      await this.funds.wait(this.hold)
      await quick.enterStep({ episodeId: line.episodeId, versionId: line.versionId, step: 'voicing' })
    }
  }

  /** Starts nothing more and waits for what is in flight, so that nothing is spent after money is settled. */
  async stop(): Promise<void> {
    this.stopped = true
    await Promise.all(this.inFlight)
  }

  private takeUpHeld(): void {
    this.waiting.unshift(...this.held.sort((a, b) => a.position - b.position))
    this.held = []
    this.hold = undefined
    this.fill()
  }

  /** The least that is needed says when it is worth going on. */
  private holdBack(line: LineRef, hold: Hold): void {
    if (!this.hold || hold.neededMicroUsd < this.hold.neededMicroUsd) this.hold = hold
    const isHeld = ({ provider }: LineRef) => provider === line.provider
    this.held.push(line, ...this.waiting.filter(isHeld))
    this.waiting = this.waiting.filter((other) => !isHeld(other))
  }

  /** While lines are still being written the run cannot end. */
  private isTooLong(): boolean {
    return this.mayBeCut && this.allKnown && workflowInfo().historyLength > MOST_EVENTS
  }

  private lastLines(): number {
    return this.fewLast ? Math.min(LAST_LINES, this.voiced + this.inFlight.size) : this.width
  }

  private next(): LineRef {
    if (this.allKnown && this.waiting.length <= this.lastLines()) {
      this.waiting = this.waiting.sort((a, b) => b.estimatedMs - a.estimatedMs || a.position - b.position)
    }
    return this.waiting.shift()!
  }

  private fill(): void {
    while (!this.stopped && !this.isTooLong() && this.inFlight.size < this.width && this.waiting.length > 0) {
      const voicing: Promise<void> = this.voice(this.next())
        .catch((error: unknown) => {
          if (!this.stopped) this.stoppedBy = error
          this.stopped = true
        })
        .finally(() => {
          this.inFlight.delete(voicing)
          this.fill()
        })
      this.inFlight.add(voicing)
    }
  }

  private async voice(line: LineRef): Promise<void> {
    try {
      await voicesOf(line.provider, this.userId, line.position).voiceLine.executeWithOptions(
        { summary: `line ${line.position + 1}` },
        [line],
      )
      this.voiced++
    } catch (error) {
      if (isCancellation(error)) throw error
      const failure = failureOf(error)
      if (failure.hold) return this.holdBack(line, failure.hold)
      this.failed++
      await quick.markLineFailed({ ...line, failure })
    }
  }
}
