import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { ask } from '../../lib/api.ts'
import { isWorking } from '../../lib/episode-life.ts'
import type { EpisodeList } from '../../lib/types.ts'

const pageSize = 20
const lookAgainMs = 3_000

/** The list, read again while something in it is being made. */
export function useEpisodeList(q: string) {
  return useInfiniteQuery({
    queryKey: ['episodes', q],
    queryFn: ({ pageParam, signal }) => ask<EpisodeList>(`/api/episodes?${searchOf(q, pageParam)}`, { signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.nextCursor,
    placeholderData: keepPreviousData,
    refetchOnMount: 'always',
    refetchInterval: ({ state }) => {
      const working = state.data?.pages.some((page) => page.items.some(({ status }) => isWorking(status)))
      return working ? lookAgainMs : false
    },
  })
}

function searchOf(q: string, cursor: string | null) {
  const search = new URLSearchParams({ limit: String(pageSize) })
  if (q !== '') search.set('q', q)
  if (cursor !== null) search.set('cursor', cursor)
  return search
}
