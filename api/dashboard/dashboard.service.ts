import type { Database } from '../../prisma/client.ts'
import { toNumber } from '../../shared/money.ts'
import { dayAccount } from '../../shared/spending.ts'
import { queues } from '../../workflows/contract.ts'
import { statusGroups } from '../episodes/status-groups.ts'
import type { HealthChecks } from '../health/health-checks.ts'
import type { Orders } from '../temporal.ts'
import { firingAlerts } from './alertmanager.ts'
import { callsBySlot, firstSoundsSince, newestVerifiedBackup, ordersSince } from './dashboard.repo.ts'
import type { Dashboard } from './dashboard.schema.ts'

const HOUR_SLOTS = 12
const SLOT_SECONDS = 300

export interface DashboardDeps {
  db: Database
  orders: Orders
  checks: HealthChecks
  alertmanagerUrl: string | undefined
}

/** How the house does at this moment, from what each part of it says itself. */
export async function dashboardOf({ db, orders, checks, alertmanagerUrl }: DashboardDeps): Promise<Dashboard> {
  const now = new Date()
  const [answers, today, waiting, spending, providers, unknownCalls, backup, alerts] = await Promise.all([
    checks(),
    todayOf(db, now),
    queuesOf(db, orders),
    spendingOf(db, now),
    providersOf(db, now),
    db.usageLog.count({ where: { status: 'unknown' } }),
    newestVerifiedBackup(db),
    firingAlerts(alertmanagerUrl),
  ])
  return {
    at: now.toISOString(),
    checks: answers,
    today,
    queues: waiting,
    spending,
    providers,
    unknownCalls,
    backup: { isConnected: backup !== undefined, verifiedAt: backup?.toISOString() ?? null },
    alerts,
  }
}

async function todayOf(db: Database, now: Date): Promise<Dashboard['today']> {
  const midnight = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate()))
  const [orders, firstSound] = await Promise.all([ordersSince(db, midnight), firstSoundsSince(db, midnight)])
  const count = (...statuses: readonly string[]) =>
    orders.reduce((sum, { status, _count }) => sum + (statuses.includes(status) ? _count : 0), 0)
  const ready = count('ready')
  const judged = ready + count('failed', 'needs_repair')
  return {
    ordered: orders.reduce((sum, { _count }) => sum + _count, 0),
    ready,
    making: count(...statusGroups.making),
    waiting: count(...statusGroups.waiting),
    failed: count('failed'),
    cancelled: count('cancelling', 'cancelled'),
    successRate: judged === 0 ? null : ready / judged,
    firstSoundMedianMs: rounded(firstSound.median),
    firstSoundP95Ms: rounded(firstSound.p95),
  }
}

const rounded = (ms: number | null) => (ms === null ? null : Math.round(ms))

async function queuesOf(db: Database, orders: Orders): Promise<Dashboard['queues']> {
  const voices = await db.voice.findMany({ distinct: ['provider'], select: { provider: true }, orderBy: { provider: 'asc' } })
  const asked = voices.map(async ({ provider }) => ({ provider, ...(await orders.backlogOf(queues.speech(provider))) }))
  return Promise.all(asked).catch(() => null)
}

async function spendingOf(db: Database, now: Date): Promise<Dashboard['spending']> {
  const [limits, today] = await Promise.all([
    db.spendingLimits.findFirstOrThrow({ where: { id: 'house' } }),
    db.spendingAccount.findFirst({ where: { account: dayAccount(now) } }),
  ])
  return {
    stopped: limits.isStopped,
    spentMicroUsd: toNumber(today?.spentMicroUsd ?? 0n),
    heldMicroUsd: toNumber(today?.heldMicroUsd ?? 0n),
    dailyCapMicroUsd: limits.dailyCapMicroUsd === null ? null : toNumber(limits.dailyCapMicroUsd),
  }
}

async function providersOf(db: Database, now: Date): Promise<Dashboard['providers']> {
  const since = new Date(now.getTime() - HOUR_SLOTS * SLOT_SECONDS * 1000)
  const [known, rows] = await Promise.all([
    db.provider.findMany({ select: { name: true }, orderBy: { name: 'asc' } }),
    callsBySlot(db, since, SLOT_SECONDS),
  ])
  return known.map(({ name }) => {
    const mine = rows.filter(({ provider }) => provider === name)
    const share = (slot: number) => {
      const found = mine.find((one) => one.slot === slot)
      return found ? found.failed / found.calls : null
    }
    return {
      provider: name,
      calls: mine.reduce((sum, { calls }) => sum + calls, 0),
      failed: mine.reduce((sum, { failed }) => sum + failed, 0),
      failedShare: Array.from({ length: HOUR_SLOTS }, (_, slot) => share(slot)),
    }
  })
}
