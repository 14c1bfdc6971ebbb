import { sentenceSpans } from '../../shared/text.ts'
import type { OutlineRequest, PassageRef } from './port.ts'

/** A numbered stretch of a source, as the model is shown it and refers to it. Numbers run through all sources, from 1. */
export interface Passage {
  number: number
  ref: PassageRef
  text: string
}

const PASSAGE_CHARACTERS = 400
const MAX_SENTENCE_CHARACTERS = 800

/** All passages of the sources: neighbouring sentences, up to 400 characters. Every word lies in one; the same sources give the same numbers. */
export function passagesOf({ sources }: Pick<OutlineRequest, 'sources'>): Passage[] {
  const passages: Passage[] = []
  for (const [source, { text }] of sources.entries()) {
    let open: PassageRef | undefined
    for (const { start, end } of sentenceSpans(text, MAX_SENTENCE_CHARACTERS)) {
      const fits = open && end - open.start <= PASSAGE_CHARACTERS && !/\n\s*\n/.test(text.slice(open.end, start))
      if (open && fits) open.end = end
      else passages.push({ number: passages.length + 1, ref: (open = { source, start, end }), text: '' })
    }
  }
  for (const passage of passages) {
    passage.text = (sources[passage.ref.source]?.text ?? '').slice(passage.ref.start, passage.ref.end)
  }
  return passages
}

/** Those of these numbers that exist, in the sources' order, neighbours joined to one stretch. */
export function refsOf(passages: readonly Passage[], numbers: readonly number[]): PassageRef[] {
  const byNumber = new Map(passages.map((passage) => [passage.number, passage]))
  const refs: PassageRef[] = []
  let before = -1
  for (const number of [...new Set(numbers)].sort((a, b) => a - b)) {
    const found = byNumber.get(number)
    if (!found) continue
    const last = refs.at(-1)
    if (last && before === number - 1 && last.source === found.ref.source) last.end = found.ref.end
    else refs.push({ ...found.ref })
    before = number
  }
  return refs
}

/** The passages within these stretches. */
export function passagesIn(passages: readonly Passage[], refs: readonly PassageRef[]): Passage[] {
  return passages.filter(({ ref }) =>
    refs.some(({ source, start, end }) => source === ref.source && start <= ref.start && ref.end <= end),
  )
}

/** The passages in parts of at most so many characters. */
export function partsOf(passages: readonly Passage[], maxCharacters: number): Passage[][] {
  const parts: Passage[][] = []
  let size = Infinity
  for (const passage of passages) {
    size += passage.text.length
    if (size > maxCharacters) {
      parts.push([])
      size = passage.text.length
    }
    parts.at(-1)!.push(passage)
  }
  return parts
}
