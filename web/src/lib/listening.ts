import { useEffect } from 'react'
import { address, ask } from './api.ts'
import { currentPlayback, playbackChanged, seek } from './playback.ts'
import { queries } from './queries.ts'
import type { Listening } from './types.ts'

const keepEveryMs = 10_000
/** Whoever heard less has not begun. */
const begunMs = 5_000

const deviceNow = () => (matchMedia('(pointer: coarse)').matches ? 'phone' : 'computer')

export const listeningQuery = {
  queryKey: ['listening'],
  queryFn: async ({ signal }: { signal: AbortSignal }) => (await ask<Listening>('/api/listening', { signal })).items,
}

let kept = { episodeId: '', positionMs: 0, atMs: 0 }

/** Tells the server where the ear is. It lasts beyond the page: also when that is being closed. */
function keep({ episodeId, positionMs } = currentPlayback()) {
  if (episodeId === null || positionMs < begunMs) return
  const rounded = Math.round(positionMs)
  if (kept.episodeId === episodeId && kept.positionMs === rounded) return
  kept = { episodeId, positionMs: rounded, atMs: performance.now() }
  // A place that is lost is no trouble worth a word: the next one comes in a moment.
  void fetch(address(`/api/episodes/${episodeId}/listening`), {
    method: 'PUT',
    keepalive: true,
    credentials: 'include',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ positionMs: rounded, device: deviceNow() }),
  }).catch(() => {})
}

/** An episode that comes into the player stands where it was left, on whatever device; unless somebody chose another place. */
async function goWhereLeft(episodeId: string) {
  const places = await queries.fetchQuery({ ...listeningQuery, staleTime: 0 }).catch(() => [])
  const place = places.find(({ episode }) => episode.id === episodeId)
  const now = currentPlayback()
  if (place && now.episodeId === episodeId && now.positionMs === 0 && !now.playing && !now.waiting) seek(place.positionMs)
}

/** Keeps the place in what is heard, and finds it again. For the frame of all pages. */
export function useListening() {
  useEffect(() => {
    let before = currentPlayback()
    const onChange = () => {
      const now = currentPlayback()
      if (now.episodeId !== before.episodeId && now.episodeId !== null && now.positionMs === 0) void goWhereLeft(now.episodeId)
      // Where nothing takes its place, its owner has left, or it was deleted.
      if (before.playing && now.episodeId !== null && now.episodeId !== before.episodeId) keep(before)
      else if (before.playing && !now.playing) keep()
      else if (now.playing && performance.now() - kept.atMs > keepEveryMs) keep()
      before = now
    }
    const parted = playbackChanged(onChange)
    const onLeave = () => keep()
    addEventListener('pagehide', onLeave)
    return () => {
      parted()
      removeEventListener('pagehide', onLeave)
    }
  }, [])
}
