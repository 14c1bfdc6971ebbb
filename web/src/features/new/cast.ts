import type { Speaker } from '../../lib/draft.ts'
import type { Language, Voice } from '../../lib/types.ts'

export type Cast = Speaker[]

export const castSizes = [1, 2, 3, 4, 5, 6]

/** Names speak the language of the episode, whatever the screen speaks; the same as the server gives. */
const names: Record<Language, readonly string[]> = {
  zh: ['林知远', '周棠', '沈一川', '许诺', '顾南', '叶青'],
  en: ['Alex', 'Maya', 'Theo', 'Grace', 'Leo', 'Nora'],
}

/** The same people, fewer or more of them; newcomers take voices nobody has yet. */
export function resize(cast: Cast, size: number, voices: readonly Voice[], language: Language): Cast {
  const next = cast.slice(0, size)
  while (next.length < size) {
    const taken = (name: string) => next.some((one) => one.name === name)
    const name = names[language].find((candidate) => !taken(candidate)) ?? String(next.length + 1)
    const free = voices.find(({ id }) => !next.some(({ voiceId }) => voiceId === id))
    const voice = free ?? voices[next.length % voices.length]
    if (!voice) break
    next.push({ name, voiceId: voice.id })
  }
  return next
}

/** These people, each with a voice; as many voices as there are, nobody shares one. */
export const castOf = (people: readonly string[], voices: readonly Voice[]): Cast =>
  people.map((name, index) => ({ name, voiceId: voices[index % Math.max(voices.length, 1)]?.id ?? '' }))

export const withSpeaker = (cast: Cast, at: number, part: Partial<Speaker>): Cast =>
  cast.map((one, index) => (index === at ? { ...one, ...part } : one))

/** What is wrong with the names: one is missing, or two are the same. */
export function nameTrouble(cast: readonly { name: string }[]): 'missing' | 'twice' | null {
  const given = cast.map(({ name }) => name.trim())
  if (given.includes('')) return 'missing'
  return new Set(given).size < given.length ? 'twice' : null
}
