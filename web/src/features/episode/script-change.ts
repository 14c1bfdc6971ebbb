import type { components } from '../../../../api/openapi.d.ts'
import type { Line } from '../../lib/types.ts'

export type WantedLine = components['schemas']['WantedLine']
export type LinePatch = components['schemas']['LinePatch']
export type Edited = components['schemas']['Edited']
export type Remake = components['schemas']['Remake']

/** What of a line a person can write. */
export interface LineDraft {
  text: string
  voiceId: string
  direction: string
}

export const draftOf = ({ text, voiceId, direction }: Line): LineDraft => ({ text, voiceId, direction: direction ?? '' })

/** A line as the API takes it back. */
export const wantedOf = ({ id, section, speaker, voiceId, text, direction, status }: Line): WantedLine => ({
  id,
  section,
  speaker,
  voiceId,
  text,
  direction,
  skip: status === 'skipped',
})

export const without = (lines: readonly Line[], id: string): WantedLine[] => lines.filter((line) => line.id !== id).map(wantedOf)

/** One place up (-1) or down (1); at the border of a section the line changes over first. */
export function moved(lines: readonly Line[], id: string, step: -1 | 1): WantedLine[] {
  const wanted = lines.map(wantedOf)
  const at = wanted.findIndex((line) => line.id === id)
  const [line, other] = [wanted[at], wanted[at + step]]
  if (!line || !other) return wanted
  if (line.section !== other.section) return wanted.with(at, { ...line, section: other.section ?? 0 })
  return wanted.with(at, other).with(at + step, line)
}

/** The lines with one of them at another place; it joins the section of those it comes to stand among. The same list when nothing moves. */
export function shifted(lines: Line[], id: string, to: number): Line[] {
  const from = lines.findIndex((line) => line.id === id)
  const line = lines[from]
  if (!line || to === from || to < 0 || to >= lines.length) return lines
  const others = lines.toSpliced(from, 1)
  const neighbour = to < from ? others[to] : others[to - 1]
  return others.toSpliced(to, 0, { ...line, section: neighbour?.section ?? line.section })
}

/** The words go to somebody else, who says them with their own voice. */
export const saidBy = (lines: readonly Line[], id: string, speaker: string, voiceId: string): WantedLine[] =>
  lines.map((line) => (line.id === id ? { ...wantedOf(line), speaker, voiceId } : wantedOf(line)))

export function added(lines: readonly Line[], afterId: string, line: Omit<WantedLine, 'section'>): WantedLine[] {
  const at = lines.findIndex(({ id }) => id === afterId)
  return lines.map(wantedOf).toSpliced(at + 1, 0, { ...line, section: lines[at]?.section ?? 0 })
}

/** An earlier script once more: lines that are gone by now come back as new ones. */
export const again = (before: readonly Line[], now: readonly Line[]): WantedLine[] =>
  before.map((line) => {
    const { id, ...rest } = wantedOf(line)
    return now.some((one) => one.id === id) ? { id: line.id, ...rest } : rest
  })
