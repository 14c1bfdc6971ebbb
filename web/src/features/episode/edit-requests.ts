import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import { Refusal, ask } from '../../lib/api.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { liveKey } from '../../lib/episode-events.ts'
import { queries } from '../../lib/queries.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import { showToast } from '../../lib/toast.ts'
import { readAgain } from './read-again.ts'
import { again } from './script-change.ts'
import type { Edited, LinePatch, Remake, WantedLine } from './script-change.ts'

const typingMs = 400

/** A request as the API takes it; its price is asked at the same address with `/estimate` behind. */
export interface Change {
  method: 'PUT' | 'PATCH'
  path: string
  body: LinePatch | { revision: string; lines: WantedLine[] }
}

const live = (id: string) => queries.getQueryData<LiveEpisode>(liveKey(id))

export const scriptChange = (id: string, lines: WantedLine[]): Change => ({
  method: 'PUT',
  path: `/api/episodes/${id}/script`,
  body: { revision: live(id)?.script.revision ?? '', lines },
})

export const lineChange = (id: string, lineId: string, patch: LinePatch): Change => ({
  method: 'PATCH',
  path: `/api/episodes/${id}/lines/${lineId}`,
  body: patch,
})

/** What a change would cost, asked once typing has stopped; null asks nothing. */
export function usePriceOf(change: Change | null) {
  const key = change && JSON.stringify(change)
  const [settled, setSettled] = useState(key)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), typingMs)
    return () => clearTimeout(timer)
  }, [key])
  const query = useQuery({
    queryKey: ['price-of-change', settled],
    queryFn: ({ signal }) => {
      const { path, body } = JSON.parse(settled ?? '') as Change
      return ask<Remake>(`${path}/estimate`, { method: 'POST', body, signal })
    },
    enabled: settled !== null,
    placeholderData: keepPreviousData,
    gcTime: 60_000,
    staleTime: 0,
    retry: false,
  })
  return { ...query, isOld: settled !== key || query.isPlaceholderData }
}

/** Sends a change; afterwards the page shows the truth, also where it was refused because somebody else was quicker. */
export function useSaveChange(id: string) {
  return useMutation({
    mutationFn: ({ method, path, body }: Change) => ask<Edited>(path, { method, body }),
    onSettled: () => readAgain(id),
  })
}

/** Changes of the whole script at one press, with the way back. */
export function useQuickChange(id: string) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const save = useSaveChange(id)
  const tell = (error: unknown) => showToast(say(error))
  return (lines: WantedLine[], words: string) => {
    const before = live(id)
    save.mutate(scriptChange(id, lines), {
      onError: tell,
      onSuccess: ({ status }) => {
        // Of a finished episode the change is a version: the way back is told once that one is made.
        if (!before || status !== 'review') return showToast(words)
        const undo = () =>
          save.mutate(scriptChange(id, again(before.script.lines, live(id)?.script.lines ?? [])), { onError: tell })
        showToast(words, { words: t('shell.undo'), run: undo })
      },
    })
  }
}

/** Goes back to an earlier version; it costs nothing. */
export function useRestore(id: string) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  return useMutation({
    mutationFn: (number: number) => ask<Edited>(`/api/episodes/${id}/versions/${number}/restore`, { method: 'POST' }),
    onSuccess: ({ version }, number) => showToast(t('edit.restored', { number, last: version - 1 })),
    onError: (error) => showToast(say(error)),
    onSettled: () => readAgain(id),
  })
}

export const isConflict = (error: unknown) => error instanceof Refusal && error.code === 'revision-conflict'
