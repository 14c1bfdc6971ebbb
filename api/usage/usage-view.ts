import type { Database, Reader } from '../../prisma/client.ts'
import { toNumber } from '../../shared/money.ts'
import { nextMonth } from '../../shared/spending.ts'
import type { Everybody, PersonId } from '../http/authorized.ts'
import { HttpProblem } from '../http/problem.ts'
import { leftOf, planOf } from './set-aside.ts'
import { usageRows } from './usage.repo.ts'
import type { UsageGroup, UsageRow } from './usage.repo.ts'
import type { Usage } from './usage.schema.ts'

interface UsageAsked {
  from?: string | undefined
  to?: string | undefined
  group: UsageGroup
}

const MOST_DAYS = 366
const DAY_MS = 86_400_000

/** What was spent between two days, by a person or by everybody. */
export async function usageOf(reader: Reader, asked: UsageAsked, of: PersonId | Everybody): Promise<Usage> {
  const { group } = asked
  const { from, to } = daysOf(asked)
  const rows = await usageRows(reader, { from, to, group, of })
  const items = [...Map.groupBy(rows, ({ key }) => key)].map(([key, parts]) => itemOf(key, parts))
  return {
    from,
    to,
    group,
    items: group === 'day' ? items : items.toSorted((a, b) => b.costMicroUsd - a.costMicroUsd),
    totals: {
      ...sumsOf(rows),
      unknownUpToMicroUsd: toNumber(rows.reduce((sum, { unknownUpTo }) => sum + unknownUpTo, 0n)),
    },
  }
}

export async function planView(db: Database, userId: PersonId) {
  const plan = await planOf(db, userId)
  return {
    limitMicroUsd: toNumber(plan.limit),
    spentMicroUsd: toNumber(plan.spent),
    heldMicroUsd: toNumber(plan.held),
    setAsideMicroUsd: toNumber(plan.setAside),
    leftMicroUsd: toNumber(leftOf(plan)),
    resetsAt: nextMonth(new Date()).toISOString(),
  }
}

function daysOf({ from, to }: UsageAsked): { from: string; to: string } {
  const today = new Date().toISOString().slice(0, 10)
  const last = to ?? today
  const first = from ?? `${last.slice(0, 7)}-01`
  const days = (Date.parse(last) - Date.parse(first)) / DAY_MS
  if (days < 0) throw new HttpProblem('invalid-request', 'from: a day that is not after `to`.')
  if (days >= MOST_DAYS) throw new HttpProblem('invalid-request', `from, to: at most ${MOST_DAYS} days at once.`)
  return { from: first, to: last }
}

const itemOf = (key: string, rows: UsageRow[]) => ({
  key,
  name: rows[0]!.name,
  ...sumsOf(rows),
  parts: rows.map(({ provider, step, calls, cost }) => ({ provider, step, calls, costMicroUsd: toNumber(cost) })),
})

const sumsOf = (rows: UsageRow[]) => ({
  calls: rows.reduce((sum, { calls }) => sum + calls, 0),
  unknownCalls: rows.reduce((sum, { unknownCalls }) => sum + unknownCalls, 0),
  costMicroUsd: toNumber(rows.reduce((sum, { cost }) => sum + cost, 0n)),
})
