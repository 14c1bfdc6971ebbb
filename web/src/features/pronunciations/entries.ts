import type { components } from '../../../../api/openapi.d.ts'

export type Entry = components['schemas']['Pronunciation']
export type EpisodeDictionary = components['schemas']['EpisodeDictionary']
export type Remake = components['schemas']['Remake']

/** As the API has them. */
export const mostEntries = 200
export const mostWordLetters = 60
export const mostSayLetters = 120

const pinyin = /[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ]|\b[a-zü]+[1-5]\b/iu
const sameWord = (one: Entry, other: Entry) =>
  one.word.toLowerCase() === other.word.toLowerCase() && one.language === other.language

export type Hindrance = 'needsWord' | 'needsSay' | 'twice' | 'pinyin' | 'tooMany'

/** At which field it is said. */
export const fieldOfHindrance = { needsWord: 'word', needsSay: 'say', twice: 'word', pinyin: 'say', tooMany: 'word' } as const

/** Why an entry cannot stand in the list yet; `at` is the one it takes the place of. */
export function hindranceOf(entries: readonly Entry[], entry: Entry, at: number | null): Hindrance | null {
  if (!/[\p{L}\p{N}]/u.test(entry.word)) return 'needsWord'
  if (!/[\p{L}\p{N}]/u.test(entry.say)) return 'needsSay'
  if (/\p{sc=Han}/u.test(entry.word) && pinyin.test(entry.say)) return 'pinyin'
  if (entries.some((other, index) => index !== at && sameWord(other, entry))) return 'twice'
  return at === null && entries.length >= mostEntries ? 'tooMany' : null
}

export const sameEntries = (one: readonly Entry[], other: readonly Entry[]) => JSON.stringify(one) === JSON.stringify(other)
