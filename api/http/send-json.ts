import type { Response } from 'express'

/** Ends an answer with this JSON. A text leaves in one piece with the headers, bytes in two. */
export function sendJson(res: Response, json: string): void {
  res.setHeader('content-type', 'application/json; charset=utf-8')
  res.setHeader('content-length', Buffer.byteLength(json))
  res.end(json)
}
