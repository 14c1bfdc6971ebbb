import { currentPlayback, fadeTo, onPlayback, pause } from './playback.ts'
import { createStore } from './store.ts'

/** When the sound stops by itself: at a moment, or at a place in the episode. */
export type Sleep = { at: number } | { placeMs: number; episodeId: string } | null

const fadeMs = 4_000
const tickMs = 250
/** The last moments of a place belong to what comes next. */
const slackMs = 150
const sleep = createStore<Sleep>(null)
const left = createStore<number | null>(null)
let timer: ReturnType<typeof setInterval> | undefined

export const useSleep = sleep.use
/** Milliseconds of sound until it stops, in whole seconds; null while it will not. */
export const useSleepLeft = left.use

export function sleepIn(minutes: number) {
  begin({ at: Date.now() + minutes * 60_000 })
}

/** At this place of what is in the player: the end of a chapter. */
export function sleepAtPlace(placeMs: number) {
  const { episodeId } = currentPlayback()
  if (episodeId !== null) begin({ placeMs, episodeId })
}

export function sleepNever() {
  clearInterval(timer)
  fadeTo(1)
  sleep.set(null)
  left.set(null)
}

function leftUntilSleep(): number | null {
  const set = sleep.get()
  if (!set) return null
  if ('at' in set) return Math.max(0, set.at - Date.now())
  const { positionMs, rate } = currentPlayback()
  return Math.max(0, (set.placeMs - slackMs - positionMs) / rate)
}

function begin(next: Sleep) {
  sleepNever()
  sleep.set(next)
  timer = setInterval(tick, tickMs)
  tick()
}

function tick() {
  const leftMs = leftUntilSleep()
  if (leftMs === null) return
  left.set(Math.ceil(leftMs / 1000) * 1000)
  if (leftMs < fadeMs) fadeTo(leftMs / fadeMs)
  if (leftMs > 0) return
  if (currentPlayback().playing) pause()
  sleepNever()
}

// A place is of one episode: another one in the player has nothing to do with it.
onPlayback(() => {
  const set = sleep.get()
  if (set && 'placeMs' in set && currentPlayback().episodeId !== set.episodeId) sleepNever()
})
