import './search-hits.css'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'wouter'
import { useTranslation } from '../../i18n/translation.ts'
import { ask } from '../../lib/api.ts'
import { langTag } from '../../lib/lang-tag.ts'
import { clock } from '../../lib/time.ts'
import type { SearchHit, SearchResult } from '../../lib/types.ts'
import { EmptyLibrary } from './EmptyLibrary.tsx'

const pageSize = 10

/** What scripts and notes say; titles are found by the list below. Each hit leads to its second. */
export function SearchHits({ q, hasEpisodes }: { q: string; hasEpisodes: boolean }) {
  const { t } = useTranslation()
  const query = useInfiniteQuery({
    queryKey: ['search', q],
    queryFn: ({ pageParam, signal }) => ask<SearchResult>(`/api/search?${searchOf(q, pageParam)}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
  })
  const hits = (query.data?.pages.flatMap(({ items }) => items) ?? []).filter(({ kind }) => kind !== 'title')
  if (hits.length === 0) return query.isPending || hasEpisodes ? null : <EmptyLibrary q={q} />
  return (
    <section className="hits">
      <p className="meta count" role="status">
        {t(query.hasNextPage ? 'sharing.hitsMore' : 'sharing.hits', { count: hits.length })}
      </p>
      <ul>
        {hits.map((hit) => (
          <HitRow key={hit.line?.id ?? hit.episodeId} hit={hit} />
        ))}
      </ul>
      {query.hasNextPage && (
        <p className="tailrow">
          <button type="button" className="btn" disabled={query.isFetchingNextPage} onClick={() => void query.fetchNextPage()}>
            {t('library.more')}
          </button>
        </p>
      )}
    </section>
  )
}

function HitRow({ hit: { episodeId, title, language, line, excerpt } }: { hit: SearchHit }) {
  const { t } = useTranslation()
  const startMs = line?.startMs ?? null
  const place = startMs === null ? '' : `?t=${startMs / 1000}`
  const who = line
    ? startMs === null
      ? line.speaker
      : t('sharing.at', { speaker: line.speaker, time: clock(startMs) })
    : t('sharing.inNotes')
  return (
    <li className="hit">
      <Link href={`/episodes/${episodeId}${place}`} lang={langTag(language)}>
        {marked(excerpt)}
      </Link>
      <p className="meta">
        {title} · {who}
      </p>
    </li>
  )
}

function marked({ text, matches }: SearchHit['excerpt']) {
  const ends = [0, ...matches.map(({ end }) => end)]
  return (
    <>
      {matches.map(({ start, end }, index) => (
        <span key={start}>
          {text.slice(ends[index], start)}
          <mark>{text.slice(start, end)}</mark>
        </span>
      ))}
      {text.slice(ends.at(-1))}
    </>
  )
}

function searchOf(q: string, cursor: string | null) {
  const search = new URLSearchParams({ q, limit: String(pageSize) })
  if (cursor !== null) search.set('cursor', cursor)
  return search
}
