import type { ScriptProblem, ScriptTurn } from './script-format.ts'

/** A row of words in a subtitle file. `goesOn`: it is not the first of its cue. */
interface Row {
  text: string
  goesOn: boolean
  lineNumber: number
  start: number
  end: number
}

const TIMES = /^\s*(?:\d+:)?\d{1,2}:\d{2}[,.]\d{1,3}\s*-->\s*(?:\d+:)?\d{1,2}:\d{2}[,.]\d{1,3}(?:\s.*)?$/
const VOICE = /^<v(?:\.[^ >]+)?\s+([^>]+)>/i
const TAGS = /<\/?[a-z][^<>]*>|\{\\[^{}]*\}/gi

/** Whether this is SRT (or WebVTT): a line of times near the beginning says so. */
export function isCues(text: string): boolean {
  return text
    .split('\n', 40)
    .filter((line) => line.trim() !== '')
    .slice(0, 6)
    .some((line) => TIMES.test(line))
}

/**
 * Reads SRT and WebVTT. A cue with `Name: text` or `<v Name>` begins a turn, one without goes on with the turn before; where no cue at all has a name, all are
 * one speaker's, named by `usualSpeaker`. Numbers, times and tags are passed over, words never.
 */
export function parseCues(
  text: string,
  openingOf: (line: string) => { speaker: string; text: string; direction?: string } | undefined,
  usualSpeaker: string,
): { lines: ScriptTurn[]; problems: ScriptProblem[] } {
  const rows = rowsOf(text).map((row) => ({ row, opening: open(row.text, openingOf) }))
  const isNamed = rows.some(({ opening }) => opening)
  const lines: ScriptTurn[] = []
  const problems: ScriptProblem[] = []
  for (const { row, opening } of rows) {
    const { lineNumber, start, end } = row
    const last = lines.at(-1)
    const plain = row.text.replace(TAGS, '').trim()
    if (opening) lines.push({ ...opening, lineNumber, start, end })
    else if (plain === '') problems.push({ lineNumber, code: 'nothing_to_say', detail: row.text.slice(0, 80) })
    else if (last && (isNamed || row.goesOn || !isWhole(last.text))) Object.assign(last, { text: `${last.text}\n${plain}`, end })
    else if (isNamed) problems.push({ lineNumber, code: 'no_speaker', detail: plain.slice(0, 80) })
    else lines.push({ speaker: usualSpeaker, text: plain, lineNumber, start, end })
  }
  return { lines, problems }
}

// Subtitles are cut for the eye: words until a sentence ends belong together.
const isWhole = (text: string): boolean => /[。！？!?.…][”"』」）)]*$/u.test(text) || text.length > 400

function open(text: string, openingOf: Parameters<typeof parseCues>[1]) {
  const voice = VOICE.exec(text)?.[1]?.trim()
  const plain = text.replace(TAGS, '').trim()
  return voice ? { speaker: voice, text: plain } : openingOf(plain)
}

function rowsOf(text: string): Row[] {
  const found: Row[] = []
  const rows = text.split('\n')
  let offset = 0
  let goesOn = false
  let begun = false
  for (const [index, row] of rows.entries()) {
    const [start, end] = [offset, offset + row.trimEnd().length]
    offset += row.length + 1
    // A row of digits before the times is the cue's number; elsewhere somebody says it.
    const isNumber = /^\s*\d+\s*$/.test(row) && TIMES.test(rows[index + 1] ?? '')
    if (TIMES.test(row) || isNumber) [goesOn, begun] = [false, true]
    else if (row.trim() === '' || (!begun && HEAD.test(row))) continue
    else {
      found.push({ text: row.trim(), goesOn, lineNumber: index + 1, start, end })
      goesOn = true
    }
  }
  return found
}

const HEAD = /^(?:\ufeff?WEBVTT\b|NOTE\b|STYLE\b|Kind:|Language:)/
