import type { Response } from 'express'
import { HttpProblem } from './problem.ts'

interface Terms {
  /** So many streams one person may have open on this process. */
  each: number
  /** So often it is asked whether somebody may still listen. */
  recheckMs: number
}

/**
 * Streams that are open, by person. Nobody takes all the places of a process alone, and power lost is lost to an open stream too: a request is over before it
 * can be taken away, a stream is not.
 */
export class OpenStreams {
  private readonly terms: Terms
  private readonly open = new Map<string, number>()

  constructor(terms: Terms) {
    this.terms = terms
  }

  /**
   * Lets a person listen by `res` until it closes, or until `mayStill` answers no, which ends it: whoever comes again is told why. Throws
   * `too-many-requests` when they have as many streams as they may.
   */
  admit(userId: string, res: Response, mayStill: () => Promise<boolean>): void {
    // Gone while it was found out who they are: nothing would ever give their place back.
    if (res.closed) return
    const now = this.open.get(userId) ?? 0
    if (now >= this.terms.each)
      throw new HttpProblem(
        'too-many-requests',
        `You listen in ${now} places already. Close one of them; it costs nothing to come back.`,
        {
          retryAfterSeconds: 10,
        },
      )
    this.open.set(userId, now + 1)
    const recheck = setInterval(() => {
      // While nobody can say, they stay.
      void mayStill().then(
        (may) => may || res.end(),
        () => undefined,
      )
    }, this.terms.recheckMs)
    res.once('close', () => {
      clearInterval(recheck)
      const left = this.open.get(userId)! - 1
      if (left > 0) this.open.set(userId, left)
      else this.open.delete(userId)
    })
  }
}
