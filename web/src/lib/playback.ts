import { attachSource } from './playback-source.ts'
import { createStore } from './store.ts'

/** What the loudspeaker holds. It outlives every page. */
export interface Playback {
  episodeId: string | null
  playing: boolean
  /** Playing is wanted, but no sound is there yet. */
  waiting: boolean
  positionMs: number
  rate: number
  trouble: boolean
}

const nothing: Playback = { episodeId: null, playing: false, waiting: false, positionMs: 0, rate: 1, trouble: false }
const playback = createStore<Playback>(nothing)

export const usePlayback = playback.use
export const currentPlayback = playback.get
/** Calls back at every change; returns how to stop that. */
export const playbackChanged = playback.subscribe

const change = (part: Partial<Playback>) => playback.set({ ...playback.get(), ...part })

let audio: HTMLAudioElement | null = null
let detach: (() => void) | null = null
let playlist = ''
/** The one that is joined to the element: after a new version was made, not the one that is wanted. */
let joined = ''

function element(): HTMLAudioElement {
  if (audio) return audio
  audio = document.createElement('audio')
  audio.preload = 'auto'
  document.body.append(audio)
  const sound = audio
  sound.addEventListener('play', () => change({ playing: true }))
  sound.addEventListener('pause', () => change({ playing: false, waiting: false }))
  sound.addEventListener('ended', () => change({ playing: false, waiting: false }))
  sound.addEventListener('waiting', () => change({ waiting: !sound.paused }))
  sound.addEventListener('playing', () => change({ waiting: false, trouble: false }))
  for (const name of ['timeupdate', 'seeking'] as const) {
    // Before a source is attached the element stands at 0, whatever place was chosen.
    sound.addEventListener(name, () => detach && change({ positionMs: sound.currentTime * 1000 }))
  }
  return sound
}

/**
 * Puts an episode into the player without a sound, and without asking the network. Another version of the one that is there takes its place
 * at the next press on play: nobody's sound is cut off.
 */
export function loadEpisode(episodeId: string, playlistUrl: string) {
  if (playback.get().episodeId !== episodeId) unloadPlayback()
  playlist = playlistUrl
  change({ episodeId })
}

/** Parts the element from its source; the place in it stays. */
function letGo() {
  const { positionMs } = playback.get()
  detach?.()
  detach = null
  change({ positionMs })
}

export function unloadPlayback() {
  letGo()
  audio?.pause()
  playback.set({ ...nothing, rate: playback.get().rate })
}

export function play(fromMs?: number) {
  const { episodeId, rate } = playback.get()
  if (episodeId === null) return
  const sound = element()
  if (fromMs !== undefined) seek(fromMs)
  change({ trouble: false, waiting: true })
  if (joined !== playlist) letGo()
  joined = playlist
  detach ??= attachSource(sound, playlist, playback.get().positionMs, () => change({ trouble: true, waiting: false }))
  sound.playbackRate = rate
  // Refused when the browser wants another click, or cut off by a pause: both show as "not playing".
  sound.play().catch(() => change({ waiting: false, playing: !sound.paused }))
}

export const pause = () => element().pause()

export function togglePlay() {
  if (playback.get().playing) pause()
  else play(audio?.ended ? 0 : undefined)
}

export function seek(ms: number) {
  const at = Math.max(0, ms)
  if (detach) element().currentTime = at / 1000
  change({ positionMs: at })
}

/** `limitMs`: where the sound made so far ends. */
export const skip = (deltaMs: number, limitMs: number) =>
  seek(Math.min(playback.get().positionMs + deltaMs, Math.max(0, limitMs - 200)))

export function setRate(rate: number) {
  change({ rate })
  if (audio) audio.playbackRate = rate
}

/** After trouble: from the same place, with a new source. */
export function tryAgain() {
  letGo()
  play()
}
