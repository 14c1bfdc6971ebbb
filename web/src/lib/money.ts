import type { Language } from './types.ts'

const locale = (language: Language) => (language === 'zh' ? 'zh-CN' : 'en-US')

/** `US$0.06` in Chinese, `$0.06` in English; tenths of a cent only where they matter. */
export function money(microUsd: number, language: Language): string {
  return formatter(microUsd, language).format(microUsd / 1e6)
}

/** What `money` writes before a sum. */
export const dollarSign = (language: Language) => (language === 'zh' ? 'US$' : '$')

export function moneyRange(min: number, max: number, language: Language): string {
  if (min === max) return money(max, language)
  return formatter(min, language)
    .formatRange(min / 1e6, max / 1e6)
    .replace(/\s*[-–]\s*(?:US)?\$?/, '–')
}

/** What somebody typed as dollars, in millionths; null when it is no sum an episode can cost (a thousand dollars at most). */
export function microUsdOf(typed: string): number | null {
  const sum = /^\s*(?:US)?\$?\s*(\d{1,4}(?:[.,]\d{1,6})?)\s*$/.exec(typed)?.[1]
  const microUsd = Math.round(Number((sum ?? '').replace(',', '.')) * 1e6)
  return microUsd >= 1 && microUsd <= 1e9 ? microUsd : null
}

/** The next sum above that one would name: whole cents, from a dollar on tenths. */
export function roundSum(microUsd: number): number {
  const step = microUsd < 1_000_000 ? 10_000 : 100_000
  return Math.ceil(microUsd / step) * step
}

const formatters = new Map<string, Intl.NumberFormat>()

function formatter(microUsd: number, language: Language): Intl.NumberFormat {
  const digits = microUsd === 0 || microUsd >= 100_000 ? 2 : microUsd >= 10_000 ? 3 : 4
  const key = `${language}${digits}`
  const made = formatters.get(key) ?? dollars(language, digits)
  formatters.set(key, made)
  return made
}

const dollars = (language: Language, digits: number) =>
  new Intl.NumberFormat(locale(language), {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: digits,
  })
