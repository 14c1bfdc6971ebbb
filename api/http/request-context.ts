import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import type { Logger } from '../../shared/logger.ts'
import { episodeIn, marked } from '../../shared/watching/marks.ts'

/** A caller's own request id is kept when it is harmless to log and to send back. */
const harmless = /^[\w.-]{8,100}$/
/** Asked every few seconds by those who watch us; their lines would say nothing. */
const unlogged = new Set(['/health', '/health/ready'])

declare module 'express-serve-static-core' {
  interface Request {
    requestId: string
    log: Logger
  }
}

/**
 * Every request has an id, told in `x-request-id`, in every problem answer and in every log line; and one line of its own once its answer is
 * over: which way it went, with which status, how long it took. What stands behind a question mark is not logged.
 */
export function requestContext(logger: Logger): RequestHandler {
  // Of these lines it is known that they hold no secret of the kinds that are looked for in whatever else is logged.
  const lines = logger.child({}, { redact: [] })
  return (req, res, next) => {
    const beganAtMs = performance.now()
    const given = req.header('x-request-id')
    req.requestId = given && harmless.test(given) ? given : randomUUID()
    req.log = logger
    res.setHeader('x-request-id', req.requestId)
    const { method, path } = req
    const episodeId = episodeIn(path)
    const marks = { requestId: req.requestId, ...(episodeId && { episodeId }) }
    if (!unlogged.has(path))
      res.once('close', () => {
        const isOurFault = res.statusCode >= 500
        const line = {
          req: { id: req.requestId, method, path },
          res: { status: res.statusCode },
          durationMs: Math.round(performance.now() - beganAtMs),
        }
        // Outside of what the request did, so that its marks must be said again.
        marked(marks, () => lines[isOurFault ? 'error' : 'info'](line, isOurFault ? 'request errored' : 'request completed'))
      })
    marked(marks, next)
  }
}
