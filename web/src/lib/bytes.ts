import { locale } from './time.ts'
import type { Language } from './types.ts'

/** `4.2 MB`, `380 kB`. */
export function bytesInWords(bytes: number, language: Language): string {
  const [value, unit] = bytes < 1e6 ? [bytes / 1e3, 'kilobyte'] : [bytes / 1e6, 'megabyte']
  return new Intl.NumberFormat(locale(language), {
    style: 'unit',
    unit,
    unitDisplay: 'short',
    maximumFractionDigits: value < 100 && unit === 'megabyte' ? 1 : 0,
  }).format(value)
}
