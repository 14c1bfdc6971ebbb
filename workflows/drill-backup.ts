import { CancellationScope, TemporalFailure } from '@temporalio/workflow'
import { backuper } from './activity-options.ts'
import type { BackupRef } from './contract.ts'
import { failureOf } from './voicing-window.ts'

/** Restores a backup that is kept already into a scratch database once more, and compares. */
export async function drillBackup(ref: BackupRef): Promise<void> {
  try {
    await backuper.drillBackup(ref)
    await backuper.endDrill(ref)
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error
    await CancellationScope.nonCancellable(() => backuper.endDrill({ ...ref, failure: failureOf(error) }))
    throw error
  }
}
