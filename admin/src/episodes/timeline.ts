import { orderedAt, reusedLines } from './reused-lines.ts'
import { axisOf } from './time-axis.ts'
import type { Axis } from './time-axis.ts'
import type { AdminEpisodeDetail, UsageLog } from '../records.ts'

export type BarMark = 'step' | 'voiced' | 'retried' | 'failed' | 'waiting' | 'unknown' | 'cancelled' | 'reused'

export interface Bar {
  key: string
  mark: BarMark
  startMs: number
  endMs: number
  running: boolean
  /** The line it made, when it made one. */
  line: number | null
}

export interface Row {
  key: string
  name: string
  /** The how-manieth call at the same time. */
  lane?: number
  bars: Bar[]
}

export interface Timeline {
  rows: Row[]
  axis: Axis
}

/** Steps in which the run waits for a person or for its turn. */
const waits = ['queued', 'review', 'needs_repair', 'paused_budget']
const SOME_MS = 500

/** The time line of the newest version: its steps, and under them its calls in as many lanes as ran at the same time. */
export function timelineOf(episode: AdminEpisodeDetail, nowMs: number): Timeline {
  const ordered = orderedAt(episode)
  const zeroMs = Date.parse(ordered)
  const place = (startedAt: string, endedAt: string | null) => ({
    startMs: Date.parse(startedAt) - zeroMs,
    endMs: Math.max(Date.parse(startedAt), endedAt ? Date.parse(endedAt) : nowMs) - zeroMs,
    running: endedAt === null,
  })
  const steps = episode.steps.map((step): Row => {
    const mark = waits.includes(step.name) ? 'waiting' : 'step'
    return {
      key: step.name,
      name: step.name,
      bars: [{ key: step.name, mark, line: null, ...place(step.startedAt, step.endedAt) }],
    }
  })
  const calls = episode.usageLogs
    .filter(({ startedAt }) => startedAt >= ordered)
    .toSorted((a, b) => a.startedAt.localeCompare(b.startedAt))
  const marks = marksOf(calls)
  const bars = (isWriter: boolean) =>
    calls
      .filter(({ step }) => (step === 'script') === isWriter)
      .map((call): Bar => ({
        key: call.id,
        mark: marks.get(call.id)!,
        line: call.linePosition,
        ...place(call.startedAt, call.endedAt),
      }))
  const rows = [...queued(steps[0], nowMs - zeroMs, episode), ...steps]
  insertAfter(rows, 'writing', lanes('calls_other', bars(true)))
  const reused = reusedLines(episode).map((line): Bar => ({
    key: line.id,
    mark: 'reused',
    line: line.position,
    ...place(line.readyAt ?? ordered, line.readyAt ?? ordered),
  }))
  insertAfter(rows, 'voicing', [
    ...lanes('calls_voicing', bars(false)),
    ...(reused.length > 0 ? [{ key: 'reused', name: 'reused', bars: reused }] : []),
  ])
  return { rows, axis: axisOf(rows.flatMap((row) => row.bars)) }
}

/** Bought at the first try, or after one that did not end well. `calls` stand in order of time. */
function marksOf(calls: UsageLog[]): Map<string, BarMark> {
  const tried = new Set<string>()
  return new Map(
    calls.map(({ id, status, contentKey }) => {
      const good: BarMark = tried.has(contentKey) ? 'retried' : 'voiced'
      if (status !== 'settled') tried.add(contentKey)
      return [id, status === 'settled' || status === 'started' ? good : status]
    }),
  )
}

/** The wait between the order and the first step, when it was one. */
function queued(first: Row | undefined, sinceOrderMs: number, { status }: AdminEpisodeDetail): Row[] {
  const endMs = first?.bars[0]?.startMs ?? (status === 'queued' ? sinceOrderMs : 0)
  if (endMs < SOME_MS) return []
  return [
    { key: 'queued', name: 'queued', bars: [{ key: 'queued', mark: 'waiting', startMs: 0, endMs, running: !first, line: null }] },
  ]
}

/** Puts each bar into the first lane that is free when it starts. */
function lanes(name: string, bars: Bar[]): Row[] {
  const rows: Row[] = []
  for (const bar of bars) {
    const free = rows.find((row) => (row.bars.at(-1)?.endMs ?? 0) <= bar.startMs)
    if (free) free.bars.push(bar)
    else rows.push({ key: `${name}-${rows.length}`, name, lane: rows.length + 1, bars: [bar] })
  }
  return rows
}

function insertAfter(rows: Row[], step: string, more: Row[]): void {
  const at = rows.findIndex(({ key }) => key === step)
  rows.splice(at < 0 ? rows.length : at + 1, 0, ...more)
}
