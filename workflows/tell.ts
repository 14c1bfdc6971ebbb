import { defineSearchAttributeKey } from '@temporalio/common'
import { setCurrentDetails, upsertSearchAttributes } from '@temporalio/workflow'

const episodeStatus = defineSearchAttributeKey('EpisodeStatus', 'KEYWORD')

/** What an operator reads of a run: its status, which can be searched for, and a sentence. */
export function tell(status: string, details: string): void {
  upsertSearchAttributes([{ key: episodeStatus, value: status }])
  setCurrentDetails(details)
}
