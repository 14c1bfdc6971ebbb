import { useEffect } from 'react'
import { address } from '../../lib/api.ts'
import { currentPlayback, pause, play, seek, skip, stepRate, togglePlay, usePlayback } from '../../lib/playback.ts'
import { isTyping } from '../../lib/keys.ts'
import type { Episode } from '../../lib/types.ts'
import { chapterAround } from './chapters.ts'
import type { Chapter } from './chapters.ts'

const back = -15_000
const forward = 30_000

/** Space, K, J, L, brackets and angle brackets on the page; play, pause, seek and chapters on lock screens and headsets. */
export function useMediaKeys(episode: Episode | undefined, playableMs: number, chapters: readonly Chapter[]) {
  const { title = '', id = '', coverUrl = null } = episode ?? {}
  useEffect(() => {
    const deeds: Record<string, () => void> = {
      ' ': togglePlay,
      k: togglePlay,
      j: () => skip(back, playableMs),
      l: () => skip(forward, playableMs),
      '[': () => toChapter(chapters, 'back'),
      ']': () => toChapter(chapters, 'next'),
      '<': () => stepRate(-1),
      '>': () => stepRate(1),
    }
    const onKey = (event: KeyboardEvent) => {
      const deed = deeds[event.key.toLowerCase()]
      if (!deed || playableMs === 0 || !isOurs(event)) return
      event.preventDefault()
      deed()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [playableMs, chapters])

  useEffect(() => {
    const session = navigator.mediaSession
    if (!session) return undefined
    const artwork =
      coverUrl === null ? [] : [{ src: new URL(address(coverUrl), location.href).href, sizes: '1400x1400', type: 'image/png' }]
    session.metadata = new MediaMetadata({ title, artist: 'AIMake', artwork })
    return () => void (session.metadata = null)
  }, [title, id, coverUrl])

  useEffect(() => {
    const session = navigator.mediaSession
    if (!session) return undefined
    const deeds: Partial<Record<MediaSessionAction, MediaSessionActionHandler>> = {
      play: () => play(),
      pause,
      stop: pause,
      seekbackward: ({ seekOffset }) => skip(seekOffset ? -seekOffset * 1000 : back, playableMs),
      seekforward: ({ seekOffset }) => skip(seekOffset ? seekOffset * 1000 : forward, playableMs),
      seekto: ({ seekTime }) => seek(Math.min((seekTime ?? 0) * 1000, playableMs)),
      ...(chapters.length > 1 && {
        previoustrack: () => toChapter(chapters, 'back'),
        nexttrack: () => toChapter(chapters, 'next'),
      }),
    }
    for (const [name, deed] of Object.entries(deeds)) session.setActionHandler(name as MediaSessionAction, deed)
    return () => {
      for (const name of Object.keys(deeds)) session.setActionHandler(name as MediaSessionAction, null)
    }
  }, [playableMs, chapters])

  useLockScreenPlace(playableMs)
}

/** Where the sound is, for the bar on the lock screen. */
function useLockScreenPlace(playableMs: number) {
  const { playing, positionMs, rate } = usePlayback()
  const second = Math.floor(positionMs / 1000)
  useEffect(() => {
    const session = navigator.mediaSession
    if (!session) return
    session.playbackState = playing ? 'playing' : 'paused'
    if (playableMs === 0) return
    const duration = playableMs / 1000
    session.setPositionState?.({ duration, playbackRate: rate, position: Math.min(second, duration) })
  }, [playing, second, rate, playableMs])
}

function toChapter(chapters: readonly Chapter[], way: 'back' | 'next') {
  const place = chapterAround(chapters, currentPlayback().positionMs)[way]
  if (place) seek(place.startMs)
  else if (way === 'back') seek(0)
}

const pressed = 'button, a, [role="slider"], summary'

function isOurs(event: KeyboardEvent) {
  if (currentPlayback().episodeId === null || event.repeat || isTyping(event)) return false
  const at = event.target instanceof Element ? event.target : null
  // Space presses the button that has the focus.
  return !(event.key === ' ' && at?.closest(pressed))
}
