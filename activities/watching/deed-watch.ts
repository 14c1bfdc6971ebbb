import type { Context } from '@temporalio/activity'
import type { ActivityExecuteInput, ActivityInterceptorsFactory } from '@temporalio/worker'
import { Counter, Histogram } from 'prom-client'
import type { ErrorReports } from '../../shared/watching/error-reports.ts'
import { episodeIn, marked } from '../../shared/watching/marks.ts'
import { isFailure, isHeld } from '../failures.ts'

const durations = new Histogram({
  name: 'aimake_deed_duration_seconds',
  help: 'How long the tries of a deed take, whatever their end.',
  labelNames: ['deed', 'queue'],
  buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60, 300, 900],
})
const deeds = new Counter({
  name: 'aimake_deeds_total',
  help: 'Tries of a deed: ok, held (no money for it now), failed (foreseen; it says whether to come again) or broken (nobody foresaw it).',
  labelNames: ['deed', 'queue', 'outcome'],
})

/** Times and counts every deed of a worker, marks what it logs with its episode, and reports what nobody foresaw. */
export const watchDeeds =
  (reports: ErrorReports): ActivityInterceptorsFactory =>
  (context) => ({
    inbound: {
      execute: (input, next) => watched(reports, context, input, () => next(input)),
    },
  })

async function watched(
  reports: ErrorReports,
  { info }: Context,
  input: ActivityExecuteInput,
  work: () => Promise<unknown>,
): Promise<unknown> {
  const { activityType: deed, taskQueue: queue, workflowExecution } = info
  const { episodeId = episodeIn(workflowExecution?.workflowId ?? '') } = (input.args[0] ?? {}) as { episodeId?: string }
  const end = durations.startTimer({ deed, queue })
  return marked(episodeId ? { episodeId } : {}, () =>
    reports.trace(deed, async () => {
      try {
        const made = await work()
        deeds.inc({ deed, queue, outcome: 'ok' })
        return made
      } catch (error) {
        const isForeseen = isFailure(error)
        deeds.inc({ deed, queue, outcome: isHeld(error) ? 'held' : isForeseen ? 'failed' : 'broken' })
        if (!isForeseen) reports.report(error, deed)
        throw error
      } finally {
        end()
      }
    }),
  )
}
