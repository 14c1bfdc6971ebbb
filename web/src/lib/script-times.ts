import type { Line } from './types.ts'

/** A script is timed again ten times a second while it is made, and most of its lines are as they were. */
const guesses = new WeakMap<Line, number>()

/** Milliseconds a character takes when nothing is known yet: about 4.5 Chinese or 14 Latin characters a second. */
function guessMs(line: Line): number {
  const known = guesses.get(line)
  if (known !== undefined) return known
  const { text } = line
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0
  const guess = han * 220 + (text.length - han) * 70 + 300
  guesses.set(line, guess)
  return guess
}

export interface TimedLine {
  line: Line
  /** Null while an earlier line has no sound yet. */
  startMs: number | null
  /** Where it will roughly begin: for the tape. */
  roughStartMs: number
  /** Sound and pause; a guess while it is being made. */
  lengthMs: number
}

export interface TimedScript {
  lines: TimedLine[]
  /** All of it; a guess while `exact` is false. */
  totalMs: number
  exact: boolean
}

/** The same for page and player. */
const timedScripts = new WeakMap<readonly Line[], TimedScript>()

/** When each line begins: the sum of what is before it, known up to the first line without sound. */
export function timeScript(lines: readonly Line[]): TimedScript {
  const timed = timedScripts.get(lines) ?? timeAnew(lines)
  timedScripts.set(lines, timed)
  return timed
}

function timeAnew(lines: readonly Line[]): TimedScript {
  const pace = paceOf(lines)
  const timed: TimedLine[] = []
  let known = true
  let at = 0
  for (const line of lines) {
    const lengthMs = lengthOf(line, pace)
    timed.push({ line, startMs: known ? at : null, roughStartMs: at, lengthMs })
    if (line.status !== 'ready' && line.status !== 'skipped') known = false
    at += lengthMs
  }
  return { lines: timed, totalMs: at, exact: known && lines.length > 0 }
}

function lengthOf(line: Line, pace: number) {
  if (line.status === 'skipped') return 0
  return (line.durationMs ?? guessMs(line) * pace) + line.pauseAfterMs
}

/** How these voices speak against the guess, learned from the lines that have sound. */
function paceOf(lines: readonly Line[]) {
  const heard = lines.filter((line) => line.durationMs !== null)
  const guessed = heard.reduce((sum, line) => sum + guessMs(line), 0)
  const real = heard.reduce((sum, line) => sum + (line.durationMs ?? 0), 0)
  return guessed > 0 && real > 0 ? real / guessed : 1
}

/** The line that sounds at a moment, or undefined before the first and after the last with sound. */
export function lineAt(script: TimedScript, ms: number): TimedLine | undefined {
  let found: TimedLine | undefined
  for (const timed of script.lines) {
    if (timed.startMs === null || timed.startMs > ms) break
    if (timed.line.status === 'ready') found = timed
  }
  return found
}
