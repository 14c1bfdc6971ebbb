import { stillLives } from './process-identity.ts'
import type { ProcessIdentity } from './process-identity.ts'
import type { StopManner } from '../servers/server.ts'

const signalIfOurs = (process_: ProcessIdentity, signal: NodeJS.Signals) => {
  if (!stillLives(process_)) return
  try {
    process.kill(process_.pid, signal)
  } catch {
    // It ended between the look and the signal.
  }
}

/** Ends what the process started and left behind in its group. The group's number cannot be anyone else's while a member lives. */
const killGroup = (pid: number) => {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody was left.
  }
}

async function isGoneWithin(process_: ProcessIdentity, timeoutMs: number, hurry?: AbortSignal): Promise<boolean> {
  const untilMs = performance.now() + timeoutMs
  while (stillLives(process_)) {
    if (performance.now() > untilMs || hurry?.aborted) return false
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
  return true
}

/**
 * Ends one process and its group, and returns when it is gone. Signals only the very process that was recorded,
 * never another one that has its number now. `hurry` shortens the wait. Repeating it on an ended process does nothing.
 */
export async function stopProcess(process_: ProcessIdentity, manner: StopManner, hurry?: AbortSignal): Promise<void> {
  if (!stillLives(process_)) return
  signalIfOurs(process_, manner.signal)
  if (await isGoneWithin(process_, manner.killAfterMs, hurry)) return killGroup(process_.pid)
  signalIfOurs(process_, manner.hurrySignal)
  if (!(await isGoneWithin(process_, 1000))) signalIfOurs(process_, 'SIGKILL')
  killGroup(process_.pid)
  await isGoneWithin(process_, 2000)
}
