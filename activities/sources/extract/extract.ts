import { decodeText } from './decode-text.ts'
import { detectFormat } from './detect-format.ts'
import type { Extracted } from './extracted.ts'
import { readCues, readMarkdown, readText } from './read-plain.ts'

/** Bytes of any kind -> words. `contentType`: what a web server says of them; only its charset is believed. Throws SourceUnreadable. */
export async function extract(bytes: Uint8Array, contentType?: string | null): Promise<Extracted> {
  const { format, text } = await detectFormat(bytes)
  // The libraries are slow to load, and only one is needed.
  if (format === 'pdf') return (await import('./read-pdf.ts')).readPdf(bytes)
  if (format === 'epub') return (await import('./read-epub.ts')).readEpub(bytes)
  if (format === 'docx') return (await import('./read-docx.ts')).readDocx(bytes)
  const words = contentType ? decodeText(bytes, contentType) : text!
  // A page that begins with anything may still be one: its server says so.
  if (format === 'html' || /\bhtml\b/i.test(contentType ?? '')) return (await import('./read-html.ts')).readHtml(words)
  if (format === 'srt' || format === 'vtt') return readCues(words, format)
  return format === 'markdown' ? readMarkdown(words.replace(/\r\n?/g, '\n')) : readText(words)
}
