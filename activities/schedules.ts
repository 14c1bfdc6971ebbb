import { createHash } from 'node:crypto'
import { ScheduleAlreadyRunning, ScheduleNotFoundError, ScheduleOverlapPolicy } from '@temporalio/client'
import type { Client, ScheduleOptions } from '@temporalio/client'
import { queues, workflowNames } from '../workflows/contract.ts'
import type { ReconcileInput } from '../workflows/contract.ts'

const input: ReconcileInput = { mode: 'safe' }

/** Every night, when few listen: looks at everything, mends what can be mended without deleting, and lets go what people gave and never used. */
const reconcileNightly = {
  scheduleId: 'reconcile-nightly',
  spec: { calendars: [{ hour: 4, minute: 17 }] },
  policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '12h' },
  action: {
    type: 'startWorkflow',
    workflowType: workflowNames.reconcile,
    workflowId: 'reconcile-nightly',
    taskQueue: queues.episodes,
    args: [input],
  },
} as const satisfies ScheduleOptions

/** Every day, an hour before the store is looked through: a backup, restored once to prove it. */
const backupDaily = {
  scheduleId: 'backup-daily',
  spec: { calendars: [{ hour: 3, minute: 7 }] },
  policies: { overlap: ScheduleOverlapPolicy.SKIP, catchupWindow: '12h' },
  action: {
    type: 'startWorkflow',
    workflowType: workflowNames.runBackup,
    workflowId: 'backup-daily',
    taskQueue: queues.episodes,
    args: [],
  },
} as const satisfies ScheduleOptions

/** Sees to it that Temporal keeps our schedules as they are written here. One that somebody paused stays paused. Safe to repeat, and side by side. */
export async function ensureSchedules(temporal: Client): Promise<void> {
  await ensureSchedule(temporal, reconcileNightly)
  await ensureSchedule(temporal, backupDaily)
}

async function ensureSchedule(temporal: Client, schedule: typeof reconcileNightly | typeof backupDaily): Promise<void> {
  const { scheduleId, spec, policies, action } = schedule
  // The server answers a schedule in another shape than it was given in, so the note says which one it was made from.
  const note = `made from ${createHash('sha256').update(JSON.stringify(schedule)).digest('hex').slice(0, 12)}`
  const handle = temporal.schedule.getHandle(scheduleId)
  try {
    const { state } = await handle.describe()
    if (state.note === note) return
    await handle.update((now) => ({ ...now, spec, policies, action, state: { ...now.state, note } }))
  } catch (error) {
    if (!(error instanceof ScheduleNotFoundError)) throw error
    await temporal.schedule.create({ ...schedule, state: { note } }).catch((other: unknown) => {
      if (!(other instanceof ScheduleAlreadyRunning)) throw other
    })
  }
}
