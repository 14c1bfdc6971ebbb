import type { z } from 'zod'
import type { Database, Reader } from '../../prisma/client.ts'
import { ownEpisode } from '../episodes/episodes.repo.ts'
import { HttpProblem } from '../http/problem.ts'
import type { Caller } from '../http/route.ts'
import { pageOf } from '../http/cursor.ts'
import { checkFeed } from './feed-check.ts'
import type { CheckDeps } from './feed-check.ts'
import { feedUrl } from './feed.ts'
import { keepCover } from './cover-upload.ts'
import * as repo from './shows.repo.ts'
import type { FeedCheck, NewShow, ShowPatch, ShowView, feedSchema, newFeedSchema, showEpisodeSchema } from './shows.schema.ts'

export interface ShowServiceDeps extends CheckDeps {
  db: Database
}

/** Series of episodes, what their feeds have, and at which addresses they can be subscribed. */
export class ShowService {
  private readonly deps: ShowServiceDeps

  constructor(deps: ShowServiceDeps) {
    this.deps = deps
  }

  async create({ userId }: Caller, show: NewShow): Promise<ShowView> {
    return this.view(this.deps.db, await repo.insertShow(this.deps.db, userId, show))
  }

  async change(caller: Caller, id: string, patch: ShowPatch): Promise<ShowView> {
    return this.view(this.deps.db, await repo.updateShow(this.deps.db, await this.own(caller, id), patch))
  }

  /** Another person's show and none at all look the same. */
  own({ userId }: Caller, id: string): Promise<repo.ShowRow> {
    return repo.ownShow(this.deps.db, userId, id)
  }

  async get(caller: Caller, id: string): Promise<ShowView> {
    return this.view(this.deps.db, await this.own(caller, id))
  }

  async list(db: Reader, { userId }: Caller, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
    const { page, nextCursor } = pageOf(await repo.listShows(db, userId, cursor, limit + 1), limit)
    const counts = await repo.publishedCounts(db, page)
    return { items: page.map((row) => viewOf(row, counts.get(row.id) ?? 0)), nextCursor }
  }

  /** Its feeds are gone with it; its episodes stay, in no show. */
  async delete(caller: Caller, id: string): Promise<void> {
    const show = await this.own(caller, id)
    await this.deps.db.$transaction(async (tx) => {
      await repo.lockShow(tx, id)
      await repo.deleteShow(tx, show)
    })
  }

  /** `undefined` takes the picture away. */
  async setCover(caller: Caller, id: string, bytes: Uint8Array | undefined): Promise<ShowView> {
    const show = await this.own(caller, id)
    const coverKey = bytes ? await keepCover(this.deps, bytes) : null
    return this.view(this.deps.db, await repo.updateShow(this.deps.db, show, { coverKey }))
  }

  async cover(caller: Caller, id: string): Promise<string> {
    const { coverKey } = await this.own(caller, id)
    if (!coverKey) throw new HttpProblem('not-found', 'The show has no cover of its own.')
    return coverKey
  }

  async episodes(db: Reader, caller: Caller, id: string, { cursor, limit }: { cursor?: string | undefined; limit: number }) {
    const show = await this.own(caller, id)
    const { page, nextCursor } = pageOf(await repo.listShowEpisodes(db, show, cursor, limit + 1), limit)
    return { items: page.map(episodeView), nextCursor }
  }

  /** Takes an episode into a show, and into its feed or out of it. Refused for one of another show, and for publishing what is not finished. */
  async place(caller: Caller, showId: string, episodeId: string, published: boolean): Promise<void> {
    await this.deps.db.$transaction(async (tx) => {
      await repo.lockShow(tx, showId)
      const show = await repo.ownShow(tx, caller.userId, showId)
      const episode = await ownEpisode(tx, caller, episodeId)
      if (episode.showId && episode.showId !== showId)
        throw new HttpProblem('wrong-state', 'It belongs to another show. Take it out there first; nothing was changed.')
      if (!published) await repo.keepUnpublished(tx, show, episode)
      else if (!episode.versions.some(({ render }) => render))
        throw new HttpProblem('wrong-state', 'It is not finished yet. Publish it when it is ready; nothing was changed.')
      else if (!episode.publishedAt) await repo.publish(tx, show, episode)
    })
  }

