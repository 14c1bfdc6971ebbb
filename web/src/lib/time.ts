import type { Language } from './types.ts'

export const locale = (language: Language) => (language === 'zh' ? 'zh-CN' : 'en')

/** `0:52`, `12:30`, `1:02:09`. */
export function clock(ms: number): string {
  const seconds = Math.floor(ms / 1000)
  const [h, m, s] = [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60]
  const two = (n: number) => String(n).padStart(2, '0')
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`
}

/** `50 秒`, `8 分钟`; `50 seconds`, `8 minutes`. Rounded as one would say it. */
export function spokenLength(ms: number, language: Language): string {
  const seconds = ms / 1000
  if (seconds < 10) return unit(Math.max(1, Math.round(seconds)), 'second', language)
  if (seconds < 55) return unit(Math.round(seconds / 5) * 5, 'second', language)
  if (seconds < 5400) return unit(Math.max(1, Math.round(seconds / 60)), 'minute', language)
  return unit(Math.round(seconds / 360) / 10, 'hour', language)
}

const units = new Map<string, Intl.NumberFormat>()

function unit(value: number, name: 'second' | 'minute' | 'hour', language: Language) {
  const format =
    units.get(language + name) ?? new Intl.NumberFormat(locale(language), { style: 'unit', unit: name, unitDisplay: 'long' })
  units.set(language + name, format)
  return format
    .format(value)
    .replace('秒钟', '秒')
    .replace(/(\d)(?=[\u4e00-\u9fff])/, '$1 ')
}

/** Today `21:12`, this year `11 月 20 日`, else with the year. */
export function shortDate(iso: string, language: Language, now = new Date()): string {
  const date = new Date(iso)
  const sameYear = date.getFullYear() === now.getFullYear()
  const days = Math.round((startOfDay(now) - startOfDay(date)) / 86_400_000)
  if (days === 0) return date.toLocaleTimeString(locale(language), { hour: '2-digit', minute: '2-digit', hour12: false })
  if (days === 1 || days === 2) {
    return new Intl.RelativeTimeFormat(locale(language), { numeric: 'auto' }).format(-days, 'day')
  }
  const options: Intl.DateTimeFormatOptions = { month: language === 'zh' ? 'long' : 'short', day: 'numeric' }
  if (!sameYear) options.year = 'numeric'
  return date
    .toLocaleDateString(locale(language), options)
    .replace(/(\d+)([年月日])/g, ' $1 $2')
    .trim()
}

const startOfDay = (date: Date) => new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime()
