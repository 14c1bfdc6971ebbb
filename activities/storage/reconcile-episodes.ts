import type { Activities, LostEpisode } from '../../workflows/contract.ts'
import { beating } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { noteFound, noteMended } from './reconcile-report.ts'

type Deeds = Pick<Activities, 'findLostEpisodes' | 'orderAgain' | 'noteLostEpisodes'>

interface Candidate {
  episodeId: string
  versionId: string
  workflowId: string
  isCancelling: boolean
}

const PAGE = 200
/** More at once would be a disaster that a person should look at first; the next run takes the next ones. */
const MOST = 500

/** Episodes in the making that no run makes: Temporal has lost or ended the run, so nobody would ever go on. */
export function lostEpisodeDeeds(deps: Deps): Deeds {
  const { db, runState } = deps
  return {
    findLostEpisodes: (ref) =>
      beating(async () => {
        const lost: LostEpisode[] = []
        for await (const { workflowId, ...episode } of inTheMaking(deps)) {
          const run = await runState(workflowId)
          if (run !== 'open') lost.push({ ...episode, run })
          if (lost.length === MOST) break
        }
        await noteFound(db, ref, 'episode-without-run', {
          count: lost.length,
          samples: lost.map(({ episodeId, run }) => `${episodeId} (${run})`),
        })
        return lost
      }),

    /** The sweeper sends it; a run that has begun meanwhile is not begun twice. */
    orderAgain: async ({ versionId }) => {
      await db.outbox.updateMany({
        where: { topic: 'start-episode', key: versionId, sentAt: { lt: new Date(Date.now() - deps.reconcileAgeMs) } },
        data: { sentAt: null, heldUntil: null },
      })
    },

    noteLostEpisodes: (ref) => noteMended(db, ref, 'episode-without-run', ref.mended),
  }
}

/** Those whose run was ordered, and that have not moved for a while. An order that was not sent yet is the sweeper's. */
async function* inTheMaking({ db, reconcileAgeMs }: Deps): AsyncGenerator<Candidate> {
  const before = new Date(Date.now() - reconcileAgeMs)
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const page = await db.$queryRaw<Candidate[]>`
      SELECT e.id AS "episodeId", v.id AS "versionId", v.workflow_id AS "workflowId", e.status = 'cancelling' AS "isCancelling"
      FROM episodes e
      JOIN versions v ON v.episode_id = e.id AND v.number = e.current_version
      JOIN outbox o ON o.topic = 'start-episode' AND o.key = v.id::text
      WHERE e.status NOT IN ('ready', 'cancelled', 'failed') AND e.id > ${after}::uuid
        AND e.updated_at < ${before} AND o.sent_at < ${before}
      ORDER BY e.id LIMIT ${PAGE}`
    yield* page
    if (page.length < PAGE) return
    after = page.at(-1)!.episodeId
  }
}
