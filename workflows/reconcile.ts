import { CancellationScope, TemporalFailure, workflowInfo } from '@temporalio/workflow'
import { keeper, quick } from './activity-options.ts'
import type { LostEpisode, ReconcileInput } from './contract.ts'
import { failureOf } from './voicing-window.ts'

/**
 * Holds what is stored against what is true: episodes without a run, what ended runs have left open, objects nobody uses. It reports, and mends as
 * far as `mode` allows. Whatever it mends is looked at once more in the moment it is changed, so that work in flight is never hit;
 * a second time it finds nothing.
 */
export async function reconcile({ mode, allowMany = false }: ReconcileInput): Promise<void> {
  const input = { mode, allowMany }
  const { runId } = await quick.beginReconcile({ ...input, workflowId: workflowInfo().workflowId })
  const ref = { ...input, runId }
  try {
    const lost = await keeper.findLostEpisodes(ref)
    if (mode !== 'report' && lost.length > 0) {
      for (const episode of lost) await takeCareOf(episode)
      await quick.noteLostEpisodes({ ...ref, mended: lost.length })
    }
    await keeper.reconcileRows(ref)
    await keeper.reconcileObjects(ref)
    await quick.endReconcile(ref)
  } catch (error) {
    if (!(error instanceof TemporalFailure)) throw error
    await CancellationScope.nonCancellable(() => quick.endReconcile({ ...ref, failure: failureOf(error) }))
    throw error
  }
}

/** A run that is forgotten is ordered again and goes on from what is stored; one that is over was ended from outside, and is settled. */
async function takeCareOf({ episodeId, versionId, run, isCancelling }: LostEpisode): Promise<void> {
  const ref = { episodeId, versionId }
  if (isCancelling) await quick.settleCancelled(ref)
  else if (run === 'gone') await quick.orderAgain(ref)
  else await quick.settleFailed({ ...ref, failure: { code: 'run-ended', detail: 'its run was ended from outside' } })
}
