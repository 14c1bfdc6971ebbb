import { samplesOf } from './activity-options.ts'
import type { ProviderTestInput } from './contract.ts'

/** One small call of a provider. How it ended is written down by the hand that made it; there is nothing to go on with. */
export async function testProvider({ testId, provider }: ProviderTestInput): Promise<void> {
  await samplesOf(provider).testProvider({ testId })
}