  /** Out of the show and its feed; asked twice it is out once. */
  async takeOut(caller: Caller, showId: string, episodeId: string): Promise<void> {
    await repo.takeOut(this.deps.db, await this.own(caller, showId), episodeId)
  }

  /** What directories would say of the feed as it is now. */
  async check(caller: Caller, id: string): Promise<FeedCheck> {
    return checkFeed(this.deps, await repo.withPublishedEpisodes(this.deps.db, await this.own(caller, id)))
  }

  async feeds(caller: Caller, id: string): Promise<z.input<typeof feedSchema>[]> {
    return (await repo.feedsOf(this.deps.db, await this.own(caller, id))).map((row) => this.feedView(row))
  }

  /** A new address. A public one only where no directory would refuse the feed, and only one at a time. */
  async addFeed(caller: Caller, showId: string, { kind, label }: z.output<typeof newFeedSchema>) {
    const show = await this.own(caller, showId)
    if (kind === 'public') await this.refuseUnready(caller, showId)
    return this.deps.db.$transaction(async (tx) => {
      await repo.lockShow(tx, showId)
      const there = kind === 'public' && (await repo.publicFeedOf(tx, show))
      if (there) return this.feedView(there)
      return this.feedView(await repo.insertFeed(tx, show, { kind, label }))
    })
  }

  /** From the next request on there is nothing at its address. */
  async revokeFeed(caller: Caller, showId: string, feedId: string): Promise<void> {
    const { count } = await repo.revokeFeed(this.deps.db, await this.own(caller, showId), feedId)
    if (count === 0) throw new HttpProblem('not-found', 'There is no such feed of this show.')
  }

  private async refuseUnready(caller: Caller, showId: string): Promise<void> {
    const { findings } = await this.check(caller, showId)
    const refused = findings.filter(({ severity }) => severity === 'refused')
    if (refused.length === 0) return
    throw new HttpProblem('feed-refused', 'Directories would refuse this feed. Mend what is named; nothing was published.', {
      errors: refused.map(({ code, detail, episodeId }) => ({ path: episodeId ?? code, message: `${code}: ${detail}` })),
    })
  }

  private async view(db: Database, row: repo.ShowRow): Promise<ShowView> {
    return viewOf(row, (await repo.publishedCounts(db, [row])).get(row.id) ?? 0)
  }

  private feedView({ id, kind, label, token, createdAt }: Awaited<ReturnType<typeof repo.feedsOf>>[number]) {
    return { id, kind, label, url: feedUrl({ publicUrl: this.deps.publicUrl, token }), createdAt: createdAt.toISOString() }
  }
}

function viewOf(row: repo.ShowRow, published: number): ShowView {
  return {
    id: row.id,
    title: row.title,
    description: row.description,
    author: row.author,
    language: row.language as ShowView['language'],
    category: row.category,
    subcategory: row.subcategory,
    explicit: row.explicit,
    defaultVoices: row.defaultVoices as ShowView['defaultVoices'],
    coverUrl: row.coverKey ? `/api/shows/${row.id}/cover?v=${row.coverKey.slice(7, 15)}` : null,
    podcastGuid: row.podcastGuid,
    episodes: row._count.episodes,
    published,
    createdAt: row.createdAt.toISOString(),
    updatedAt: row.updatedAt.toISOString(),
  }
}

function episodeView({ id, title, status, showNumber, publishedAt, versions, createdAt }: repo.ListedEpisode) {
  return {
    id,
    title,
    status,
    number: showNumber,
    publishedAt: publishedAt?.toISOString() ?? null,
    durationMs: versions.find(({ render }) => render)?.render?.durationMs ?? null,
    createdAt: createdAt.toISOString(),
  } satisfies z.input<typeof showEpisodeSchema>
}
