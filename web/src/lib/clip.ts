import { address } from './api.ts'
import { currentPlayback, pause } from './playback.ts'
import { createStore } from './store.ts'

// A short sound beside the player: one recording of one line.

const clip = createStore<string | null>(null)
let audio: HTMLAudioElement | null = null

/** The address of what sounds now. */
export const useClip = clip.use

/** Lets a short sound be heard; what the player plays is paused. */
export function playClip(url: string) {
  stopClip()
  if (currentPlayback().playing) pause()
  audio ??= new Audio()
  const sound = audio
  sound.src = address(url)
  sound.onended = stopClip
  sound.onerror = stopClip
  clip.set(url)
  sound.play().catch(stopClip)
}

export function stopClip() {
  audio?.pause()
  clip.set(null)
}
