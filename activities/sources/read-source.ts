import { FetchRefused } from '../../shared/safe-fetch/fetch-refused.ts'
import { cleanText, detectLanguage, hasSpeech, spokenUnits } from '../../shared/text.ts'
import type { Activities } from '../../workflows/contract.ts'
import { attemptNumber, beating } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { later, never, stopped } from '../failures.ts'
import { SearchFailed } from '../search/port.ts'
import { FOR_EVER, removeObject, sha256, storeObject } from '../storage/objects.ts'
import { SourceUnreadable } from './extract/extracted.ts'
import { readInput } from './read-input.ts'
import type { SourceToRead } from './read-input.ts'

type Deeds = Pick<Activities, 'listSources' | 'readSource'>

/** 300,000 characters, as for a text that is pasted. */
const MAX_CHARACTERS = 300_000
const FIRST_WORDS = 200
/** A server that is away is asked again for a while; whose link it is will not wait for an hour. */
const MOST_TRIES = 4

/** What a person gave -> clean text in the object store. */
export function sourceDeeds(deps: Deps): Deeds {
  const { db } = deps
  return {
    async listSources({ episodeId }) {
      const rows = await db.episodeSource.findMany({
        where: { episodeId },
        orderBy: { position: 'asc' },
        select: { sourceId: true },
      })
      return rows
    },

    async readSource({ sourceId }) {
      const source = await db.source.findUniqueOrThrow({ where: { id: sourceId }, include: { upload: true } })
      if (source.textKey) return
      await beating(async ({ signal }) => {
        try {
          await readAndKeep(deps, source, signal)
        } catch (error) {
          if (signal.aborted) throw stopped(signal)
          throw await noted(deps, source, error)
        }
      })
    },
  }
}

async function readAndKeep(deps: Deps, source: SourceToRead, signal: AbortSignal): Promise<void> {
  const { db } = deps
  const read = await readInput(deps, source, signal)
  const text = cleanText(read.text)
  if (!hasSpeech(text)) throw new SourceUnreadable('nothing-to-say', 'There is no word in it that a voice could say.')
  if (text.length > MAX_CHARACTERS)
    throw new SourceUnreadable('source-too-long', `It has ${text.length} characters; at most 300,000 are read. Split it.`)
  const bytes = new TextEncoder().encode(text)
  const key = `sources/${sha256(bytes)}.txt`
  await storeObject(deps, key, bytes, { contentType: 'text/plain; charset=utf-8', cacheControl: FOR_EVER }, signal)
  const language = detectLanguage(text)
  // Read twice at the same moment, the first reading counts: an order may be priced by it already.
  await db.source.updateMany({
    where: { id: source.id, textKey: null },
    data: {
      textKey: key,
      language,
      characters: spokenUnits(text, language),
      title: source.title ?? titleOf(read.title),
      format: read.format,
      firstWords: text.slice(0, FIRST_WORDS),
      leftOut: read.leftOut.map(({ what, count }) => ({ what, count })),
      failureCode: null,
      failureDetail: null,
    },
  })
  if (source.upload?.objectKey) await removeUpload(deps, source.upload.id, source.upload.objectKey)
}

const titleOf = (title: string | null) => {
  const clean = cleanText(title ?? '')
    .replaceAll('\n', ' ')
    .slice(0, 200)
  return hasSpeech(clean) ? clean : null
}

/** Its words are kept, or there are none: nobody needs the file any more. */
async function removeUpload(deps: Deps, id: string, objectKey: string): Promise<void> {
  await removeObject(deps, objectKey)
  await deps.db.upload.update({ where: { id }, data: { objectKey: null } })
}

/** Why it could not be read, written on the source where that is final. What is none of the source's own fault is thrown on as it is. */
async function noted(deps: Deps, { id, upload }: SourceToRead, error: unknown): Promise<unknown> {
  const isOwn = error instanceof FetchRefused || error instanceof SourceUnreadable || error instanceof SearchFailed
  if (!isOwn) return error
  const code = error instanceof SearchFailed ? 'search-failed' : error.code
  const isLasting = error instanceof SourceUnreadable || error.isLasting
  if (!isLasting && attemptNumber() < MOST_TRIES) return later(code, error.message)
  await deps.db.source.updateMany({
    where: { id, textKey: null },
    data: { failureCode: code, failureDetail: error.message },
  })
  if (upload?.objectKey) await removeUpload(deps, upload.id, upload.objectKey)
  return never(code, error.message)
}

/** The clean texts of an episode's sources, in order; with `onlyId` that one alone. */
export async function sourceTexts(
  { db, store }: Pick<Deps, 'db' | 'store'>,
  episodeId: string,
  onlyId: string | null = null,
): Promise<{ position: number; title: string | undefined; text: string; kind: string }[]> {
  const rows = await db.episodeSource.findMany({
    where: { episodeId, ...(onlyId !== null && { sourceId: onlyId }) },
    orderBy: { position: 'asc' },
    include: { source: true },
    ...(onlyId !== null && { take: 1 }),
  })
  return Promise.all(
    rows.map(async ({ source, position }) => ({
      position,
      title: source.title ?? undefined,
      text: new TextDecoder().decode(await store.get(source.textKey!)),
      kind: source.kind,
    })),
  )
}
