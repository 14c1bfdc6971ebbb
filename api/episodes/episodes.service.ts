import { createHash } from 'node:crypto'
import type { Redis } from 'ioredis'
import { Prisma } from '../../prisma/client.ts'
import type { Database } from '../../prisma/client.ts'
import { passing } from '../../shared/crash-points.ts'
import { announce } from '../../shared/episode-events.ts'
import { costMicroUsd, toNumber } from '../../shared/money.ts'
import { cleanText } from '../../shared/text.ts'
import type { Pronunciation } from '../../shared/pronunciation.ts'
import { tryProviderAgain } from '../../shared/provider-health.ts'
import type { ScriptModel } from '../../shared/providers.ts'
import type { ReviewTerms } from '../../workflows/contract.ts'
import { HttpProblem } from '../http/problem.ts'
import type { Caller } from '../http/route.ts'
import type { CancelOrder, Outbox, RunOrder } from '../outbox.ts'
import { dictionaryOf } from '../pronunciations/pronunciations.repo.ts'
import type { SourceService } from '../sources/sources.service.ts'
import { voicesOnOffer } from '../voices/voices.repo.ts'
import type { Providers } from '../voices/voices.repo.ts'
import { freezeBrief, isGiven, lengthOf } from './brief.ts'
import type { CatalogueVoice, CleanSource, FrozenBrief } from './brief.ts'
import type { z } from 'zod'
import { showDefaults } from '../shows/show-defaults.ts'
import type { Brief, Estimate, patchSchema } from './episodes.schema.ts'
import { findByIdempotencyKey, insertEpisode, ownEpisode, updateEpisode, writeOrder } from './episodes.repo.ts'
import type { Along, EpisodeRow } from './episodes.repo.ts'
import { scriptPrice } from './script-price.ts'
import { runningStatuses } from './status-groups.ts'

/** What a link or file that nobody has read yet is taken to have: an article, and a long one. */
const UNREAD_CHARACTERS = 15_000

export interface EpisodeServiceDeps {
  db: Database
  redis: Redis
  outbox: Outbox
  sources: SourceService
  undoSeconds: number
  /** How long a script waits for its person. */
  review: ReviewTerms
  providers: Providers
  /** The model that writes talks; without one a plain writer does, which costs nothing. */
  scriptModel: ScriptModel | undefined
}

export class EpisodeService {
  private readonly deps: EpisodeServiceDeps

  constructor(deps: EpisodeServiceDeps) {
    this.deps = deps
  }

  /** What a brief would become and cost; nothing is stored. */
  async estimate(caller: Caller, asked: Brief): Promise<Estimate> {
    const brief = await showDefaults(this.deps.db, caller, asked)
    const voices = await voicesOnOffer(this.deps.db, this.deps.providers)
    const { frozen, sources } = freezeBrief(brief, voices, await this.deps.sources.known(caller, brief.sources))
    const dictionary = await dictionaryOf(this.deps.db, caller.userId)
    const { exact, characters, durationMs, minMicroUsd, maxMicroUsd } = await this.priced(frozen, sources, voices, dictionary)
    return {
      language: frozen.language,
      characters,
      durationMs,
      cost: {
        minMicroUsd: toNumber(minMicroUsd),
        maxMicroUsd: toNumber(maxMicroUsd),
        exact: exact || maxMicroUsd === 0n,
      },
      speakers: frozen.speakers.map(({ name, voiceId }) => ({ name, voiceId })),
    }
  }

