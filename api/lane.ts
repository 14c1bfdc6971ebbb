import { HttpProblem } from './http/problem.ts'

/**
 * Lets so many works run at once and so many wait for a little while; who comes too many is sent away with a time to come again. So what goes wrong
 * elsewhere can put no more than this on whatever stands behind the lane.
 */
export class Lane {
  private readonly width: number
  private readonly waiters: number
  private readonly patienceMs: number
  private running = 0
  private readonly queue: (() => void)[] = []

  constructor({ width, waiters, patienceMs }: { width: number; waiters: number; patienceMs: number }) {
    this.width = width
    this.waiters = waiters
    this.patienceMs = patienceMs
  }

  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.running >= this.width) await this.turn()
    else this.running += 1
    try {
      return await work()
    } finally {
      const next = this.queue.shift()
      // The place is handed on, not given back and taken anew: nobody slips in between.
      if (next) next()
      else this.running -= 1
    }
  }

  private async turn(): Promise<void> {
    if (this.queue.length >= this.waiters) throw full()
    const { promise, resolve, reject } = Promise.withResolvers<void>()
    this.queue.push(resolve)
    const timer = setTimeout(() => {
      const place = this.queue.indexOf(resolve)
      if (place < 0) return
      this.queue.splice(place, 1)
      reject(full())
    }, this.patienceMs)
    await promise.finally(() => clearTimeout(timer))
  }
}

const full = () =>
  new HttpProblem('unavailable', 'Lists and reports are slow for the moment. Nothing was lost; try again soon.', {
    retryAfterSeconds: 5,
  })
