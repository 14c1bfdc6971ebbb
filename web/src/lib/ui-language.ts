import { useTranslation } from '../i18n/translation.ts'
import type { Language } from './types.ts'

/** The language the screen speaks. */
export const useUiLanguage = (): Language => useTranslation().language
