import type { Deps } from '../deps.ts'
import { announce } from '../../shared/episode-events.ts'
import type { Activities } from '../../workflows/contract.ts'
import { settledStatuses } from '../cost/settle.ts'

type Deeds = Pick<Activities, 'enterStep' | 'pauseForRepair' | 'markLineFailed'>

/** The projection people watch: written here, told by the API. A run that is being stopped is not moved on. */
export function progressDeeds({ db, redis }: Deps): Deeds {
  const tell = (episodeId: string) => announce(redis, episodeId, [{ type: 'episode' }])
  return {
    async enterStep({ episodeId, versionId, step }) {
      await db.$transaction([
        db.episode.updateMany({
          where: { id: episodeId, status: { notIn: [...settledStatuses, 'cancelling'] } },
          data: { status: step, failureCode: null, failureDetail: null },
        }),
        db.step.updateMany({ where: { versionId, endedAt: null, name: { not: step } }, data: { endedAt: new Date() } }),
        db.step.upsert({
          where: { versionId_name: { versionId, name: step } },
          create: { versionId, name: step },
          update: { endedAt: null },
        }),
      ])
      await tell(episodeId)
    },

    async pauseForRepair({ episodeId, failure }) {
      await db.episode.updateMany({
        where: { id: episodeId, status: { notIn: [...settledStatuses, 'cancelling'] } },
        data: {
          status: 'needs_repair',
          ...(failure && { failureCode: failure.code, failureDetail: failure.detail.slice(0, 500) }),
        },
      })
      await tell(episodeId)
    },

    async markLineFailed({ episodeId, lineId, failure }) {
      await db.line.updateMany({
        where: { id: lineId, status: { not: 'ready' } },
        data: { status: 'failed', failureCode: failure.code, failureDetail: failure.detail.slice(0, 500) },
      })
      await announce(redis, episodeId, [{ type: 'line', lineId }])
    },
  }
}
