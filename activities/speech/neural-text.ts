import type { Language } from '../../shared/text.ts'
import { englishLines } from './english-symbols.ts'
import type { Espeak, EnglishAccent } from './local-espeak.ts'
import { mandarinLine, mandarinPieces } from './mandarin.ts'
import { spokenText } from './spoken-text.ts'

/**
 * A line, raw or written out for the ear already, in the symbols of the neural voice; English words in Chinese, and ideographs in English, in
 * their own sounds.
 */
export async function lineSymbols(
  text: string,
  language: Language,
  { accent, espeak, signal }: { accent: EnglishAccent; espeak: Espeak; signal: AbortSignal },
): Promise<string> {
  const said = spokenText(text, language)
  if (language === 'en' && !/\p{sc=Han}/u.test(said)) return (await englishLines([said], accent, espeak, signal))[0] ?? ''
  const pieces = mandarinPieces(said)
  const latin = pieces.filter(({ kind }) => kind === 'latin').map((piece) => piece.text)
  return mandarinLine(pieces, await englishLines(latin, accent, espeak, signal))
}
