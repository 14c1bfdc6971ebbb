import type { Espeak, EnglishAccent } from './local-espeak.ts'

// espeak-ng's phonemes in the symbols the neural voice was taught (the table is that of misaki, Apache-2.0): longer ones first.
const COMMON: readonly [phonemes: string, symbols: string][] = [
  ['ʔˌn\u0329', 'ʔn'], ['ʔn\u0329', 'ʔn'], ['a^ɪ', 'I'], ['a^ʊ', 'W'], ['d^ʒ', 'ʤ'], ['e^ɪ', 'A'], ['t^ʃ', 'ʧ'], ['ɔ^ɪ', 'Y'], ['ə^l', 'ᵊl'],
  ['ʲ', ''], ['ɚ', 'əɹ'], ['r', 'ɹ'], ['x', 'k'], ['ç', 'k'], ['ɐ', 'ə'], ['ɬ', 'l'], ['\u0303', ''],
] // prettier-ignore
const ACCENTS: Record<EnglishAccent, readonly [string, string][]> = {
  'en-us': [['o^ʊ', 'O'], ['ɜːɹ', 'ɜɹ'], ['ɜː', 'ɜɹ'], ['ɪə', 'iə'], ['ː', ''], ['o', 'ɔ']],
  'en-gb': [['e^ə', 'ɛː'], ['i^ə', 'ɪə'], ['ə^ʊ', 'Q'], ['o', 'ɔ']],
} // prettier-ignore

/** One clause of espeak-ng's phonemes as symbols of the neural voice. */
export function englishSymbols(phonemes: string, accent: EnglishAccent): string {
  const replaced = [...ACCENTS[accent].slice(0, 1), ...COMMON, ...ACCENTS[accent].slice(1)].reduce(
    (text, [from, to]) => text.replaceAll(from, to),
    phonemes,
  )
  return replaced
    .replace(/(\S)\u0329/g, 'ᵊ$1')
    .replace(/e/g, 'A')
    .replace(/ɾ/g, 'T')
    .replace(/ʔ/g, 't')
    .replace(/\^|\([a-z-]+\)/g, '')
}

const TITLES = /\b(Ms|St|Jr|Sr)\.(?=\s)/g
const CLAUSE_ENDS = /([,;:.!?…—–]+["”’')\]]*(?=\s|$)|\s*[—–]\s*|\n+)/

/** What espeak-ng reads wrongly although it is written out: titles with a full stop, the letters of a clock, what is no word at all. */
function plain(text: string): string {
  return text
    .replace(TITLES, '$1')
    .replace(/(?<=\p{L} )([ap]) m(?![\p{L}'’])/gu, (_, half: string) => `${half.toUpperCase()}M`)
    .replace(/[[\]{}<>\\|^~`*_#]/g, ' ')
}

const mark = (stop: string): string => {
  const sign = /[?!.,;:…]/.exec(stop)?.[0]
  return sign ? `${sign} ` : /\n/.test(stop) ? '. ' : '— '
}

/** The symbols of English texts, each with its punctuation, from one run of espeak-ng. */
export async function englishLines(
  texts: readonly string[],
  accent: EnglishAccent,
  espeak: Espeak,
  signal: AbortSignal,
): Promise<string[]> {
  const lines = texts.map((text) => plain(text).split(CLAUSE_ENDS))
  const clauses = lines.flatMap((parts) => parts.filter((part, at) => at % 2 === 0 && /[\p{L}\p{N}]/u.test(part)))
  if (clauses.length === 0) return texts.map(() => '')
  const spelled = await spellEach(clauses, accent, espeak, signal)
  return lines.map((parts) =>
    parts
      .map((part, at) => (at % 2 ? mark(part) : /[\p{L}\p{N}]/u.test(part) ? englishSymbols(spelled.shift() ?? '', accent) : ''))
      .join('')
      .replace(/ +/g, ' ')
      .trim(),
  )
}

/** All clauses at once as paragraphs; one by one only when espeak-ng finds other clauses in them than we did. */
async function spellEach(clauses: string[], accent: EnglishAccent, espeak: Espeak, signal: AbortSignal): Promise<string[]> {
  const [together = []] = await espeak.spell([clauses.map((clause) => clause.trim()).join('\n\n')], accent, signal)
  if (together.length === clauses.length) return together
  return (await espeak.spell(clauses, accent, signal)).map((lines) => lines.join(' '))
}
