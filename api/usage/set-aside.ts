import type { Database, Transaction } from '../../prisma/client.ts'
import type { EpisodeRow } from '../episodes/episodes.repo.ts'
import type { PersonId } from '../http/authorized.ts'
import { HttpProblem } from '../http/problem.ts'
import { monthAccount } from '../../shared/spending.ts'

/** What a person's plan allows in this calendar month (UTC), and what is gone of it. Sums in micro-USD. */
export interface Plan {
  limit: bigint
  spent: bigint
  /** Of calls whose end is not known. */
  held: bigint
  /** By runs that have not spent it yet. */
  setAside: bigint
}

/** Never below nothing: a plan may be made smaller than what is spent. */
export const leftOf = (plan: Plan): bigint => {
  const left = plan.limit - plan.spent - plan.held - plan.setAside
  return left > 0n ? left : 0n
}

export async function planOf(db: Database | Transaction, userId: PersonId, now = new Date()): Promise<Plan> {
  const [plan] = await db.$queryRaw<Plan[]>`
    SELECT coalesce(u.monthly_limit_micro_usd, l.monthly_plan_micro_usd) AS "limit",
      coalesce(a.spent_micro_usd, 0) AS spent, coalesce(a.held_micro_usd, 0) AS held,
      (SELECT coalesce(sum(greatest(r.reserved_micro_usd - coalesce(v.held_micro_usd + v.spent_micro_usd, 0), 0)), 0)::bigint
        FROM reservations r LEFT JOIN spending_accounts v ON v.account = 'version:' || r.version_id
        WHERE r.user_id = u.id AND r.status = 'open') AS "setAside"
    FROM spending_limits l, users u LEFT JOIN spending_accounts a ON a.account = ${monthAccount(userId, now)}
    WHERE u.id = ${userId}`
  return plan!
}

/**
 * Sets money aside for a version, in the order's own transaction. Throws `over-plan`, nothing written, when the plan has less left: whoever
 * orders at the same moment waits for this transaction, so the same money is not set aside twice.
 */
export async function setAside(
  tx: Transaction,
  { versionId, userId, microUsd }: { versionId: string; userId: PersonId; microUsd: bigint },
): Promise<void> {
  await requireInPlan(tx, userId, microUsd)
  await tx.reservation.create({ data: { versionId, userId, reservedMicroUsd: microUsd } })
}

/**
 * What is set aside for an unfinished current version whose script was changed: what it has cost and what is to come, at most its budget. What it needs more than before must
 * be left of the plan, else `over-plan` as above; less is always allowed.
 */
export async function setAsideAnew(tx: Transaction, { userId, versions }: EpisodeRow, toComeMicroUsd: bigint): Promise<void> {
  const versionId = versions[0]!.id
  const open = await tx.reservation.findFirst({
    where: { versionId, status: 'open' },
    include: { version: { select: { episode: { select: { budgetMicroUsd: true } } } } },
  })
  if (!open) return
  const { _sum } = await tx.usageLog.aggregate({ where: { versionId }, _sum: { costMicroUsd: true } })
  const whole = (_sum.costMicroUsd ?? 0n) + toComeMicroUsd
  const { budgetMicroUsd } = open.version.episode
  const reservedMicroUsd = budgetMicroUsd !== null && budgetMicroUsd < whole ? budgetMicroUsd : whole
  await requireInPlan(tx, userId, reservedMicroUsd - open.reservedMicroUsd)
  await tx.reservation.update({ where: { versionId }, data: { reservedMicroUsd } })
}

async function requireInPlan(tx: Transaction, userId: PersonId, microUsd: bigint): Promise<void> {
  if (microUsd <= 0n) return
  await tx.$executeRaw`
    INSERT INTO spending_accounts AS a (account) VALUES (${monthAccount(userId, new Date())})
    ON CONFLICT (account) DO UPDATE SET held_micro_usd = a.held_micro_usd`
  const left = leftOf(await planOf(tx, userId))
  if (microUsd > left)
    throw new HttpProblem(
      'over-plan',
      `This needs up to ${dollars(microUsd)}, and your plan has ${dollars(left)} left this month. Give it a smaller budget, make it shorter, choose a voice that costs less, or ask an administrator for a larger plan. Nothing was stored or charged.`,
    )
}

/** `US$0.04`; a plan is never said to have more than it has. */
export const dollars = (microUsd: bigint): string => {
  const rest = (microUsd % 1_000_000n)
    .toString()
    .padStart(6, '0')
    .replace(/0{1,4}$/, '')
  return `US$${microUsd / 1_000_000n}.${rest}`
}
