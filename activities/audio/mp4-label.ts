/** Boxes from `moov` down to the list of tags; the number of bytes in front of a box's first child. */
const PATH = [
  { type: 'udta', before: 8 },
  { type: 'meta', before: 12 },
  { type: 'ilst', before: 8 },
]
const MOOV_BEFORE = 8
const UTF8_TEXT = 1

function box(type: string, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  const head = Buffer.alloc(8)
  head.writeUInt32BE(body.length + 8, 0)
  head.write(type, 4, 'latin1')
  return Buffer.concat([head, body])
}

function childAt(bytes: Buffer, type: string, from: number, until: number): number {
  for (let at = from; at + 8 <= until; at += Math.max(8, bytes.readUInt32BE(at))) {
    if (bytes.toString('latin1', at + 4, at + 8) === type) return at
  }
  throw new Error(`the MP4 has no ${type}`)
}

/**
 * Adds a free-form tag to a `moov` box. Players find it as `name`. The box must stand behind the media data: nothing else in the file then
 * moves, so no offset changes.
 */
export function withTag(moov: Buffer, name: string, value: string): Buffer {
  const text = (words: string): Buffer => Buffer.concat([Buffer.alloc(4), Buffer.from(words, 'utf8')])
  const data = Buffer.concat([Buffer.from([0, 0, 0, UTF8_TEXT]), text(value)])
  const tag = box('----', box('mean', text('com.apple.iTunes')), box('name', text(name)), box('data', data))
  const places = [0]
  let inside = MOOV_BEFORE
  for (const { type, before } of PATH) {
    const parent = places.at(-1) as number
    const at = childAt(moov, type, inside, parent + moov.readUInt32BE(parent))
    places.push(at)
    inside = at + before
  }
  const list = places.at(-1) as number
  const end = list + moov.readUInt32BE(list)
  const grown = Buffer.concat([moov.subarray(0, end), tag, moov.subarray(end)])
  for (const at of places) grown.writeUInt32BE(moov.readUInt32BE(at) + tag.length, at)
  return grown
}
