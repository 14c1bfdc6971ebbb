import type { Database, Prisma } from '../../prisma/client.ts'
import { toNumber } from '../../shared/money.ts'
import { dayAccount } from '../../shared/spending.ts'
import { audit } from '../admin/audit.ts'
import { everybodyInConsole } from '../http/authorized.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { Outbox } from '../outbox.ts'
import type { Reads } from '../reads.ts'
import { usageOf } from './usage-view.ts'
import * as schema from './usage.schema.ts'
import { wakeRuns } from './wake-runs.ts'

type LimitsRow = Prisma.SpendingLimitsGetPayload<object>

const settingsOf = ({ isStopped, dailyCapMicroUsd, monthlyPlanMicroUsd }: LimitsRow) => ({
  spendingStopped: isStopped,
  dailyCapMicroUsd: dailyCapMicroUsd === null ? null : toNumber(dailyCapMicroUsd),
  monthlyPlanMicroUsd: toNumber(monthlyPlanMicroUsd),
})

async function settingsView(db: Database) {
  const [limits, today, pausedEpisodes] = await Promise.all([
    db.spendingLimits.findFirstOrThrow({ where: { id: 'house' } }),
    db.spendingAccount.findFirst({ where: { account: dayAccount(new Date()) } }),
    db.episode.count({ where: { status: 'paused_budget' } }),
  ])
  return {
    ...settingsOf(limits),
    todayMicroUsd: toNumber(today?.spentMicroUsd ?? 0n),
    todayHeldMicroUsd: toNumber(today?.heldMicroUsd ?? 0n),
    pausedEpisodes,
    updatedAt: limits.updatedAt.toISOString(),
  }
}

export interface SpendingDeps {
  db: Database
  reads: Reads
  outbox: Outbox
}

/** The house's own caps, and what all users spend. A change holds from the next call on, over all workers. */
export function adminSpendingRoutes({ db, reads, outbox }: SpendingDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/admin/settings',
      summary: 'The caps that hold for everybody, and how far today has come.',
      access: 'support',
      answers: { 200: { description: 'As they are.', schema: schema.settingsSchema } },
      handler: async () => ({ status: 200, body: await settingsView(db) }),
    }),
    route({
      method: 'patch',
      path: '/api/admin/settings',
      summary: 'Change a cap, or stop and allow all spending. Runs that wait for it go on.',
      access: 'admin',
      body: schema.changeSettingsSchema,
      answers: { 200: { description: 'As they are now.', schema: schema.settingsSchema } },
      handler: async ({ body, caller, requestId }) => {
        const { spendingStopped, dailyCapMicroUsd, monthlyPlanMicroUsd } = body
        const wake = await db.$transaction(async (tx) => {
          await tx.$queryRaw`SELECT 1 FROM spending_limits FOR UPDATE`
          const before = await tx.spendingLimits.findFirstOrThrow({ where: { id: 'house' } })
          const made = await tx.spendingLimits.update({
            where: { id: 'house' },
            data: {
              ...(spendingStopped !== undefined && { isStopped: spendingStopped }),
              ...(dailyCapMicroUsd !== undefined && { dailyCapMicroUsd }),
              ...(monthlyPlanMicroUsd !== undefined && { monthlyPlanMicroUsd }),
            },
          })
          await audit(tx, {
            caller,
            requestId,
            action: 'settings.change',
            subject: 'settings:house',
            before: settingsOf(before),
            after: settingsOf(made),
          })
          return wakeRuns(tx, {})
        })
        for (const order of wake) outbox.sendSoon(order)
        return { status: 200, body: await settingsView(db) }
      },
    }),
    route({
      method: 'get',
      path: '/api/admin/usage',
      summary: 'What everybody spent, by day, provider or user.',
      access: 'support',
      query: schema.adminUsageQuerySchema,
      answers: { 200: { description: 'The sums.', schema: schema.usageSchema } },
      handler: async ({ caller, query }) => ({
        status: 200,
        body: await reads.by(caller.userId, (reader) => usageOf(reader, query, everybodyInConsole(caller))),
      }),
    }),
  ]
}
