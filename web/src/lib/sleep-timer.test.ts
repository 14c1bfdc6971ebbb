import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import { sleepAtPlace, sleepIn, sleepNever } from './sleep-timer.ts'

const { player, heard } = vi.hoisted(() => ({
  player: { episodeId: 'a', playing: true, positionMs: 0, rate: 1 },
  heard: { paused: 0, fades: [] as number[], tell: () => {} },
}))

vi.mock('./playback.ts', () => ({
  currentPlayback: () => player,
  fadeTo: (share: number) => heard.fades.push(share),
  pause: () => (heard.paused += 1),
  onPlayback: (listener: () => void) => void (heard.tell = listener),
}))

beforeEach(() => {
  vi.useFakeTimers()
  Object.assign(player, { episodeId: 'a', playing: true, positionMs: 0, rate: 1 })
  Object.assign(heard, { paused: 0, fades: [] })
})
afterEach(() => {
  sleepNever()
  vi.useRealTimers()
})

it('stops after the minutes one chose, growing softer at the end, and is loud again afterwards', () => {
  sleepIn(10)
  vi.advanceTimersByTime(595_000)
  expect([heard.paused, heard.fades.at(-1)]).toEqual([0, 1])
  vi.advanceTimersByTime(3_000)
  expect(heard.fades.at(-1)).toBeLessThan(0.6)
  vi.advanceTimersByTime(3_000)
  expect([heard.paused, heard.fades.at(-1)]).toEqual([1, 1])
  vi.advanceTimersByTime(3_600_000)
  expect(heard.paused).toBe(1)
})

it('stops at the end of a chapter at whatever speed, and not at all once it is taken back', () => {
  player.rate = 2
  sleepAtPlace(60_000)
  player.positionMs = 59_000
  vi.advanceTimersByTime(500)
  expect(heard.paused).toBe(0)
  player.positionMs = 59_900
  vi.advanceTimersByTime(500)
  expect(heard.paused).toBe(1)
  sleepIn(1)
  sleepNever()
  vi.advanceTimersByTime(120_000)
  expect(heard.paused).toBe(1)
})

it('a place belongs to its episode: another one in the player goes on', () => {
  sleepAtPlace(60_000)
  player.episodeId = 'b'
  heard.tell()
  player.positionMs = 70_000
  vi.advanceTimersByTime(5_000)
  expect(heard.paused).toBe(0)
})
