import { toNumber } from '../../shared/money.ts'
import type { Activities } from '../../workflows/contract.ts'
import type { Deps } from '../deps.ts'
import { ABANDONED_MS } from './ledger.ts'

type Deeds = Pick<Activities, 'closeUnknownCalls'>

/**
 * Calls begun so long ago that nobody waits for them any more. They stay in the books with all they may have cost, for they may have been
 * charged. An answer that was kept can still be used and settled afterwards.
 */
export function unknownCallDeeds({ db }: Deps): Deeds {
  return {
    async closeUnknownCalls({ dryRun }) {
      const where = { status: 'started' as const, startedAt: { lt: new Date(Date.now() - ABANDONED_MS) } }
      const { _count, _sum } = await db.usageLog.aggregate({ where, _count: true, _sum: { heldMicroUsd: true } })
      if (!dryRun)
        await db.usageLog.updateMany({ where, data: { status: 'unknown', outcome: 'nobody-knows', endedAt: new Date() } })
      return { calls: _count, upToMicroUsd: toNumber(_sum.heldMicroUsd ?? 0n) }
    },
  }
}
