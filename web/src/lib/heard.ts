import { ask } from './api.ts'
import { readStored, writeStored } from './stored.ts'

// Where one left an episode: on this device at once, and told to the house for the others.

interface Heard {
  positionMs: number
  atMs: number
}

const kept = 200
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

/** Milliseconds from the start; 0 where nothing was heard. */
export const heardOn = (episodeId: string): number => all()[episodeId]?.positionMs ?? 0

/** Safe to repeat. That the house cannot be told is nobody's trouble: this device knows. */
export function keepHeard(episodeId: string, positionMs: number, version: number) {
  const place = Math.round(positionMs)
  write(episodeId, { positionMs: place, atMs: Date.now() })
  ask(`/api/episodes/${episodeId}/listening`, { method: 'PUT', body: { positionMs: place, version }, keepalive: true }).catch(
    () => undefined,
  )
}

/** What the house was told by another device counts when it is newer. Answers where to go on. */
export function takeHeard(episodeId: string, told: { positionMs: number; updatedAt: string } | null): number {
  const mine = all()[episodeId]
  const toldAtMs = told ? new Date(told.updatedAt).getTime() : 0
  if (!told || (mine && mine.atMs >= toldAtMs)) return mine?.positionMs ?? 0
  write(episodeId, { positionMs: told.positionMs, atMs: toldAtMs })
  return told.positionMs
}
