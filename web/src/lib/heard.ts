import { ask } from './api.ts'
import { readStored, writeStored } from './stored.ts'

// Where one left an episode: on this device at once, and told to the house for the others.

interface Heard {
  positionMs: number
  atMs: number
}

/** A place as the house was told it, by whichever device. */
export interface ToldPlace {
  positionMs: number
  updatedAt: string
}

const kept = 200
/** Whoever heard less has not begun. */
const begunMs = 5_000

const all = (): Record<string, Heard> => {
  try {
    return JSON.parse(readStored('heard') ?? '{}') as Record<string, Heard>
  } catch {
    return {}
  }
}

function write(episodeId: string, heard: Heard) {
  const entries = Object.entries({ ...all(), [episodeId]: heard })
  const newest = entries.toSorted(([, a], [, b]) => b.atMs - a.atMs).slice(0, kept)
  writeStored('heard', JSON.stringify(Object.fromEntries(newest)))
}

const deviceNow = () => (matchMedia('(pointer: coarse)').matches ? 'phone' : 'computer')

/** Milliseconds from the start; 0 where nothing was heard. */
export const heardOn = (episodeId: string): number => all()[episodeId]?.positionMs ?? 0

/** Safe to repeat. That the house cannot be told is nobody's trouble: this device knows. */
export function keepHeard(episodeId: string, positionMs: number) {
  const place = Math.round(positionMs)
  write(episodeId, { positionMs: place, atMs: Date.now() })
  const body = { positionMs: place < begunMs ? 0 : place, device: deviceNow() }
  ask(`/api/episodes/${episodeId}/listening`, { method: 'PUT', body, keepalive: true }).catch(() => undefined)
}

/** Where to go on: what the house was told by another device counts when it is newer than what this one knows. */
export function placeToGoOn(episodeId: string, told: ToldPlace | null): number {
  const mine = all()[episodeId]
  return told && !(mine && mine.atMs >= atMsOf(told)) ? told.positionMs : (mine?.positionMs ?? 0)
}

/** The same, and this device knows it from then on. */
export function takeHeard(episodeId: string, told: ToldPlace | null): number {
  const positionMs = placeToGoOn(episodeId, told)
  if (told && positionMs === told.positionMs) write(episodeId, { positionMs, atMs: atMsOf(told) })
  return positionMs
}

/** Nothing stays on the device of somebody who leaves. */
export const forgetHeard = () => writeStored('heard', null)

const atMsOf = ({ updatedAt }: ToldPlace) => new Date(updatedAt).getTime()
