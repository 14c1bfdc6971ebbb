import { LONE_LETTERS, letterNames } from './letter-names.ts'
import { mandarinSymbols } from './mandarin-symbols.ts'
import { spokenPinyin } from './mandarin-pinyin.ts'
import { spokenText } from './spoken-text.ts'

const PIECES =
  /\p{sc=Han}+|\p{sc=Latin}[\p{sc=Latin}\p{M}\d'’.&+@/-]*(?:\s+(?=\p{sc=Latin})\p{sc=Latin}[\p{sc=Latin}\p{M}\d'’.&+@/-]*)*|[^\p{sc=Han}\p{sc=Latin}]+/gu
const PUNCTUATION: Record<string, string> = {
  '，': ', ', '、': ', ', '。': '. ', '．': '. ', '！': '! ', '？': '? ', '：': ': ', '；': '; ', '（': ' (', '）': ') ', '…': '… ', '—': '— ',
  '“': ' “', '”': '” ', '「': ' “', '」': '” ', '《': ' “', '》': '” ',
} // prettier-ignore

/** A stretch of a Chinese line: words to be read as Mandarin, as English, letter by letter, or what stands between. */
export type Piece = { kind: 'mandarin' | 'latin' | 'letters' | 'between'; text: string }

/** A Chinese line cut where the script changes, written out as it is said. */
export function mandarinPieces(text: string): Piece[] {
  return [...spokenText(text, 'zh').matchAll(PIECES)].flatMap(([piece]): Piece[] => {
    if (/^\p{sc=Latin}/u.test(piece)) return latinPieces(piece)
    return [{ kind: /^\p{sc=Han}/u.test(piece) ? 'mandarin' : 'between', text: piece }]
  })
}

const latinPieces = (text: string): Piece[] =>
  text
    .split(LONE_LETTERS)
    .map((piece, at): Piece => ({ kind: at % 2 ? 'letters' : 'latin', text: piece.trim() }))
    .filter((piece) => piece.text)

/** A Chinese line as it will be read: pinyin with spoken tones; words in Latin letters as they stand. */
export function spokenLine(text: string): string {
  return mandarinPieces(text)
    .flatMap(({ kind, text: piece }) => {
      if (kind === 'mandarin') return spokenPinyin(piece).flatMap((word) => word.pinyin)
      return kind === 'between' ? [] : [piece]
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
    if (kind === 'letters') return ` ${letterNames(text)} `
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
