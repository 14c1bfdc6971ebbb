import { useLocale } from 'react-admin'

const tags: Record<string, string> = { zh: 'zh-CN', en: 'en-US' }

/** Money, times and lengths as a reader of `locale` writes them; `Intl` knows the units' names. */
export function formatsFor(locale: string) {
  const tag = tags[locale] ?? 'zh-CN'
  const money = new Intl.NumberFormat(tag, {
    style: 'currency',
    currency: 'USD',
    minimumFractionDigits: 2,
    maximumFractionDigits: 6,
  })
  const cents = new Intl.NumberFormat(tag, { style: 'currency', currency: 'USD' })
  const small = new Intl.NumberFormat(tag, { style: 'currency', currency: 'USD', maximumSignificantDigits: 2 })
  const dayAndTime = { month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const thisYear = new Intl.DateTimeFormat(tag, dayAndTime)
  const anyYear = new Intl.DateTimeFormat(tag, { ...dayAndTime, year: 'numeric' })
  const toTheSecond = new Intl.DateTimeFormat(tag, { ...dayAndTime, second: '2-digit' })
  const dayOnly = new Intl.DateTimeFormat(tag, { month: 'short', day: 'numeric', timeZone: 'UTC' })
  const clock = new Intl.DateTimeFormat(tag, { hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' })
  const count = new Intl.NumberFormat(tag)
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 })
  const unit = (value: number, name: 'second' | 'millisecond', digits = 0) =>
    new Intl.NumberFormat(tag, {
      style: 'unit',
      unit: name,
      unitDisplay: 'short',
      minimumFractionDigits: digits,
      maximumFractionDigits: 1,
    }).format(value)
  return {
    money: (microUsd: number) => money.format(microUsd / 1_000_000),
    /** A sum to be seen at a glance: to the cent, a smaller one to its first two figures. */
    roughMoney: (microUsd: number) => (microUsd > 0 && microUsd < 10_000 ? small : cents).format(microUsd / 1_000_000),
    moment: (iso: string) => {
      const date = new Date(iso)
      return (date.getFullYear() === new Date().getFullYear() ? thisYear : anyYear).format(date)
    },
    /** As `moment`, to the second: two calls are told apart. */
    instant: (iso: string) => toTheSecond.format(new Date(iso)),
    /** A day of money: `YYYY-MM-DD`, UTC. */
    day: (iso: string) => dayOnly.format(new Date(iso)),
    clock: (iso: string) => clock.format(new Date(iso)),
    count: (value: number) => count.format(value),
    share: (value: number) => percent.format(value),
    /** How long something took: `2.6 秒`, from two minutes on `3:07`. */
    span: (ms: number) =>
      ms < 1000
        ? unit(Math.round(ms), 'millisecond')
        : ms < 120_000
          ? unit(ms / 1000, 'second', ms < 10_000 ? 1 : 0)
          : clockLength(ms),
    /** How long something sounds, as a player writes it. */
    length: clockLength,
    /** A mark of a time axis. */
    tick: (ms: number) => (ms < 120_000 ? unit(Math.round(ms / 1000), 'second') : clockLength(ms)),
  }
}

function clockLength(ms: number): string {
  const seconds = Math.round(ms / 1000)
  const two = (value: number) => String(value).padStart(2, '0')
  const minutes = Math.floor(seconds / 60)
  if (minutes < 60) return `${minutes}:${two(seconds % 60)}`
  return `${Math.floor(minutes / 60)}:${two(minutes % 60)}:${two(seconds % 60)}`
}

export const useFormats = () => formatsFor(useLocale())
