import type { Redis } from 'ioredis'
import type { Database, Transaction } from '../../prisma/client.ts'
import { announce } from '../../shared/episode-events.ts'
import { HttpProblem } from '../http/problem.ts'
import type { Caller } from '../http/route.ts'
import type { Outbox, RunOrder } from '../outbox.ts'
import { setAsideAnew } from '../usage/set-aside.ts'
import { voicesOnOffer } from '../voices/voices.repo.ts'
import type { Providers } from '../voices/voices.repo.ts'
import type { FrozenBrief } from './brief.ts'
import { revisionOf, sectionsOf } from './episode-view.ts'
import { dictionaryOfVersion, linesOf, ownEpisode, updateEpisode, writeOrder } from './episodes.repo.ts'
import type { EpisodeRow, LineRow } from './episodes.repo.ts'
import { isInReview, isNewest, lineOfCurrent, notEditable } from './may-edit.ts'
import { insertLines, insertNextVersion, lockEpisode } from './next-version.ts'
import { planRemake, remakeOf } from './remake.ts'
import type { RemakePlan, WantedLine } from './remake.ts'
import { isAnotherScript, patchedLine, patchedScript, wantedScript } from './script-edit.ts'
import type { EditedEpisode } from './script-edit.ts'
import type { Edited, LinePatch, Remake, WantedScript } from './script.schema.ts'

export interface ScriptServiceDeps {
  db: Database
  redis: Redis
  outbox: Outbox
  providers: Providers
  /** How long a script in review waits from its last change on. */
  reviewSeconds: number
}

/** A thousand lines are copied in less; a busy database may need it. */
const PATIENCE = { maxWait: 10_000, timeout: 30_000 }

/**
 * What people change in a script. In review and in repair the version itself is changed, and its run goes on with it; of a finished episode a
 * change makes the next version. Everything is judged with the episode locked: whoever comes second sees what the first one did.
 */
export class ScriptService {
  private readonly deps: ScriptServiceDeps

  constructor(deps: ScriptServiceDeps) {
    this.deps = deps
  }

  /**
   * What the whole script would cost if it stood like this; for an unvoiced one, all of its lines. Nothing is stored, so nothing can be
   * overwritten: an older revision is answered too.
   */
  async estimate(caller: Caller, id: string, { lines }: WantedScript): Promise<Remake> {
    const { db } = this.deps
    const row = await ownEpisode(db, caller, id)
    const episode = await editedEpisode(db, row)
    // Asked while the script is being changed: what has gone since is a line to be made anew.
    const known = new Set(episode.lines.map((line) => line.id))
    const asked = lines.map(({ id: lineId, ...line }) => (lineId && known.has(lineId) ? { id: lineId, ...line } : line))
    return remakeOf(await this.plan(db, row, episode, wantedScript(episode, asked)))
  }

  async estimateLine(caller: Caller, id: string, lineId: string, patch: LinePatch): Promise<Remake> {
    const { db } = this.deps
    const row = await ownEpisode(db, caller, id)
    const episode = await editedEpisode(db, row)
    lineOfCurrent(row, episode.lines, lineId)
    return remakeOf(await this.plan(db, row, episode, patchedScript(episode, lineId, patch), row.status === 'review'))
  }

  /** Replaces the script: in review where it stands, of a finished episode as the next version. The same script again changes nothing. */
  async replace(caller: Caller, id: string, { revision, lines }: WantedScript): Promise<Edited> {
    return this.edit(caller, id, async (tx, row, episode) => {
      isNewest(row, revision)
      if (!isInReview(row) && row.status !== 'ready') throw notEditable(row)
      const wanted = wantedScript(episode, lines)
      const plan = await this.plan(tx, row, episode, wanted)
      if (!isAnotherScript(episode.lines, wanted)) return plan
      if (row.status === 'ready') return this.nextVersion(tx, row, plan)
      await this.rewrite(tx, row, plan)
      return plan
    })
  }