  /**
   * Takes an order. The same key with the same body is the same order, however often and however parallel it comes;
   * with another body it is refused. Written down before it is answered, so nothing that was accepted can be lost.
   */
  async create(caller: Caller, asked: Brief, idempotencyKey: string | undefined) {
    const requestHash = createHash('sha256').update(JSON.stringify(asked)).digest('hex')
    const earlier = idempotencyKey && (await this.earlierOrder(caller, idempotencyKey, requestHash))
    if (earlier) return earlier
    const brief = await showDefaults(this.deps.db, caller, asked)
    const voices = await voicesOnOffer(this.deps.db, this.deps.providers)
    const { frozen, sources } = freezeBrief(brief, voices, await this.deps.sources.known(caller, brief.sources))
    const dictionary = await dictionaryOf(this.deps.db, caller.userId)
    const { maxMicroUsd } = await this.priced(frozen, sources, voices, dictionary)
    const budget = BigInt(frozen.budgetMicroUsd ?? maxMicroUsd)
    const reservedMicroUsd = budget < maxMicroUsd ? budget : maxMicroUsd
    try {
      const { id, outboxId } = await insertEpisode(this.deps.db, {
        userId: caller.userId,
        frozen,
        sources,
        dictionary,
        idempotencyKey,
        requestHash,
        reservedMicroUsd,
        review: frozen.review ? this.deps.review : undefined,
        showId: brief.showId,
      })
      passing('order.written')
      this.deps.outbox.sendSoon(outboxId)
      return { id, version: 1, status: 'queued' as const }
    } catch (error) {
      if (!isDuplicate(error) || !idempotencyKey) throw error
      const winner = await this.earlierOrder(caller, idempotencyKey, requestHash)
      if (!winner) throw error
      return winner
    }
  }

  private async earlierOrder(caller: Caller, idempotencyKey: string, requestHash: string) {
    const earlier = await findByIdempotencyKey(this.deps.db, caller.userId, idempotencyKey)
    if (!earlier) return undefined
    if (earlier.requestHash !== requestHash) {
      throw new HttpProblem(
        'idempotency-key-reused',
        'This Idempotency-Key was used for another order. Use a new key; nothing was stored or charged.',
      )
    }
    return { id: earlier.id, version: earlier.currentVersion, status: earlier.status }
  }

  /** Another person's episode and none at all look the same. */
  own(caller: Caller, id: string, deleted = false): Promise<EpisodeRow> {
    return ownEpisode(this.deps.db, caller, id, deleted)
  }

  /** Changes what is left out of nothing; listeners are told. */
  async change(caller: Caller, id: string, { title, notes }: z.output<typeof patchSchema>): Promise<EpisodeRow> {
    const row = await this.own(caller, id)
    const data = { ...(title !== undefined && { title }), ...(notes !== undefined && { notes: notes && cleanText(notes) }) }
    await updateEpisode(this.deps.db, row, data)
    await announce(this.deps.redis, id, [{ type: 'episode' }])
    return this.own(caller, id)
  }

  /** Stops the run: calls in flight are ended and waited for, what was made stays. Asked twice it is stopped once. */
  async cancel(row: EpisodeRow, along?: Along): Promise<void> {
    if (row.status === 'cancelling' || row.status === 'cancelled') return
    if (!(runningStatuses as readonly string[]).includes(row.status)) {
      throw new HttpProblem('wrong-state', 'It is finished already; there is nothing to stop.')
    }
    const version = row.versions[0]!
    const order: CancelOrder = { workflowId: version.workflowId, versionId: version.id }
    const outboxId = await this.deps.db.$transaction(async (tx) => {
      const { count } = await tx.episode.updateMany({
        where: { id: row.id, status: { in: [...runningStatuses] } },
        data: { status: 'cancelling' },
      })
      if (count === 0) return undefined
      await along?.(tx)
      return writeOrder(tx, 'cancel-episode', version.id, order)
    })
    if (outboxId) this.deps.outbox.sendSoon(outboxId)
    await announce(this.deps.redis, row.id, [{ type: 'episode' }])
  }

  /** Lets the same run go on: the lines without sound are voiced again, a script is written on. Its lines cannot be changed from here on. */
  async repair(row: EpisodeRow, along?: Along): Promise<void> {
    await this.tryProvidersAgain(row)
    const { id, workflowId } = row.versions[0]!
    const outboxId = await this.deps.db.$transaction(async (tx) => {
      const { count } = await tx.episode.updateMany({
        where: { id: row.id, status: 'needs_repair', currentVersion: row.currentVersion },
        data: { status: 'queued' },
      })
      if (count === 0) throw new HttpProblem('wrong-state', 'There is nothing to repair. Nothing was changed or charged.')
      await along?.(tx)
      return writeOrder(tx, 'repair-episode', id, { workflowId } satisfies RunOrder)
    })
    this.deps.outbox.sendSoon(outboxId)
    await announce(this.deps.redis, row.id, [{ type: 'episode' }])
  }

