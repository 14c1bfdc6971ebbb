interface Stretch {
  startMs: number
  endMs: number
}

export interface Axis {
  /** From the order to the end of the last bar. */
  spanMs: number
  /** Where a moment stands, 0 to 1. */
  across: (ms: number) => number
  ticksMs: number[]
}

const LONG_WAIT_MS = 20_000
/** How wide a folded wait stands, as a part of all the work. */
const FOLD = 0.25
const ticksS = [1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14_400, 43_200, 86_400, 604_800]

/**
 * A time axis true to scale where work was done. A run may wait days for a person: a stretch in which nothing but waiting
 * happened is folded to a short one, and work after it starts with a tick of its own.
 */
export function axisOf(bars: (Stretch & { mark: string })[]): Axis {
  const spanMs = Math.max(1000, ...bars.map(({ endMs }) => endMs))
  const worked = bars.filter(({ mark }) => mark !== 'waiting')
  const foldMs = FOLD * lengthOf(stretchesOf(worked, 0))
  const work = stretchesOf(worked, Math.max(LONG_WAIT_MS, foldMs))
  const drawn: (Stretch & { fromMs: number; widthMs: number })[] = []
  let atMs = 0
  let fromMs = 0
  const add = (endMs: number, widthMs: number) => {
    drawn.push({ startMs: atMs, endMs, fromMs, widthMs })
    atMs = endMs
    fromMs += widthMs
  }
  for (const { startMs, endMs } of work) {
    if (startMs > atMs) add(startMs, Math.min(startMs - atMs, foldMs))
    add(endMs, endMs - startMs)
  }
  if (spanMs > atMs) add(spanMs, work.length > 0 ? Math.min(spanMs - atMs, foldMs) : spanMs)
  return {
    spanMs,
    across(ms) {
      const part = drawn.find(({ endMs }) => ms <= endMs) ?? drawn.at(-1)!
      return (part.fromMs + ((ms - part.startMs) / (part.endMs - part.startMs)) * part.widthMs) / fromMs
    },
    ticksMs: [...ticksOf(work[0] ?? { startMs: 0, endMs: spanMs }), ...work.slice(1).map(({ startMs }) => startMs)],
  }
}

/** Bars that touch, or wait for no longer than `limitMs`, are one stretch. */
function stretchesOf(bars: Stretch[], limitMs: number): Stretch[] {
  const stretches: Stretch[] = []
  for (const { startMs, endMs } of bars.toSorted((a, b) => a.startMs - b.startMs)) {
    const last = stretches.at(-1)
    if (last && startMs - last.endMs <= limitMs) last.endMs = Math.max(last.endMs, endMs)
    else stretches.push({ startMs: !last && startMs <= limitMs ? 0 : startMs, endMs: Math.max(endMs, startMs + 1) })
  }
  return stretches
}

const lengthOf = (stretches: Stretch[]) => stretches.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0)

/** At most six round parts. */
function ticksOf({ startMs, endMs }: Stretch): number[] {
  const longMs = endMs - startMs
  const tickMs = (ticksS.find((seconds) => longMs <= seconds * 6000) ?? Math.ceil(longMs / 6000)) * 1000
  return Array.from({ length: Math.floor(longMs / tickMs) + 1 }, (_, at) => startMs + at * tickMs)
}
