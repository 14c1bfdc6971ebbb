import { createHash } from 'node:crypto'
import type { Call } from './handler.ts'

/** One call as it was seen. `outcome` is `answered`, an error's status, or the fault it was spoiled with. */
export interface SeenCall {
  route: string
  key: string
  textHash: string
  startedMs: number
  endedMs?: number
  outcome?: string
}

interface RouteCount {
  calls: number
  answered: number
  inFlight: number
  peakInFlight: number
}

/** The first half of a text's SHA-256: enough to tell texts apart. */
export const textHash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 32)

/** Counts every call, whatever its end. */
export class Counts {
  #calls: SeenCall[] = []
  #routes = new Map<string, RouteCount>()

  /** A call came in; `end` is called with its end. One above `maxInFlight` is counted, but never was in flight. */
  begin({ route, key = '', text }: Call, maxInFlight: number): { isTooMany: boolean; end: (outcome: string) => void } {
    const call: SeenCall = { route, key, textHash: textHash(text), startedMs: performance.now() }
    const count = this.#routes.get(route) ?? { calls: 0, answered: 0, inFlight: 0, peakInFlight: 0 }
    this.#routes.set(route, count)
    this.#calls.push(call)
    count.calls += 1
    const isTooMany = count.inFlight >= maxInFlight
    if (!isTooMany) count.inFlight += 1
    count.peakInFlight = Math.max(count.peakInFlight, count.inFlight)
    const end = (outcome: string) => {
      if (call.endedMs !== undefined) return
      call.endedMs = performance.now()
      call.outcome = outcome
      if (!isTooMany) count.inFlight -= 1
      if (outcome === 'answered') count.answered += 1
    }
    return { isTooMany, end }
  }

  /** Everything in figures. */
  summary() {
    const by = (field: 'key' | 'textHash' | 'outcome') => {
      const sums: Record<string, number> = {}
      for (const call of this.#calls) sums[call[field] ?? 'in flight'] = (sums[call[field] ?? 'in flight'] ?? 0) + 1
      return sums
    }
    return {
      total: this.#calls.length,
      routes: Object.fromEntries(this.#routes),
      keys: by('key'),
      texts: by('textHash'),
      outcomes: by('outcome'),
    }
  }

  calls(): readonly SeenCall[] {
    return this.#calls
  }

  clear(): void {
    this.#calls = []
    this.#routes = new Map()
  }
}
