const seconds = (sinceMs: number) => `${((performance.now() - sinceMs) / 1000).toFixed(1)} s`

/** Prints what is being done, how far the start is, and how long each step took. Steps may run side by side. */
export class Steps {
  #total: number
  #done = 0
  readonly #startedMs = performance.now()
  readonly #signal: AbortSignal

  /** `signal` fires when the start is given up: steps that end then have not failed themselves. */
  constructor(total: number, signal: AbortSignal) {
    this.#total = total
    this.#signal = signal
  }

  /**
   * Does `work` and prints one line when it is done. `work` may return words about the outcome, and tell news while it runs.
   * A step that takes longer says so, so that nobody looks at a silent screen. Errors pass through.
   */
  async run(title: string, work: (news: (text: string) => void) => Promise<string | undefined | void>): Promise<void> {
    const startedMs = performance.now()
    const slow = setInterval(() => say(`     ... ${title}, ${seconds(startedMs)}`), 5000)
    try {
      const outcome = await work((text) => say(`     ${title}: ${text}`))
      this.#done += 1
      say(`[${String(this.#done).padStart(2)}/${this.#total}] ${title}${outcome ? `: ${outcome}` : ''} (${seconds(startedMs)})`)
    } catch (error) {
      say(`[ !! ] ${title} ${this.#signal.aborted ? 'given up' : 'failed'} after ${seconds(startedMs)}`)
      throw error
    } finally {
      clearInterval(slow)
    }
  }

  /** Counts on more steps than were known at first. */
  expectMore(count: number): void {
    this.#total += count
  }

  /** How long the start has taken so far, in words. */
  elapsed(): string {
    return seconds(this.#startedMs)
  }
}

/** Prints a line, also when nobody reads any more. */
export function say(text: string): void {
  console.log(text)
}
