import type { CataloguePrice } from './catalogue.ts'

/** The voices, models and prices of the paid providers that a new store begins with. They are rows from then on. */

type Gender = 'female' | 'male'

const voicesOf = (provider: string, model: string, firstRank: number, names: readonly (readonly [string, string, Gender])[]) =>
  names.map(([providerVoice, name, gender], index) => ({
    id: `${provider}-${name.toLowerCase()}`,
    provider,
    providerVoice,
    model,
    name,
    nameEn: name,
    languages: ['zh', 'en'],
    gender,
    label: null,
    settings: {},
    // Below nothing: whoever pays for a provider wants its voices before the local preview.
    rank: firstRank + index,
  }))

// The voices every account has. Women and men take turns, so that two speakers chosen by rank are told apart.
const elevenLabsVoices = voicesOf('elevenlabs', 'eleven_multilingual_v2', -200, [
  ['EXAVITQu4vr4xnSDxMaL', 'Sarah', 'female'],
  ['JBFqnCBsd6RMkjVDRZzb', 'George', 'male'],
  ['XrExE9yKIg1WjnnlVkGX', 'Matilda', 'female'],
  ['nPczCjzI2devNBz1zQrb', 'Brian', 'male'],
  ['Xb7hH8MSUJpSbSDYk0k2', 'Alice', 'female'],
  ['onwK4e9ZLuTAKqWW03F9', 'Daniel', 'male'],
])
const openAiVoices = voicesOf('openai', 'gpt-4o-mini-tts', -100, [
  ['nova', 'Nova', 'female'],
  ['onyx', 'Onyx', 'male'],
  ['coral', 'Coral', 'female'],
  ['ash', 'Ash', 'male'],
  ['shimmer', 'Shimmer', 'female'],
  ['echo', 'Echo', 'male'],
])

export const paidVoices = [...elevenLabsVoices, ...openAiVoices]

const openAiEnds = new Date('2027-01-06T00:00:00Z')
const speech = (provider: string, model: string, maxCharacters: number, shutDownAt: Date | null = null) => ({
  provider,
  model,
  kind: 'speech',
  maxCharacters,
  languages: ['zh', 'en'],
  shutDownAt,
})

/** What each model takes at once, and the day it stops answering. */
export const models = [
  speech('openai', 'gpt-4o-mini-tts', 4096, openAiEnds),
  speech('openai', 'tts-1', 4096, openAiEnds),
  speech('openai', 'tts-1-hd', 4096, openAiEnds),
  speech('elevenlabs', 'eleven_multilingual_v2', 10_000),
  speech('elevenlabs', 'eleven_v3', 5_000),
]

const perMillion = (provider: string, model: string, microUsd: bigint): CataloguePrice => ({
  provider,
  model,
  unit: 'character',
  microUsd,
  perUnits: 1_000_000,
})

/** Micro-dollars a million characters: 0.000015 and 0.00030 dollars a character, as the founding plan has them; the HD model costs twice as much. */
export const paidPrices: CataloguePrice[] = [
  perMillion('openai', 'gpt-4o-mini-tts', 15_000_000n),
  perMillion('openai', 'tts-1', 15_000_000n),
  perMillion('openai', 'tts-1-hd', 30_000_000n),
  perMillion('elevenlabs', 'eleven_multilingual_v2', 300_000_000n),
  perMillion('elevenlabs', 'eleven_v3', 300_000_000n),
]
