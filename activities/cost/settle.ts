import type { Deps } from '../deps.ts'
import type { Transaction } from '../../prisma/client.ts'
import { passing } from '../../shared/crash-points.ts'
import { announce } from '../../shared/episode-events.ts'
import type { Activities, Failure } from '../../workflows/contract.ts'
import { closeAnswered } from './ledger.ts'

/** From here an episode version does not move any more. */
export const settledStatuses = ['ready', 'cancelled', 'failed'] as const

/** Closes the reservation with what was really spent, answers that nobody came to use among it. Settled already, it stays as it is. */
export async function settleReservation(tx: Transaction, versionId: string): Promise<void> {
  await closeAnswered(tx, { versionId })
  const { _sum } = await tx.usageLog.aggregate({ where: { versionId }, _sum: { costMicroUsd: true } })
  await tx.reservation.updateMany({
    where: { versionId, status: 'open' },
    data: { status: 'settled', spentMicroUsd: _sum.costMicroUsd ?? 0n, settledAt: new Date() },
  })
}

/**
 * Closes a call whose answer came when nobody waited for it any more; a reservation that was settled without it is settled with it. One call a transaction:
 * it holds the accounts of its day, for which everybody waits who buys.
 */
export async function settleLate(tx: Transaction, callId: string): Promise<void> {
  await closeAnswered(tx, { id: callId })
  await tx.$executeRaw`
    UPDATE reservations r SET spent_micro_usd =
      (SELECT coalesce(sum(c.cost_micro_usd), 0) FROM usage_logs c WHERE c.version_id = r.version_id)
    WHERE r.status = 'settled' AND r.version_id = (SELECT version_id FROM usage_logs WHERE id = ${callId}::uuid)`
}

type Deeds = Pick<Activities, 'settleCancelled' | 'settleFailed'>

/** The ends of a run that did not become ready. What was made stays. */
export function settleDeeds({ db, redis }: Deps): Deeds {
  async function settle(episodeId: string, versionId: string, failure?: Failure): Promise<void> {
    await db.$transaction(async (tx) => {
      await tx.step.updateMany({ where: { versionId, endedAt: null }, data: { endedAt: new Date() } })
      await tx.line.updateMany({ where: { versionId, status: 'voicing' }, data: { status: 'waiting' } })
      await settleReservation(tx, versionId)
      const { status } = await tx.episode.findUniqueOrThrow({ where: { id: episodeId }, select: { status: true } })
      if (status === 'ready') return
      const cancelled = !failure || status === 'cancelling'
      const why = cancelled
        ? { failureCode: null, failureDetail: null }
        : { failureCode: failure.code, failureDetail: failure.detail.slice(0, 500) }
      // A new version that came to nothing takes nothing away: the one before it is heard as before.
      const whole = await tx.version.findFirst({
        where: { episodeId, render: { isNot: null } },
        orderBy: { number: 'desc' },
        select: { number: true },
      })
      const end = whole
        ? ({ status: 'ready', currentVersion: whole.number } as const)
        : ({ status: cancelled ? 'cancelled' : 'failed' } as const)
      await tx.episode.update({ where: { id: episodeId }, data: { ...end, ...why } })
    })
    passing('settle.committed')
    await announce(redis, episodeId, [{ type: 'episode' }])
  }
  return {
    settleCancelled: ({ episodeId, versionId }) => settle(episodeId, versionId),
    settleFailed: ({ episodeId, versionId, failure }) => settle(episodeId, versionId, failure),
  }
}
