import { createStore } from '../lib/store.ts'
import type { Language } from '../lib/types.ts'
import type { words as zh } from './zh/all.ts'
import type { words as zhLater } from './zh/later.ts'

// Forty lines instead of i18next: typed keys, plurals and values are all this app needs, and 15 KB of the first load are saved.

type Dictionary = typeof zh & typeof zhLater
type Leaf<K extends string> = K extends `${infer Stem}_other` ? Stem : K
type Keys<T, Path extends string = ''> = {
  [K in keyof T & string]: T[K] extends string ? `${Path}${Leaf<K>}` : Keys<T[K], `${Path}${K}.`>
}[keyof T & string]

/** Every key there is: `new.title`; `episode.lines` for `lines_one` and `lines_other`. */
export type WordKey = Keys<Dictionary>

interface Nested {
  [key: string]: string | Nested | undefined
}

export type Values = Record<string, string | number>

export interface Translation {
  language: Language
  t: (key: WordKey, values?: Values) => string
}

const spoken = createStore<Translation | null>(null)

/** `onMissing` is told when a word is asked for that is not there: it may be one that is loaded later, and is shown once it came. */
export function speak(language: Language, words: Nested, onMissing?: () => void) {
  const { form, number } = formsOf(language)
  const find = (path: string) =>
    path.split('.').reduce<Nested[string]>((at, name) => (typeof at === 'object' ? at[name] : undefined), words)
  const t = (key: string, values: Values = {}) => {
    const count = values['count']
    const found = find(key) ?? (typeof count === 'number' ? find(`${key}_${form(count)}`) : undefined) ?? find(`${key}_other`)
    if (typeof found !== 'string') {
      onMissing?.()
      return onMissing ? '' : key
    }
    return found.replace(/{{(\w+)}}/g, (_, name: string) => {
      const value = values[name] ?? ''
      return typeof value === 'number' ? number(value) : value
    })
  }
  spoken.set({ language, t })
}

/**
 * Plurals and numbers by Intl, whose data is heavy to wake on a phone: it is woken only where it says more than is plain. Chinese has one form,
 * and a small whole number is written as it is in both languages.
 */
function formsOf(language: Language) {
  let plural: Intl.PluralRules | undefined
  let numbers: Intl.NumberFormat | undefined
  return {
    form: (count: number) => (language === 'zh' ? 'other' : (plural ??= new Intl.PluralRules(language)).select(count)),
    number: (value: number) =>
      Number.isInteger(value) && value >= 0 && value < 1000
        ? String(value)
        : (numbers ??= new Intl.NumberFormat(language)).format(value),
  }
}

/** The words of the screen's language; `start` has loaded them before the first component. */
export function useTranslation(): Translation {
  const translation = spoken.use()
  if (!translation) throw new Error('no language was started')
  return translation
}
