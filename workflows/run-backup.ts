import { defineSearchAttributeKey } from '@temporalio/common'
import { CancellationScope, TemporalFailure, workflowInfo } from '@temporalio/workflow'
import { backuper, quick } from './activity-options.ts'
import { failureOf } from './voicing-window.ts'

const scheduledFor = defineSearchAttributeKey('TemporalScheduledStartTime', 'DATETIME')

/**
 * Makes a backup and proves it: nothing counts before it was restored into a scratch database and compared. One scheduled time is one backup, however
 * often it is started, and two at once are one.
 */
export async function runBackup(): Promise<void> {
  const { workflowId, typedSearchAttributes } = workflowInfo()
  const time = typedSearchAttributes.get(scheduledFor)
  const { isOver, ...ref } = await quick.beginBackup({ key: time ? `scheduled ${time.toISOString()}` : workflowId, workflowId })
  if (isOver) return
  try {
    await backuper.dumpDatabase(ref)
    await backuper.drillBackup(ref)
    await backuper.keepBackup(ref)
    await backuper.pruneBackups(ref)
    await backuper.endBackup(ref)
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error
    await CancellationScope.nonCancellable(() => backuper.endBackup({ ...ref, failure: failureOf(error) }))
    throw error
  }
}
