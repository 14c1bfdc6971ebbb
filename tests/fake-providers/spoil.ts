import type { ServerResponse } from 'node:http'
import type { Answer } from './handler.ts'

const DRIP_MS = 50
const ENDLESS_CHUNK = Buffer.alloc(1 << 20, 1)

type Spoiler = (answer: Answer, response: ServerResponse) => Promise<void> | void

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms))

const wholeBytes = ({ body }: Answer) => Buffer.from(body)
const half = (answer: Answer) => wholeBytes(answer).subarray(0, Math.floor(wholeBytes(answer).length / 2))

/** Sends an answer as it is. */
export function send({ status, headers, body }: Answer, response: ServerResponse): void {
  const bytes = Buffer.from(body)
  response.writeHead(status, { ...headers, 'content-length': String(bytes.length) }).end(bytes)
}

const replaced =
  (contentType: string, body: string): Spoiler =>
  ({ headers }, response) =>
    send({ status: 200, headers: { ...headers, 'content-type': contentType }, body }, response)

/** Waits until what was written is on its way, so that a reset does not overtake it. */
const written = (response: ServerResponse, bytes: Buffer) => new Promise((resolve) => response.write(bytes, resolve))

const reset = (response: ServerResponse) => response.socket?.resetAndDestroy()

/** What can go wrong on the way, whatever is being sent. */
export const spoilers: Record<string, Spoiler> = {
  html: replaced('text/html; charset=utf-8', '<!doctype html><html><body><h1>Welcome to the network</h1></body></html>'),
  'json-error': replaced('application/json', '{"error":{"message":"internal","type":"server_error"}}'),
  empty: replaced('audio/wav', ''),
  /** Framed well, but only half of what its own header promises. */
  truncated: (answer, response) => send({ ...answer, body: half(answer) }, response),
  /** Half of the announced length, then the line goes dead. */
  cut: async (answer, response) => {
    response.writeHead(answer.status, { ...answer.headers, 'content-length': String(wholeBytes(answer).length) })
    await written(response, half(answer))
    await pause(20)
    response.socket?.destroy()
  },
  /** Half of it, and an end that looks like one: no length was announced and the connection is closed. */
  'cut-unframed': (answer, response) => {
    response.removeHeader('transfer-encoding')
    response.useChunkedEncodingByDefault = false
    response.writeHead(answer.status, { ...answer.headers, connection: 'close' }).end(half(answer))
  },
  drip: async (answer, response) => {
    const bytes = wholeBytes(answer)
    response.writeHead(answer.status, { ...answer.headers, 'content-length': String(bytes.length) })
    for (let at = 0; at < bytes.length && !response.destroyed; at += 1) {
      await written(response, bytes.subarray(at, at + 1))
      await pause(DRIP_MS)
    }
    response.end()
  },
  endless: async (answer, response) => {
    response.writeHead(answer.status, answer.headers)
    while (!response.destroyed) {
      await Promise.race([written(response, ENDLESS_CHUNK), new Promise((resolve) => response.once('close', resolve))])
    }
  },
  'reset-before': (_answer, response) => void reset(response),
  'reset-after': async (answer, response) => {
    response.writeHead(answer.status, { ...answer.headers, 'content-length': String(wholeBytes(answer).length) })
    await written(response, half(answer))
    await pause(20)
    reset(response)
  },
  /** Nothing ever comes. */
  hang: () => {},
  'hang-after': async (answer, response) => {
    response.writeHead(answer.status, { ...answer.headers, 'content-length': String(wholeBytes(answer).length) })
    await written(response, half(answer))
  },
}
