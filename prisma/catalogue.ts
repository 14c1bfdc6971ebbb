/** What a new store begins with. Voices and prices are rows from then on: the console changes them, not this file. */

export interface CatalogueVoice {
  id: string
  provider: string
  providerVoice: string
  model: string
  name: string
  nameEn: string
  languages: string[]
  gender: 'female' | 'male'
  label: string
  /** Meant for its provider alone, but for the pace. */
  settings: { unitsPerSecond: number; variant?: string; pitch?: number }
}

// Median pitch in Mandarin (Hz) measured: 188, 90, 232, 69, 143, and 109 with a dark timbre; steps of at least three semitones.
const timbres = [
  { letter: 'a', name: '清亮', nameEn: 'Clear', gender: 'female', variant: 'f3', pitch: 55 },
  { letter: 'b', name: '平稳', nameEn: 'Steady', gender: 'male', variant: '', pitch: 50 },
  { letter: 'c', name: '高扬', nameEn: 'Bright', gender: 'female', variant: 'f5', pitch: 70 },
  { letter: 'd', name: '低沉', nameEn: 'Deep', gender: 'male', variant: 'm1', pitch: 30 },
  { letter: 'e', name: '沉静', nameEn: 'Calm', gender: 'female', variant: 'f4', pitch: 40 },
  { letter: 'f', name: '温厚', nameEn: 'Warm', gender: 'male', variant: 'm7', pitch: 75 },
] as const

/** Measured pace of espeak-ng at 190 (Mandarin) and 160 words a minute, in spoken units a second. */
const paces = { zh: 3.9, en: 15.5 }

/** The voices that need no key: espeak-ng, a robot's voice, named a preview. */
export const localVoices: CatalogueVoice[] = (['zh', 'en'] as const).flatMap((language) =>
  timbres.map(({ letter, name, nameEn, gender, variant, pitch }) => ({
    id: `local-${language}-${letter}`,
    provider: 'local',
    providerVoice: `local-${language}-${letter}`,
    model: 'espeak-ng',
    name,
    nameEn,
    languages: [language],
    gender,
    label: 'local preview',
    settings: { variant, pitch, unitsPerSecond: paces[language] },
  })),
)

/** How many calls at once a plan of each provider usually allows; an administrator sets what theirs does. */
export const providers = [
  { name: 'openai', concurrency: 10 },
  { name: 'elevenlabs', concurrency: 5 },
]

export interface CataloguePrice {
  provider: string
  model: string
  unit: string
  microUsd: bigint
  perUnits: number
}

/** Language models: micro-USD for a million tokens read, and for a million written. */
export const modelPrices: CataloguePrice[] = [{ model: 'gpt-6-luna', input: 100_000n, output: 500_000n }].flatMap(
  ({ model, input, output }) => [
    { provider: 'openai', model, unit: 'input-token', microUsd: input, perUnits: 1_000_000 },
    { provider: 'openai', model, unit: 'output-token', microUsd: output, perUnits: 1_000_000 },
  ],
)

/** What costs nothing has a price of nothing; what has no price at all is refused. */
export const localPrices: CataloguePrice[] = ['espeak-ng', 'extractive-1', 'own-script-1', 'verbatim-1'].map((model) => ({
  provider: 'local',
  model,
  unit: 'character',
  microUsd: 0n,
  perUnits: 1_000_000,
}))
