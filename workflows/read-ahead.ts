import { ActivityFailure, isCancellation } from '@temporalio/workflow'
import { reader } from './activity-options.ts'
import type { SourceRef } from './contract.ts'

/** A source read before anything is ordered, so that its length and price are known. Why it could not be stands on the source. */
export async function readAhead({ sourceId }: SourceRef): Promise<void> {
  try {
    await reader.readSource({ sourceId })
  } catch (error) {
    if (isCancellation(error) || !(error instanceof ActivityFailure)) throw error
  }
}
