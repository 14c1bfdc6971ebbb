import { useQueries } from '@tanstack/react-query'
import { ask } from '../../lib/api.ts'
import type { SentFile } from '../../lib/draft.ts'
import type { Language, ReadableSource, SourceRead } from '../../lib/types.ts'
import { useRested } from './estimate.ts'
import type { Sending } from './sending.ts'

const lookMs = 700

export interface OneRead {
  source: ReadableSource
  read: SourceRead | undefined
  error: unknown
}

/** What the server makes of links and files, before anything is ordered. */
export interface Reading {
  count: number
  all: OneRead[]
  isBusy: boolean
  failed: ReadableSource[]
  /** What they are together, in place of what is seen in the box; nothing while there are none. */
  found: { language: Language; amount: number; characters: number } | undefined
}

export function useReading(given: ReadableSource[], sending: Sending): Reading {
  // An address that is being typed is another one with each letter.
  const wanted = JSON.stringify(given)
  const rested = useRested(wanted)
  const sources = JSON.parse(rested) as ReadableSource[]
  const queries = useQueries({
    queries: sources.map((source) => ({
      queryKey: ['source', JSON.stringify(source)],
      queryFn: ({ signal }: { signal: AbortSignal }) => readWhole(source, signal),
      // A page is read once a day; a file never changes.
      staleTime: 3_600_000,
      retry: false,
    })),
  })
  const all = sources.map((source, index) => ({ source, read: queries[index]?.data, error: queries[index]?.error }))
  const reads = all.flatMap(({ read }) => (read?.status === 'read' ? read : []))
  const language: Language = reads[0]?.language === 'en' ? 'en' : 'zh'
  const characters = reads.reduce((sum, read) => sum + (read.characters ?? 0), 0)
  const found = reads.length > 0 ? { language, amount: characters, characters } : undefined
  return {
    count: given.length,
    all,
    isBusy:
      wanted !== rested ||
      sending.onTheirWay.some(({ trouble }) => trouble === null) ||
      all.some(({ read, error }) => !read && !error),
    failed: all.flatMap(({ source, read, error }) => (read?.status === 'failed' || error ? source : [])),
    found,
  }
}

/** What it was given as: its address, or the name it has on the person’s disk. */
export function nameOfSource(source: ReadableSource, files: readonly SentFile[]): string {
  if (source.type === 'topic') return source.topic
  return source.type === 'url' ? source.url : (files.find(({ uploadId }) => uploadId === source.uploadId)?.name ?? '')
}

async function readWhole(source: ReadableSource, signal: AbortSignal): Promise<SourceRead> {
  let read = await ask<SourceRead>('/api/sources', { method: 'POST', body: source, signal })
  while (read.status === 'reading') {
    await new Promise((resolve) => setTimeout(resolve, lookMs))
    signal.throwIfAborted()
    read = await ask<SourceRead>(`/api/sources/${read.id}`, { signal })
  }
  return read
}
