/** One line of a list: its look answers what was found to be well, or throws what is not. */
export type Check = {
  name: string
  look: () => Promise<string>
  /** What to do when the look ends in an error that says nothing of it. */
  mend: string
}

/** Something that is not as it must be, and what puts it right. */
export class Trouble extends Error {
  readonly mend: string

  constructor(found: string, mend: string) {
    super(found)
    this.name = 'Trouble'
    this.mend = mend
  }
}

export type Line = { name: string; verdict: 'ok' | 'failed' | 'left out'; found?: string; mend?: string }

/** Looks one after the other, tells each line as it is known, and ends with how many failed. One that fails never hides the next. */
export async function goThrough(checks: Check[], leftOut: ReadonlySet<string>, tell: (line: Line) => void): Promise<number> {
  let failed = 0
  for (const check of checks) {
    const line: Line = leftOut.has(check.name) ? { name: check.name, verdict: 'left out' } : await lineOf(check)
    if (line.verdict === 'failed') failed += 1
    tell(line)
  }
  return failed
}

async function lineOf({ name, look, mend }: Check): Promise<Line> {
  try {
    return { name, verdict: 'ok', found: await look() }
  } catch (error) {
    return { name, verdict: 'failed', found: told(error), mend: error instanceof Trouble ? error.mend : mend }
  }
}

/** An error in one line, with its cause: `fetch failed` alone says nothing. */
function told(error: unknown): string {
  const inner = error instanceof AggregateError ? error.errors[0] : error instanceof Error ? error.cause : undefined
  const text = error instanceof Error ? error.message || error.name : String(error)
  return [text, inner instanceof Error ? inner.message : ''].filter(Boolean).join(': ').split('\n').join('; ')
}
