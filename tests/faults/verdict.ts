import { setTimeout as sleep } from 'node:timers/promises'
import { Client, Connection } from '@temporalio/client'
import type { Product, Run } from '../setup/launch.ts'
import type { Person } from '../setup/person.ts'
import { faults, rows } from '../setup/store.ts'
import { seenCalls } from './calls.ts'
import type { Kill } from './kill-run.ts'
import { leftovers } from './leftovers.ts'
import type { Life } from './program.ts'
import { reconciled } from './reconciled.ts'
import type { ReconcileRun } from './reconciled.ts'
import { storeFaults } from './store-faults.ts'

export interface Verdict {
  /** Episodes by how they ended. */
  episodes: Record<string, number>
  calls: number
  settled: number
  unknown: number
  /** How many things the reconciliations found, one run after the other. */
  found: number[]
  /** What must not be; empty when all is well. */
  faults: string[]
}

const END_MS = 180_000

/** Waits until all work has ended, cleans up twice, stops everything, and says what is not as it must be. */
export async function verdict(
  { run, dataDirectory }: Product,
  { admin, lives, kills, accepted }: { admin: Person; lives: Life[]; kills: Kill[]; accepted: string[] },
): Promise<Verdict> {
  const found: string[] = []
  await allEnded(run).catch((error: Error) => found.push(error.message))
  const first = await reconciled(admin)
  const second = await reconciled(admin)
  if (things(second) > 0) found.push(`the second reconciliation found ${JSON.stringify(second.findings)}`)
  found.push(...(await storeFaults(run, kills, accepted)), ...(await faults(run)))
  for (const life of lives) await life.stop()
  found.push(...leftovers(dataDirectory))
  const [episodes, calls] = await Promise.all([countBy(run, 'episodes'), countBy(run, 'usage_logs')])
  return {
    episodes,
    calls: await seenCalls(run),
    settled: calls['settled'] ?? 0,
    unknown: calls['unknown'] ?? 0,
    found: [things(first), things(second)],
    faults: found,
  }
}

async function allEnded(run: Run): Promise<void> {
  const until = Date.now() + END_MS
  const moving = () =>
    rows<{ id: string; status: string }>(
      run,
      `SELECT id, status FROM episodes WHERE status NOT IN ('ready', 'cancelled', 'failed', 'needs_repair', 'paused_budget', 'review')`,
    )
  for (;;) {
    const left = await moving()
    if (left.length === 0 && (await openRuns(run)) === 0) return
    if (Date.now() > until) throw new Error(`stuck: ${JSON.stringify(left.slice(0, 5))}, ${await openRuns(run)} runs open`)
    await sleep(500)
  }
}

async function openRuns(run: Run): Promise<number> {
  const connection = await Connection.connect({ address: run.settings['TEMPORAL_ADDRESS']! })
  try {
    const { count } = await new Client({ connection }).workflow.count(
      `ExecutionStatus = 'Running' AND WorkflowType = 'produceEpisode'`,
    )
    return count
  } finally {
    await connection.close()
  }
}

const things = ({ findings }: ReconcileRun) => findings.reduce((sum, { found }) => sum + found, 0)

async function countBy(run: Run, table: 'episodes' | 'usage_logs'): Promise<Record<string, number>> {
  const counts = await rows<{ status: string; count: number }>(run, `SELECT status::text, count(*)::int FROM ${table} GROUP BY 1`)
  return Object.fromEntries(counts.map(({ status, count }) => [status, count]))
}
