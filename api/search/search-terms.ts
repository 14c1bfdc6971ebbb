/** Something that is looked for: a run of Chinese characters, or a word of another script. Folded, as the index has it. */
export interface Term {
  text: string
  isWord: boolean
}

/** A place in a text, in UTF-16 units; `end` is not part of it. */
export interface Range {
  start: number
  end: number
}

const RUNS = /[\u3400-\u4DBF\u4E00-\u9FFF\uF900-\uFAFF\u{20000}-\u{3134F}]+|[a-z0-9\u00DF-\u024F\u0370-\u052F]+/gu
const isWord = (run: string) => /^[a-z0-9\u00DF-\u024F\u0370-\u052F]/.test(run)
/** More than this no person types, and each costs a look into the index. */
const MOST_TERMS = 12
const EXCERPT_CHARACTERS = 120
const BEFORE_CHARACTERS = 30

/** Capitals, full-width letters and accents are all one: the same as `search_fold` of the database, which the index is made by. */
export const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFKD')
    .replace(/[\u0300-\u036F]/g, '')

/** What a question asks for; empty when it holds nothing that can be looked for. */
export const termsOf = (question: string): Term[] =>
  (fold(question).match(RUNS) ?? []).slice(0, MOST_TERMS).map((text) => ({ text, isWord: isWord(text) }))

/**
 * The question in Postgres' own language: every term, all of them. A run of Chinese is its pairs of characters as a phrase, so that 人工智能 is not
 * found where its parts stand apart; one character begins a pair. A word is its stem and whatever goes on from there. `owner` stands before each, so only one
 * person's words are looked at. `stems` are those of the words, in their order.
 */
export function tsQuery(terms: readonly Term[], owner: string, stems: readonly string[]): string {
  const word = [...stems]
  const quoted = (text: string) => `'${owner}${text}'`
  return terms
    .map((term) => {
      if (term.isWord) return `${quoted(word.shift()!)}${term.text.length > 1 ? ':*' : ''}`
      const characters = [...term.text]
      if (characters.length === 1) return `${quoted(term.text)}:*`
      return `(${characters
        .slice(1)
        .map((character, index) => quoted(characters[index]! + character))
        .join(' <-> ')})`
    })
    .join(' & ')
}

/** Where the terms stand in a text, in its own units. */
export function matchesIn(text: string, terms: readonly Term[], stems: readonly string[]): Range[] {
  const { folded, places } = folding(text)
  const word = [...stems]
  const found = terms.flatMap((term) => (term.isWord ? wordsIn(folded, word.shift()!) : runsIn(folded, term.text)))
  return merged(found.map(({ start, end }) => ({ start: places[start]!, end: places[end]! })))
}

/** The part of a text that shows the first hit, cut at most 120 characters long, with the hits in it. */
export function excerptOf(text: string, terms: readonly Term[], stems: readonly string[]): { text: string; matches: Range[] } {
  const plain = text.replace(/\s+/g, ' ').trim()
  const [first] = matchesIn(plain, terms, stems)
  const from = plain.length <= EXCERPT_CHARACTERS ? 0 : Math.max(0, (first?.start ?? 0) - BEFORE_CHARACTERS)
  const part = wellFormed(plain.slice(from, from + EXCERPT_CHARACTERS))
  const shown = `${from > 0 ? '…' : ''}${part}${from + EXCERPT_CHARACTERS < plain.length ? '…' : ''}`
  return { text: shown, matches: matchesIn(shown, terms, stems) }
}

/** A cut through a character of two units leaves none of it. */
const wellFormed = (text: string) => text.replace(/^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g, '')

/** Folded text, and for each of its units where it came from. */
function folding(text: string): { folded: string; places: number[] } {
  let folded = ''
  const places: number[] = []
  let at = 0
  for (const character of text) {
    const one = fold(character)
    for (let unit = 0; unit < one.length; unit++) places.push(at)
    folded += one
    at += character.length
  }
  places.push(at)
  return { folded, places }
}

function runsIn(folded: string, run: string): Range[] {
  const found: Range[] = []
  for (let start = folded.indexOf(run); start >= 0; start = folded.indexOf(run, start + run.length))
    found.push({ start, end: start + run.length })
  return found
}

const wordsIn = (folded: string, stem: string): Range[] =>
  [...folded.matchAll(RUNS)]
    .filter(([run]) => run.startsWith(stem))
    .map(({ 0: run, index }) => ({ start: index, end: index + run.length }))

function merged(ranges: Range[]): Range[] {
  return ranges
    .toSorted((a, b) => a.start - b.start)
    .reduce<Range[]>((all, range) => {
      const last = all.at(-1)
      if (last && range.start <= last.end) last.end = Math.max(last.end, range.end)
      else all.push({ ...range })
      return all
    }, [])
}
