import type { Language } from '../../shared/text.ts'
import type { Chapter } from './chapters.ts'

/** What the file says of itself. `texts` become TXXX frames: description -> value; `cover` is a PNG. */
export interface Id3Tags {
  title: string
  artist?: string
  album?: string
  language?: Language
  /** `2026-11-23`, or less of it. */
  date?: string
  comment?: string
  texts?: Readonly<Record<string, string>>
  chapters?: readonly Chapter[]
  cover?: Uint8Array
}

const UTF8 = 3
const FRONT_COVER = 3
const TOP_LEVEL_ORDERED = 3
const NO_OFFSET = 0xffffffff
const LANGUAGE_CODES: Record<Language, string> = { zh: 'zho', en: 'eng' }
const MAX_TAG_BYTES = 2 ** 28 - 1

function syncsafe(size: number): number[] {
  if (size > MAX_TAG_BYTES) throw new RangeError(`an ID3 tag of ${size} bytes is too long`)
  return [21, 14, 7, 0].map((shift) => (size >> shift) & 127)
}

const latin1 = (text: string): Buffer => Buffer.from(text, 'latin1')
const utf8 = (...texts: string[]): Buffer => Buffer.from(texts.map((text) => text.replaceAll('\0', '')).join('\0'), 'utf8')

function frame(id: string, ...parts: Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([latin1(id), Buffer.from([...syncsafe(body.length), 0, 0]), body])
}

const textFrame = (id: string, ...texts: string[]): Buffer => frame(id, Buffer.from([UTF8]), utf8(...texts))

const coverFrame = (png: Uint8Array): Buffer =>
  frame('APIC', Buffer.from([UTF8]), latin1('image/png\0'), Buffer.from([FRONT_COVER]), latin1('cover\0'), png)

function chapterFrames(chapters: readonly Chapter[]): Buffer[] {
  const ids = chapters.map((_, index) => `chp${index}\0`)
  const frames = chapters.map(({ startMs, endMs, title }, index) => {
    const times = Buffer.alloc(16)
    for (const [at, value] of [startMs, endMs, NO_OFFSET, NO_OFFSET].entries()) times.writeUInt32BE(value, at * 4)
    return frame('CHAP', latin1(ids[index]!), times, textFrame('TIT2', title))
  })
  return [frame('CTOC', latin1('toc\0'), Buffer.from([TOP_LEVEL_ORDERED, ids.length]), latin1(ids.join(''))), ...frames]
}

/** An ID3v2.4 tag in UTF-8; at most 255 chapters, which is all that a table of contents can name. Sizes are syncsafe. */
export function id3Tag({ title, artist, album, language, date, comment, texts = {}, chapters = [], cover }: Id3Tags): Buffer {
  const code = language ? LANGUAGE_CODES[language] : 'und'
  const frames = [textFrame('TIT2', title)]
  if (artist) frames.push(textFrame('TPE1', artist))
  if (album) frames.push(textFrame('TALB', album))
  if (language) frames.push(textFrame('TLAN', code))
  if (date) frames.push(textFrame('TDRC', date))
  if (comment) frames.push(frame('COMM', Buffer.from([UTF8]), latin1(code), utf8('', comment)))
  for (const [description, value] of Object.entries(texts)) frames.push(textFrame('TXXX', description, value))
  if (chapters.length > 0) frames.push(...chapterFrames(chapters))
  if (cover) frames.push(coverFrame(cover))
  const body = Buffer.concat(frames)
  return Buffer.concat([latin1('ID3'), Buffer.from([4, 0, 0, ...syncsafe(body.length)]), body])
}
