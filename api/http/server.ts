import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'
import { STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { randomUUID } from 'node:crypto'
import { problemStatus } from './problem.ts'
import type { Problem, ProblemCode } from './problem.ts'

const HEADER_BYTES = 16 * 1024
/** The whole of a request, two megabytes over a slow line among them. */
const REQUEST_MS = 60_000
const HEADERS_MS = 10_000
/** Longer than the idle time of the usual balancers, so that it is they who close. */
const IDLE_MS = 65_000
const CHECK_MS = 2_000

/** An HTTP server that nobody can hold by being slow, large or many. What cannot even be read is answered as a problem too. */
export function createDoor(answer: RequestListener, { maxConnections }: { maxConnections: number }): Server {
  const server = createServer(
    {
      maxHeaderSize: HEADER_BYTES,
      requestTimeout: REQUEST_MS,
      headersTimeout: HEADERS_MS,
      keepAliveTimeout: IDLE_MS,
      connectionsCheckingInterval: CHECK_MS,
    },
    answer,
  )
  server.maxConnections = maxConnections
  server.on('clientError', answerUnreadable)
  return server
}

const codes: Record<string, [ProblemCode, string]> = {
  HPE_HEADER_OVERFLOW: ['headers-too-large', 'The headers are larger than 16 KB.'],
  ERR_HTTP_REQUEST_TIMEOUT: ['request-timeout', 'The request took too long to arrive.'],
}

function answerUnreadable(error: NodeJS.ErrnoException, socket: Duplex): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy()
  const [code, detail] = codes[error.code ?? ''] ?? ['invalid-request', 'The request cannot be read.']
  const status = problemStatus[code]
  const title = STATUS_CODES[status]!
  const requestId = randomUUID()
  const problem: Problem = { type: `https://aimake.cc/problems/${code}`, title, status, detail, code, requestId }
  const body = JSON.stringify(problem)
  socket.end(
    `HTTP/1.1 ${status} ${title}\r\ncontent-type: application/problem+json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n` +
      `x-request-id: ${requestId}\r\nconnection: close\r\n\r\n${body}`,
  )
}
