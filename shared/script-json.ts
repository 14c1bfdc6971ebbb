import type { ScriptProblem, ScriptTurn } from './script-format.ts'

/** Whether this means to be JSON: a list or an object, and not `[laughs]` or `[00:12]` at the start of a written script. */
export function isJson(text: string): boolean {
  return /^\s*(?:\[\s*[{\]]|\{\s*["}])/.test(text) || /^\s*```json\s*[[{]/.test(text)
}

const LISTS = ['lines', 'script', 'turns', 'dialogue', 'dialog', 'segments', 'transcript', 'messages', 'items', 'data']
const SPEAKERS = ['speaker', 'name', 'role', 'character', 'who', '说话人', '角色']
const TEXTS = ['text', 'content', 'line', 'words', 'dialogue', 'utterance', '台词', '内容']
const DIRECTIONS = ['direction', 'emotion', 'style', 'tone', '语气']

/**
 * Reads `[{speaker, text}]` and `{lines: [...]}` (also under other usual names). Every member is a turn or a named problem; JSON that breaks off or is no script is a
 * problem at its line, and what is whole before it is read.
 */
export function parseJsonScript(text: string): { lines: ScriptTurn[]; problems: ScriptProblem[] } {
  const lines: ScriptTurn[] = []
  const problems: ScriptProblem[] = []
  const lineNumberAt = lineCounter(text)
  const { members, brokenAt } = membersOf(text)
  for (const { start, end } of members) {
    const lineNumber = lineNumberAt(start)
    const turn = readTurn(text.slice(start, end))
    if ('problem' in turn)
      problems.push({ lineNumber, code: turn.problem, detail: text.slice(start, end).replace(/\s+/g, ' ').slice(0, 80) })
    else lines.push({ ...turn, lineNumber, start, end })
  }
  if (brokenAt !== undefined) {
    problems.push({
      lineNumber: lineNumberAt(brokenAt),
      code: 'broken_json',
      detail: text.slice(brokenAt, brokenAt + 80).replace(/\s+/g, ' '),
    })
  }
  return { lines, problems }
}

type Turn = Pick<ScriptTurn, 'speaker' | 'text' | 'direction'>

function readTurn(json: string): Turn | { problem: ScriptProblem['code'] } {
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return { problem: 'broken_json' }
  }
  const fields = typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {}
  const field = (names: string[]): string | undefined => {
    const found = names.map((name) => fields[name]).find((one) => typeof one === 'string' || typeof one === 'number')
    return found === undefined ? undefined : String(found).trim()
  }
  const said = field(TEXTS)
  const speaker = field(SPEAKERS.filter((name) => fields[name] !== undefined))
  if (!speaker) return { problem: 'no_speaker' }
  if (said === undefined) return { problem: 'empty_turn' }
  const direction = field(DIRECTIONS)
  return { speaker, text: said, ...(direction && { direction }) }
}

interface Members {
  members: { start: number; end: number }[]
  /** Where reading had to stop. */
  brokenAt?: number
}

// JSON.parse tells no offsets, and gives up the whole for one missing bracket: members are found by their brackets.
function membersOf(text: string): Members {
  const open = listStart(text)
  if (open === undefined) return { members: [], brokenAt: Math.max(0, text.search(/\S/)) }
  const members: Members['members'] = []
  let [depth, start, inString] = [0, -1, false]
  for (let at = open + 1; at < text.length; at += 1) {
    const character = text[at] as string
    if (inString) {
      if (character === '\\') at += 1
      else if (character === '"') inString = false
    } else if (character === '"') {
      inString = true
      if (depth === 0 && start < 0) start = at
    } else if (character === '{' || character === '[') {
      if (depth === 0 && start < 0) start = at
      depth += 1
    } else if (depth === 0 && (character === ',' || character === ']')) {
      if (start >= 0) members.push({ start, end: text.slice(0, at).trimEnd().length })
      start = -1
      if (character === ']') return { members }
    } else if (character === '}' || character === ']') depth -= 1
    else if (depth === 0 && start < 0 && /\S/.test(character)) start = at
  }
  return { members, brokenAt: start >= 0 ? start : text.length - 1 }
}

function listStart(text: string): number | undefined {
  const first = text.search(/[[{]/)
  if (text[first] === '[') return first
  const named = LISTS.map((name) => new RegExp(`"${name}"\\s*:\\s*\\[`).exec(text)).find((match) => match !== null)
  return named ? named.index + named[0].length - 1 : undefined
}

function lineCounter(text: string): (offset: number) => number {
  const ends = [...text.matchAll(/\n/g)].map((match) => match.index)
  return (offset) => {
    let [low, high] = [0, ends.length]
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ends[middle] as number) < offset) low = middle + 1
      else high = middle
    }
    return low + 1
  }
}
