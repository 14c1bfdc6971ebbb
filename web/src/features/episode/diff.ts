import type { Line } from '../../lib/types.ts'

export interface Piece {
  kind: 'same' | 'added' | 'gone'
  text: string
}

export type LineChange =
  | { kind: 'changed'; line: Line; old: Line; pieces: Piece[]; isVoice: boolean; isMoved: boolean }
  | { kind: 'added'; line: Line }
  | { kind: 'gone'; line: Line }
  | { kind: 'skipped' | 'unskipped'; line: Line }

/** What a version says otherwise than another one, line by line in the order of the new one; what went stands where it stood. */
export function changesBetween(before: readonly Line[], now: readonly Line[]): LineChange[] {
  const old = new Map(before.map((line) => [line.originId, line]))
  const kept = new Set(now.map(({ originId }) => originId))
  const stays = (lines: readonly Line[], other: ReadonlySet<string> | ReadonlyMap<string, Line>) =>
    lines.map(({ originId }) => originId).filter((id) => other.has(id))
  const unmoved = new Set(longestCommon(stays(before, kept), stays(now, old)))
  const changes: LineChange[] = []
  let at = 0
  const tellGone = (until: number) => {
    for (; at < until; at += 1) {
      const line = before[at]
      if (line && !kept.has(line.originId)) changes.push({ kind: 'gone', line })
    }
  }
  for (const line of now) {
    const was = old.get(line.originId)
    if (!was) {
      changes.push({ kind: 'added', line })
      continue
    }
    const isMoved = !unmoved.has(line.originId)
    if (!isMoved) tellGone(before.indexOf(was))
    const change = changeOf(was, line, isMoved)
    if (change) changes.push(change)
  }
  tellGone(before.length)
  return changes
}

function changeOf(old: Line, line: Line, isMoved: boolean): LineChange | null {
  const isSkip = (one: Line) => one.status === 'skipped'
  if (isSkip(old) !== isSkip(line)) return { kind: isSkip(line) ? 'skipped' : 'unskipped', line }
  const isVoice = old.voiceId !== line.voiceId || old.direction !== line.direction || old.speaker !== line.speaker
  if (old.text === line.text && !isVoice && !isMoved) return null
  return { kind: 'changed', line, old, pieces: piecesBetween(old.text, line.text), isVoice, isMoved }
}

const words = (text: string) =>
  [...new Intl.Segmenter(undefined, { granularity: 'word' }).segment(text)].map(({ segment }) => segment)

/** Two texts as what stayed, what came and what went, word by word. */
export function piecesBetween(before: string, now: string): Piece[] {
  const [a, b] = [words(before), words(now)]
  const common = longestCommon(a, b)
  const pieces: Piece[] = []
  const put = (kind: Piece['kind'], text: string) => {
    const last = pieces.at(-1)
    if (last?.kind === kind) last.text += text
    else pieces.push({ kind, text })
  }
  let [i, j] = [0, 0]
  for (const word of [...common, undefined]) {
    while (i < a.length && a[i] !== word) put('gone', a[i++] ?? '')
    while (j < b.length && b[j] !== word) put('added', b[j++] ?? '')
    if (word === undefined) break
    put('same', word)
    i += 1
    j += 1
  }
  return pieces
}

/** The longest sequence both have in this order. */
function longestCommon(a: readonly string[], b: readonly string[]): string[] {
  const start = a.findIndex((word, index) => word !== b[index])
  const head = start < 0 ? a.slice(0, b.length) : a.slice(0, start)
  let tail = 0
  const most = Math.min(a.length, b.length) - head.length
  while (tail < most && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1
  // What is alike at both ends needs no table: a script of two thousand lines with one moved has a small one.
  const [x, y] = [a.slice(head.length, a.length - tail), b.slice(head.length, b.length - tail)]
  return [...head, ...commonOf(x, y), ...a.slice(a.length - tail, tail > 0 ? undefined : a.length)]
}

function commonOf(a: readonly string[], b: readonly string[]): string[] {
  const width = b.length + 1
  const table = new Uint16Array((a.length + 1) * width)
  const at = (i: number, j: number) => table[i * width + j] ?? 0
  for (let i = a.length - 1; i >= 0; i -= 1) {
    for (let j = b.length - 1; j >= 0; j -= 1) {
      table[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
    }
  }
  const common: string[] = []
  for (let [i, j] = [0, 0]; i < a.length && j < b.length;) {
    if (a[i] === b[j]) {
      common.push(a[i] ?? '')
      i += 1
      j += 1
    } else if (at(i + 1, j) >= at(i, j + 1)) i += 1
    else j += 1
  }
  return common
}