  /** Changes one line: in review and repair where it stands, of a finished episode as the next version. */
  async patchLine(caller: Caller, id: string, lineId: string, patch: LinePatch): Promise<Edited> {
    return this.edit(caller, id, async (tx, row, episode) => {
      if (patch.revision !== undefined) isNewest(row, patch.revision)
      const line = lineOfCurrent(row, episode.lines, lineId)
      if (row.status === 'needs_repair') return this.mend(tx, row, episode, line, patch)
      if (!isInReview(row) && row.status !== 'ready') throw notEditable(row, line)
      const wanted = patchedScript(episode, lineId, patch)
      const plan = await this.plan(tx, row, episode, wanted)
      if (!isAnotherScript(episode.lines, wanted)) return plan
      if (row.status === 'ready') return this.nextVersion(tx, row, plan)
      await this.rewrite(tx, row, plan)
      return plan
    })
  }

  /** Opens the gate: from now on the script is voiced as it stands. Asked twice it is opened once. */
  async approve(caller: Caller, id: string, revision: string | undefined): Promise<void> {
    const { db, redis, outbox } = this.deps
    const outboxId = await db.$transaction(async (tx) => {
      await lockEpisode(tx, id)
      // Asked again inside the lock: whoever lost the episode meanwhile changes nothing.
      const row = await ownEpisode(tx, caller, id)
      const { id: versionId, approvedAt, workflowId } = row.versions[0]!
      if (approvedAt) return undefined
      if (row.status !== 'review')
        throw new HttpProblem('wrong-state', 'No script waits to be approved here. Nothing was changed or charged.')
      if (revision !== undefined) isNewest(row, revision)
      await tx.version.update({ where: { id: versionId }, data: { approvedAt: new Date() } })
      await updateEpisode(tx, row, { status: 'voicing' })
      return writeOrder(tx, 'approve-script', versionId, { workflowId } satisfies RunOrder)
    })
    if (outboxId) outbox.sendSoon(outboxId)
    await announce(redis, id, [{ type: 'episode' }])
  }

  /** The next version is what version `number` was. Nothing is paid: its sounds are kept. */
  async restore(caller: Caller, id: string, number: number): Promise<Edited> {
    return this.edit(caller, id, async (tx, row, episode) => {
      const from = row.versions.find((version) => version.number === number)
      if (!from) throw new HttpProblem('not-found', 'There is no such version.')
      if (row.status !== 'ready') throw notEditable(row)
      if (from.number === row.currentVersion) throw new HttpProblem('wrong-state', 'This is the current version already.')
      if (!from.render) throw new HttpProblem('wrong-state', 'This version was never finished, so it cannot be brought back.')
      const dictionary = await dictionaryOfVersion(tx, from)
      const old = await linesOf(tx, from)
      const isSkipped = (line: LineRow) => line.status === 'skipped'
      const lines = old.map((line) => ({
        ...line,
        isSkipped: isSkipped(line),
        segmentKey: isSkipped(line) ? null : line.segmentKey,
      }))
      const heardNow = new Set(episode.lines.map(({ segmentKey }) => segmentKey))
      const changed = lines.filter(({ segmentKey }) => segmentKey !== null && !heardNow.has(segmentKey)).length
      const made = { reason: 'restore', changedLines: changed, restoredNumber: number } as const
      const { outboxId } = await insertNextVersion(tx, row, {
        lines,
        dictionary,
        reservedMicroUsd: 0n,
        outline: from.outline,
        made,
      })
      return { lines: [], changed, toVoice: 0, costMicroUsd: 0n, outboxId }
    })
  }

  private async edit(
    caller: Caller,
    id: string,
    work: (tx: Transaction, row: EpisodeRow, episode: EditedEpisode) => Promise<RemakePlan & { outboxId?: string }>,
  ): Promise<Edited> {
    const { db, redis, outbox } = this.deps
    const plan = await db.$transaction(async (tx) => {
      await lockEpisode(tx, id)
      // Asked again inside the lock: whoever lost the episode meanwhile changes nothing.
      const row = await ownEpisode(tx, caller, id)
      return work(tx, row, await editedEpisode(tx, row))
    }, PATIENCE)
    if (plan.outboxId) outbox.sendSoon(plan.outboxId)
    await announce(redis, id, [{ type: 'version' }])
    const row = await ownEpisode(db, caller, id)
    return { version: row.currentVersion, status: row.status, revision: revisionOf(row.versions[0]!), remake: remakeOf(plan) }
  }

