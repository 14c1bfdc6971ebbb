import { setTimeout as sleep } from 'node:timers/promises'
import type { components } from '../../api/openapi.d.ts'
import type { Person } from '../setup/person.ts'

export type ReconcileRun = components['schemas']['ReconcileRun']

const END_MS = 60_000

/** Everything a reconciliation finds is mended, however much it is; what it refused to delete it has left alone. */
export async function reconciled(admin: Person): Promise<ReconcileRun> {
  // What was touched a moment ago counts as old here, but not what was touched in this one.
  await sleep(1_500)
  const looked = await runOf(admin, { apply: true })
  if (!looked.findings.some(({ refused }) => refused)) return looked
  const many = looked.findings.filter(({ kind }) => kind.startsWith('object-') || kind === 'upload-unfinished')
  if (many.some(({ mended }) => mended > 0)) throw new Error(`refused, and yet mended: ${JSON.stringify(many)}`)
  return runOf(admin, { apply: true, allowMany: true })
}

async function runOf(admin: Person, order: { apply: boolean; allowMany?: boolean }): Promise<ReconcileRun> {
  const { id } = await admin.ok<ReconcileRun>('POST', '/api/admin/reconcile', order)
  const until = Date.now() + END_MS
  for (;;) {
    const { data } = await admin.ok<{ data: ReconcileRun[] }>('GET', '/api/admin/reconcile')
    const now = data.find((one) => one.id === id)!
    if (now.endedAt && !now.failure) return now
    if (now.failure || Date.now() > until) throw new Error(`a reconciliation did not end well: ${JSON.stringify(now)}`)
    await sleep(200)
  }
}
