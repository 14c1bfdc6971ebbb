import type { Language } from '../../shared/text.ts'

/** What the file says of itself. `texts` become TXXX frames: description -> value. */
export interface Id3Tags {
  title: string
  artist?: string
  album?: string
  language?: Language
  texts?: Readonly<Record<string, string>>
}

const UTF8 = 3
const LANGUAGE_CODES: Record<Language, string> = { zh: 'zho', en: 'eng' }
const MAX_TAG_BYTES = 2 ** 28 - 1

function syncsafe(size: number): number[] {
  if (size > MAX_TAG_BYTES) throw new RangeError(`an ID3 tag of ${size} bytes is too long`)
  return [21, 14, 7, 0].map((shift) => (size >> shift) & 127)
}

function textFrame(id: string, ...texts: string[]): Buffer {
  const body = Buffer.from(texts.map((text) => text.replaceAll('\0', '')).join('\0'), 'utf8')
  return Buffer.concat([Buffer.from(id, 'latin1'), Buffer.from([...syncsafe(body.length + 1), 0, 0, UTF8]), body])
}

/** An ID3v2.4 tag in UTF-8 with title, artist, album, language and any other texts. Sizes are syncsafe. */
export function id3Tag({ title, artist, album, language, texts = {} }: Id3Tags): Buffer {
  const frames = [textFrame('TIT2', title)]
  if (artist) frames.push(textFrame('TPE1', artist))
  if (album) frames.push(textFrame('TALB', album))
  if (language) frames.push(textFrame('TLAN', LANGUAGE_CODES[language]))
  for (const [description, value] of Object.entries(texts)) frames.push(textFrame('TXXX', description, value))
  const body = Buffer.concat(frames)
  return Buffer.concat([Buffer.from('ID3', 'latin1'), Buffer.from([4, 0, 0, ...syncsafe(body.length)]), body])
}
