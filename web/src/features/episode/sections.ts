import type { TimedLine, TimedScript } from '../../lib/script-times.ts'
import type { Script } from '../../lib/types.ts'

export interface Turn {
  speaker: string
  lines: TimedLine[]
}

export interface Section {
  index: number
  title: string
  turns: Turn[]
  /** How many lines of the script stand before it. */
  before: number
  total: number
  done: number
  /** Known once everything before it has sound. */
  startMs: number | null
}

/** Text and table of contents ask for the same. */
const printed = new WeakMap<TimedScript, { script: Script; sections: Section[] }>()

/** The script as it is printed: sections, and in them one turn after another. */
export function sectionsOf(script: Script, timed: TimedScript): Section[] {
  const known = printed.get(timed)
  if (known?.script === script) return known.sections
  const sections = printAnew(script, timed)
  printed.set(timed, { script, sections })
  return sections
}

function printAnew(script: Script, timed: TimedScript): Section[] {
  const sections: Section[] = script.sections.map(({ title }, index) => emptySection(index, title))
  for (const line of timed.lines) {
    const index = line.line.section
    const section = (sections[index] ??= emptySection(index, ''))
    if (section.total === 0) section.startMs = line.startMs
    section.total += 1
    if (line.line.status === 'ready' || line.line.status === 'skipped') section.done += 1
    const last = section.turns.at(-1)
    if (last?.speaker === line.line.speaker) last.lines.push(line)
    else section.turns.push({ speaker: line.line.speaker, lines: [line] })
  }
  let before = 0
  sections.forEach((section) => {
    section.before = before
    before += section.total
  })
  return sections
}

/** The sections again and again, the same objects where nothing of them is otherwise: what is drawn of those stands. */
export function sectionKeeper() {
  let before: readonly Section[] = []
  return (script: Script, timed: TimedScript): readonly Section[] => {
    before = sectionsOf(script, timed).map((section, index) => {
      const old = before[index]
      return old && isSame(old, section) ? old : section
    })
    return before
  }
}

function isSame(one: Section, other: Section): boolean {
  const isAlike =
    one.title === other.title &&
    one.before === other.before &&
    one.total === other.total &&
    one.done === other.done &&
    one.startMs === other.startMs
  if (!isAlike || one.turns.length !== other.turns.length) return false
  return one.turns.every(({ lines }, turn) => {
    const others = other.turns[turn]?.lines ?? []
    return (
      lines.length === others.length &&
      lines.every(({ line, startMs }, at) => line === others[at]?.line && startMs === others[at].startMs)
    )
  })
}

/** The turns of a section as far as its first so many lines. */
export function firstLines({ turns, total }: Section, count: number): Turn[] {
  if (count >= total) return turns
  let left = count
  return turns.flatMap((turn) => {
    const lines = turn.lines.slice(0, left)
    left -= lines.length
    return lines.length > 0 ? [{ ...turn, lines }] : []
  })
}

/** Those one can name: a script that was given may have none. */
export const titledSectionsOf = (script: Script, timed: TimedScript): Section[] =>
  sectionsOf(script, timed).filter(({ title }) => title !== '')

const emptySection = (index: number, title: string): Section => ({
  index,
  title,
  turns: [],
  before: 0,
  total: 0,
  done: 0,
  startMs: null,
})
