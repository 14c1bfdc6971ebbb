import type { Run } from '../setup/launch.ts'
import { rows } from '../setup/store.ts'
import { openedCalls, seenCalls } from './calls.ts'
import type { Kill } from './kill-run.ts'

/** What rows and providers say that must not be, once all work has ended and a reconciliation has been. */
export async function storeFaults(run: Run, kills: Kill[], accepted: string[]): Promise<string[]> {
  const found: string[] = []
  const expectNone = async (sentence: string, sql: string, values: unknown[] = []) => {
    const bad = await rows<Record<string, unknown>>(run, sql, values)
    if (bad.length > 0) found.push(`${sentence}: ${bad.length}, for example ${JSON.stringify(bad.slice(0, 3))}`)
  }
  const lost = kills.flatMap((kill) => kill.lost)
  await expectNone(
    'accepted and not there',
    `SELECT u AS id FROM unnest($1::uuid[]) u LEFT JOIN episodes e ON e.id = u WHERE e.id IS NULL`,
    [accepted],
  )
  await expectNone('there and never accepted', `SELECT id FROM episodes WHERE NOT id = ANY($1::uuid[])`, [accepted])
  await expectNone(
    'neither ready nor stopped by its owner',
    `SELECT id, status, failure_code, failure_detail FROM episodes WHERE status NOT IN ('ready', 'cancelled')`,
  )
  await expectNone(
    'bought again although its answer was kept',
    `SELECT a.content_key FROM usage_logs a JOIN usage_logs b USING (content_key)
     WHERE a.id <> b.id AND b.status = 'settled' AND b.answered_at < a.started_at`,
  )
  await expectNone(
    'lost and not shown as unknown',
    `SELECT id, status FROM usage_logs WHERE id = ANY($1::uuid[]) AND status <> 'unknown'`,
    [lost],
  )
  await expectNone(
    'shown as unknown, but nobody was killed',
    `SELECT id FROM usage_logs WHERE status = 'unknown' AND NOT id = ANY($1::uuid[])`,
    [lost],
  )
  await expectNone('a call that never ended', `SELECT id FROM usage_logs WHERE status = 'started'`)
  await expectNone('a line still being voiced', `SELECT id FROM lines WHERE status = 'voicing'`)
  await expectNone('an order that was not sent', `SELECT id FROM outbox WHERE sent_at IS NULL`)
  const [seen, opened] = await Promise.all([seenCalls(run), openedCalls(run)])
  const settled = await paidCalls(run, 'settled')
  // Stopped by their owner, or answered in a way that cannot be used: those have nothing to do with kills.
  const others = (await paidCalls(run, 'cancelled')) + (await paidCalls(run, 'failed'))
  if (seen > opened) found.push(`${seen} calls were made and only ${opened} written down`)
  if (seen - settled > lost.length + others)
    found.push(`${seen - settled} extra calls, ${lost.length} lost by kills, ${others} stopped or of no use`)
  return found
}

async function paidCalls(run: Run, status: string): Promise<number> {
  const sql = `SELECT count(*)::int FROM usage_logs WHERE status = $1::call_status AND provider = 'openai'`
  const [found] = await rows<{ count: number }>(run, sql, [status])
  return found!.count
}
