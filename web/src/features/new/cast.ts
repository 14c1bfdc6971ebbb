import type { Estimate, Language, Voice } from '../../lib/types.ts'

export type Cast = Estimate['speakers']

export const castSizes = [1, 2, 3, 4, 5, 6]

/** Names speak the language of the episode, whatever the screen speaks. */
const names: Record<Language, readonly string[]> = {
  zh: ['林知远', '周棠', '阿澈', '青禾', '望舒', '陆衡'],
  en: ['Maya', 'Tom', 'Ada', 'Leo', 'Iris', 'Sam'],
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

export const withVoice = (cast: Cast, at: number, voiceId: string): Cast =>
  cast.map((one, index) => (index === at ? { ...one, voiceId } : one))
