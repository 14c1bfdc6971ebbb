import { useSyncExternalStore } from 'react'
import { heardOn, keepHeard } from './heard.ts'
import { attachSource } from './playback-source.ts'
import { createStore } from './store.ts'
import { readStored, writeStored } from './stored.ts'

/** What the loudspeaker holds. It outlives every page. */
export interface Playback {
  episodeId: string | null
  playing: boolean
  /** Playing is wanted, but no sound is there yet. */
  waiting: boolean
  positionMs: number
  rate: number
  /** 0-1. Not every device lets a page change it. */
  volume: number
  trouble: boolean
  /** An earlier version is heard: its moments are not those of the script on the page. */
  olderVersion: number | null
}

const storedNumber = (name: string, otherwise: number) => Number(readStored(name) ?? otherwise) || otherwise

const nothing: Playback = {
  episodeId: null,
  playing: false,
  waiting: false,
  positionMs: 0,
  rate: 1,
  volume: 1,
  trouble: false,
  olderVersion: null,
}
const playback = createStore<Playback>({ ...nothing, rate: storedNumber('rate', 1), volume: storedNumber('volume', 1) })

export const usePlayback = playback.use
/** Which episode lies in the player; not told of each step of the sound. */
export const useLoadedEpisode = () => useSyncExternalStore(playback.subscribe, () => playback.get().episodeId)
export const currentPlayback = playback.get
export const onPlayback = playback.subscribe

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
  sound.addEventListener('pause', () => (change({ playing: false, waiting: false }), remember()))
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
  if (playback.get().episodeId !== episodeId) {
    if (playback.get().playing) remember()
    unloadPlayback()
    change({ positionMs: heardOn(episodeId) })
  }
  playlist = playlistUrl
  change({ episodeId, olderVersion: null })
  writeStored('player', JSON.stringify({ episodeId, playlistUrl }))
}

/** Lets an earlier version of an episode be heard, from its beginning. */
export function playOlder(episodeId: string, playlistUrl: string, version: number) {
  pause()
  loadEpisode(episodeId, playlistUrl)
  change({ olderVersion: version })
  play(0)
}

/** What lay in the player before the page was loaded anew lies there again, silent. */
export function loadLastEpisode() {
  try {
    const last = JSON.parse(readStored('player') ?? 'null') as { episodeId: string; playlistUrl: string } | null
    if (last && playback.get().episodeId === null) loadEpisode(last.episodeId, last.playlistUrl)
  } catch {
    writeStored('player', null)
  }
}

/** Keeps the place, so that it is found again after a reload and on other devices. */
function remember() {
  const { episodeId, positionMs, olderVersion } = playback.get()
  if (episodeId !== null && detach && olderVersion === null) keepHeard(episodeId, audio?.ended ? 0 : positionMs)
}

const REMEMBER_MS = 10_000
setInterval(() => playback.get().playing && remember(), REMEMBER_MS)
addEventListener('pagehide', () => playback.get().playing && remember())

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
  writeStored('player', null)
  const { rate, volume } = playback.get()
  playback.set({ ...nothing, rate, volume })
}

export function play(fromMs?: number) {
  const { episodeId, rate, volume } = playback.get()
  if (episodeId === null) return
  const sound = element()
  if (fromMs !== undefined) seek(fromMs)
  change({ trouble: false, waiting: true })
  if (joined !== playlist) letGo()
  joined = playlist
  detach ??= attachSource(sound, playlist, playback.get().positionMs, () => change({ trouble: true, waiting: false }))
  sound.playbackRate = rate
  sound.volume = volume
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
  writeStored('rate', String(rate))
}

export const rates = [0.75, 1, 1.25, 1.5, 1.75, 2]

/** The next speed up (1) or down (-1). */
export function stepRate(step: 1 | -1) {
  const at = rates.indexOf(playback.get().rate)
  setRate(rates[Math.min(rates.length - 1, Math.max(0, (at < 0 ? 1 : at) + step))] ?? 1)
}

export function setVolume(volume: number) {
  change({ volume })
  if (audio) audio.volume = volume
  writeStored('volume', String(volume))
}

/** How loud it is for now, whatever is set: for a sound that fades. */
export function fadeTo(share: number) {
  if (audio) audio.volume = playback.get().volume * share
}

/** After trouble: from the same place, with a new source. */
export function tryAgain() {
  letGo()
  play()
}
