import { keepPreviousData, useMutation, useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from '../../i18n/translation.ts'
import { Refusal, ask } from '../../lib/api.ts'
import type { LiveEpisode } from '../../lib/episode-events.ts'
import { liveKey } from '../../lib/episode-events.ts'
import { queries } from '../../lib/queries.ts'
import { useRefusalWords } from '../../lib/refusal-words.ts'
import type { Line, Script } from '../../lib/types.ts'
import { showToast } from '../../lib/toast.ts'
import { readAgain } from './read-again.ts'
import { again, draftOf } from './script-change.ts'
import type { Edited, LinePatch, Remake, WantedLine } from './script-change.ts'

const typingMs = 400

/** A request as the API takes it; its price is asked at the same address with `/estimate` behind. */
export interface Change {
  method: 'PUT' | 'PATCH'
  path: string
  body: LinePatch | { revision: string; lines: WantedLine[] }
}

const live = (id: string) => queries.getQueryData<LiveEpisode>(liveKey(id))

export type Rewrite = (lines: readonly Line[]) => WantedLine[]

/** The script as it is known at this moment, rewritten, under its own revision: what came meanwhile is not undone unseen. */
export function scriptChange(id: string, rewrite: Rewrite): Change {
  const { revision, lines } = live(id)?.script ?? { revision: '', lines: [] }
  return { method: 'PUT', path: `/api/episodes/${id}/script`, body: { revision, lines: rewrite(lines) } }
}

/** The revision under which a line that was opened may be saved: the newest, unless its own words came anew meanwhile. */
export function revisionFor({ script, line }: { script: Script; line: Line }, id: string): string {
  const now = live(id)?.script
  const mine = now?.lines.find((one) => one.originId === line.originId)
  const isUntouched = mine && JSON.stringify(draftOf(mine)) === JSON.stringify(draftOf(line))
  return (isUntouched ? now?.revision : undefined) ?? script.revision
}

export const newestRevision = (id: string) => live(id)?.script.revision ?? ''

export const lineChange = (id: string, lineId: string, patch: LinePatch): Change => ({
  method: 'PATCH',
  path: `/api/episodes/${id}/lines/${lineId}`,
  body: patch,
})

/** What a change would cost, asked once typing has stopped; null asks nothing. */
export function usePriceOf(id: string, change: Change | null) {
  const key = change && JSON.stringify(change)
  const [settled, setSettled] = useState(key)
  useEffect(() => {
    const timer = setTimeout(() => setSettled(key), typingMs)
    return () => clearTimeout(timer)
  }, [key])
  const query = useQuery({
    queryKey: ['price-of-change', settled],
    queryFn: async ({ signal }) => {
      const { path, body } = JSON.parse(settled ?? '') as Change
      try {
        return await ask<Remake>(`${path}/estimate`, { method: 'POST', body, signal })
      } catch (error) {
        // Changed elsewhere: read anew, the change is another one, and its price is asked again.
        if (isConflict(error)) await readAgain(id)
        throw error
      }
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
async function send(id: string, { method, path, body }: Change): Promise<Edited> {
  try {
    return await ask<Edited>(path, { method, body })
  } finally {
    await readAgain(id)
  }
}

export const useSaveChange = (id: string) => useMutation({ mutationFn: (change: Change) => send(id, change) })

/** Changes at one press, told in a toast: what was pressed may be gone from the page before the answer is here. */
export function useQuickChange(id: string) {
  const { t } = useTranslation()
  const say = useRefusalWords()
  const tell = (error: unknown) => showToast(say(error))
  const changeLine = (change: Change) => void send(id, change).catch(tell)
  const rewriteScript = (rewrite: Rewrite, words: string) => {
    const before = live(id)?.script.lines ?? []
    const undo = () =>
      void send(
        id,
        scriptChange(id, (now) => again(before, now)),
      ).catch(tell)
    void send(id, scriptChange(id, rewrite))
      // Of a finished episode the change is a version: the way back is told once that one is made.
      .then(({ status }) =>
        showToast(words, status === 'review' ? { words: t('shell.undo'), run: undo, episodeId: id } : undefined),
      )
      .catch(tell)
  }
  return { changeLine, rewriteScript }
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
