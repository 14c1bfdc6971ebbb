import { continueAsNew, workflowInfo } from '@temporalio/workflow'
import { quick } from './activity-options.ts'
import type { EraseAccountInput } from './contract.ts'

/**
 * The end of an account. The tombstone comes first, so that a backup that is restored meanwhile brings nobody back; then every run is stopped,
 * every episode goes with its objects once its run has settled its money, and the rows last.
 */
export async function eraseAccount({ userId }: EraseAccountInput): Promise<void> {
  await quick.bury({ kind: 'user', subjectId: userId })
  await quick.stopEverything({ userId })
  for (;;) {
    const { episodeIds } = await quick.episodesLeft({ userId })
    if (episodeIds.length === 0) break
    for (const episodeId of episodeIds) await quick.purgeEpisode({ episodeId })
    if (workflowInfo().continueAsNewSuggested) await continueAsNew<typeof eraseAccount>({ userId })
  }
  await quick.eraseAccount({ userId })
}
