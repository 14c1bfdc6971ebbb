import { z } from 'zod'
import { episodeInConsole } from '../episodes/episodes.repo.ts'
import type { Along, EpisodeRow } from '../episodes/episodes.repo.ts'
import { statusSchema } from '../episodes/episodes.schema.ts'
import type { EpisodeService } from '../episodes/episodes.service.ts'
import type { RetryService } from '../episodes/retry.service.ts'
import { route } from '../http/route.ts'
import type { Caller, Route } from '../http/route.ts'
import type { Reads } from '../reads.ts'
import { changeBudget } from '../usage/budget.ts'
import type { BudgetDeps } from '../usage/budget.ts'
import { receiptOf } from '../usage/receipt.ts'
import { budgetSchema, receiptSchema } from '../usage/usage.schema.ts'
import { toNumber } from '../../shared/money.ts'
import { adminEpisode, adminEpisodes } from './admin.repo.ts'
import * as schema from './admin.schema.ts'
import { adminEpisodeDetail, adminEpisodesOf } from './admin-view.ts'
import { audit } from './audit.ts'
import { readList } from './list-query.ts'

export interface AdminEpisodeDeps extends BudgetDeps {
  reads: Reads
  episodes: EpisodeService
  retries: RetryService
  workflowUrl: (workflowId: string, runId: string | null) => string | null
}

const params = z.object({ id: z.uuid() })
const text = z.string().max(100).optional()
const filter = z.strictObject({ q: text, status: statusSchema.optional(), userId: text })

/** Every episode, whoever's it is, and what can be done about it. */
export function adminEpisodeRoutes(deps: AdminEpisodeDeps): Route[] {
  const { db, reads, episodes, retries, workflowUrl } = deps
  /** Does something to somebody's episode; that it was done is written in the same step. */
  async function act(
    name: 'cancel' | 'repair' | 'retry' | 'budget',
    { id, caller, requestId }: { id: string; caller: Caller; requestId: string },
    work: (row: EpisodeRow, along: Along) => Promise<void>,
  ): Promise<void> {
    const row = await episodeInConsole(db, caller, id)
    await work(row, async (tx) => {
      const after = stateOf(await tx.episode.findFirstOrThrow({ where: { id } }))
      await audit(tx, { caller, requestId, action: `episode.${name}`, subject: `episode:${id}`, before: stateOf(row), after })
    })
  }
  return [
    route({
      method: 'get',
      path: '/api/admin/episodes',
      summary: 'All episodes.',
      access: 'support',
      query: schema.adminListQuerySchema,
      answers: { 200: { description: 'A page of them.', schema: schema.adminEpisodesSchema } },
      handler: async ({ caller, query }) => {
        const list = readList(query, filter, ['createdAt', 'updatedAt', 'title', 'status'])
        const body = await reads.by(caller.userId, async (reader) => {
          const { rows, total } = await adminEpisodes(reader, caller, list)
          return { data: await adminEpisodesOf(reader, rows), total }
        })
        return { status: 200, body }
      },
    }),
    route({
      method: 'get',
      path: '/api/admin/episodes/{id}',
      summary: 'An episode with its steps, lines and paid calls.',
      access: 'support',
      params,
      answers: { 200: { description: 'The episode.', schema: schema.adminEpisodeDetailSchema } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id } }) => {
        const row = await adminEpisode(db, caller, id)
        return { status: 200, body: await adminEpisodeDetail(db, caller, row, workflowUrl) }
      },
    }),
    route({
      method: 'get',
      path: '/api/admin/episodes/{id}/receipt',
      summary: 'Every call an episode made, what each cost, and what cost nothing.',
      access: 'support',
      params,
      answers: { 200: { description: 'The receipt.', schema: receiptSchema } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id } }) => ({
        status: 200,
        body: await receiptOf(db, await episodeInConsole(db, caller, id)),
      }),
    }),
    route({
      method: 'post',
      path: '/api/admin/episodes/{id}/cancel',
      summary: "Stop somebody's episode.",
      access: 'admin',
      params,
      answers: { 202: { description: 'It is being stopped.', schema: null } },
      problems: ['not-found', 'wrong-state'],
      handler: async ({ params: { id }, caller, requestId }) => {
        await act('cancel', { id, caller, requestId }, (row, along) => episodes.cancel(row, along))
        return { status: 202 }
      },
    }),
    route({
      method: 'post',
      path: '/api/admin/episodes/{id}/repair',
      summary: "Let somebody's run go on that waits for a repair.",
      access: 'admin',
      limit: 'create',
      params,
      answers: { 202: { description: 'The run goes on.', schema: null } },
      problems: ['not-found', 'wrong-state'],
      handler: async ({ params: { id }, caller, requestId }) => {
        await act('repair', { id, caller, requestId }, (row, along) => episodes.repair(row, along))
        return { status: 202 }
      },
    }),
    route({
      method: 'get',
      path: '/api/admin/episodes/{id}/retry',
      summary: 'What making it again would still have to make, and the most that would cost its owner.',
      access: 'support',
      params,
      answers: { 200: { description: 'The estimate.', schema: schema.retrySchema } },
      problems: ['not-found', 'wrong-state', 'unknown-voice', 'price-unknown'],
      handler: async ({ caller, params: { id } }) => {
        const { linesKept, maxMicroUsd, isExact } = await retries.plan(db, await episodeInConsole(db, caller, id))
        return { status: 200, body: { linesKept, maxMicroUsd: toNumber(maxMicroUsd), exact: isExact } }
      },
    }),
    route({
      method: 'post',
      path: '/api/admin/episodes/{id}/retry',
      summary: 'Make again what was stopped or failed for good. What is written and voiced of it stays.',
      access: 'admin',
      limit: 'create',
      params,
      answers: { 202: { description: 'It is being made, as its next version.', schema: null } },
      problems: ['not-found', 'wrong-state', 'unknown-voice', 'price-unknown', 'over-plan'],
      handler: async ({ params: { id }, caller, requestId }) => {
        await act('retry', { id, caller, requestId }, (row, along) => retries.retry(caller, row, along))
        return { status: 202 }
      },
    }),
    route({
      method: 'post',
      path: '/api/admin/episodes/{id}/budget',
      summary: "Change what somebody's episode may cost; a run that waits for it goes on.",
      access: 'admin',
      params,
      body: budgetSchema,
      answers: { 202: { description: 'The run goes on a moment later.', schema: null } },
      problems: ['not-found', 'wrong-state', 'budget-too-low'],
      handler: async ({ params: { id }, body, caller, requestId }) => {
        await act('budget', { id, caller, requestId }, (row, along) => changeBudget(deps, row, body.budgetMicroUsd, along))
        return { status: 202 }
      },
    }),
  ]
}

const stateOf = ({
  status,
  currentVersion,
  budgetMicroUsd,
}: Pick<EpisodeRow, 'status' | 'currentVersion' | 'budgetMicroUsd'>) => ({
  status,
  version: currentVersion,
  budgetMicroUsd: budgetMicroUsd === null ? null : toNumber(budgetMicroUsd),
})
