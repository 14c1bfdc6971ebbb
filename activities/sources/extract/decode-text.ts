import { detect } from 'chardet'

/** GB 2312 and GBK are parts of it, and pages that state them use more of it than they say. */
const GB = 'gb18030'
const SAMPLE_BYTES = 64 * 1024
const HEAD_BYTES = 4096

/** Encodings that are told apart only by guessing, and what a decoder calls them. */
const guesses: Record<string, string> = { GB18030: GB, 'ISO-8859-1': 'windows-1252', 'ISO-8859-8-I': 'iso-8859-8' }

/**
 * Bytes as text. The encoding is that of a byte order mark, else what the answer's header or the text's own beginning states (when it is true), else UTF-8
 * when it is that, else the likeliest. Never throws; what no encoding explains becomes U+FFFD.
 */
export function decodeText(bytes: Uint8Array, contentType?: string | null): string {
  const marked = byMark(bytes)
  if (marked) return new TextDecoder(marked).decode(bytes)
  for (const label of [charsetIn(contentType ?? ''), statedIn(bytes)]) {
    const text = label && decodedAs(label, bytes)
    if (text) return text
  }
  return strictly('utf-8', bytes) ?? new TextDecoder(likeliest(bytes)).decode(bytes)
}

function byMark([a, b, c]: Uint8Array): string | undefined {
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8'
  if (a === 0xff && b === 0xfe) return 'utf-16le'
  if (a === 0xfe && b === 0xff) return 'utf-16be'
  return undefined
}

const charsetIn = (text: string) => /charset\s*=\s*["']?([\w.:-]+)/i.exec(text)?.[1]

function statedIn(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, HEAD_BYTES)).toString('latin1')
  const meta = /<meta\b[^>]*charset[^>]*>/i.exec(head)?.[0]
  return (meta && charsetIn(meta)) ?? /^\s*<\?xml\b[^>]*encoding\s*=\s*["']([\w.:-]+)/i.exec(head)?.[1]
}

/** A wrong statement is worse than none: then it is found out. */
function decodedAs(label: string, bytes: Uint8Array): string | undefined {
  const name = /^gb|^x-gbk|^chinese/i.test(label) ? GB : label
  try {
    const text = new TextDecoder(name).decode(bytes)
    // A page cut in the middle of a character, or with one bad byte, still is what it says.
    return (text.match(/\ufffd/g)?.length ?? 0) * 500 <= text.length + 500 ? text : undefined
  } catch {
    return undefined
  }
}

function strictly(name: string, bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder(name, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function likeliest(bytes: Uint8Array): string {
  const found = detect(bytes.subarray(0, SAMPLE_BYTES)) ?? ''
  const name = guesses[found] ?? found
  try {
    return new TextDecoder(name).encoding
  } catch {
    return GB
  }
}
