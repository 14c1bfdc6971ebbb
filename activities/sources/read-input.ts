import type { Prisma } from '../../prisma/client.ts'
import type { SafeFetch } from '../../shared/safe-fetch/safe-fetch.ts'
import { FetchRefused } from '../../shared/safe-fetch/fetch-refused.ts'
import { detectLanguage } from '../../shared/text.ts'
import type { Deps } from '../deps.ts'
import { SearchFailed } from '../search/port.ts'
import type { Finding } from '../search/port.ts'
import { extractInChild } from './extract/extract-in-child.ts'
import { SourceUnreadable } from './extract/extracted.ts'
import type { Extracted, UnreadableCode } from './extract/extracted.ts'

export type SourceToRead = Prisma.SourceGetPayload<{ include: { upload: true } }>

const PAGE = { maxBytes: 20 * 1024 * 1024, deadlineMs: 30_000 }
/** Many pages are refused to who says nothing of themselves. */
const PAGE_HEADERS = {
  'user-agent': 'Mozilla/5.0 (compatible; AIMake/1.0; +https://aimake.cc)',
  accept: 'text/html,application/xhtml+xml,application/pdf;q=0.9,text/plain;q=0.8,*/*;q=0.5',
  'accept-language': 'zh-CN,zh;q=0.9,en;q=0.8',
}
const FINDINGS = 8
/** So many pages about a topic are read; more only say the same again. */
const PAGES_ABOUT = 4
const PAGE_CHARACTERS = 20_000

/** What a source says, whatever its kind. Throws FetchRefused, SourceUnreadable or SearchFailed; the signal's reason when stopped. */
export async function readInput(deps: Deps, source: SourceToRead, signal: AbortSignal): Promise<Extracted> {
  if (source.kind === 'url') return readPage(deps.fetchSafely, source.input, signal)
  if (source.kind === 'file') return readUpload(deps, source, signal)
  if (source.kind === 'topic' && deps.search) return readAbout(deps, source.input, signal)
  return { format: 'text', title: null, text: source.input, leftOut: [] }
}

async function readPage(fetchSafely: SafeFetch, url: string, signal: AbortSignal): Promise<Extracted> {
  const { body, headers } = await fetchSafely(url, { ...PAGE, headers: PAGE_HEADERS, signal })
  return extractInChild(body, { contentType: headers.get('content-type'), signal })
}

async function readUpload({ store }: Deps, { upload, ...source }: SourceToRead, signal: AbortSignal): Promise<Extracted> {
  // It was read in vain before, and is gone since.
  if (source.failureCode && !upload?.objectKey)
    throw new SourceUnreadable(source.failureCode as UnreadableCode, source.failureDetail ?? '')
  const stat = upload?.objectKey ? await store.stat(upload.objectKey) : undefined
  if (stat?.bytes !== upload?.bytes || !upload?.objectKey)
    throw new SourceUnreadable('file-gone', 'The file is not here any more. Send it again.')
  const read = await extractInChild(await store.get(upload.objectKey, signal), { signal })
  return { ...read, title: read.title ?? upload.name.replace(/\.\w{1,8}$/, '') }
}

/** Pages about a topic, one after the other, each with its title and address. Those that cannot be read are counted. */
async function readAbout({ search, fetchSafely }: Deps, topic: string, signal: AbortSignal): Promise<Extracted> {
  const found = await search!.search(topic, { language: detectLanguage(topic), count: FINDINGS, signal })
  const read = await Promise.all(found.slice(0, PAGES_ABOUT).map((finding) => readFinding(fetchSafely, finding, signal)))
  const pages = read.filter((page) => page !== undefined)
  if (pages.length === 0) throw new SearchFailed('The search found no page about it that can be read.', { isLasting: true })
  return {
    format: 'text',
    title: topic.slice(0, 200),
    text: [topic, ...pages].join('\n\n'),
    leftOut: read.length > pages.length ? [{ what: 'unread-parts', count: read.length - pages.length }] : [],
  }
}

async function readFinding(fetchSafely: SafeFetch, { title, url }: Finding, signal: AbortSignal): Promise<string | undefined> {
  try {
    const { text } = await readPage(fetchSafely, url, signal)
    return `${title}\n\n${text.slice(0, PAGE_CHARACTERS)}`
  } catch (error) {
    if (error instanceof FetchRefused || error instanceof SourceUnreadable) return undefined
    throw error
  }
}
