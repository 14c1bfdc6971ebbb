import { isCues } from '../../../shared/script-cues.ts'
import { decodeText } from './decode-text.ts'
import type { Format } from './extracted.ts'
import { SourceUnreadable } from './extracted.ts'
import { zipNames } from './open-zip.ts'

const starts = (bytes: Uint8Array, mark: string) => Buffer.from(bytes.subarray(0, mark.length)).toString('latin1') === mark
/** UTF-16, as names in a compound file are. */
const wide = (name: string) => Buffer.from(name, 'utf16le')

/** What it is by its content; names and stated types are claims. Throws SourceUnreadable for what is not read here. */
export async function detectFormat(bytes: Uint8Array): Promise<{ format: Format; text?: string }> {
  if (bytes.length === 0) throw new SourceUnreadable('file-empty', 'The file is empty.')
  // The mark may stand within the first kilobyte: readers look there, and files are made so.
  if (Buffer.from(bytes.subarray(0, 1024)).includes('%PDF-')) return { format: 'pdf' }
  if (starts(bytes, 'PK')) return { format: await inZip(bytes) }
  if (starts(bytes, '\xd0\xcf\x11\xe0')) throw compound(bytes)
  const text = decodeText(bytes)
  if (isBinary(text) || text.startsWith('{\\rtf')) throw unknown()
  return { format: textFormat(text), text }
}

const unknown = () =>
  new SourceUnreadable(
    'file-unknown',
    'This is no file of a kind that is read: PDF, EPUB, DOCX, HTML, Markdown, SRT, VTT or plain text.',
  )

async function inZip(bytes: Uint8Array): Promise<Format> {
  const names = await zipNames(bytes)
  if (names.has('META-INF/container.xml')) return 'epub'
  if (names.has('word/document.xml')) return 'docx'
  throw unknown()
}

/** Word puts a document with a password into the container of its old format. */
const compound = (bytes: Uint8Array) =>
  Buffer.from(bytes).includes(wide('EncryptedPackage'))
    ? new SourceUnreadable('file-encrypted', 'The document is protected by a password. Save it without one.')
    : unknown()

/** Text has hardly any control characters and hardly anything that no encoding explains. */
function isBinary(text: string): boolean {
  const sample = text.slice(0, 20_000)
  // oxlint-disable-next-line no-control-regex -- these are what is counted
  return (sample.match(/[\0-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffd]/g)?.length ?? 0) * 50 > sample.length
}

function textFormat(text: string): Format {
  const head = text.slice(0, 4000).trimStart()
  if (/^WEBVTT\b/.test(head)) return 'vtt'
  if (/^(?:<\?xml[^>]*>\s*)?(?:<!--[\s\S]*?-->\s*)*<(?:!doctype html|html|head|body|article|main|div|p|h[1-6])\b/i.test(head))
    return 'html'
  if (isCues(text.slice(0, 4000))) return 'srt'
  return /^#{1,6} \S|^```|^\s*[-*] \[[ x]\]|\[[^\]\n]+\]\([^)\s]+\)/m.test(head) ? 'markdown' : 'text'
}
