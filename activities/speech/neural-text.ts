import type { Language } from '../../shared/text.ts'
import { englishLines } from './english-symbols.ts'
import type { Espeak, EnglishAccent } from './local-espeak.ts'
import { mandarinLine, mandarinPieces } from './mandarin.ts'

/** A line in the symbols of the neural voice; English words in Chinese, and ideographs in English, in their own sounds. */
export async function lineSymbols(
  text: string,
  language: Language,
  { accent, espeak, signal }: { accent: EnglishAccent; espeak: Espeak; signal: AbortSignal },
): Promise<string> {
  if (language === 'en' && !/\p{sc=Han}/u.test(text)) return (await englishLines([text], accent, espeak, signal))[0] ?? ''
  const pieces = mandarinPieces(text)
  const latin = pieces.filter(({ kind }) => kind === 'latin').map((piece) => piece.text)
  return mandarinLine(pieces, await englishLines(latin, accent, espeak, signal))
}
