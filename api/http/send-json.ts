import type { ServerResponse } from 'node:http'
import type { AnswerHead } from './answer-head.ts'

const TYPE = 'application/json; charset=utf-8'

/** Ends an answer with this JSON. A text leaves in one piece with the headers, bytes in two. */
export function sendJson(res: ServerResponse, json: string): void {
  res.setHeader('content-type', TYPE)
  res.setHeader('content-length', Buffer.byteLength(json))
  res.end(json)
}

/** A text as it goes over the line, a character a byte: it is turned into bytes once and not each time it is sent. */
export type OnTheLine = string & { readonly '': unique symbol }

export const onTheLine = (text: string) => Buffer.from(text).toString('latin1') as OnTheLine

/** As `sendJson`, of what is sent again and again, with what its answer begins with. */
export function sendAgain(res: ServerResponse, head: AnswerHead, json: OnTheLine): void {
  head.append(['content-type', TYPE, 'content-length', String(json.length)])
  head.write(res, 200).end(json, 'latin1')
}
