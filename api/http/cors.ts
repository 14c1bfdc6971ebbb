import type { RequestHandler } from 'express'

const METHODS = 'GET, POST, PUT, PATCH, DELETE'
const TAKEN = 'content-type, idempotency-key, last-event-id, x-api-key, x-request-id'
const SHOWN = 'x-request-id, retry-after, location, content-disposition, ratelimit, ratelimit-policy'
const MAX_AGE_SECONDS = 600

/** Lets pages of these origins, and of no other, call with their session. Pages of our own origin need none of it. */
export function cors(origins: string[]): RequestHandler {
  const known = new Set(origins)
  return (req, res, next) => {
    const { origin } = req.headers
    // The first to say what an answer varies by, so there is nothing to add to.
    res.setHeader('vary', 'Origin')
    if (!origin || !known.has(origin)) return next()
    res.set({
      'access-control-allow-origin': origin,
      'access-control-allow-credentials': 'true',
      'access-control-expose-headers': SHOWN,
    })
    if (req.method !== 'OPTIONS' || !req.headers['access-control-request-method']) return next()
    res
      .set({
        'access-control-allow-methods': METHODS,
        'access-control-allow-headers': TAKEN,
        'access-control-max-age': String(MAX_AGE_SECONDS),
      })
      .status(204)
      .end()
  }
}
