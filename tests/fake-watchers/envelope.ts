/** One thing that a report carries: an error, a transaction, a profile, a replay. */
export interface Item {
  type: string
  payload: Buffer
}

/** Takes an envelope apart as Sentry's protocol has it: a header line, then items of a header line and a payload each. */
export function itemsOf(envelope: Buffer): Item[] {
  const items: Item[] = []
  let at = lineEnd(envelope, 0) + 1
  while (at < envelope.length) {
    const headerEnd = lineEnd(envelope, at)
    const header = JSON.parse(envelope.toString('utf8', at, headerEnd)) as { type: string; length?: number }
    const payloadEnd = header.length === undefined ? lineEnd(envelope, headerEnd + 1) : headerEnd + 1 + header.length
    items.push({ type: header.type, payload: envelope.subarray(headerEnd + 1, payloadEnd) })
    at = payloadEnd + 1
  }
  return items
}

function lineEnd(bytes: Buffer, from: number): number {
  const end = bytes.indexOf(0x0a, from)
  return end === -1 ? bytes.length : end
}
