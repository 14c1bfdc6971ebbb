import type { CataloguePrice, CatalogueVoice } from './catalogue.ts'

// Paces measured on a line or three of each voice.
const people = [
  { language: 'zh', file: 'zf_xiaoxiao', name: '晓晓', nameEn: 'Xiaoxiao', gender: 'female', unitsPerSecond: 5 },
  { language: 'zh', file: 'zm_yunjian', name: '云健', nameEn: 'Yunjian', gender: 'male', unitsPerSecond: 5.2 },
  { language: 'zh', file: 'zf_xiaoyi', name: '晓伊', nameEn: 'Xiaoyi', gender: 'female', unitsPerSecond: 5.2 },
  { language: 'zh', file: 'zm_yunxi', name: '云希', nameEn: 'Yunxi', gender: 'male', unitsPerSecond: 5.6 },
  { language: 'en', file: 'af_heart', name: '心心', nameEn: 'Heart', gender: 'female', unitsPerSecond: 16 },
  { language: 'en', file: 'am_michael', name: '迈克尔', nameEn: 'Michael', gender: 'male', unitsPerSecond: 16 },
  { language: 'en', file: 'bf_emma', name: '艾玛', nameEn: 'Emma', gender: 'female', unitsPerSecond: 17 },
  { language: 'en', file: 'am_fenrir', name: '芬里尔', nameEn: 'Fenrir', gender: 'male', unitsPerSecond: 17.5 },
] as const

/**
 * The neural voices that need no key. On offer while a worker has their weights and the memory for them (`shared/neural-presence.ts`); they rank
 * before the preview, and behind what somebody pays for.
 */
export const neuralVoices: (CatalogueVoice & { rank: number })[] = people.map(
  ({ language, file, name, nameEn, gender, unitsPerSecond }, at) => ({
    id: `neural-${file.replace('_', '-')}`,
    provider: 'neural',
    providerVoice: file,
    model: 'kokoro-82m',
    name,
    nameEn,
    languages: [language],
    gender,
    label: 'local neural voice',
    settings: { unitsPerSecond },
    rank: at - people.length,
  }),
)

/** They cost this machine's time and nothing else. */
export const neuralPrices: CataloguePrice[] = [
  { provider: 'neural', model: 'kokoro-82m', unit: 'character', microUsd: 0n, perUnits: 1_000_000 },
]
