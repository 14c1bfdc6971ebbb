import { AsyncLocalStorage } from 'node:async_hooks'
import { EventEmitter, once } from 'node:events'
import type { ActivitySlotInfo, CustomSlotSupplier, SlotPermit, WorkerOptions, WorkerTuner } from '@temporalio/worker'

/** How many lines of a queue a worker may have taken: in all, still waiting for a place at the provider, and being made into sound. */
export interface TurnstileLimits {
  slots: number
  waiting: number
  making: number
}

/** A line on its way: it waits for a place, holds one while it calls, then its answer is made into sound. */
interface Visit {
  at: 'waiting' | 'calling' | 'making'
  turnstile: Turnstile
}

const visits = new AsyncLocalStorage<Visit>()
const OTHER_SLOTS = { type: 'fixed-size', numSlots: 10 } as const

/**
 * How many lines of one provider a worker takes out of their queue. There users have their turns; a line that was taken out and waits, for a place or
 * for this machine, is past them. So only a few may wait, and the places in Redis alone bound the calls, whatever they are set to while it runs.
 */
export class Turnstile {
  private readonly limits: TurnstileLimits
  private readonly changed = new EventEmitter().setMaxListeners(0)
  private taken = 0
  private calling = 0
  private making = 0

  constructor(limits: TurnstileLimits) {
    this.limits = limits
  }

  /** What a worker of this queue is made with. */
  options(): Pick<WorkerOptions, 'tuner' | 'interceptors'> {
    const through = { execute: <I, O>(input: I, next: (input: I) => Promise<O>) => this.visit(() => next(input)) }
    return { tuner: this.tuner(), interceptors: { activity: [() => ({ inbound: through })] } }
  }

  /** Does the work of one line; it counts as waiting until it says otherwise. */
  async visit<T>(work: () => Promise<T>): Promise<T> {
    const visit: Visit = { at: 'waiting', turnstile: this }
    try {
      return await visits.run(visit, work)
    } finally {
      this.move(visit, 'waiting')
    }
  }

  move(visit: Visit, to: Visit['at']): void {
    this.calling += Number(to === 'calling') - Number(visit.at === 'calling')
    this.making += Number(to === 'making') - Number(visit.at === 'making')
    visit.at = to
    this.changed.emit('change')
  }

  tuner(): WorkerTuner {
    const activityTaskSlotSupplier: CustomSlotSupplier<ActivitySlotInfo> = {
      type: 'custom',
      reserveSlot: async (_context, signal) => {
        while (!this.hasRoom()) await once(this.changed, 'change', { signal })
        return this.take()
      },
      tryReserveSlot: () => (this.hasRoom() ? this.take() : null),
      markSlotUsed: () => undefined,
      releaseSlot: () => {
        this.taken--
        this.changed.emit('change')
      },
    }
    return {
      activityTaskSlotSupplier,
      workflowTaskSlotSupplier: OTHER_SLOTS,
      localActivityTaskSlotSupplier: OTHER_SLOTS,
      nexusTaskSlotSupplier: OTHER_SLOTS,
    }
  }

  // A slot that polls for a line counts as one that waits.
  private hasRoom(): boolean {
    const { slots, waiting, making } = this.limits
    return this.taken < slots && this.making < making && this.taken - this.calling - this.making < waiting
  }

  private take(): SlotPermit {
    this.taken++
    return {}
  }
}

/** Says of the line at work that it has its place, or that it gave it back. Nothing where no turnstile stands. */
export function nowAt(at: 'calling' | 'making'): void {
  const visit = visits.getStore()
  visit?.turnstile.move(visit, at)
}
