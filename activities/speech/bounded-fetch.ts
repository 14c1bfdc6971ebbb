import { AnswerUnusable, troubleOf } from './answer-unusable.ts'

interface Bounds {
  maxBytes: number
  /** The content types a good answer may have. */
  accepts: RegExp
}

/**
 * A `fetch` for providers' SDKs, which trust what comes: reads the whole body under the request's own signal, so that a drip ends
 * with the deadline, and hands on only answers that are whole and of the right kind. Errors keep their status and body.
 * Throws AnswerUnusable.
 */
export const boundedFetch =
  (bounds: Bounds): typeof fetch =>
  async (input, init) => {
    try {
      const response = await fetch(input, init)
      const body = await wholeBody(response, bounds.maxBytes)
      if (response.ok) requireGood(response, body, bounds)
      const headers = new Headers(response.headers)
      // The body is decoded and whole by now; these would be untrue.
      for (const name of ['content-encoding', 'content-length', 'transfer-encoding']) headers.delete(name)
      return new Response(body, { status: response.status, statusText: response.statusText, headers })
    } catch (error) {
      throw troubleOf(error)
    }
  }

async function wholeBody(response: Response, maxBytes: number): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += chunk.length
    // Leaving the loop cancels the body, and with it the connection.
    if (bytes > maxBytes) throw new AnswerUnusable('too-large', `more than ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return new Uint8Array(Buffer.concat(chunks))
}

function requireGood(response: Response, body: Uint8Array, { accepts }: Bounds): void {
  if (body.length === 0) throw new AnswerUnusable('empty', 'no bytes')
  const contentType = response.headers.get('content-type') ?? ''
  if (!accepts.test(contentType)) throw new AnswerUnusable('not-audio', `the answer is ${contentType || 'of no stated kind'}`)
  const isFramed = response.headers.has('content-length') || response.headers.has('transfer-encoding')
  // Without a length and without chunks, a connection that broke looks the same as an end.
  if (!isFramed) throw new AnswerUnusable('cut', 'the answer does not say where it ends')
}
