import { useEffect } from 'react'
import { currentPlayback, pause, play, seek, skip, togglePlay } from '../../lib/playback.ts'

/** Space, K, J, L on the page; play, pause and seek on lock screens and headsets. */
export function useMediaKeys(title: string, playableMs: number) {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (playableMs === 0 || !isOurs(event)) return
      event.preventDefault()
      const key = event.key.toLowerCase()
      if (key === 'j') skip(-15_000, playableMs)
      else if (key === 'l') skip(30_000, playableMs)
      else togglePlay()
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [playableMs])

  useEffect(() => {
    const session = navigator.mediaSession
    if (!session) return undefined
    session.metadata = new MediaMetadata({ title, artist: 'AIMake' })
    const deeds: Partial<Record<MediaSessionAction, MediaSessionActionHandler>> = {
      play: () => play(),
      pause,
      seekbackward: ({ seekOffset }) => skip(-(seekOffset ?? 15) * 1000, playableMs),
      seekforward: ({ seekOffset }) => skip((seekOffset ?? 30) * 1000, playableMs),
      seekto: ({ seekTime }) => seek(Math.min((seekTime ?? 0) * 1000, playableMs)),
    }
    for (const [name, deed] of Object.entries(deeds)) session.setActionHandler(name as MediaSessionAction, deed)
    return () => {
      for (const name of Object.keys(deeds)) session.setActionHandler(name as MediaSessionAction, null)
    }
  }, [title, playableMs])
}

const keys = new Set([' ', 'k', 'j', 'l'])
const typing = 'input, textarea, select, [contenteditable], [role="menu"], dialog'
const pressed = 'button, a, [role="slider"]'

function isOurs(event: KeyboardEvent) {
  if (currentPlayback().episodeId === null || event.isComposing || event.repeat) return false
  if (event.ctrlKey || event.metaKey || event.altKey || !keys.has(event.key.toLowerCase())) return false
  const at = event.target instanceof Element ? event.target : null
  // Space presses the button that has the focus.
  return !at?.closest(typing) && !(event.key === ' ' && at?.closest(pressed))
}
