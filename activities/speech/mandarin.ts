import { mandarinSymbols } from './mandarin-symbols.ts'
import { spokenPinyin } from './mandarin-pinyin.ts'
import { writeOutNumbers } from './spoken-numbers.ts'

const PIECES =
  /\p{sc=Han}+|\p{sc=Latin}[\p{sc=Latin}\p{M}\d'’.&+@/-]*(?:\s+(?=\p{sc=Latin})\p{sc=Latin}[\p{sc=Latin}\p{M}\d'’.&+@/-]*)*|[^\p{sc=Han}\p{sc=Latin}]+/gu
const PUNCTUATION: Record<string, string> = {
  '，': ', ', '、': ', ', '。': '. ', '．': '. ', '！': '! ', '？': '? ', '：': ': ', '；': '; ', '（': ' (', '）': ') ', '…': '… ', '—': '— ',
  '“': ' “', '”': '” ', '「': ' “', '」': '” ', '《': ' “', '》': '” ',
} // prettier-ignore

/** A stretch of a Chinese line: words to be read as Mandarin, Latin letters to be read as English, or what stands between. */
export type Piece = { kind: 'mandarin' | 'latin' | 'between'; text: string }

/** A Chinese line cut where the script changes, its numbers written out. */
export function mandarinPieces(text: string): Piece[] {
  return [...writeOutNumbers(text).matchAll(PIECES)].map(([piece]) => ({
    kind: /^\p{sc=Han}/u.test(piece) ? 'mandarin' : /^\p{sc=Latin}/u.test(piece) ? 'latin' : 'between',
    text: piece,
  }))
}

/** A Chinese line as it will be read: pinyin with spoken tones; words in Latin letters as they stand. */
export function spokenLine(text: string): string {
  return mandarinPieces(text)
    .flatMap(({ kind, text: piece }) => {
      if (kind === 'mandarin') return spokenPinyin(piece).flatMap((word) => word.pinyin)
      return kind === 'latin' ? [piece] : []
    })
    .join(' ')
}

/**
 * The symbols of a Chinese line. `latin` gives those of its English words, in order; a word stays apart from its neighbours by a space,
 * which is what the voice phrases by.
 */
export function mandarinLine(pieces: readonly Piece[], latin: readonly string[]): string {
  const english = [...latin]
  const said = pieces.map(({ kind, text }) => {
    if (kind === 'latin') return ` ${english.shift() ?? ''} `
    if (kind === 'mandarin')
      return spokenPinyin(text)
        .map(({ pinyin }) => pinyin.map(mandarinSymbols).join(''))
        .join(' ')
    return [...text].map((character) => PUNCTUATION[character] ?? character).join('')
  })
  return said
    .join('')
    .replace(/ +/g, ' ')
    .replace(/ (?=[,.!?:;…])/g, '')
    .trim()
}
