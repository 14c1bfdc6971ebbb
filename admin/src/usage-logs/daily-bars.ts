import type { Usage } from '../records.ts'

const DAY_MS = 86_400_000

export interface Bar {
  day: string
  costMicroUsd: number
  /** From the ground up; `below`: what lies under it. */
  parts: { provider: string; below: number; costMicroUsd: number }[]
}

const named = (at: number) => new Date(at).toISOString().slice(0, 10)

/** So many days, today's among them. Days are UTC, as money is. */
export const daysBack = (days: number, now = new Date()) => ({
  from: named(now.getTime() - (days - 1) * DAY_MS),
  to: named(now.getTime()),
})

/** A bar for each day, also for those without a call; what costs nothing has no part in it. */
export function barsOf(usage: Pick<Usage, 'to' | 'items'>, days: number): { bars: Bar[]; providers: string[]; highest: number } {
  const byDay = new Map(usage.items.map((item) => [item.key, item]))
  const last = Date.parse(usage.to)
  const bars = Array.from({ length: days }, (_, index) => {
    const day = named(last - (days - 1 - index) * DAY_MS)
    return barOf(day, byDay.get(day)?.parts ?? [])
  })
  const providers = [...new Set(bars.flatMap(({ parts }) => parts.map(({ provider }) => provider)))].sort()
  return { bars, providers, highest: Math.max(0, ...bars.map(({ costMicroUsd }) => costMicroUsd)) }
}

function barOf(day: string, calls: Usage['items'][number]['parts']): Bar {
  const sums = new Map<string, number>()
  for (const { provider, costMicroUsd } of calls) sums.set(provider, (sums.get(provider) ?? 0) + costMicroUsd)
  let below = 0
  const parts = [...sums]
    .filter(([, costMicroUsd]) => costMicroUsd > 0)
    .sort(([a], [b]) => a.localeCompare(b))
    .map(([provider, costMicroUsd]) => {
      const part = { provider, below, costMicroUsd }
      below += costMicroUsd
      return part
    })
  return { day, costMicroUsd: below, parts }
}
