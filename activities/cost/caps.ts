import type { Transaction } from '../../prisma/client.ts'
import { HOUSE_USER_ID } from '../../shared/house.ts'
import { dayAccount, episodeAccount, monthAccount, nextDay, nextMonth } from '../../shared/spending.ts'
import type { Cap } from '../../workflows/contract.ts'

/** Who is about to spend, and on what. */
export interface Spender {
  userId: string
  episodeId?: string | undefined
  versionId?: string | undefined
}

/** `held`: the sum does not fit under this cap, whatever becomes of the calls in flight. `busy`: it may, once they have ended. */
export type Verdict = { fits: true } | { fits: false; cap: Cap; isCertain: boolean; againInMs: number | undefined }

interface Caps {
  isStopped: boolean
  dailyCap: bigint | null
  plan: bigint
  budget: bigint | null
  day: bigint
  month: bigint
  episode: bigint
  setAside: bigint
  flyingDay: bigint
  flyingMonth: bigint
  flyingEpisode: bigint
}

/**
 * Whether `microUsd` more may be spent now. `own` is a call that is entered in the books already with this sum: then its accounts are locked, and
 * nobody else can spend what is left before this transaction has ended.
 */
export async function judge(
  tx: Transaction,
  spender: Spender,
  microUsd: bigint,
  own?: string,
  now = new Date(),
): Promise<Verdict> {
  const caps = await readCaps(tx, spender, own, now)
  const entered = own === undefined ? 0n : microUsd
  if (caps.isStopped) return { fits: false, cap: 'stop', isCertain: true, againInMs: undefined }
  // The house's own purchases have no plan.
  const plan = spender.userId === HOUSE_USER_ID ? null : caps.plan - caps.setAside
  const bounds = [
    { cap: 'episode', limit: caps.budget, used: caps.episode, flying: caps.flyingEpisode, until: undefined },
    { cap: 'plan', limit: plan, used: caps.month, flying: caps.flyingMonth, until: nextMonth(now) },
    { cap: 'day', limit: caps.dailyCap, used: caps.day, flying: caps.flyingDay, until: nextDay(now) },
  ] as const
  const over = bounds
    .filter(({ limit, used }) => limit !== null && used - entered + microUsd > limit)
    .map(({ cap, limit, used, flying, until }) => ({
      fits: false as const,
      cap,
      isCertain: used - entered - flying + microUsd > limit!,
      againInMs: until && until.getTime() - now.getTime(),
    }))
  return over.find(({ isCertain }) => isCertain) ?? over[0] ?? { fits: true }
}

/** One statement. What other runs of the user have set aside counts as used; this run's own is what it spends from. */
async function readCaps(
  tx: Transaction,
  { userId, episodeId, versionId }: Spender,
  own: string | undefined,
  now: Date,
): Promise<Caps> {
  const [day, month, episode] = [dayAccount(now), monthAccount(userId, now), episodeAccount(episodeId ?? '')]
  const [caps] = await tx.$queryRaw<Caps[]>`
    SELECT l.is_stopped AS "isStopped", l.daily_cap_micro_usd AS "dailyCap",
      coalesce(u.monthly_limit_micro_usd, l.monthly_plan_micro_usd) AS plan,
      (SELECT budget_micro_usd FROM episodes WHERE id = ${episodeId ?? null}::uuid) AS budget,
      coalesce((SELECT held_micro_usd + spent_micro_usd FROM spending_accounts WHERE account = ${day}), 0) AS day,
      coalesce((SELECT held_micro_usd + spent_micro_usd FROM spending_accounts WHERE account = ${month}), 0) AS month,
      coalesce((SELECT held_micro_usd + spent_micro_usd FROM spending_accounts WHERE account = ${episode}), 0) AS episode,
      (SELECT coalesce(sum(greatest(r.reserved_micro_usd - coalesce(a.held_micro_usd + a.spent_micro_usd, 0), 0)), 0)::bigint
        FROM reservations r LEFT JOIN spending_accounts a ON a.account = 'version:' || r.version_id
        WHERE r.user_id = ${userId} AND r.status = 'open' AND r.version_id IS DISTINCT FROM ${versionId ?? null}::uuid) AS "setAside",
      flying.day AS "flyingDay", flying.month AS "flyingMonth", flying.episode AS "flyingEpisode"
    FROM spending_limits l, users u, (
      SELECT coalesce(sum(c.held_micro_usd) FILTER (WHERE c.started_at >= date_trunc('day', ${now}::timestamptz, 'UTC')), 0)::bigint AS day,
        coalesce(sum(c.held_micro_usd) FILTER
          (WHERE c.user_id = ${userId} AND c.started_at >= date_trunc('month', ${now}::timestamptz, 'UTC')), 0)::bigint AS month,
        coalesce(sum(c.held_micro_usd) FILTER (WHERE c.episode_id = ${episodeId ?? null}::uuid), 0)::bigint AS episode
      FROM usage_logs c WHERE c.status = 'started' AND c.held_micro_usd > 0 AND c.id IS DISTINCT FROM ${own ?? null}::uuid) AS flying
    WHERE u.id = ${userId}`
  if (!caps) throw new Error(`nobody has the id ${userId}, so nobody pays`)
  return caps
}
