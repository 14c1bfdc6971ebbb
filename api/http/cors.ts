import type { Passage } from './arrival.ts'

const METHODS = 'GET, POST, PUT, PATCH, DELETE'
const TAKEN = 'content-type, idempotency-key, last-event-id, x-api-key, x-request-id'
const SHOWN = 'x-request-id, retry-after, location, content-disposition, ratelimit, ratelimit-policy'
const MAX_AGE_SECONDS = '600'

/** Lets pages of these origins, and of no other, call with their session. Pages of our own origin need none of it. */
export function cors(origins: string[]): Passage {
  const known = new Set(origins)
  if (known.size === 0) return (_req, _res, next) => next()
  return (req, res, next) => {
    const { origin } = req.headers
    const { head } = req
    // The first to say what an answer varies by, so there is nothing to add to.
    head.appendHeader('vary', 'Origin')
    if (!origin || !known.has(origin)) return next()
    head.append(['access-control-allow-origin', origin, 'access-control-allow-credentials', 'true'])
    head.appendHeader('access-control-expose-headers', SHOWN)
    if (req.method !== 'OPTIONS' || !req.headers['access-control-request-method']) return next()
    head.append(['access-control-allow-methods', METHODS, 'access-control-allow-headers', TAKEN])
    head.appendHeader('access-control-max-age', MAX_AGE_SECONDS)
    return head.write(res, 204).end()
  }
}
