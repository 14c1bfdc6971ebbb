import type { Call, Fault } from './handler.ts'

/**
 * Always the same milliseconds, or drawn from a log-normal distribution, the same row of numbers for the same seed; `perCharacterMs` instead of
 * `medianMs` for a provider that takes as long as its text is.
 */
export type Latency = number | ({ sigma: number; seed?: number } & ({ medianMs: number } | { perCharacterMs: number }))

/** What becomes of calls that match: those of `route` (any when left out), of `key`, whose text contains `text`. */
export interface Order {
  route?: string
  key?: string
  text?: string
  /** How many calls it is for; default 1, `'all'` until the script is cleared. */
  times?: number | 'all'
  latencyMs?: Latency
  /** Answer with this error; `code` is the provider's own word for it. */
  status?: number
  code?: string
  headers?: Record<string, string>
  /** Spoil the good answer: see spoil.ts and each handler for the words. */
  fault?: Fault
}

/** How a route behaves by itself: how long it takes, and above how many calls in flight it refuses. */
export interface RouteManner {
  latencyMs?: Latency
  maxInFlight?: number
}

/** What the server is told to do wrong. Orders are used up first come, first served. */
export class Script {
  #orders: (Order & { left: number })[] = []
  readonly #manners = new Map<string, RouteManner>()
  readonly #seeds = new Map<string, number>()

  /** One more order, behind those that are there. */
  next(order: Order): void {
    this.#orders.push({ ...order, left: order.times === 'all' ? Infinity : (order.times ?? 1) })
  }

  /** How `route` behaves from now on. */
  route(route: string, manner: RouteManner): void {
    this.#manners.set(route, manner)
    this.#seeds.delete(route)
  }

  /** Forgets everything that was ordered. */
  clear(): void {
    this.#orders = []
    this.#manners.clear()
    this.#seeds.clear()
  }

  /** The order that is for this call, used up by it. */
  take({ route, key, text }: Call): Order | undefined {
    const order = this.#orders.find(
      (one) => (one.route ?? route) === route && (one.key ?? key) === key && text.includes(one.text ?? ''),
    )
    if (order && (order.left -= 1) <= 0) this.#orders = this.#orders.filter((one) => one !== order)
    return order
  }

  mannerOf(route: string): RouteManner {
    return this.#manners.get(route) ?? {}
  }

  /** How long this call takes. */
  latencyMs(route: string, text: string, latency: Latency = this.mannerOf(route).latencyMs ?? 0): number {
    if (typeof latency === 'number') return latency
    const next = () => {
      const seed = (Math.imul(this.#seeds.get(route) ?? latency.seed ?? 1, 1_664_525) + 1_013_904_223) >>> 0
      this.#seeds.set(route, seed)
      return (seed + 1) / 2 ** 32
    }
    const normal = Math.sqrt(-2 * Math.log(next())) * Math.cos(2 * Math.PI * next())
    const medianMs = 'medianMs' in latency ? latency.medianMs : latency.perCharacterMs * text.length
    return medianMs * Math.exp(latency.sigma * normal)
  }
}
