import polyglotI18nProvider from 'ra-i18n-polyglot'
import { messages as en } from './en/index.ts'
import { messages as zh } from './zh/index.ts'

const languages = { zh, en }

/** Chinese unless the person chose English; both are small enough to travel in one piece. */
export const i18nProvider = polyglotI18nProvider((locale) => (locale === 'en' ? languages.en : languages.zh), 'zh', [
  { locale: 'zh', name: '中文' },
  { locale: 'en', name: 'English' },
])
