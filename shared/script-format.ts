import { type Language, detectLanguage } from './text.ts'
import { isCues, parseCues } from './script-cues.ts'
import { isJson, parseJsonScript } from './script-json.ts'

/** One speaker's turn of a script as a person typed it. `start` and `end` are UTF-16 offsets of the whole turn in the text. */
export interface ScriptTurn {
  speaker: string
  text: string
  direction?: string
  lineNumber: number
  start: number
  end: number
}

/** Why a line of a script cannot be spoken as it stands; `lineNumber` counts from 1. */
export interface ScriptProblem {
  lineNumber: number
  code: 'no_speaker' | 'empty_turn' | 'nothing_to_say' | 'broken_json'
  detail: string
}

/** What a script says, turn by turn. */
export interface ParsedScript {
  lines: ScriptTurn[]
  problems: ScriptProblem[]
}

const MARKS = /^\s*(?:(?:#{1,6}|>|[-*+•]|\d{1,3}[.)、])\s+)*/
const TIME = /^[[(（]?\d{1,2}:\d{2}(?::\d{2})?(?:[.,]\d{1,3})?[\])）]?\s+/
const NAME = /^(?:\*\*|__|[【[])?\s*([^:：*_【】[\]]{1,40}?)\s*(?:\*\*|__|[】\]])?\s*([:：])\s*(?:\*\*|__)?\s*(.*)$/su
const DIRECTION = /^\s*(?:（([^（）]{1,60})）|\(([^()]{1,60})\)|\[([^[\]]{1,60})\]|【([^【】]{1,60})】)\s*/u
const NAME_DIRECTION = /^(.*\S)\s*(?:（([^（）]{1,60})）|\(([^()]{1,60})\))$/u
const SCHEME = /^(?:https?|ftps?|file|mailto|data|tel|ws|wss)$/i

function isName(name: string, colon: string, rest: string): boolean {
  if (!/\p{L}/u.test(name) || /[。！？!?，,；;、/\\<>|"“”=]/u.test(name) || /\.\s/u.test(name)) return false
  if (SCHEME.test(name) || /^[/\\]/.test(rest)) return false
  if (colon === ':' && /\d$/.test(name) && /^\d/.test(rest)) return false
  if (/(?:说|说道|问道|答道|写道|表示|如下|例如|比如|包括|\bsaid|\bsays)$/iu.test(name)) return false
  return name.split(/\s+/).length <= 5
}

interface Opening {
  speaker: string
  direction?: string
  text: string
}

function readOpening(line: string): Opening | undefined {
  const bare = line.replace(MARKS, '')
  const match = NAME.exec(bare) ?? NAME.exec(bare.replace(TIME, ''))
  if (!match) return readTimed(bare)
  const [, rawName = '', colon = '', rest = ''] = match
  const named = NAME_DIRECTION.exec(rawName)
  const speaker = (named?.[1] ?? rawName).trim()
  if (!isName(speaker, colon, rest)) return readTimed(bare)
  const direction = named?.[2] ?? named?.[3]
  return { speaker, text: rest.trim(), ...(direction ? { direction: direction.trim() } : {}) }
}

// "00:12 小明：你好": the time in front is an editor's mark and never a name.
function readTimed(bare: string): Opening | undefined {
  const rest = bare.replace(TIME, '')
  return rest === bare ? undefined : readOpening(rest)
}

function takeDirection(turn: ScriptTurn): void {
  const match = DIRECTION.exec(turn.text)
  const found = match?.slice(1).find(Boolean)?.trim()
  if (!match || !found) return
  turn.text = turn.text.slice(match[0].length)
  turn.direction = turn.direction ? `${turn.direction}；${found}` : found
}

function judge(turn: ScriptTurn): ScriptProblem | undefined {
  if (turn.text === '') return { lineNumber: turn.lineNumber, code: 'empty_turn', detail: turn.speaker }
  if (/[\p{L}\p{N}]/u.test(turn.text)) return undefined
  return { lineNumber: turn.lineNumber, code: 'nothing_to_say', detail: `${turn.speaker}: ${turn.text}`.slice(0, 80) }
}

const isRuleOrHeading = (line: string): boolean => /^\s*(?:[-*_=]{3,}\s*$|#{1,6}\s)/.test(line)

/** Whether a script is written for reading (`Name: text`, Markdown), not as JSON or subtitles. */
export const isWritten = (text: string): boolean => !isJson(text) && !isCues(text)

/** Who speaks where nobody is named: subtitles often name nobody. */
const USUAL_SPEAKER: Record<Language, string> = { zh: '旁白', en: 'Narrator' }

/**
 * Reads a finished script in the shapes people have them: `Name: text` and `Name：text`, Markdown, JSON (`[{speaker, text}]`, `{lines: [...]}`), SRT and
 * WebVTT. The shape is told by the content. Nothing is dropped silently: what cannot be given to a speaker is listed in `problems`
 * with its line; only headings, rules, numbers and times are passed over. `（笑）` in front of the text (or behind the name) becomes the direction.
 */
export function parseScript(text: string): ParsedScript {
  const { lines, problems } = isJson(text)
    ? parseJsonScript(text)
    : isCues(text)
      ? parseCues(text, readOpening, USUAL_SPEAKER[detectLanguage(text)])
      : parseTyped(text)
  lines.forEach(takeDirection)
  const found = [...problems, ...lines.map(judge).filter((problem) => problem !== undefined)]
  return { lines, problems: found.toSorted((one, other) => one.lineNumber - other.lineNumber) }
}

/**
 * Reads `Name: text`, one turn a line; Markdown bold, headings, list marks and leading times are tolerated, lines without a name belong to the turn
 * before. URLs and times are not names.
 */
function parseTyped(text: string): ParsedScript {
  const lines: ScriptTurn[] = []
  const problems: ScriptProblem[] = []
  let offset = 0
  for (const [index, line] of text.split('\n').entries()) {
    const [start, end, lineNumber] = [offset, offset + line.trimEnd().length, index + 1]
    offset += line.length + 1
    const opening = readOpening(line)
    const turn = lines.at(-1)
    if (opening) lines.push({ ...opening, lineNumber, start, end })
    else if (line.trim() === '' || isRuleOrHeading(line)) continue
    else if (!turn) problems.push({ lineNumber, code: 'no_speaker', detail: line.trim().slice(0, 80) })
    else Object.assign(turn, { text: `${turn.text}\n${line.trim()}`.trim(), end })
  }
  return { lines, problems }
}
