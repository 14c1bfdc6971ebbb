import { sleep } from '@temporalio/workflow'
import { quick } from './activity-options.ts'
import type { PurgeEpisodeInput } from './contract.ts'

/** Deleted is hidden at once and gone later: waits out the time to undo, then removes what nothing else uses. */
export async function purgeEpisode({ episodeId, undoSeconds }: PurgeEpisodeInput): Promise<void> {
  await sleep(undoSeconds * 1000)
  await quick.purgeEpisode({ episodeId })
}
