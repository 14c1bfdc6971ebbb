import { Prisma } from '../../prisma/client.ts'
import type { Database } from '../../prisma/client.ts'
import type { Activities, ReconcileRef } from '../../workflows/contract.ts'
import { sampleWorkflowId } from '../../workflows/contract.ts'
import { ABANDONED_MS } from '../cost/ledger.ts'
import { settleLate, settleReservation } from '../cost/settle.ts'
import { beating } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { neverUsed } from './never-used.ts'
import type { Left, Leftover } from './leftover.ts'
import { noteFound, noteMended } from './reconcile-report.ts'

type Deeds = Pick<Activities, 'reconcileRows'>

const AT_ONCE = 500

/** The run of this version is over: nothing of it moves any more. */
const over = Prisma.sql`e.status IN ('ready', 'cancelled', 'failed')`

const leftovers: Leftover[] = [
  {
    kind: 'line-left-voicing',
    find: ({ db }) => db.$queryRaw`
      SELECT l.id FROM lines l JOIN versions v ON v.id = l.version_id JOIN episodes e ON e.id = v.episode_id
      WHERE l.status = 'voicing' AND ${over}`,
    mend: ({ db }, ids) => db.$executeRaw`
      UPDATE lines l SET status = 'waiting' FROM versions v, episodes e
      WHERE l.id = ANY(${ids}::uuid[]) AND v.id = l.version_id AND e.id = v.episode_id AND l.status = 'voicing' AND ${over}`,
  },
  {
    kind: 'sample-left-making',
    find: samplesWithoutRun,
    mend: async ({ db }, ids) => {
      const { count } = await db.voiceSample.updateMany({
        where: { voiceId: { in: ids }, status: 'making' },
        data: {
          status: 'failed',
          failureCode: 'run-ended',
          failureDetail: 'its run was ended from outside',
          endedAt: new Date(),
        },
      })
      return count
    },
  },
  {
    // Before the reservations: what a call cost is known better afterwards.
    kind: 'call-nobody-knows',
    find: ({ db }) => db.$queryRaw`
      SELECT u.id FROM usage_logs u LEFT JOIN episodes e ON e.id = u.episode_id
      WHERE u.status = 'started' AND (${over} OR u.started_at < ${new Date(Date.now() - ABANDONED_MS)})`,
    mend: async ({ db }, ids) => {
      const open = { id: { in: ids }, status: 'started' } as const
      const answered = await db.usageLog.findMany({ where: { ...open, answerKey: { not: null } }, select: { id: true } })
      for (const { id } of answered) await db.$transaction((tx) => settleLate(tx, id))
      const { count } = await db.usageLog.updateMany({
        where: { ...open, answerKey: null },
        data: { status: 'unknown', outcome: 'nobody-knows', endedAt: new Date() },
      })
      return answered.length + count
    },
  },
  {
    kind: 'reservation-left-open',
    find: ({ db }) => db.$queryRaw`
      SELECT r.version_id AS id FROM reservations r JOIN versions v ON v.id = r.version_id JOIN episodes e ON e.id = v.episode_id
      WHERE r.status = 'open' AND ${over}`,
    mend: async ({ db }, ids) => {
      let mended = 0
      for (const id of ids) if (await settleIfOver(db, id)) mended += 1
      return mended
    },
  },
  ...neverUsed,
]

/** What the end of a run should have closed and did not. */
export function rowDeeds(deps: Deps): Deeds {
  return {
    reconcileRows: (ref) =>
      beating(async () => {
        for (const leftover of leftovers) await reconcileLeftover(deps, ref, leftover)
      }),
  }
}

async function reconcileLeftover(deps: Deps, ref: ReconcileRef, { kind, find, mend }: Leftover): Promise<void> {
  const { db } = deps
  const ids = (await find(deps)).map(({ id }) => id)
  await noteFound(db, ref, kind, { count: ids.length, samples: ids })
  if (ref.mode === 'report') return
  for (let from = 0; from < ids.length; from += AT_ONCE)
    await noteMended(db, ref, kind, await mend(deps, ids.slice(from, from + AT_ONCE)))
}

/** Asked for a while ago, and no run makes it: whoever asks again is heard. */
async function samplesWithoutRun({ db, runState, reconcileAgeMs }: Deps): Promise<Left[]> {
  const askedAt = { lt: new Date(Date.now() - reconcileAgeMs) }
  const making = await db.voiceSample.findMany({ where: { status: 'making', askedAt }, select: { voiceId: true } })
  const left: Left[] = []
  for (const { voiceId } of making) if ((await runState(sampleWorkflowId(voiceId))) !== 'open') left.push({ id: voiceId })
  return left
}

/** The episode's row is held meanwhile: whoever begins its next version waits. */
async function settleIfOver(db: Database, versionId: string): Promise<boolean> {
  return db.$transaction(async (tx) => {
    const isOver = await tx.$queryRaw<unknown[]>`
      SELECT 1 FROM episodes e JOIN versions v ON v.episode_id = e.id WHERE v.id = ${versionId}::uuid AND ${over}
      FOR NO KEY UPDATE OF e`
    if (isOver.length === 0) return false
    await settleReservation(tx, versionId)
    return true
  })
}
