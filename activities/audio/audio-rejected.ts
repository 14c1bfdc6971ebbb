/** Why audio is not accepted. */
export type RejectionCode =
  | 'empty'
  | 'not_audio'
  | 'undecodable'
  | 'truncated'
  | 'silent'
  | 'clipped'
  | 'gap'
  | 'noise'
  | 'too_short'
  | 'too_long'
  | 'encoding_failed'

/** An answer whose audio may not be used. Another call may bring a good one; `detail` carries the measured figures. */
export class AudioRejected extends Error {
  readonly code: RejectionCode
  readonly detail: string

  constructor(code: RejectionCode, detail: string) {
    super(`audio rejected (${code}): ${detail}`)
    this.name = 'AudioRejected'
    this.code = code
    this.detail = detail
  }
}
