import { hasSpeech } from '../../shared/text.ts'
import type { Language } from '../../shared/text.ts'
import { pronouncer } from '../../shared/pronunciation.ts'
import type { Pronunciation } from '../../shared/pronunciation.ts'
import type { SpeechProvider } from './port.ts'
import { splitForProvider } from './split-for-provider.ts'
import { spokenText } from './spoken-text.ts'
import { sha256 } from '../storage/objects.ts'

/** A part of a line that is asked for in one call, and what that call is known by. */
export interface Piece {
  key: string
  text: string
}

/**
 * What a provider is asked to say for a line: the shown text with the words of its dictionary respelled, and, where the provider needs
 * it, with numbers, dates, money and signs written out.
 */
export function saidText(
  text: string,
  dictionary: readonly Pronunciation[],
  language: Language,
  provider: Pick<SpeechProvider, 'needsWords'> | undefined,
): string {
  const said = pronouncer(dictionary, language)(text)
  return provider?.needsWords ? heardText(said, language) : said
}

/** What is heard in the end, whoever writes it out: the length of an answer is judged by it. Run again it changes nothing. */
export const heardText = (said: string, language: Language): string =>
  spokenText(said, /\p{sc=Han}/u.test(said) && !/\p{sc=Latin}/u.test(said) ? 'zh' : language)

/**
 * A line in the pieces its model takes; one that fits is a single piece under the line's own key. Each has a key of its own, so that a piece that was
 * paid for is not bought again because another one went wrong. Pieces in which nothing is said are left out.
 */
export function piecesOf(said: string, contentKey: string, maxCharacters = Infinity): Piece[] {
  const pieces = said.length > maxCharacters ? splitForProvider(said, maxCharacters).filter(hasSpeech) : [said]
  if (pieces.length === 1) return [{ key: contentKey, text: pieces[0]! }]
  return pieces.map((text, index) => ({ key: `${contentKey}.${index}.${sha256(text)}`, text }))
}
