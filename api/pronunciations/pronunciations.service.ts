import { isDeepStrictEqual } from 'node:util'
import type { Redis } from 'ioredis'
import type { Database, Transaction } from '../../prisma/client.ts'
import { announce } from '../../shared/episode-events.ts'
import { joinDictionaries } from '../../shared/pronunciation.ts'
import type { Pronunciation } from '../../shared/pronunciation.ts'
import { dictionaryOfVersion, ownEpisode } from '../episodes/episodes.repo.ts'
import type { EpisodeRow } from '../episodes/episodes.repo.ts'
import type { Remake } from '../episodes/script.schema.ts'
import { insertNextVersion, lockEpisode } from '../episodes/next-version.ts'
import { planRemake, remakeOf } from '../episodes/remake.ts'
import type { RemakePlan } from '../episodes/remake.ts'
import { HttpProblem } from '../http/problem.ts'
import type { Caller } from '../http/route.ts'
import type { Outbox } from '../outbox.ts'
import type { Providers } from '../voices/voices.repo.ts'
import { dictionaryOf, replaceDictionary } from './pronunciations.repo.ts'
import type { EpisodeDictionary } from './pronunciations.schema.ts'

export interface PronunciationServiceDeps {
  db: Database
  redis: Redis
  outbox: Outbox
  providers: Providers
}

/** A thousand lines are copied in less; a busy database may need it. */
const PATIENCE = { maxWait: 10_000, timeout: 30_000 }

/** How words are said: in all that a person makes, and in one episode alone. */
export class PronunciationService {
  private readonly deps: PronunciationServiceDeps

  constructor(deps: PronunciationServiceDeps) {
    this.deps = deps
  }

  /** Replaces a person's list. Episodes being made keep the one they began with; finished ones stay as they are. */
  async saveOwn({ userId }: Caller, entries: Pronunciation[]): Promise<Pronunciation[]> {
    await this.deps.db.$transaction((tx) => replaceDictionary(tx, userId, null, entries))
    return entries
  }

  /** An episode's list, and what its current version lacks to be said by it and by its owner's as they are now. */
  async ofEpisode(caller: Caller, id: string): Promise<EpisodeDictionary> {
    const { db } = this.deps
    const row = await ownEpisode(db, caller, id)
    const entries = await dictionaryOf(db, row.userId, id)
    return viewOf(row, entries, (await this.plan(db, row, entries)).plan)
  }

  /** What saving these entries would make anew, and what that costs. Nothing is stored. */
  async estimate(caller: Caller, id: string, entries: Pronunciation[]): Promise<Remake> {
    const { db } = this.deps
    return remakeOf((await this.plan(db, await ownEpisode(db, caller, id), entries)).plan)
  }

  /**
   * Replaces an episode's list. When a line of the finished episode is said otherwise by it, a new version begins, in which only such lines
   * are made. Saved twice it is one version: the second time nothing is said otherwise. Refused while the episode is being made.
   */
  async saveForEpisode(caller: Caller, id: string, entries: Pronunciation[]): Promise<EpisodeDictionary> {
    const { db, redis, outbox } = this.deps
    const { outboxId, plan } = await db.$transaction(async (tx) => {
      await lockEpisode(tx, id)
      const row = await ownEpisode(tx, caller, id)
      const { dictionary, isSpokenNow, plan: made } = await this.plan(tx, row, entries)
      if (row.status !== 'ready' && !isSpokenNow) throw notAtRest(row)
      await replaceDictionary(tx, row.userId, id, entries)
      if (row.status !== 'ready' || made.changed === 0) return { plan: made, outboxId: undefined }
      const next = await insertNextVersion(tx, row, {
        lines: made.lines,
        dictionary,
        reservedMicroUsd: made.costMicroUsd,
        made: { reason: 'words', changedLines: made.changed },
      })
      return { plan: made, outboxId: next.outboxId }
    }, PATIENCE)
    if (outboxId) {
      outbox.sendSoon(outboxId)
      await announce(redis, id, [{ type: 'version' }])
    }
    return viewOf(await ownEpisode(db, caller, id), entries, plan)
  }

  private async plan(db: Database | Transaction, row: EpisodeRow, entries: Pronunciation[]) {
    const dictionary = joinDictionaries(entries, await dictionaryOf(db, row.userId))
    const isSpokenNow = isDeepStrictEqual(await dictionaryOfVersion(db, row.versions[0]!), dictionary)
    return { dictionary, isSpokenNow, plan: await planRemake(db, row, { dictionary }, this.deps.providers) }
  }
}

const notAtRest = ({ status }: EpisodeRow) =>
  status === 'cancelled' || status === 'failed'
    ? new HttpProblem(
        'wrong-state',
        'It was stopped before it was finished, so there is nothing to make anew. Nothing was saved or charged.',
      )
    : new HttpProblem(
        'wrong-state',
        'It is still being made. Change its words when it is finished; nothing was saved or charged.',
      )

const viewOf = (row: EpisodeRow, entries: Pronunciation[], plan: RemakePlan): EpisodeDictionary => ({
  entries,
  version: row.currentVersion,
  status: row.status,
  remake: remakeOf(plan),
})
