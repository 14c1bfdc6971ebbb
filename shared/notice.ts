import type { Language } from './text.ts'

/**
 * Said at the start of what synthetic voices read: China's rules ask for an audible notice that names artificial intelligence and
 * synthesis (GB 45438-2025).
 */
export const NOTICES: Record<Language, string> = {
  zh: '本节目由人工智能合成。',
  en: 'This programme was made with artificial intelligence.',
}
