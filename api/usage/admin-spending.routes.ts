import { z } from 'zod'
import { adminUserSchema } from '../admin/admin.schema.ts'
import { adminUsersOf } from '../admin/admin-view.ts'
import type { Database, Prisma, Transaction } from '../../prisma/client.ts'
import { toNumber } from '../../shared/money.ts'
import { dayAccount } from '../../shared/spending.ts'
import { HttpProblem } from '../http/problem.ts'
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
    db.spendingLimits.findUniqueOrThrow({ where: { id: 'house' } }),
    db.spendingAccount.findUnique({ where: { account: dayAccount(new Date()) } }),
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

/** One change of a cap: written, audited, and told to the runs that wait, all or nothing. */
async function change<T>(
  { db, outbox }: Pick<SpendingDeps, 'db' | 'outbox'>,
  work: (tx: Transaction) => Promise<{ made: T; wake: string[] }>,
): Promise<T> {
  const { made, wake } = await db.$transaction(work)
  for (const order of wake) outbox.sendSoon(order)
  return made
}

export interface SpendingDeps {
  db: Database
  reads: Reads
  outbox: Outbox
}

/** The house's own caps, and what all users spend. A change holds from the next call on, over all workers. */
export function adminSpendingRoutes(deps: SpendingDeps): Route[] {
  const { db, reads } = deps
  return [
    route({
      method: 'get',
      path: '/api/admin/settings',
      summary: 'The caps that hold for everybody, and how far today has come.',
      access: 'admin',
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
        await change(deps, async (tx) => {
          await tx.$queryRaw`SELECT 1 FROM spending_limits FOR UPDATE`
          const before = await tx.spendingLimits.findUniqueOrThrow({ where: { id: 'house' } })
          const made = await tx.spendingLimits.update({
            where: { id: 'house' },
            data: {
              ...(spendingStopped !== undefined && { isStopped: spendingStopped }),
              ...(dailyCapMicroUsd !== undefined && { dailyCapMicroUsd }),
              ...(monthlyPlanMicroUsd !== undefined && { monthlyPlanMicroUsd }),
            },
          })
          await tx.auditLog.create({
            data: {
              actorId: caller.userId,
              action: 'settings.change',
              subject: 'settings',
              before: settingsOf(before),
              after: settingsOf(made),
              requestId,
            },
          })
          return { made, wake: await wakeRuns(tx, {}) }
        })
        return { status: 200, body: await settingsView(db) }
      },
    }),
    route({
      method: 'patch',
      path: '/api/admin/users/{id}',
      summary: 'Change what a user may spend in a month. Their runs that wait for it go on.',
      access: 'admin',
      params: z.object({ id: z.string().max(100) }),
      body: schema.changeUserSchema,
      answers: { 200: { description: 'The user.', schema: adminUserSchema } },
      problems: ['not-found'],
      handler: async ({ params: { id }, body: { monthlyLimitMicroUsd }, caller, requestId }) => {
        const user = await change(deps, async (tx) => {
          await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${id} FOR UPDATE`
          const before = await tx.user.findUnique({ where: { id } })
          if (!before) throw new HttpProblem('not-found', 'There is no such user.')
          const made = await tx.user.update({ where: { id }, data: { monthlyLimitMicroUsd } })
          const was = before.monthlyLimitMicroUsd
          await tx.auditLog.create({
            data: {
              actorId: caller.userId,
              action: 'user.limit',
              subject: `user:${id}`,
              before: { monthlyLimitMicroUsd: was === null ? null : toNumber(was) },
              after: { monthlyLimitMicroUsd },
              requestId,
            },
          })
          return { made, wake: await wakeRuns(tx, { userId: id }) }
        })
        const [body] = await adminUsersOf(db, [user])
        return { status: 200, body }
      },
    }),
    route({
      method: 'get',
      path: '/api/admin/usage',
      summary: 'What everybody spent, by day, provider or user.',
      access: 'admin',
      query: schema.adminUsageQuerySchema,
      answers: { 200: { description: 'The sums.', schema: schema.usageSchema } },
      handler: async ({ caller, query }) => ({
        status: 200,
        body: await reads.by(caller.userId, (reader) => usageOf(reader, query, undefined)),
      }),
    }),
  ]
}
