import { EventEmitter, once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { Context } from '@temporalio/activity'
import { ApplicationFailure, CancelledFailure } from '@temporalio/common'
import type { Cap, LineRef, VersionRef } from '../contract.ts'

/** What happens while a deed is being done; a deed without a cue just succeeds. */
export type Cue = (play: Play) => unknown

/** An episode invented for a test: how much of it there is, and what happens on the way. */
export interface Plot {
  sources?: number
  /** A section is the lengths of its lines. */
  sections?: number[][]
  cues?: Record<string, Cue>
  /** How often the gate looks whether somebody came before it gives up; left out: for ever. */
  looks?: number
  /** Another one does it already: there is nothing to do. */
  isOver?: boolean
  /** What the books answer each time somebody looks whether there is money; there is when they have no more to say. */
  pauses?: Pause[]
}

interface Pause {
  paused: boolean
  againInMs?: number
}

const LOOK_AGAIN_MS = 200

const BEAT_MS = 50

/** One episode on the stage: it keeps the diary of the deeds, in the order in which they began and ended. */
export class Play {
  readonly diary: string[] = []
  readonly sources: number
  readonly sections: LineRef[][]
  mostInFlight = 0
  readonly isOver: boolean
  /** Deeds that do not beat any more, as when their worker is dead. */
  readonly silent = new Set<string>()
  private gateLooks: number
  private readonly cues: Record<string, Cue>
  private readonly pauses: Pause[]
  private looks = 0
  private episodes = 1
  private readonly bell = new EventEmitter().setMaxListeners(0)

  constructor(ref: VersionRef, { sources = 1, sections = [], cues = {}, looks = Infinity, pauses = [], isOver = false }: Plot) {
    this.isOver = isOver
    this.sources = sources
    this.pauses = pauses
    this.cues = cues
    this.gateLooks = looks
    let position = 0
    const line = (estimatedMs: number): LineRef => ({
      ...ref,
      lineId: `line-${position}`,
      position: position++,
      provider: 'local',
      estimatedMs,
    })
    this.sections = sections.map((lengths) => lengths.map(line))
  }

  /** When the gate shall look again; null once it has looked often enough. */
  looksLeft(): number | null {
    return this.gateLooks-- > 0 ? LOOK_AGAIN_MS : null
  }

  /** How many episodes of somebody who is erased are still there; the next look finds none. */
  episodesLeft(): number {
    return this.episodes-- > 0 ? 2 : 0
  }

  /** Does a deed as the plot wants it. It beats, so that a cancel reaches it. */
  async deed<T>(name: string, answer: T): Promise<T> {
    this.write(`${name} begins`)
    this.mostInFlight = Math.max(this.mostInFlight, this.inFlight('voiceLine'))
    const context = Context.current()
    const beat = setInterval(() => this.silent.has(name) || context.heartbeat(), BEAT_MS)
    try {
      await this.cues[name]?.(this)
      this.write(`${name} ends`)
      return answer
    } catch (error) {
      this.write(`${name} ${error instanceof CancelledFailure ? 'stops' : 'fails'}`)
      throw error
    } finally {
      clearInterval(beat)
    }
  }

  /** The next look into the books, from 1, and what they say. */
  nextPause(): { number: number; answer: Pause } {
    return { number: ++this.looks, answer: this.pauses.shift() ?? { paused: false } }
  }

  /** Resolves once the diary says so. */
  async happened(...entries: string[]): Promise<void> {
    while (!entries.every((entry) => this.diary.includes(entry))) await once(this.bell, 'written')
  }

  /** The diary's words about deeds of this kind, as `what` says of them ("begins", "ends", "stops", "fails"). */
  said(kind: string, what: string): string[] {
    return this.diary.filter((entry) => entry.startsWith(kind) && entry.endsWith(what))
  }

  /** The lines voiced to the end, in the order in which they were. */
  get voiced(): number[] {
    return this.said('voiceLine', 'ends').map((entry) => Number(entry.split(' ')[1]))
  }

  private inFlight(kind: string): number {
    return this.said(kind, 'begins').length - ['ends', 'fails', 'stops'].flatMap((end) => this.said(kind, end)).length
  }

  private write(entry: string): void {
    this.diary.push(entry)
    this.bell.emit('written')
  }
}

/** Goes on once these entries stand in the diary, and a moment later. */
export const after =
  (entries: string | string[], lingerMs = 0): Cue =>
  (play) =>
    play.happened(...[entries].flat()).then(() => sleep(lingerMs))

/** Works until it is cancelled, and takes a while to stop. */
export const untilStopped =
  (lingerMs = 0): Cue =>
  () =>
    Context.current().cancelled.catch((error: unknown) => sleep(lingerMs).then(() => Promise.reject(error)))

/** Its worker is dead from here on: it neither beats nor hears that it shall stop. */
export const dies =
  (name: string): Cue =>
  (play) => {
    play.silent.add(name)
    return Context.current().cancelled
  }

/** Cannot work before a person has mended something. */
export const waitsForPerson =
  (code: string, detail: string): Cue =>
  () => {
    throw ApplicationFailure.create({ type: code, message: detail, nonRetryable: true, details: [{ waitsForPerson: true }] })
  }

/** There is no money for it. */
export const isHeld =
  (cap: Cap, neededMicroUsd: number): Cue =>
  () => {
    throw ApplicationFailure.create({
      type: 'held',
      message: 'no money for it',
      nonRetryable: true,
      details: [{ hold: { cap, neededMicroUsd } }],
    })
  }

/** Can never work. */
export const failsForGood =
  (code: string, detail: string): Cue =>
  () => {
    throw ApplicationFailure.create({ type: code, message: detail, nonRetryable: true })
  }
