import type { ServerResponse } from 'node:http'

/** Ends an answer with this JSON. A text leaves in one piece with the headers, bytes in two. */
export function sendJson(res: ServerResponse, json: string): void {
  end(res, json, Buffer.byteLength(json), 'utf8')
}

/** A text as it goes over the line, a character a byte: it is turned into bytes once and not each time it is sent. */
export type OnTheLine = string & { readonly '': unique symbol }

export const onTheLine = (text: string) => Buffer.from(text).toString('latin1') as OnTheLine

/** As `sendJson`, of what is sent again and again. */
export function sendAgain(res: ServerResponse, json: OnTheLine): void {
  end(res, json, json.length, 'latin1')
}

function end(res: ServerResponse, text: string, bytes: number, encoding: BufferEncoding): void {
  res.setHeader('content-type', 'application/json; charset=utf-8')
  res.setHeader('content-length', bytes)
  res.end(text, encoding)
}
