import { randomUUID } from 'node:crypto'
import type { Logger, Logs } from '../../shared/logger.ts'
import { episodeIn, marked } from '../../shared/watching/marks.ts'
import type { Marks } from '../../shared/watching/marks.ts'
import type { Passage } from './arrival.ts'

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
export function requestContext({ logger, requestLine, mask }: Logs): Passage {
  return (req, res, next) => {
    const beganAtMs = performance.now()
    const given = req.headers['x-request-id']
    req.requestId = typeof given === 'string' && harmless.test(given) ? given : randomUUID()
    req.log = logger
    req.head.appendHeader('x-request-id', req.requestId)
    const { method, pathname: path } = req
    const episodeId = episodeIn(path)
    const marks: Marks = { requestId: req.requestId, ...(episodeId && { episodeId }) }
    if (!unlogged.has(path))
      res.on('close', () => {
        const isOurFault = res.statusCode >= 500
        const episode = marks.episodeId ? `"episodeId":"${marks.episodeId}",` : ''
        // Ids and methods are letters that need no quoting; an address may be anything.
        requestLine(
          isOurFault ? 'error' : 'info',
          `"requestId":"${req.requestId}",${episode}"req":{"id":"${req.requestId}","method":"${method}","path":${JSON.stringify(mask(path))}},` +
            `"res":{"status":${res.statusCode}},"durationMs":${Math.round(performance.now() - beganAtMs)},` +
            `"message":"${isOurFault ? 'request errored' : 'request completed'}"`,
        )
      })
    marked(marks, next)
  }
}
