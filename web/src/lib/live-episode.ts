import { useQuery } from '@tanstack/react-query'
import { useEffect } from 'react'
import { ask } from './api.ts'
import { isSettled } from './episode-life.ts'
import { followEpisode, liveKey } from './episode-events.ts'
import type { LiveEpisode } from './episode-events.ts'
import type { Episode, Script } from './types.ts'

/** One episode with its script, kept up to date for as long as somebody looks and something can still change. */
export function useLiveEpisode(id: string | null) {
  const query = useQuery({
    queryKey: liveKey(id ?? ''),
    queryFn: ({ signal }) => readEpisode(id ?? '', signal),
    enabled: id !== null,
    staleTime: Infinity,
  })
  const status = query.data?.episode.status
  const follow = id !== null && status !== undefined && !isSettled(status)
  useEffect(() => (follow && id !== null ? followEpisode(id) : undefined), [follow, id])
  return query
}

async function readEpisode(id: string, signal: AbortSignal): Promise<LiveEpisode> {
  const [episode, script] = await Promise.all([
    ask<Episode>(`/api/episodes/${id}`, { signal }),
    ask<Script>(`/api/episodes/${id}/script`, { signal }),
  ])
  return { episode, script }
}
