import { setTimeout as sleep } from 'node:timers/promises'
import type { Run } from '../setup/launch.ts'
import { rows } from '../setup/store.ts'

/** Tells the made-up providers what to do, or asks what they saw. */
export async function control<T>(run: Run, method: 'GET' | 'POST', path: string, body?: unknown): Promise<T> {
  const url = new URL(`/control/${path}`, run.settings['ELEVENLABS_BASE_URL'])
  const init = { method, ...(body !== undefined && { body: JSON.stringify(body) }) }
  // A kept connection may be closed in the very moment it is used again.
  const response = await fetch(url, init).catch(() => fetch(url, init))
  return (await response.json()) as T
}

/** How many calls the made-up providers have seen. */
export const seenCalls = async (run: Run): Promise<number> => (await control<{ total: number }>(run, 'GET', 'counts')).total

/** How many calls the ledger has been told of, however they ended. Those of this machine's own writers and voices never leave it. */
export async function openedCalls(run: Run): Promise<number> {
  const [found] = await rows<{ count: number }>(run, `SELECT count(*)::int FROM usage_logs WHERE provider = 'openai'`)
  return found!.count
}

/** Calls whose answer is not stored: with no worker alive, what a death has cost. */
export const openCalls = (run: Run) =>
  rows<{ id: string; provider: string }>(
    run,
    `SELECT id, provider FROM usage_logs WHERE status = 'started' AND answer_key IS NULL`,
  )

/** Waits until the database has ended every session of a dead program: what it was told last is done or undone by then. */
export async function sessionsEnded(run: Run, name: 'api' | 'worker', withinMs = 10_000): Promise<void> {
  const until = Date.now() + withinMs
  const open = 'SELECT pid FROM pg_stat_activity WHERE application_name = $1'
  while ((await rows(run, open, [name])).length > 0) {
    if (Date.now() > until) throw new Error(`the database still holds sessions of the dead ${name}`)
    await sleep(10)
  }
}
