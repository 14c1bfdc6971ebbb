import { FRAME_MS, SAMPLE_RATE_HZ, type TimelineRow } from '../../shared/playlist.ts'
import { detectLanguage, spokenUnits, splitSentences } from '../../shared/text.ts'

/** A line as the transcript shows it; `samples` is the length of its sound. */
export interface TranscriptLine {
  speaker: string
  text: string
  samples: number
}

/** One caption: rows of text shown from `startMs` to `endMs`. */
export interface Cue {
  startMs: number
  endMs: number
  speaker: string
  rows: string[]
}

/** `widthCharacters` of a row, `rowsPerCue` rows at a time (Apple asks at most 65 characters a line), and how late the player's sound is: 0 for the MP3, whose Info frame takes the delay away; CODEC_DELAY_SAMPLES for the bare frames of HLS. `namesInText` puts the speaker in front of the text where it changes, within the width. */
export interface CueOptions {
  namesInText?: boolean
  widthCharacters?: number
  rowsPerCue?: number
  delaySamples?: number
}

/** Rows of at most `width` characters, broken behind stops, commas and words. Nothing but white space is lost. */
function wrap(text: string, width: number): string[] {
  return splitSentences(text.replace(/\s+/g, ' '), width).reduce<string[]>((rows, piece) => {
    const last = rows.at(-1)
    const glue = last && /[\p{sc=Latin}\d.,;:!?)'"]$/u.test(last) ? ' ' : ''
    if (last && last.length + glue.length + piece.length <= width) rows[rows.length - 1] = last + glue + piece
    else rows.push(piece)
    return rows
  }, [])
}

function lineCues(line: TranscriptLine, startMs: number, width: number, rowsPerCue: number): Cue[] {
  const rows = wrap(line.text, width)
  const groups = Array.from({ length: Math.ceil(rows.length / rowsPerCue) }, (_, at) =>
    rows.slice(at * rowsPerCue, (at + 1) * rowsPerCue),
  )
  const language = detectLanguage(line.text)
  const weights = groups.map((group) => Math.max(1, spokenUnits(group.join(' '), language)))
  const total = weights.reduce((sum, weight) => sum + weight, 0)
  const lineMs = (line.samples / SAMPLE_RATE_HZ) * 1000
  let spoken = 0
  return groups.map((group, at) => {
    const from = startMs + (spoken / total) * lineMs
    spoken += weights[at] as number
    return {
      startMs: Math.round(from),
      endMs: Math.round(startMs + (spoken / total) * lineMs),
      speaker: line.speaker,
      rows: group,
    }
  })
}

/**
 * Captions of the assembled lines; `rows` is their timeline. A line begins where its first sample plays; a long line becomes several cues that
 * share its sound by how long their text takes to say.
 */
export function transcriptCues(lines: readonly TranscriptLine[], rows: readonly TimelineRow[], options: CueOptions = {}): Cue[] {
  const { widthCharacters = 65, rowsPerCue = 2, delaySamples = 0, namesInText = false } = options
  const delayMs = (delaySamples / SAMPLE_RATE_HZ) * 1000
  return lines.flatMap((line, index) => {
    const row = rows[index]
    if (!row) return []
    const isNamed = namesInText && lines[index - 1]?.speaker !== line.speaker
    const shown = isNamed ? { ...line, text: `${line.speaker}: ${line.text}` } : line
    return lineCues(shown, row.startFrame * FRAME_MS + delayMs, widthCharacters, rowsPerCue)
  })
}

function clock(ms: number, separator: string): string {
  const parts = [ms / 3_600_000, (ms / 60_000) % 60, (ms / 1000) % 60].map((part) => String(Math.floor(part)).padStart(2, '0'))
  return `${parts.join(':')}${separator}${String(ms % 1000).padStart(3, '0')}`
}

const escapeVtt = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')

/** WebVTT with a voice tag per cue. Text is escaped, so it can neither end a cue nor add markup. */
export function webVtt(cues: readonly Cue[]): string {
  const blocks = cues.map(({ startMs, endMs, speaker, rows }) => {
    const voice = escapeVtt(speaker.replace(/\s+/g, ' ').trim())
    return `${clock(startMs, '.')} --> ${clock(endMs, '.')}\n<v ${voice}>${rows.map(escapeVtt).join('\n')}`
  })
  return `${['WEBVTT', ...blocks].join('\n\n')}\n`
}

/** How SubRip's cues are made: Apple asks for at most two rows of 32, and there is no mark for who speaks. */
export const SUBRIP_CUES: CueOptions = { widthCharacters: 32, rowsPerCue: 2, namesInText: true }

/** SubRip, of cues made with SUBRIP_CUES. */
export function subRip(cues: readonly Cue[]): string {
  const blocks = cues.map(
    ({ startMs, endMs, rows }, at) => `${at + 1}\n${clock(startMs, ',')} --> ${clock(endMs, ',')}\n${rows.join('\n')}\n`,
  )
  return blocks.join('\n')
}
