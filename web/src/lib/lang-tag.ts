import type { Language } from './types.ts'

/** The `lang` of a fragment: decides its fonts, its commas and the voice of a screen reader. */
export const langTag = (language: Language) => (language === 'zh' ? 'zh-CN' : 'en')
