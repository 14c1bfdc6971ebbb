import { quick } from './activity-options.ts'
import type { TombstoneInput } from './contract.ts'

/** A revoked key stays revoked, whatever backup is restored. */
export async function buryKey(input: TombstoneInput): Promise<void> {
  await quick.bury(input)
}