  /** `withUnvoiced`: lines of a script that is not voiced yet are to be paid too. */
  private async plan(
    db: Database | Transaction,
    row: EpisodeRow,
    { lines: old }: EditedEpisode,
    lines: WantedLine[],
    withUnvoiced = row.status !== 'ready',
  ): Promise<RemakePlan> {
    await knownVoices(db, old, lines, this.deps.providers)
    const dictionary = await dictionaryOfVersion(db, row.versions[0]!)
    return planRemake(db, row, { dictionary, lines, withUnvoiced }, this.deps.providers)
  }

  private async nextVersion(tx: Transaction, row: EpisodeRow, plan: RemakePlan) {
    const dictionary = await dictionaryOfVersion(tx, row.versions[0]!)
    const made = { reason: 'edit', changedLines: plan.changed } as const
    const next = await insertNextVersion(tx, row, { lines: plan.lines, dictionary, reservedMicroUsd: plan.costMicroUsd, made })
    return { ...plan, outboxId: next.outboxId }
  }

  /** The version's own script, from its first line to its last; the wait for its person begins anew. */
  private async rewrite(tx: Transaction, row: EpisodeRow, plan: RemakePlan): Promise<void> {
    const versionId = row.versions[0]!.id
    await tx.line.deleteMany({ where: { versionId } })
    await insertLines(tx, versionId, plan.lines, { keepIds: true })
    await tx.version.update({
      where: { id: versionId },
      data: {
        revision: { increment: 1 },
        reviewEndsAt: new Date(Date.now() + this.deps.reviewSeconds * 1000),
        reviewEndsSoon: false,
      },
    })
    await setAsideAnew(tx, row, plan.costMicroUsd)
  }

  /** A line of a run that waits: everything in flight has ended, so that nothing is being said by the old words. */
  private async mend(tx: Transaction, row: EpisodeRow, episode: EditedEpisode, line: LineRow, patch: LinePatch) {
    if (row.failureCode !== null)
      throw new HttpProblem(
        'wrong-state',
        'The script itself waits to be written on. Repair that first; its lines can be changed afterwards.',
      )
    const plan = await this.plan(tx, row, episode, patchedScript(episode, line.id, patch))
    const wanted = patchedLine(line, patch)
    const { text, voiceId, direction, isSkipped } = wanted
    const staysReady = line.status === 'ready' && !isAnotherScript([line], [wanted])
    const status = isSkipped ? 'skipped' : staysReady ? 'ready' : 'waiting'
    await tx.line.update({
      where: { id: line.id },
      data: {
        text,
        voiceId,
        direction,
        status,
        ...(status !== 'ready' && { segmentKey: null, failureCode: null, failureDetail: null }),
      },
    })
    await tx.version.update({ where: { id: line.versionId }, data: { revision: { increment: 1 } } })
    await setAsideAnew(tx, row, plan.costMicroUsd)
    return plan
  }
}

async function editedEpisode(db: Database | Transaction, row: EpisodeRow): Promise<EditedEpisode> {
  const version = row.versions[0]!
  const { speakers } = row.brief as unknown as FrozenBrief
  return { speakers, sections: sectionsOf(version.outline).length, lines: await linesOf(db, version) }
}

async function knownVoices(db: Database | Transaction, old: readonly LineRow[], wanted: WantedLine[], providers: Providers) {
  const had = new Set(old.map(({ voiceId }) => voiceId))
  const added = new Set(wanted.map(({ voiceId }) => voiceId).filter((voiceId) => !had.has(voiceId)))
  if (added.size === 0) return
  const offered = new Set((await voicesOnOffer(db, providers)).map(({ id }) => id))
  for (const voiceId of added) {
    if (offered.has(voiceId)) continue
    throw new HttpProblem(
      'unknown-voice',
      `There is no voice "${voiceId}" that is switched on. GET /api/voices lists those that are.`,
    )
  }
}
