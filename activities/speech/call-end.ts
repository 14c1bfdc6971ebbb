import type { CallEnd } from '../governor/governor.ts'
import { SpeechFailed } from './port.ts'

const tooMany = new Set(['too_many_at_once', 'rate_limited'])
const ill = new Set(['provider_timeout', 'provider_error', 'provider_busy', 'provider_unreachable', 'connection_lost'])

/** What a failed call says of its provider's health. */
export function callEnd(error: unknown): CallEnd {
  if (!(error instanceof SpeechFailed)) return 'other'
  // The message is SpeechFailed's own with its code in front; a person needs the sentence alone.
  if (error.askPerson) return { code: error.code, detail: error.message.replace(/^speech failed \([^)]*\): /, '') }
  if (tooMany.has(error.code)) return 'too-many'
  return ill.has(error.code) ? 'ill' : 'other'
}
