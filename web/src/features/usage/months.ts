import { locale } from '../../lib/time.ts'
import type { Language } from '../../lib/types.ts'

// Months are `YYYY-MM` and UTC, as the house books them.

export const monthOf = (date: Date) => date.toISOString().slice(0, 7)

export function monthsFrom(month: string, by: number): string {
  const [year, number] = month.split('-').map(Number) as [number, number]
  return monthOf(new Date(Date.UTC(year, number - 1 + by, 1)))
}

/** First and last day. */
export function daysOf(month: string): { from: string; to: string; count: number } {
  const last = new Date(Date.parse(`${monthsFrom(month, 1)}-01T00:00:00Z`) - 1)
  return { from: `${month}-01`, to: last.toISOString().slice(0, 10), count: last.getUTCDate() }
}

export const monthName = (month: string, language: Language) =>
  new Intl.DateTimeFormat(locale(language), { year: 'numeric', month: 'long', timeZone: 'UTC' }).format(new Date(`${month}-01`))

export const dayName = (day: string, language: Language) =>
  new Intl.DateTimeFormat(locale(language), { month: 'long', day: 'numeric', timeZone: 'UTC' }).format(new Date(day))
