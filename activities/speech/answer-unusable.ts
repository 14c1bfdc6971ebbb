/** What can be wrong with an answer besides its status. */
export type Trouble = 'time-out' | 'unreachable' | 'connection-lost' | 'cut' | 'empty' | 'too-large' | 'not-audio'

/** An answer, or the lack of one, that is wrong whatever it says. */
export class AnswerUnusable extends Error {
  readonly trouble: Trouble

  constructor(trouble: Trouble, detail: string, cause?: unknown) {
    super(`${trouble}: ${detail}`, { cause })
    this.name = 'AnswerUnusable'
    this.trouble = trouble
  }
}

const NEVER_SENT = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'UND_ERR_CONNECT_TIMEOUT'])

/** What a failed `fetch`, or reading of its body, came from: not sent at all, too late, or lost on the way. */
export function troubleOf(error: unknown): AnswerUnusable {
  if (error instanceof AnswerUnusable) return error
  const causes = causesOf(error)
  const words = causes.map(({ message }) => message).join(': ')
  if (causes.some(({ name }) => name === 'AbortError' || name === 'TimeoutError')) {
    return new AnswerUnusable('time-out', words, error)
  }
  const codes = causes.map(({ code }) => code ?? '')
  return new AnswerUnusable(codes.some((code) => NEVER_SENT.has(code)) ? 'unreachable' : 'connection-lost', words, error)
}

/** The error and what it was caused by, the outermost first. */
export function causesOf(error: unknown): (Error & { code?: string })[] {
  const causes: Error[] = []
  for (let one = error; one instanceof Error && causes.length < 10; one = one.cause) causes.push(one)
  return causes
}
