import { APIError } from 'better-auth/api'
import type { ErrorRequestHandler, Request, RequestHandler, Response } from 'express'
import { z } from 'zod'
import { HttpProblem, problemStatus } from './problem.ts'
import type { Problem } from './problem.ts'

const titles: Record<number, string> = {
  400: 'The request cannot be read',
  401: 'Not signed in',
  403: 'Not allowed',
  404: 'Not found',
  405: 'Not possible here',
  408: 'Too slow',
  409: 'Does not fit the present state',
  413: 'Too large',
  415: 'Unknown format',
  422: 'Cannot be made',
  429: 'Too many requests',
  431: 'Headers too large',
  500: 'Something went wrong on our side',
  503: 'Not available for the moment',
}

export function sendProblem(res: Response, requestId: string, problem: HttpProblem): void {
  const status = problemStatus[problem.code]
  const body: Problem = {
    type: `https://aimake.cc/problems/${problem.code}`,
    title: titles[status]!,
    status,
    detail: problem.message,
    code: problem.code,
    requestId,
    ...(problem.errors && { errors: problem.errors }),
    ...(problem.revision !== undefined && { revision: problem.revision }),
  }
  if (problem.retryAfterSeconds) res.setHeader('retry-after', String(problem.retryAfterSeconds))
  res.status(status).type('application/problem+json').send(JSON.stringify(body))
}

export const notFound: RequestHandler = (req) => {
  throw new HttpProblem('not-found', `There is nothing at ${req.method} ${pathOf(req)}.`)
}

/** Also where this answers for a whole branch of addresses, whose beginning Express leaves out then. */
const pathOf = ({ originalUrl }: Request) => originalUrl.split('?', 1)[0]!.slice(0, 200)

/** Turns whatever was thrown into a problem answer; only what nobody foresaw is a 500, and only that is logged as an error. */
export const answerErrors: ErrorRequestHandler = (error, req, res, next) => {
  if (res.headersSent) return next(error)
  const problem = problemOf(error)
  if (problem.code === 'internal' || problem.code === 'unavailable') req.log.error({ err: error }, 'request failed')
  if (problem.code === 'internal') req.unforeseen?.(error)
  sendProblem(res, req.requestId, problem)
}

function problemOf(error: unknown): HttpProblem {
  if (error instanceof HttpProblem) return error
  if (error instanceof z.ZodError) return invalid(error)
  // What our own sign-in cannot do for inner reasons is the database's doing, never the caller's.
  if (error instanceof APIError && error.statusCode >= 500) return unavailable()
  if (error instanceof APIError) return new HttpProblem('wrong-credentials', 'These sign-in details do not work.')
  const parser = error as { type?: string; status?: number }
  if (parser.type === 'entity.too.large')
    return new HttpProblem('too-large', 'The request is larger than 2 MB. Nothing was stored.')
  if (parser.type === 'entity.parse.failed') return new HttpProblem('invalid-json', 'The body is not JSON.')
  if (parser.type === 'charset.unsupported' || parser.type === 'encoding.unsupported')
    return new HttpProblem('unsupported-media-type', 'Send JSON in UTF-8.')
  if (parser.status === 400) return new HttpProblem('invalid-request', 'The request cannot be read.')
  if (isOutage(error)) return unavailable()
  if (holdsUnstorable(error))
    return new HttpProblem(
      'invalid-request',
      'A text holds a NUL or half of a character, which cannot be kept. Nothing was stored.',
    )
  return new HttpProblem('internal', 'This is our fault, not yours. Nothing was charged. Try again, or tell us the request id.')
}

export const unavailable = () =>
  new HttpProblem('unavailable', 'A part of the service is away for the moment. Nothing was lost; try again soon.', {
    retryAfterSeconds: 5,
  })

export function invalid(error: z.ZodError): HttpProblem {
  const errors = error.issues.map((issue) => ({ path: issue.path.join('.'), message: issue.message })).slice(0, 20)
  const first = errors[0]!
  return new HttpProblem('invalid-request', `${first.path || 'request'}: ${first.message}`, { errors })
}

/** The server is full or overloaded, shutting down or starting, cannot use its disk, takes no writes, or the line to it broke. */
const OUTAGE_STATES = /^(53|57P|58|08)|^25006$/

/** Database or Redis gone or unable: their drivers say so by these codes and names. */
function isOutage(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { code, name, message, cause } = error as { code?: unknown; name?: string; message?: string; cause?: unknown }
  return (
    ['P1001', 'P1002', 'P1008', 'P1017', 'P2024', 'P2028', 'P2037', 'ECONNREFUSED', 'ECONNRESET'].includes(String(code)) ||
    OUTAGE_STATES.test(sqlStateOf(error) ?? '') ||
    name === 'MaxRetriesPerRequestError' ||
    /Connection terminated|timeout exceeded when trying to connect|Command timed out|Query read timeout/.test(message ?? '') ||
    (cause !== undefined && cause !== error && isOutage(cause))
  )
}

/** Postgres refuses these wherever they come; the transaction they came in is undone. */
function holdsUnstorable(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { message, cause } = error as { message?: string; cause?: unknown }
  return (
    ['22021', '22P05'].includes(sqlStateOf(error) ?? '') ||
    /invalid byte sequence for encoding|unsupported Unicode escape sequence|lone (leading|trailing) surrogate/i.test(
      message ?? '',
    ) ||
    (cause !== undefined && cause !== error && holdsUnstorable(cause))
  )
}

/** Postgres' own word for what went wrong, wherever the layers between have put it. */
function sqlStateOf(error: object): string | undefined {
  const { code, meta } = error as {
    code?: unknown
    meta?: { driverAdapterError?: { cause?: { originalCode?: string } } }
  }
  return meta?.driverAdapterError?.cause?.originalCode ?? (typeof code === 'string' ? code : undefined)
}
