import { langTag } from '../lib/lang-tag.ts'
import { readStored, writeStored } from '../lib/stored.ts'
import type { Language } from '../lib/types.ts'
import { speak } from './translation.ts'

/** Only the language in use is loaded, and of it first what the first pages say. */
const loadWords = { zh: () => import('./zh/all.ts'), en: () => import('./en/all.ts') }
const loadMore = { zh: () => import('./zh/later.ts'), en: () => import('./en/later.ts') }

let spoken: Language = 'zh'
let wantsAll = false

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
  spoken = language
  const [{ words }, more] = await Promise.all([loadWords[language](), wantsAll ? loadMore[language]() : null])
  if (spoken !== language) return
  // A page of later words that comes up in another way shows them as soon as they are here.
  const onMissing = more ? undefined : () => void loadAllWords().catch(() => undefined)
  speak(language, { ...words, ...more?.words }, onMissing)
  document.documentElement.lang = langTag(language)
}

let all: Promise<void> | undefined

function loadAllWords(): Promise<void> {
  wantsAll = true
  all ??= show(spoken).catch((error: unknown) => {
    // The next page that needs them tries again.
    all = undefined
    wantsAll = false
    throw error
  })
  return all
}

/** A page that is loaded when it is asked for, and with it the words that only such pages say. */
export async function withWords<T>(page: Promise<T>): Promise<T> {
  const [loaded] = await Promise.all([page, loadAllWords()])
  return loaded
}
