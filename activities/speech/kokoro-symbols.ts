/** The vocabulary of the neural voice (Kokoro-82M v1.0): each symbol with its number, in runs of neighbours. */
const RUNS: readonly [first: number, symbols: string][] = [
  [1, ';:,.!?'], [9, '—…"()“” \u0303ʣʥʦʨᵝꭧAI'], [31, 'O'], [33, 'Q'], [35, 'ST'], [39, 'W'], [41, 'Yᵊabcdef'], [50, 'hijklmnopqrstuvwxyzɑɐɒæ'],
  [75, 'βɔɕç'], [80, 'ɖðʤə'], [85, 'ɚɛɜ'], [90, 'ɟ'], [92, 'ɡ'], [99, 'ɥ'], [101, 'ɨɪʝ'], [110, 'ɯɰŋɳɲɴø'], [118, 'ɸθœ'], [123, 'ɹ'],
  [125, 'ɾɻ'], [128, 'ʁɽʂʃʈʧ'], [135, 'ʊʋ'], [138, 'ʌɣɤ'], [142, 'χʎ'], [147, 'ʒʔ'], [156, 'ˈˌː'], [162, 'ʰ'], [164, 'ʲ'], [169, '↓'],
  [171, '→↗↘'], [177, 'ᵻ'],
] // prettier-ignore

/** The number of each symbol. */
export const symbolIds: ReadonlyMap<string, number> = new Map(
  RUNS.flatMap(([first, symbols]) => [...symbols].map((symbol, at) => [symbol, first + at] as const)),
)

/** As many symbols as the voice's style table has rows for. */
export const MAX_SYMBOLS = 509

// Beyond about this many symbols the voice begins to hurry.
const COMFORTABLE = 220

/**
 * Symbols cut into stretches that can be spoken at once: whole sentences as long as they fit, a sentence that is too long at its
 * commas or spaces, never within a syllable while there is a space. What the voice has no symbol for is left out.
 */
export function stretches(symbols: string): string[] {
  const known = [...symbols]
    .filter((symbol) => symbolIds.has(symbol))
    .join('')
    .replace(/ +/g, ' ')
    .trim()
  const sentences = known.split(/(?<=[.!?…]["”)]*) /).flatMap(cutLong)
  const joined: string[] = []
  for (const sentence of sentences) {
    const last = joined.at(-1)
    if (last !== undefined && last.length + sentence.length < COMFORTABLE) joined[joined.length - 1] = `${last} ${sentence}`
    else joined.push(sentence)
  }
  return joined.filter((stretch) => /\p{L}/u.test(stretch))
}

function cutLong(sentence: string): string[] {
  if (sentence.length <= MAX_SYMBOLS) return [sentence]
  const window = sentence.slice(0, COMFORTABLE * 2)
  const at = Math.max(window.lastIndexOf(', '), window.lastIndexOf('; '), window.lastIndexOf(': '))
  const end = at > COMFORTABLE / 2 ? at + 1 : window.lastIndexOf(' ') > 0 ? window.lastIndexOf(' ') : window.length
  return [sentence.slice(0, end), ...cutLong(sentence.slice(end).trim())]
}
