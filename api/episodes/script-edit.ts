import { HttpProblem } from '../http/problem.ts'
import type { LineRow } from './episodes.repo.ts'
import type { WantedLine } from './remake.ts'
import type { LinePatch, WantedScript } from './script.schema.ts'

export interface EditedEpisode {
  speakers: readonly { name: string; voiceId: string }[]
  sections: number
  lines: readonly LineRow[]
}

/** Silence after a line that nobody planned one for: what stands between two people's turns in a given script. */
const PAUSE_MS = 550

const asWanted = (line: LineRow): WantedLine => ({ ...line, isSkipped: line.status === 'skipped' })

/** The whole script as a person wants it, from the current one. Throws a problem for what does not fit the episode. */
export function wantedScript(episode: EditedEpisode, lines: WantedScript['lines']): WantedLine[] {
  const known = new Map(episode.lines.map((line) => [line.id, line]))
  const seen = new Set<string>()
  const wanted: WantedLine[] = []
  lines.forEach((line, index) => {
    const old = line.id === undefined ? undefined : known.get(line.id)
    if (line.id !== undefined && (!old || seen.has(line.id)))
      throw misplaced(
        index,
        'id',
        old ? 'This line stands in the script twice.' : 'There is no such line in the current version.',
      )
    if (old) seen.add(old.id)
    wanted.push(wantedLine(episode, index, line, { old, before: wanted.at(-1) }))
  })
  return spoken(wanted)
}

/** The current script with one line otherwise. */
export function patchedScript({ lines }: EditedEpisode, lineId: string, patch: LinePatch): WantedLine[] {
  return spoken(lines.map((line) => (line.id === lineId ? patchedLine(line, patch) : asWanted(line))))
}

export function patchedLine(line: LineRow, { text, voiceId, direction, skip }: LinePatch): WantedLine {
  return {
    ...asWanted(line),
    ...(text !== undefined && { text }),
    ...(voiceId !== undefined && { voiceId }),
    ...(direction !== undefined && { direction: direction || null }),
    isSkipped: skip ?? line.status === 'skipped',
  }
}

interface Place {
  old: LineRow | undefined
  before: WantedLine | undefined
}

function wantedLine(
  { speakers, sections }: EditedEpisode,
  index: number,
  line: WantedScript['lines'][number],
  { old, before }: Place,
): WantedLine {
  const section = line.section ?? before?.section ?? old?.section ?? 0
  if (section < (before?.section ?? 0))
    throw misplaced(index, 'section', 'Lines of one section stand together, the sections in order.')
  if (section >= Math.max(sections, 1)) throw misplaced(index, 'section', `The script has ${sections} sections.`)
  const name = line.speaker ?? old?.speaker ?? before?.speaker ?? speakers[0]!.name
  const speaker = speakers.find((one) => one.name === name)
  if (!speaker) throw new HttpProblem('unknown-speaker', `Nobody in this episode is called "${name}".`)
  return {
    ...(old && { id: old.id, originId: old.originId }),
    section,
    speaker: name,
    voiceId: line.voiceId ?? (old?.speaker === name ? old.voiceId : speaker.voiceId),
    text: line.text,
    direction: line.direction === undefined ? (old?.direction ?? null) : line.direction || null,
    pauseAfterMs: old?.pauseAfterMs ?? PAUSE_MS,
    sourceRefs: old?.sourceRefs ?? [],
    isSkipped: line.skip ?? old?.status === 'skipped',
  }
}

function spoken(lines: WantedLine[]): WantedLine[] {
  if (lines.every(({ isSkipped }) => isSkipped))
    throw new HttpProblem('nothing-to-say', 'Every line would be skipped. Leave one that is spoken; nothing was changed.')
  return lines
}

const misplaced = (index: number, field: string, message: string) =>
  new HttpProblem('invalid-request', `lines.${index}.${field}: ${message}`, {
    errors: [{ path: `lines.${index}.${field}`, message }],
  })

/** Whether something of the script would be otherwise, heard or not. */
export const isAnotherScript = (lines: readonly LineRow[], wanted: readonly WantedLine[]): boolean =>
  lines.length !== wanted.length || wanted.some((line, index) => !isSameLine(lines[index]!, line))

const isSameLine = (one: LineRow, other: WantedLine) =>
  one.id === other.id &&
  (['section', 'speaker', 'voiceId', 'text', 'direction'] as const).every((field) => one[field] === other[field]) &&
  (one.status === 'skipped') === other.isSkipped
