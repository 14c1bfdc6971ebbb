import type { Language } from './text.ts'

/** A word as it is written, and how it is to be said: a respelling. Without a language it counts in both. */
export interface Pronunciation {
  word: string
  say: string
  language?: Language
}

const wordKey = ({ word, language }: Pronunciation) => `${language ?? ''} ${word.toLowerCase()}`

/** Several dictionaries as one. The first that has a word wins: an episode's own stands before its owner's. */
export function joinDictionaries(...dictionaries: readonly (readonly Pronunciation[])[]): Pronunciation[] {
  const first = dictionaries[0] ?? []
  const known = new Set<string>()
  const anyLanguage = new Set(first.filter(({ language }) => !language).map(({ word }) => word.toLowerCase()))
  return dictionaries.flat().filter((entry) => {
    const isNew = !known.has(wordKey(entry)) && (first.includes(entry) || !anyLanguage.has(entry.word.toLowerCase()))
    known.add(wordKey(entry))
    return isNew
  })
}

/**
 * Makes a text's words be said as the dictionary has it. The leftmost word first, of those the longest; what was replaced is not looked at again. A word
 * that begins or ends with a Latin letter or a digit is found whole only, in capitals or not; ideographs wherever they stand.
 */
export function pronouncer(dictionary: readonly Pronunciation[], language: Language): (text: string) => string {
  const sayings = new Map<string, string>()
  // What is meant for this language stands before what is meant for both.
  const fitting = dictionary.filter((entry) => !entry.language || entry.language === language)
  for (const { word, say } of fitting.toSorted((a, b) => Number(!a.language) - Number(!b.language))) {
    if (!sayings.has(word.toLowerCase())) sayings.set(word.toLowerCase(), say)
  }
  if (sayings.size === 0) return (text) => text
  const words = [...sayings.keys()].toSorted((a, b) => b.length - a.length).map(wholeWord)
  const pattern = new RegExp(words.join('|'), 'giu')
  return (text) => text.replace(pattern, (found) => sayings.get(found.toLowerCase()) ?? found)
}

const LETTER = String.raw`[\p{sc=Latin}\p{M}\p{N}]`

function wholeWord(word: string): string {
  const letter = new RegExp(LETTER, 'u')
  const characters = [...word]
  const escaped = word.replace(/[\\^$.*+?()[\]{}|/-]/g, String.raw`\$&`)
  return `${letter.test(characters[0]!) ? `(?<!${LETTER})` : ''}${escaped}${letter.test(characters.at(-1)!) ? `(?!${LETTER})` : ''}`
}
