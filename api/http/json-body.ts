import { promisify } from 'node:util'
import express from 'express'
import type { Request, Response } from 'express'
import { HttpProblem } from './problem.ts'

/** Deeper than any body of ours needs, by far. */
const MAX_DEPTH = 32

/**
 * A reader of JSON bodies of at most so many bytes (`'2mb'`), which leaves what it read in `req.body`, `undefined` when nothing was sent. It takes
 * what has one meaning only: a key that comes twice is one thing to us and another to whoever looked at it before, and so are bytes that are no UTF-8. Throws
 * `unsupported-media-type`, `invalid-json` and `too-large`.
 */
export function jsonReader(limit: string): (req: Request, res: Response) => Promise<void> {
  const readBytes = promisify(express.raw({ type: () => true, limit }))
  return async (req, res) => {
    if (!hasBody(req)) return
    if (!isJson(req)) throw new HttpProblem('unsupported-media-type', 'Send JSON in UTF-8.')
    await readBytes(req, res)
    req.body = Buffer.isBuffer(req.body) && req.body.length > 0 ? parseJson(req.body) : undefined
  }
}

/** Whether the request has a body, be it one of zero bytes. */
const hasBody = ({ headers }: Request) => headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0

function isJson(req: Request): boolean {
  const [, charset] = /;\s*charset\s*=\s*"?([^\s";]+)/i.exec(req.header('content-type') ?? '') ?? []
  return req.is('application/json') !== false && /^utf-?8$/i.test(charset ?? 'utf-8')
}

/** Throws `invalid-json` for what is no JSON, no UTF-8, nested deeper than 32, or names a key twice. */
export function parseJson(bytes: Uint8Array): unknown {
  const text = textOf(bytes)
  requireOneMeaning(text)
  try {
    return JSON.parse(text)
  } catch {
    throw new HttpProblem('invalid-json', 'The body is not JSON.')
  }
}

function textOf(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new HttpProblem('invalid-json', 'The body is not UTF-8.')
  }
}

/** Walks the brackets and keys, without a call a level: nesting costs nothing. What is no JSON at all is left to the parser. */
function requireOneMeaning(text: string): void {
  const open: (Set<string> | undefined)[] = []
  for (let at = 0; at < text.length; at += 1) {
    const sign = text[at]
    if (sign === '{' || sign === '[') {
      if (open.push(sign === '{' ? new Set() : undefined) > MAX_DEPTH)
        throw new HttpProblem('invalid-json', `The body is nested deeper than ${MAX_DEPTH} levels.`)
    } else if (sign === '}' || sign === ']') open.pop()
    else if (sign === '"') {
      const end = endOfString(text, at)
      if (isKey(text, end)) requireNew(open.at(-1), text.slice(at, end))
      at = end - 1
    }
  }
}

/** Just behind the closing quote. */
function endOfString(text: string, start: number): number {
  for (let at = start + 1; ; at += 1) {
    at = text.indexOf('"', at)
    if (at < 0) return text.length
    let backslashes = 0
    while (text[at - 1 - backslashes] === '\\') backslashes += 1
    if (backslashes % 2 === 0) return at + 1
  }
}

function isKey(text: string, end: number): boolean {
  let at = end
  while (text[at] === ' ' || text[at] === '\n' || text[at] === '\r' || text[at] === '\t') at += 1
  return text[at] === ':'
}

function requireNew(keys: Set<string> | undefined, quoted: string): void {
  const key = unquoted(quoted)
  if (keys?.has(key)) throw new HttpProblem('invalid-json', `The body names ${JSON.stringify(key.slice(0, 50))} twice.`)
  keys?.add(key)
}

/** `"\u0061"` is `"a"`. */
function unquoted(quoted: string): string {
  if (!quoted.includes('\\')) return quoted.slice(1, -1)
  try {
    return JSON.parse(quoted) as string
  } catch {
    return quoted
  }
}
