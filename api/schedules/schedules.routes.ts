import { z } from 'zod'
import type { Database } from '../../prisma/client.ts'
import { adminListQuerySchema } from '../admin/admin.schema.ts'
import { audit } from '../admin/audit.ts'
import { pageOf } from '../admin/list-query.ts'
import { HttpProblem } from '../http/problem.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { Orders } from '../temporal.ts'

const time = z.iso.datetime()
const scheduleSchema = z
  .object({
    id: z.string(),
    workflow: z.string().meta({ description: 'What it begins.' }),
    paused: z.boolean(),
    nextAt: z.array(time).meta({ description: 'The next few times; empty while it is paused.' }),
    running: z.int().meta({ description: 'Of its runs, how many go on now.' }),
    last: z.object({ startedAt: time, workflowUrl: z.string().nullable() }).nullable(),
    runs: z.int().meta({ description: 'How often it has begun.' }),
    skipped: z
      .int()
      .meta({ description: 'How often it did not begin, because the run before still went on or the server was away.' }),
  })
  .meta({ id: 'Schedule' })

export interface ScheduleRouteDeps {
  db: Database
  orders: Orders
  workflowUrl: (workflowId: string, runId: string | null) => string | null
}

const params = z.object({ id: z.string().max(200) })
const deeds = {
  pause: 'Let a schedule begin nothing until it is resumed.',
  resume: 'Let a paused schedule begin again.',
  'run-now': 'Begin what a schedule begins, now. While one of it still runs, nothing happens.',
} as const
type Deed = keyof typeof deeds

/** What begins by itself. Temporal keeps it; this is a view of it, and the three things one does with it. */
export function scheduleRoutes({ db, orders, workflowUrl }: ScheduleRouteDeps): Route[] {
  type Described = Awaited<ReturnType<Orders['schedules']>>[number]
  function view({ scheduleId, action, state, info }: Described) {
    const last = info.recentActions.at(-1)
    return {
      id: scheduleId,
      workflow: action.type === 'startWorkflow' ? action.workflowType : action.type,
      paused: state.paused,
      nextAt: state.paused ? [] : info.nextActionTimes.slice(0, 3).map((at) => at.toISOString()),
      running: info.runningActions.length,
      last: last
        ? {
            startedAt: last.takenAt.toISOString(),
            workflowUrl: workflowUrl(last.action.workflow.workflowId, last.action.workflow.firstExecutionRunId),
          }
        : null,
      runs: info.numActionsTaken,
      skipped: info.numActionsSkippedOverlap + info.numActionsMissedCatchupWindow,
    }
  }
  async function found(id: string): Promise<Described> {
    const described = await asked(() => orders.schedule(id))
    if (!described) throw new HttpProblem('not-found', 'There is no such schedule.')
    return described
  }
  const deed = <D extends Deed>(name: D) =>
    route({
      method: 'post',
      path: `/api/admin/schedules/{id}/${name}`,
      summary: deeds[name],
      access: 'admin',
      params,
      answers: { 200: { description: 'As it is now.', schema: scheduleSchema } },
      problems: ['not-found'],
      handler: async ({ params: { id }, caller, requestId }) => {
        const before = await found(id)
        const note = `${name} by ${caller.email}`
        await asked(() =>
          name === 'pause'
            ? orders.pauseSchedule(id, note)
            : name === 'resume'
              ? orders.resumeSchedule(id, note)
              : orders.runSchedule(id),
        )
        const after = await found(id)
        await audit(db, {
          caller,
          requestId,
          action: `schedule.${name}`,
          subject: `schedule:${id}`,
          before: { paused: before.state.paused, runs: before.info.numActionsTaken },
          after: { paused: after.state.paused, runs: after.info.numActionsTaken },
        })
        return { status: 200, body: view(after) }
      },
    })
  return [
    route({
      method: 'get',
      path: '/api/admin/schedules',
      summary: 'What begins by itself, and when next.',
      access: 'support',
      query: adminListQuerySchema,
      answers: { 200: { description: 'All of them.', schema: z.object({ data: z.array(scheduleSchema), total: z.int() }) } },
      handler: async ({ query }) => {
        const all = await asked(() => orders.schedules())
        const rows = all.map(view).toSorted((a, b) => a.id.localeCompare(b.id))
        return { status: 200, body: pageOf(rows, query) }
      },
    }),
    deed('pause'),
    deed('resume'),
    deed('run-now'),
  ]
}

/** Temporal's own errors are many; whichever it is, nothing was done and it can be asked again. */
async function asked<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask()
  } catch {
    throw new HttpProblem('unavailable', 'Temporal does not answer now. Try again soon.', { retryAfterSeconds: 5 })
  }
}
