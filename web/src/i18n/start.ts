import { langTag } from '../lib/lang-tag.ts'
import { readStored, writeStored } from '../lib/stored.ts'
import type { Language } from '../lib/types.ts'
import { speak } from './translation.ts'

/** Only the language in use is loaded. */
const loadWords = { zh: () => import('./zh/all.ts'), en: () => import('./en/all.ts') }

const isLanguage = (word: string | null): word is Language => word === 'zh' || word === 'en'

/** As chosen before, else as the browser says; who reads neither is likelier to read English. */
function firstLanguage(): Language {
  const stored = readStored('language')
  if (isLanguage(stored)) return stored
  const known = navigator.languages.map((tag) => tag.slice(0, 2).toLowerCase()).find(isLanguage)
  return known ?? 'en'
}

export const startLanguage = () => show(firstLanguage())

export async function switchLanguage(language: Language) {
  await show(language)
  writeStored('language', language)
}

async function show(language: Language) {
  const { words } = await loadWords[language]()
  speak(language, words)
  document.documentElement.lang = langTag(language)
}
