import { announce } from '../../shared/episode-events.ts'
import { heldCodes } from '../../shared/spending.ts'
import type { Activities } from '../../workflows/contract.ts'
import type { Deps } from '../deps.ts'
import { judge } from './caps.ts'
import { settledStatuses } from './settle.ts'

type Deeds = Pick<Activities, 'pauseForMoney'>

/** A cap may be lifted by what nobody announces, such as another run's money given back: so a run looks by itself. */
const LOOK_AGAIN_MS = 60 * 60_000

/** What a person is told, and which cap it is, stands on the episode. */
export function moneyDeeds({ db, redis }: Deps): Deeds {
  return {
    async pauseForMoney({ episodeId, versionId, hold }) {
      const verdict = await db.$transaction(async (tx) => {
        const { userId, status } = await tx.episode.findUniqueOrThrow({
          where: { id: episodeId },
          select: { userId: true, status: true },
        })
        // Whoever changes a cap locks its row and then looks for runs that wait: either it finds this one, or this one finds the new cap.
        await tx.$queryRaw`SELECT 1 FROM spending_limits FOR SHARE`
        await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId} FOR SHARE`
        await tx.$queryRaw`SELECT 1 FROM episodes WHERE id = ${episodeId}::uuid FOR NO KEY UPDATE`
        const judged = await judge(tx, { userId, episodeId, versionId }, BigInt(hold.neededMicroUsd))
        if (judged.fits || !judged.isCertain) return undefined
        if (status !== 'paused_budget')
          await tx.step.updateMany({ where: { versionId, endedAt: null }, data: { endedAt: new Date() } })
        await tx.episode.updateMany({
          where: { id: episodeId, status: { notIn: [...settledStatuses, 'cancelling'] } },
          data: {
            status: 'paused_budget',
            failureCode: heldCodes[judged.cap],
            failureDetail: `${hold.neededMicroUsd} micro-USD more do not fit`,
          },
        })
        return judged
      })
      await announce(redis, episodeId, [{ type: 'episode' }])
      if (!verdict) return { paused: false }
      const { cap, againInMs } = verdict
      return { paused: true, ...(cap !== 'episode' && { againInMs: Math.min(againInMs ?? LOOK_AGAIN_MS, LOOK_AGAIN_MS) }) }
    },
  }
}
