import { z } from 'zod'
import { episodeOf } from '../episodes/episode-view.ts'
import { episodeSchema } from '../episodes/episodes.schema.ts'
import type { EpisodeService } from '../episodes/episodes.service.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { Reads } from '../reads.ts'
import { changeBudget } from './budget.ts'
import type { BudgetDeps } from './budget.ts'
import { receiptOf } from './receipt.ts'
import { planView, usageOf } from './usage-view.ts'
import * as schema from './usage.schema.ts'

const params = z.object({ id: z.uuid() })

/** What a person spends, on what, and how much they let it be. */
export function usageRoutes(deps: BudgetDeps & { reads: Reads; episodes: EpisodeService }): Route[] {
  const { db, reads, episodes } = deps
  return [
    route({
      method: 'get',
      path: '/api/usage',
      summary: 'What you spent, by day, provider or episode, and what your plan has left.',
      access: 'user',
      query: schema.usageQuerySchema,
      answers: { 200: { description: 'The sums.', schema: schema.ownUsageSchema } },
      handler: async ({ caller, query }) => {
        const [usage, plan] = await Promise.all([
          reads.by(caller.userId, (reader) => usageOf(reader, query, caller.userId)),
          // What is left is what an order is judged by: that is never a moment old.
          planView(db, caller.userId),
        ])
        return { status: 200, body: { ...usage, plan } }
      },
    }),
    route({
      method: 'get',
      path: '/api/episodes/{id}/receipt',
      summary: 'Every call an episode made, what each cost, and what cost nothing.',
      access: 'user',
      params,
      answers: { 200: { description: 'The receipt.', schema: schema.receiptSchema } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id } }) => ({ status: 200, body: await receiptOf(db, await episodes.own(caller, id)) }),
    }),
    route({
      method: 'post',
      path: '/api/episodes/{id}/budget',
      summary: 'Change what an episode may cost; a run that waits for it goes on.',
      access: 'user',
      limit: 'create',
      params,
      body: schema.budgetSchema,
      answers: { 200: { description: 'The episode; the run goes on a moment later.', schema: episodeSchema } },
      problems: ['not-found', 'wrong-state', 'budget-too-low'],
      handler: async ({ caller, params: { id }, body }) => {
        await changeBudget(deps, await episodes.own(caller, id), body.budgetMicroUsd)
        return { status: 200, body: await episodeOf(db, await episodes.own(caller, id)) }
      },
    }),
  ]
}
