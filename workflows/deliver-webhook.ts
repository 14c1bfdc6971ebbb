import { sleep } from '@temporalio/workflow'
import { messenger } from './activity-options.ts'
import type { DeliverWebhookInput } from './contract.ts'

/** Sends a message until it is taken, refused for good, or has been tried for days. How long to wait is said by the hand that tried. */
export async function deliverWebhook(delivery: DeliverWebhookInput): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    const { againInMs } = await messenger.attemptDelivery({ ...delivery, attempt })
    if (againInMs === null) return
    await sleep(againInMs)
  }
}
