import { quick } from './activity-options.ts'
import type { SendMailInput } from './contract.ts'

/** One letter, tried until the mail server has it or will never take it. */
export async function sendMail(input: SendMailInput): Promise<void> {
  await quick.sendMail(input)
}
