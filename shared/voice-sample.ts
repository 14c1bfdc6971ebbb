import type { Language } from './text.ts'

const sentences: Record<Language, string> = {
  zh: '你上一次抬头看见银河，是什么时候？',
  en: 'When did you last look up and see the Milky Way?',
}

const isKnown = (language: string): language is Language => Object.hasOwn(sentences, language)

/** What a voice is heard by: a sentence in each language it speaks, as one text, so that it is one call. */
export function sampleText(languages: readonly string[]): { text: string; language: Language } {
  const known = languages.filter(isKnown)
  const [language = 'zh'] = known
  return { language, text: (known.length > 0 ? known : [language]).map((one) => sentences[one]).join(' ') }
}
