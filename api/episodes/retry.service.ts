import type { Redis } from 'ioredis'
import type { Database, Transaction } from '../../prisma/client.ts'
import { announce } from '../../shared/episode-events.ts'
import type { ReviewTerms } from '../../workflows/contract.ts'
import { HttpProblem } from '../http/problem.ts'
import type { Caller } from '../http/route.ts'
import type { Outbox } from '../outbox.ts'
import type { Providers } from '../voices/voices.repo.ts'
import type { FrozenBrief } from './brief.ts'
import { sectionsOf } from './episode-view.ts'
import { dictionaryOfVersion, episodeInConsole } from './episodes.repo.ts'
import type { Along, EpisodeRow } from './episodes.repo.ts'
import { insertNextVersion, lockEpisode } from './next-version.ts'
import { planRemake } from './remake.ts'
import type { PlannedLine } from './remake.ts'

export interface RetryDeps {
  db: Database
  redis: Redis
  outbox: Outbox
  providers: Providers
  review: ReviewTerms
}

export interface RetryPlan {
  /** Of the sections that were written to their end. */
  lines: PlannedLine[]
  linesKept: number
  maxMicroUsd: bigint
  /** The script is whole, so nothing but its lines is to be paid. */
  isExact: boolean
}

/** Makes again what a person stopped, or what failed for good, from where it stood: as the next version, for the rest of its price. */
export class RetryService {
  private readonly deps: RetryDeps

  constructor(deps: RetryDeps) {
    this.deps = deps
  }

  async plan(store: Database | Transaction, row: EpisodeRow): Promise<RetryPlan> {
    if (row.deletedAt) throw new HttpProblem('wrong-state', 'Its owner has deleted it.')
    if (row.status !== 'cancelled' && row.status !== 'failed')
      throw new HttpProblem('wrong-state', 'Only what was stopped or failed can be made again. Nothing was changed or charged.')
    const version = row.versions[0]!
    const written = await store.line.findMany({
      where: { versionId: version.id, section: { lt: version.sectionsWritten } },
      orderBy: { position: 'asc' },
    })
    const wanted = written.map((line) => ({ ...line, isSkipped: line.status === 'skipped' }))
    const dictionary = await dictionaryOfVersion(store, version)
    const { lines, costMicroUsd } = await planRemake(
      store,
      row,
      { dictionary, lines: wanted, withUnvoiced: true },
      this.deps.providers,
    )
    const sections = sectionsOf(version.outline).length
    const isExact = sections > 0 && version.sectionsWritten >= sections
    // A script that is still to be written costs at most what was estimated for the whole.
    const ordered = version.reservation?.reservedMicroUsd ?? 0n
    const maxMicroUsd = isExact || costMicroUsd > ordered ? costMicroUsd : ordered
    return { lines, linesKept: lines.filter(({ segmentKey }) => segmentKey !== null).length, maxMicroUsd, isExact }
  }

  /** Asked twice it is made once: whoever comes second finds it in the making. */
  async retry(clerk: Pick<Caller, 'role'>, { id }: EpisodeRow, along?: Along): Promise<void> {
    const { db, redis, outbox, review } = this.deps
    const orderId = await db.$transaction(async (tx) => {
      await lockEpisode(tx, id)
      const row = await episodeInConsole(tx, clerk, id)
      const { lines, maxMicroUsd } = await this.plan(tx, row)
      const version = row.versions[0]!
      const { sectionsWritten, approvedAt } = version
      const isToBeRead = (row.brief as unknown as FrozenBrief).review && approvedAt === null
      const { outboxId } = await insertNextVersion(tx, row, {
        lines,
        dictionary: await dictionaryOfVersion(tx, version),
        reservedMicroUsd: maxMicroUsd,
        made: { reason: 'retry', changedLines: 0 },
        sectionsWritten,
        ...(isToBeRead && { review }),
      })
      await along?.(tx)
      return outboxId
    })
    outbox.sendSoon(orderId)
    await announce(redis, id, [{ type: 'version' }])
  }
}
