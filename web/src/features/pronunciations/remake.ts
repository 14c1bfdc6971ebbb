import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ask } from '../../lib/api.ts'
import type { Entry, EpisodeDictionary, Remake } from './entries.ts'

export const dictionaryPath = (id: string) => `/api/episodes/${id}/pronunciations`
export const dictionaryKey = (id: string) => ['pronunciations', id] as const

/** An episode's words as saved; read again when its version or its state is another. */
export const useDictionary = (id: string, version: number, atRest: boolean) =>
  useQuery({
    queryKey: [...dictionaryKey(id), version, atRest],
    queryFn: ({ signal }) => ask<EpisodeDictionary>(dictionaryPath(id), { signal }),
    placeholderData: keepPreviousData,
    staleTime: 0,
  })

/** What saving these entries would make anew, and its price. */
export const useRemake = (id: string, entries: readonly Entry[] | null) =>
  useQuery({
    queryKey: [...dictionaryKey(id), 'remake', JSON.stringify(entries)],
    queryFn: ({ signal }) => ask<Remake>(`${dictionaryPath(id)}/estimate`, { method: 'POST', body: { entries }, signal }),
    enabled: entries !== null,
    gcTime: 60_000,
    staleTime: 0,
  })
