import { ApplicationFailure, condition, defineSignal, setHandler } from '@temporalio/workflow'
import { quick } from './activity-options.ts'
import type { ReviewTerms, VersionRef } from './contract.ts'
import { signals } from './contract.ts'

const approve = defineSignal(signals.approve)

/** The gate between writing and voicing: nothing is voiced before a person has approved the script. */
export class Review {
  private approved = false

  constructor() {
    setHandler(approve, () => void (this.approved = true))
  }

  /** Waits for the approval, for weeks if need be. Throws when nobody came in time; what was written stays. */
  async passed(version: VersionRef, terms: ReviewTerms): Promise<void> {
    while (!this.approved) {
      const { lookAgainMs } = await quick.tendReview({ ...version, ...terms })
      if (lookAgainMs === null) throw ApplicationFailure.create(timedOut)
      await condition(() => this.approved, lookAgainMs)
    }
  }
}

const timedOut = { type: 'review_timed_out', message: 'nobody approved the script in time', nonRetryable: true }
