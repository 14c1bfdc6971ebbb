import type { Redis } from 'ioredis'
import type { Database } from '../../prisma/client.ts'
import { announce } from '../../shared/episode-events.ts'
import { toNumber } from '../../shared/money.ts'
import type { ReviewTerms } from '../../workflows/contract.ts'
import { HttpProblem } from '../http/problem.ts'
import type { Caller } from '../http/route.ts'
import type { Outbox } from '../outbox.ts'
import type { SourceService } from '../sources/sources.service.ts'
import { voicesOnOffer } from '../voices/voices.repo.ts'
import type { Providers } from '../voices/voices.repo.ts'
import { freezeBrief } from './brief.ts'
import type { FrozenBrief } from './brief.ts'
import type { Brief, Estimate } from './episodes.schema.ts'
import { dictionaryOfVersion, insertSources, ownEpisode } from './episodes.repo.ts'
import type { EpisodeRow } from './episodes.repo.ts'
import type { EpisodeService } from './episodes.service.ts'
import { insertNextVersion, lockEpisode } from './next-version.ts'
import { planRemake } from './remake.ts'

export interface AppendServiceDeps {
  db: Database
  redis: Redis
  outbox: Outbox
  providers: Providers
  episodes: EpisodeService
  sources: SourceService
  review: ReviewTerms
}

type Source = Brief['sources'][number]

const PATIENCE = { maxWait: 10_000, timeout: 30_000 }

/** A further source for a finished episode: what is made of it stands behind what there is, and only it is written, voiced and paid. */
export class AppendService {
  private readonly deps: AppendServiceDeps

  constructor(deps: AppendServiceDeps) {
    this.deps = deps
  }

  /** What appending it would add and cost. Nothing is stored. */
  async estimate(caller: Caller, id: string, source: Source): Promise<Estimate> {
    const { frozen, price } = await this.judged(caller, await this.deps.episodes.own(caller, id), source)
    const { exact, characters, durationMs, minMicroUsd, maxMicroUsd } = price
    return {
      language: frozen.language,
      characters,
      durationMs,
      cost: { minMicroUsd: toNumber(minMicroUsd), maxMicroUsd: toNumber(maxMicroUsd), exact: exact || maxMicroUsd === 0n },
      speakers: frozen.speakers.map(({ name, voiceId }) => ({ name, voiceId })),
    }
  }

  /** Begins the version that has it. With a gate in the brief its script waits for its person once more. */
  async append(caller: Caller, id: string, source: Source) {
    const { db, redis, outbox, providers, episodes, review } = this.deps
    const { frozen, sources, price } = await this.judged(caller, await episodes.own(caller, id), source)
    const { number, outboxId } = await db.$transaction(async (tx) => {
      await lockEpisode(tx, id)
      const row = await ownEpisode(tx, caller, id)
      if (row.status !== 'ready')
        throw new HttpProblem(
          'wrong-state',
          'Something can be appended when the episode is finished. Nothing was stored or charged.',
        )
      const dictionary = await dictionaryOfVersion(tx, row.versions[0]!)
      const { lines } = await planRemake(tx, row, { dictionary }, providers)
      const [sourceId] = await insertSources(tx, row.userId, sources)
      const position = await tx.episodeSource.count({ where: { episodeId: id } })
      await tx.episodeSource.create({ data: { episodeId: id, position, sourceId: sourceId! } })
      return insertNextVersion(tx, row, {
        lines,
        dictionary,
        reservedMicroUsd: price.maxMicroUsd,
        made: { reason: 'append', appendedSourceId: sourceId! },
        ...(frozen.review && { review }),
      })
    }, PATIENCE)
    outbox.sendSoon(outboxId)
    await announce(redis, id, [{ type: 'version' }])
    return { id, version: number, status: 'queued' as const }
  }

  /** The source judged as the only one of an episode like this one. */
  private async judged(caller: Caller, row: EpisodeRow, source: Source) {
    const { db, providers, episodes, sources: reading } = this.deps
    const brief = row.brief as unknown as FrozenBrief
    const voices = await voicesOnOffer(db, providers)
    const known = await reading.known(caller, [source])
    const { frozen, sources } = freezeBrief({ ...(brief as Brief), notice: false, sources: [source] }, voices, known)
    const price = await episodes.priced(frozen, sources, voices, await dictionaryOfVersion(db, row.versions[0]!))
    return { frozen, sources, price }
  }
}
