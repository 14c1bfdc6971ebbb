import type { TimedLine, TimedScript } from './script-times.ts'
import type { Line } from './types.ts'

/** One bar of the tape. `speaker` counts from 1; `height` is 0-9. */
export interface Bar {
  speaker: number
  height: number
  state: Line['status']
}

const levelMs = 200

/** The tape of a script in so many bars: each line as long as it sounds, or as it will roughly sound. */
export function barsOfScript(script: TimedScript, speakers: readonly string[], count: number): Bar[] {
  if (script.totalMs <= 0) return emptyBars(count)
  const barMs = script.totalMs / count
  const bars: Bar[] = []
  let index = 0
  for (let bar = 0; bar < count; bar += 1) {
    const at = (bar + 0.5) * barMs
    while (at >= endOf(script, index) && index < script.lines.length - 1) index += 1
    bars.push(barOf(script.lines[index], at, speakers))
  }
  return bars
}

const endOf = (script: TimedScript, index: number) => {
  const timed = script.lines[index]
  return timed ? timed.roughStartMs + timed.lengthMs : 0
}

/** One moment of each stretch, not its loudest: the loudest of seconds are all alike, and a voice would look like a wall. */
function barOf(timed: TimedLine | undefined, at: number, speakers: readonly string[]): Bar {
  if (!timed) return { speaker: 1, height: 0, state: 'waiting' }
  const height = Number(timed.line.levels?.[Math.floor((at - timed.roughStartMs) / levelMs)] ?? 0)
  return { speaker: speakers.indexOf(timed.line.speaker) + 1 || 1, height, state: timed.line.status }
}

/** The coarse tape of a list row: marks `<speaker digit from 0><height digit>`, a dot for a height not made yet. */
export function barsOfLevels(levels: string, count: number): Bar[] {
  const marks = Math.floor(levels.length / 2)
  if (marks === 0) return emptyBars(count)
  return Array.from({ length: count }, (_, bar) => {
    const at = Math.floor((bar / count) * marks) * 2
    const height = Number(levels[at + 1])
    const made = Number.isInteger(height)
    return { speaker: Number(levels[at]) + 1, height: made ? height : 0, state: made ? 'ready' : 'waiting' }
  })
}

const emptyBars = (count: number): Bar[] =>
  Array.from({ length: count }, () => ({ speaker: 1, height: 0, state: 'waiting' as const }))
