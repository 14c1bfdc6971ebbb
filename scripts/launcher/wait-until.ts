import { StartError } from './start-error.ts'

type Patience = { timeoutMs: number; signal: AbortSignal; everyMs?: number; log: string }

/** Asks `isTrue` again and again (errors count as no) until it is. Throws a `StartError` that names the log after `timeoutMs`, and when `signal` fires. */
export async function waitUntil(
  what: string,
  isTrue: () => Promise<boolean>,
  { timeoutMs, signal, everyMs = 40, log }: Patience,
): Promise<void> {
  const untilMs = performance.now() + timeoutMs
  let lastError: unknown
  while (performance.now() < untilMs) {
    signal.throwIfAborted()
    const answer = await isTrue().catch((error: unknown) => {
      lastError = error
      return false
    })
    if (answer) return
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
  throw new StartError(
    `${what} was not ready after ${timeoutMs / 1000} s${lastError ? ` (${(lastError as Error).message})` : ''}`,
    `its log says more: ${log}`,
  )
}
