import { crc32, deflateSync } from 'node:zlib'

/** `#rrggbb`. */
export type Colour = `#${string}`

const SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
/** Two pixels a byte: sixteen colours are plenty, and a cover is drawn for every change of a line. */
const BITS_PER_PIXEL = 4
const INDEXED = 3

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const framed = Buffer.alloc(body.length + 8)
  framed.writeUInt32BE(data.length, 0)
  framed.set(body, 4)
  framed.writeUInt32BE(crc32(body), body.length + 4)
  return framed
}

function header(width: number, height: number): Buffer {
  const data = Buffer.alloc(13)
  data.writeUInt32BE(width, 0)
  data.writeUInt32BE(height, 4)
  data.set([BITS_PER_PIXEL, INDEXED, 0, 0, 0], 8)
  return data
}

/** A square picture of flat colours, drawn in rectangles; a colour is its index in the palette. */
export class Picture {
  readonly pixels: number
  private readonly rowBytes: number
  /** Each row begins with its filter: none (0), for flat colours compress best as they are. */
  private readonly rows: Buffer

  constructor(pixels: number) {
    this.pixels = pixels
    this.rowBytes = 1 + pixels / 2
    this.rows = Buffer.alloc(this.rowBytes * pixels)
  }

  /** Left and top are inside, right and bottom are not. */
  fill([left, right]: [number, number], [top, bottom]: [number, number], colour: number): void {
    for (let y = top; y < bottom; y += 1) {
      const row = this.rows.subarray(y * this.rowBytes + 1, (y + 1) * this.rowBytes)
      row.fill(colour * 0x11, (left + 1) >> 1, right >> 1)
      // A pixel that shares its byte with one outside.
      if (left % 2 === 1) row[left >> 1] = ((row[left >> 1] as number) & 0xf0) | colour
      if (right % 2 === 1) row[right >> 1] = ((row[right >> 1] as number) & 0x0f) | (colour << 4)
    }
  }

  /** The PNG. Same picture and palette (at most 16 colours), same bytes. */
  png(palette: readonly Colour[]): Buffer {
    return Buffer.concat([
      SIGNATURE,
      chunk('IHDR', header(this.pixels, this.pixels)),
      chunk('PLTE', Buffer.from(palette.map((colour) => colour.slice(1)).join(''), 'hex')),
      chunk('IDAT', deflateSync(this.rows, { level: 6 })),
      chunk('IEND', Buffer.alloc(0)),
    ])
  }
}
