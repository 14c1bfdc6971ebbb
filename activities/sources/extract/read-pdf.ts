import { fileURLToPath } from 'node:url'
import { getDocumentProxy } from 'unpdf'
import type { Extracted } from './extracted.ts'
import { SourceUnreadable, leftOutOf } from './extracted.ts'

/** What the characters of fonts are that a file only names: Chinese ones of an older day. */
const CMAPS = fileURLToPath(new URL('cmaps/', import.meta.resolve('pdfjs-dist/package.json')))
const MAX_PAGES = 3_000
/** Fewer characters a page than this are the numbers and stamps of a scan. */
const SCANNED_CHARACTERS = 8

/** The text layer of a PDF, page by page; lines that were broken to fit the page are joined. A scan has none and is named as such. */
export async function readPdf(bytes: Uint8Array): Promise<Extracted> {
  const pdf = await opened(bytes)
  if (pdf.numPages > MAX_PAGES)
    throw new SourceUnreadable('source-too-long', `It has ${pdf.numPages} pages; at most ${MAX_PAGES} are read. Split it.`)
  const pages: string[][] = []
  for (let number = 1; number <= pdf.numPages; number++) {
    const page = await pdf.getPage(number)
    const { items } = await page.getTextContent()
    pages.push(linesOf(items.map((item) => ('str' in item ? item : {}))))
    page.cleanup()
  }
  const headers = repeated(pages)
  const bodies = pages.map((lines) => joined(lines.filter((line) => !headers.has(shapeOf(line)))))
  const characters = bodies.reduce((sum, body) => sum + (body.match(/[\p{L}\p{N}]/gu)?.length ?? 0), 0)
  if (characters < SCANNED_CHARACTERS * pages.length)
    throw new SourceUnreadable(
      'file-scanned',
      'The pages are pictures without text. Run a text recognition (OCR) over the file first.',
    )
  const info = await pdf.getMetadata().then(
    (metadata) => metadata.info as { Title?: unknown },
    () => ({ Title: undefined }),
  )
  const stated = typeof info.Title === 'string' ? info.Title.trim() : ''
  return {
    format: 'pdf',
    // Programs put the name of their own file there.
    title: /\.\w{2,5}$|^(?:untitled|microsoft word)/i.test(stated) ? null : stated || null,
    text: bodies.filter(Boolean).join('\n\n'),
    leftOut: leftOutOf({
      'pages-without-text': bodies.filter((body) => body === '').length,
      'page-headers': pages.flat().filter((line) => headers.has(shapeOf(line))).length,
    }),
  }
}

async function opened(bytes: Uint8Array) {
  try {
    return await getDocumentProxy(bytes, { cMapUrl: CMAPS, stopAtErrors: false, verbosity: 0 })
  } catch (error) {
    if ((error as Error).name === 'PasswordException')
      throw new SourceUnreadable('file-encrypted', 'The PDF is protected by a password. Save it without one.', error)
    throw new SourceUnreadable('file-damaged', 'The PDF is damaged or not whole.', error)
  }
}

function linesOf(items: { str?: string; hasEOL?: boolean }[]): string[] {
  const lines = ['']
  for (const { str = '', hasEOL } of items) {
    lines[lines.length - 1] += str
    if (hasEOL) lines.push('')
  }
  return lines.map((line) => line.trim())
}

/** What stands at the top or foot of most pages, whatever number it has there. */
function repeated(pages: string[][]): Set<string> {
  if (pages.length < 3) return new Set()
  const counts = new Map<string, number>()
  for (const lines of pages) {
    const full = lines.filter(Boolean)
    const edges = new Set([...full.slice(0, 2), ...full.slice(-2)].map(shapeOf))
    for (const shape of edges) counts.set(shape, (counts.get(shape) ?? 0) + 1)
  }
  return new Set([...counts].filter(([, count]) => count > pages.length / 2).map(([shape]) => shape))
}

const shapeOf = (line: string) => line.replace(/\d+/g, '0')

/** A line about as wide as the widest goes on in the next one. */
function joined(lines: string[]): string {
  const widest = Math.max(...lines.map((line) => line.length), 1)
  let text = ''
  let goesOn = false
  for (const line of lines) {
    if (line === '') goesOn = false
    else {
      text += goesOn ? seam(text, line) : text === '' ? line : `\n\n${line}`
      goesOn = line.length >= widest * 0.7 && !/[。！？.!?:：]["”』」）)]?$/u.test(line.length >= widest * 0.9 ? '' : line)
    }
  }
  return text.replace(/\u00ad\n*/g, '')
}

function seam(before: string, line: string): string {
  if (/\p{sc=Han}$|[，。、；：！？”』」）]$/u.test(before) || /^[\p{sc=Han}，。、；：！？“『「（]/u.test(line)) return line
  return ` ${line}`
}
