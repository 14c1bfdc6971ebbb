import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { ask } from '../../lib/api.ts'
import { isWorking } from '../../lib/episode-life.ts'
import type { EpisodeCounts, EpisodeList } from '../../lib/types.ts'

const pageSize = 20
const lookAgainMs = 3_000

export const filters = ['all', 'making', 'waiting', 'podcast', 'narration'] as const
export type Filter = (typeof filters)[number]
export const sorts = ['newest', 'oldest', 'updated', 'title'] as const
export type Sort = (typeof sorts)[number]

export interface Wanted {
  q: string
  filter: Filter
  sort: Sort
}

/** The list, read again while something in it is being made. */
export function useEpisodeList(wanted: Wanted) {
  return useInfiniteQuery({
    queryKey: ['episodes', wanted],
    queryFn: ({ pageParam, signal }) => ask<EpisodeList>(`/api/episodes?${searchOf(wanted, pageParam)}`, { signal }),
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

/** The numbers beside the filters, read again together with the list. */
export const useCounts = (listReadAt: number) =>
  useQuery({
    queryKey: ['episodes', 'counts', listReadAt],
    queryFn: ({ signal }) => ask<EpisodeCounts>('/api/episodes/counts', { signal }),
    placeholderData: keepPreviousData,
    gcTime: 0,
  })

const parts: Record<Filter, Record<string, string>> = {
  all: {},
  making: { status: 'making' },
  waiting: { status: 'waiting' },
  podcast: { kind: 'podcast' },
  narration: { kind: 'narration' },
}

function searchOf({ q, filter, sort }: Wanted, cursor: string | null) {
  const search = new URLSearchParams({ limit: String(pageSize), sort, ...parts[filter] })
  if (q !== '') search.set('q', q)
  if (cursor !== null) search.set('cursor', cursor)
  return search
}