  /** Whoever repairs says that what the provider refused was put right: one of the lines may look. */
  private async tryProvidersAgain(row: EpisodeRow): Promise<void> {
    const failed = await this.deps.db.line.findMany({
      where: { versionId: row.versions[0]!.id, status: 'failed' },
      select: { voice: { select: { provider: true } } },
    })
    const providers = new Set(failed.map(({ voice }) => voice.provider))
    // Without Redis nothing paid starts, and nothing is blocked there.
    await Promise.allSettled([...providers].map((provider) => tryProviderAgain(this.deps.redis, provider)))
  }

  /** Hides the episode at once and stops its run; it can be brought back until it is purged. */
  async delete(row: EpisodeRow): Promise<void> {
    if ((runningStatuses as readonly string[]).includes(row.status)) await this.cancel(row)
    const { db, outbox, undoSeconds } = this.deps
    const outboxId = await db.$transaction(async (tx) => {
      await updateEpisode(tx, row, { deletedAt: new Date() })
      return writeOrder(tx, 'purge-episode', row.id, { episodeId: row.id, undoSeconds })
    })
    outbox.sendSoon(outboxId)
  }

  async undelete(row: EpisodeRow): Promise<void> {
    await updateEpisode(this.deps.db, row, { deletedAt: null })
  }

  /** How long it will be, and what its script and its voices will cost. */
  async priced(frozen: FrozenBrief, sources: CleanSource[], voices: CatalogueVoice[], dictionary: readonly Pronunciation[]) {
    const { db, scriptModel } = this.deps
    const length = lengthOf(frozen, sources, voices, { dictionary, byModel: scriptModel !== undefined })
    const speech = await this.priceOf(frozen, length.billedCharacters, voices)
    // A script still to be written may come out a third shorter than its upper bound.
    const leastSpeech = length.exact ? speech : (speech * 2n) / 3n
    if (!scriptModel || isGiven(frozen, sources)) return { ...length, minMicroUsd: leastSpeech, maxMicroUsd: speech }
    const script = await scriptPrice(db, scriptModel, {
      language: frozen.language,
      sourceCharacters: sources.reduce((sum, { words }) => sum + (words?.length ?? UNREAD_CHARACTERS), 0),
      talkCharacters: length.characters,
      sections: Math.ceil(length.durationMs / 60_000),
    })
    return { ...length, minMicroUsd: leastSpeech + script.min, maxMicroUsd: speech + script.max }
  }

  /** The most its voices can cost: every unit at the dearest of its voices. An unknown price is refused, never free. */
  private async priceOf(frozen: FrozenBrief, characters: number, voices: CatalogueVoice[]): Promise<bigint> {
    const speakers = [...frozen.speakers, ...(frozen.unread?.otherwise?.speakers ?? [])]
    const models = new Map(
      speakers.map(({ voiceId }) => {
        const { provider, model } = voices.find((voice) => voice.id === voiceId)!
        return [`${provider} ${model}`, { provider, model }]
      }),
    )
    const costs = await Promise.all(
      [...models.values()].map(async ({ provider, model }) => {
        const price = await this.deps.db.price.findFirst({
          where: { provider, model, unit: 'character', effectiveFrom: { lte: new Date() } },
          orderBy: { effectiveFrom: 'desc' },
        })
        if (!price)
          throw new HttpProblem(
            'price-unknown',
            `Nobody knows what ${provider} ${model} costs, so it cannot be used. Choose another voice.`,
          )
        return costMicroUsd(characters, price)
      }),
    )
    return costs.reduce((dearest, cost) => (cost > dearest ? cost : dearest), 0n)
  }
}

const isDuplicate = (error: unknown) => error instanceof Prisma.PrismaClientKnownRequestError && error.code === 'P2002'
