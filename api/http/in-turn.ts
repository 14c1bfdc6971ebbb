import type { NextFunction, RequestHandler } from 'express'

/** One handler that is these, one after the other; each as Express would call it. What every request passes needs none of a router's looking for who is meant. */
export function inTurn(...handlers: RequestHandler[]): RequestHandler {
  return (req, res, done) => {
    let at = 0
    const next: NextFunction = (error?: unknown) => {
      const handler = handlers[at++]
      if (error || !handler) return done(error)
      try {
        // Where it promises, it may refuse later.
        const ends: unknown = handler(req, res, next)
        if (ends instanceof Promise) ends.catch((late: unknown) => done(late))
      } catch (thrown) {
        done(thrown)
      }
    }
    next()
  }
}
