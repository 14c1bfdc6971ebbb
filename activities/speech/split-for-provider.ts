import { sentenceSpans } from '../../shared/text.ts'

/**
 * A line in pieces a provider takes: whole sentences together as long as they fit, cut at 。！？；… and Latin stops, a longer one at its commas, else
 * between words, and only a word that is longer itself between its letters; never within a surrogate pair or a cluster. Nothing but white space at the
 * cuts is lost.
 */
export function splitForProvider(text: string, maxCharacters: number): string[] {
  const pieces: string[] = []
  let from = 0
  for (const { start, end } of sentenceSpans(text, Number.MAX_SAFE_INTEGER)) {
    for (const piece of cut(text.slice(start, end), maxCharacters)) {
      const at = text.indexOf(piece, from)
      const last = pieces.at(-1)
      const joined = last === undefined ? piece : `${last}${text.slice(from, at)}${piece}`
      if (last !== undefined && joined.length <= maxCharacters) pieces[pieces.length - 1] = joined
      else pieces.push(piece)
      from = at + piece.length
    }
  }
  return pieces
}

function cut(sentence: string, most: number): string[] {
  const pieces: string[] = []
  let rest = sentence
  while (rest.length > most) {
    const at = cutAt(rest, most)
    pieces.push(rest.slice(0, at).trimEnd())
    rest = rest.slice(at).trimStart()
  }
  return [...pieces, rest].filter((piece) => piece !== '')
}

// Enough beyond the limit to know whether a word or a cluster ends there.
const BEYOND = 64
const PAUSES = /[，、：；,:;—](?!\d)["”’」』）)]*/gu

function cutAt(text: string, most: number): number {
  const window = text.slice(0, most + BEYOND)
  const pause = [...window.matchAll(PAUSES)].map(({ index, 0: mark }) => index + mark.length).findLast((end) => end <= most)
  if (pause !== undefined && pause > most / 3) return pause
  return boundary(window, most, 'word') ?? boundary(window, most, 'grapheme') ?? [...text][0]!.length
}

function boundary(window: string, most: number, granularity: 'word' | 'grapheme'): number | undefined {
  let last: number | undefined
  for (const { index, segment } of new Intl.Segmenter('zh', { granularity }).segment(window)) {
    if (index > most) break
    // A stop or comma belongs to the word before it.
    if (index > 0 && !/^[\p{P}\p{M}]/u.test(segment)) last = index
  }
  return last
}
