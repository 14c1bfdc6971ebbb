import { randomUUID } from 'node:crypto'
import type { RequestHandler } from 'express'
import { pinoHttp } from 'pino-http'
import type { Logger } from '../../shared/logger.ts'
import { episodeIn, marked } from '../../shared/watching/marks.ts'

/** A caller's own request id is kept when it is harmless to log and to send back. */
const harmless = /^[\w.-]{8,100}$/

declare module 'express-serve-static-core' {
  interface Request {
    requestId: string
  }
}

/** Every request has an id, told in `x-request-id`, in every problem answer and in every log line. */
export function requestContext(logger: Logger): RequestHandler[] {
  return [
    (req, res, next) => {
      const given = req.header('x-request-id')
      req.requestId = given && harmless.test(given) ? given : randomUUID()
      res.setHeader('x-request-id', req.requestId)
      const episodeId = episodeIn(req.path)
      marked({ requestId: req.requestId, ...(episodeId && { episodeId }) }, next)
    },
    pinoHttp({
      logger,
      genReqId: (req) => (req as unknown as { requestId: string }).requestId,
      autoLogging: { ignore: (req) => req.url === '/health' || req.url === '/health/ready' },
      customLogLevel: (_req, res, error) => (error || res.statusCode >= 500 ? 'error' : 'info'),
      serializers: {
        req: (req: { id: string; method: string; url: string }) => ({
          id: req.id,
          method: req.method,
          path: req.url.split('?', 1)[0],
        }),
        res: (res: { statusCode: number }) => ({ status: res.statusCode }),
      },
      customAttributeKeys: { responseTime: 'durationMs' },
    }),
  ]
}
