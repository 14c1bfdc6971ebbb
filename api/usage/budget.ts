import type { Redis } from 'ioredis'
import type { Database } from '../../prisma/client.ts'
import { announce } from '../../shared/episode-events.ts'
import { episodeAccount } from '../../shared/spending.ts'
import { runningStatuses } from '../episodes/status-groups.ts'
import { updateEpisode } from '../episodes/episodes.repo.ts'
import type { Along, EpisodeRow } from '../episodes/episodes.repo.ts'
import { lockEpisode } from '../episodes/next-version.ts'
import { HttpProblem } from '../http/problem.ts'
import type { Outbox } from '../outbox.ts'
import { dollars } from './set-aside.ts'
import { wakeRuns } from './wake-runs.ts'

export interface BudgetDeps {
  db: Database
  redis: Redis
  outbox: Outbox
}

/**
 * Gives an episode another cap; the run that waits for it goes on. Asked twice at once, the cap that is written last holds. Refused where
 * nothing is spent any more, and below what is spent already.
 */
export async function changeBudget(
  { db, redis, outbox }: BudgetDeps,
  row: EpisodeRow,
  budget: number,
  along?: Along,
): Promise<void> {
  const { id } = row
  const budgetMicroUsd = BigInt(budget)
  const orders = await db.$transaction(async (tx) => {
    await lockEpisode(tx, id)
    const { status, budgetMicroUsd: before } = await tx.episode.findFirstOrThrow({ where: { id } })
    if (!(runningStatuses as readonly string[]).includes(status))
      throw new HttpProblem('wrong-state', 'It is finished, so nothing is spent on it and it needs no other budget.')
    const account = await tx.spendingAccount.findFirst({ where: { account: episodeAccount(id) } })
    const used = (account?.spentMicroUsd ?? 0n) + (account?.heldMicroUsd ?? 0n)
    if (budgetMicroUsd < used)
      throw new HttpProblem('budget-too-low', `It has cost ${dollars(used)} already. Give it a budget of at least that.`)
    if (status === 'paused_budget' && before !== null && budgetMicroUsd < before)
      throw new HttpProblem('budget-too-low', `It waits because ${dollars(before)} are not enough. Give it more, or stop it.`)
    await updateEpisode(tx, row, { budgetMicroUsd })
    await along?.(tx)
    return wakeRuns(tx, { id })
  })
  for (const order of orders) outbox.sendSoon(order)
  await announce(redis, id, [{ type: 'episode' }])
}
