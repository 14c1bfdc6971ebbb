import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Prisma } from '../../prisma/client.ts'
import type { AppendService } from '../episodes/append.service.ts'
import type * as delivery from '../episodes/delivery.ts'
import type { EpisodeEvents } from '../episodes/episode-events.ts'
import type * as view from '../episodes/episode-view.ts'
import type * as episodes from '../episodes/episodes.repo.ts'
import type { EpisodeService } from '../episodes/episodes.service.ts'
import type * as next from '../episodes/next-version.ts'
import type { planRemake } from '../episodes/remake.ts'
import type * as keys from '../keys/keys.repo.ts'
import type * as dictionary from '../pronunciations/pronunciations.repo.ts'
import type { found } from '../search/search.repo.ts'
import type * as shares from '../shares/shares.repo.ts'
import type * as shows from '../shows/shows.repo.ts'
import type * as sources from '../sources/sources.repo.ts'
import type { changeBudget } from '../usage/budget.ts'
import type { receiptOf } from '../usage/receipt.ts'
import type { planOf, setAside, setAsideAnew } from '../usage/set-aside.ts'
import type { usageRows } from '../usage/usage.repo.ts'
import type * as account from '../account/account.repo.ts'
import type { writeExport } from '../account/export-account.ts'
import type * as webhooks from '../webhooks/webhooks.repo.ts'
import { allInConsole, allOwn, everybodyInConsole, inConsole, own, personInConsole, signedIn } from './authorized.ts'
import { HttpProblem } from './problem.ts'
import type { Caller } from './route.ts'

/** What anybody can have: an id out of an address, and rows as the database gives them, looked at by nobody. */
type Unchecked = {
  id: string
  episode: Prisma.EpisodeGetPayload<{ include: typeof episodes.withVersions }>
  line: Prisma.LineGetPayload<{ include: { segment: true } }>
  show: Prisma.ShowGetPayload<{ include: { _count: true } }>
  webhook: Prisma.WebhookGetPayload<object>
}
/** Whether a function takes this in that place. */
type Takes<F, Place extends number, Given> = F extends (...args: infer A) => unknown
  ? Given extends A[Place]
    ? true
    : false
  : never
type Method<C, M extends keyof C> = C[M]
/** Compiles for `false` alone; not for `never`, which is what becomes of something that is no function. */
const never: <T extends false>(...nothing: [T] extends [never] ? [never] : []) => void = () => {}

describe('what nobody has looked at', () => {
  it('is taken by nothing that acts on somebody’s rows: each of these lines fails to compile when it is', () => {
    type U = Unchecked
    // Ids of people, as text.
    never<Takes<typeof account.accountOf, 1, U['id']>>()
    never<Takes<typeof account.changeAccount, 1, U['id']>>()
    never<Takes<typeof account.sessionsOf, 1, U['id']>>()
    never<Takes<typeof account.endOwnSessions, 1, U['id']>>()
    never<Takes<typeof account.closeAccount, 1, U['id']>>()
    never<Takes<typeof writeExport, 2, U['id']>>()
    never<Takes<typeof keys.keysOf, 1, U['id']>>()
    never<Takes<typeof keys.countKeys, 1, U['id']>>()
    never<Takes<typeof keys.createKey, 1, U['id']>>()
    never<Takes<typeof keys.revokeKey, 1, U['id']>>()
    never<Takes<typeof dictionary.dictionaryOf, 1, U['id']>>()
    never<Takes<typeof dictionary.replaceDictionary, 1, U['id']>>()
    never<Takes<typeof sources.findSource, 1, U['id']>>()
    never<Takes<typeof sources.findSources, 1, U['id']>>()
    never<Takes<typeof sources.openSource, 1, U['id']>>()
    never<Takes<typeof sources.findUpload, 1, U['id']>>()
    never<Takes<typeof sources.openUploads, 1, U['id']>>()
    never<Takes<typeof episodes.insertSources, 1, U['id']>>()
    never<Takes<typeof episodes.findByIdempotencyKey, 1, U['id']>>()
    never<Takes<typeof episodes.ownEpisode, 1, { userId: string }>>()
    never<Takes<typeof episodes.listEpisodes, 1, Omit<episodes.ListFilter, 'userId'> & { userId: string }>>()
    never<Takes<typeof episodes.insertEpisode, 1, Omit<episodes.NewEpisode, 'userId'> & { userId: string }>>()
    never<Takes<typeof shows.ownShow, 1, U['id']>>()
    never<Takes<typeof shows.insertShow, 1, U['id']>>()
    never<Takes<typeof shows.listShows, 1, U['id']>>()
    never<Takes<typeof webhooks.ownWebhook, 1, U['id']>>()
    never<Takes<typeof webhooks.insertWebhook, 1, U['id']>>()
    never<Takes<typeof webhooks.listWebhooks, 1, U['id']>>()
    never<Takes<typeof found, 1, U['id']>>()
    never<Takes<typeof planOf, 1, U['id']>>()
    never<Takes<typeof setAside, 1, { versionId: string; userId: string; microUsd: bigint }>>()
    never<Takes<typeof usageRows, 1, { from: string; to: string; group: 'day'; of: string }>>()
    // Episodes, what hangs on them, and mere ids of either.
    never<Takes<Method<EpisodeService, 'cancel'>, 0, U['episode']>>()
    never<Takes<Method<EpisodeService, 'repair'>, 0, U['episode']>>()
    never<Takes<Method<EpisodeService, 'delete'>, 0, U['episode']>>()
    never<Takes<Method<EpisodeService, 'undelete'>, 0, U['episode']>>()
    never<Takes<Method<EpisodeService, 'own'>, 0, Omit<Caller, 'userId'> & { userId: string }>>()
    never<Takes<Method<AppendService, 'append'>, 0, Omit<Caller, 'userId'> & { userId: string }>>()
    never<Takes<Method<EpisodeEvents, 'serve'>, 1, U['episode'] | U['id']>>()
    never<Takes<typeof episodes.updateEpisode, 1, U['episode']>>()
    never<Takes<typeof episodes.updateEpisode, 1, { id: string; currentVersion: number }>>()
    never<Takes<typeof episodes.episodeAgain, 1, U['episode']>>()
    never<Takes<typeof episodes.linesOf, 1, U['episode']['versions'][number]>>()
    never<Takes<typeof episodes.findLine, 1, U['episode']['versions'][number]>>()
    never<Takes<typeof episodes.dictionaryOfVersion, 1, U['episode']['versions'][number]>>()
    never<Takes<typeof episodes.countLines, 1, U['episode']['versions']>>()
    never<Takes<typeof episodes.spentOn, 1, U['episode'][]>>()
    never<Takes<typeof episodes.spentOnVersions, 1, U['episode']['versions']>>()
    never<Takes<typeof episodes.triesFor, 1, U['line'][]>>()
    never<Takes<typeof episodes.sourcesOf, 1, U['episode']>>()
    never<Takes<typeof view.episodeOf, 1, U['episode']>>()
    never<Takes<typeof view.scriptOf, 1, U['episode']>>()
    never<Takes<typeof view.versionsOf, 1, U['episode']>>()
    never<Takes<typeof delivery.audioLink, 1, U['episode']>>()
    never<Takes<typeof delivery.playlistOf, 1, U['episode']>>()
    never<Takes<typeof delivery.segmentOf, 2, U['episode']>>()
    never<Takes<typeof delivery.fileOf, 1, U['episode']>>()
    never<Takes<typeof next.insertNextVersion, 1, U['episode']>>()
    never<Takes<typeof planRemake, 1, U['episode']>>()
    never<Takes<typeof changeBudget, 1, U['episode']>>()
    never<Takes<typeof receiptOf, 1, U['episode']>>()
    never<Takes<typeof setAsideAnew, 1, U['episode']>>()
    never<Takes<typeof shares.shareOf, 1, U['episode']>>()
    never<Takes<typeof shares.insertShare, 1, U['episode']>>()
    never<Takes<typeof shares.revokeShare, 1, U['episode']>>()
    // Shows and webhooks.
    never<Takes<typeof shows.updateShow, 1, U['show']>>()
    never<Takes<typeof shows.deleteShow, 1, U['show']>>()
    never<Takes<typeof shows.listShowEpisodes, 1, U['show']>>()
    never<Takes<typeof shows.feedsOf, 1, U['show']>>()
    never<Takes<typeof shows.insertFeed, 1, U['show']>>()
    never<Takes<typeof shows.revokeFeed, 1, U['show']>>()
    never<Takes<typeof shows.takeOut, 1, U['show']>>()
    never<Takes<typeof shows.publish, 1, U['show']>>()
    never<Takes<typeof shows.keepUnpublished, 2, U['episode']>>()
    never<Takes<typeof shows.withPublishedEpisodes, 1, U['show']>>()
    never<Takes<typeof webhooks.updateWebhook, 1, U['webhook']>>()
    never<Takes<typeof webhooks.deleteWebhook, 1, U['webhook']>>()
    never<Takes<typeof webhooks.insertDelivery, 1, U['webhook']>>()
    never<Takes<typeof webhooks.listDeliveries, 1, U['webhook']>>()
    never<Takes<typeof webhooks.deliveryOf, 1, U['webhook']>>()
    never<Takes<typeof webhooks.beginRound, 1, U['webhook']>>()
    // Looked at, it is taken; and a show that was looked at is no episode.
    const looked: [
      Takes<Method<EpisodeService, 'cancel'>, 0, episodes.EpisodeRow>,
      Takes<typeof episodes.linesOf, 1, episodes.VersionRow>,
      Takes<typeof shows.deleteShow, 1, shows.ShowRow>,
      Takes<typeof shares.insertShare, 1, shows.ShowRow>,
    ] = [true, true, true, false]
    expect(looked).toHaveLength(4)
  })

  it('does not compile where the check is left out', () => {
    const service = {} as EpisodeService
    const row = {} as Unchecked['episode']
    const forgotten = () => {
      // @ts-expect-error the row was found by its id alone
      void service.cancel(row)
      // @ts-expect-error whoever asks is a text out of the address
      void service.own({ userId: 'somebody' }, row.id)
      // @ts-expect-error what looks like a row is none
      void service.delete({ id: 'an id', userId: 'somebody', versions: [] })
    }
    expect(forgotten).toBeTypeOf('function')
  })
})

describe('a check', () => {
  const me = signedIn('me')
  const refusal = () => new HttpProblem('not-found', 'There is none.')
  const clerks = { user: { role: 'user' }, support: { role: 'support' } } as const

  it('passes what is one’s own, and refuses another’s as it refuses none', () => {
    const row = { id: 'a', userId: 'me' }
    expect(own(me, row, refusal)).toBe(row)
    expect(() => own(me, { id: 'b', userId: 'you' }, refusal)).toThrow('There is none.')
    expect(() => own(me, null, refusal)).toThrow('There is none.')
    expect(() => allOwn(me, [row, { id: 'b', userId: 'you' }])).toThrow('somebody else')
  })

  it('lets nobody but support and administrators at the rows of all', () => {
    const row = { id: 'b', userId: 'you' }
    expect(inConsole(clerks.support, row, refusal)).toBe(row)
    for (const look of [
      () => inConsole(clerks.user, row, refusal),
      () => allInConsole(clerks.user, [row]),
      () => personInConsole(clerks.user, 'you'),
      () => everybodyInConsole(clerks.user),
    ])
      expect(look).toThrow('Only administrators')
    expect(() => inConsole(clerks.support, null, refusal)).toThrow('There is none.')
  })
})

describe('the house', () => {
  const root = join(import.meta.dirname, '../..')
  const files = globSync('{api,activities,shared}/**/*.ts', { cwd: root }).filter((path) => !/\.test\.ts$|openapi/.test(path))
  const source = (path: string) => readFileSync(join(root, path), 'utf8')
  const whereIs = (pattern: RegExp) => files.filter((path) => pattern.test(source(path)))

  it('makes what was looked at in one file only', () => {
    expect(
      whereIs(/\bas (unknown as )?(Authorized|PersonId|Everybody|EpisodeRow|VersionRow|ShowRow|WebhookRow|LineRow)\b/),
    ).toEqual(['api/http/authorized.ts'])
    const imports = (name: string) =>
      whereIs(new RegExp(`import \\{[^}]*\\b${name}\\b[^}]*\\} from '[./]*(http/)?authorized\\.ts'`)).toSorted()
    expect(imports('signedIn')).toEqual(['api/http/auth.ts', 'api/keys/keys.repo.ts'])
    expect(imports('byToken')).toEqual(['api/featured/featured.repo.ts', 'api/shares/shares.repo.ts', 'api/shows/shows.repo.ts'])
    expect([
      ...imports('personInConsole'),
      ...imports('everybodyInConsole'),
      ...imports('allInConsole'),
      ...imports('inConsole'),
    ]).toEqual([
      'api/admin/admin-users.routes.ts',
      'api/usage/admin-spending.routes.ts',
      'api/admin/admin.repo.ts',
      'api/admin/admin.repo.ts',
      'api/episodes/episodes.repo.ts',
    ])
  })

  it('asks the door’s questions one by one: `findUnique` would put those of several people into one', () => {
    expect(whereIs(/\.findUnique(OrThrow)?\(/).filter((path) => path.startsWith('api/'))).toEqual([])
  })

  it('lets no route speak to somebody’s tables past their repo', () => {
    const owned =
      'user|session|account|apiKey|mail|upload|source|episode|version|line|show|feed|share|webhook\\w*|pronunciation|usageLog'
    const routes = whereIs(new RegExp(`\\b(db|tx|reader)\\.(${owned})\\.`)).filter((path) => path.endsWith('.routes.ts'))
    // The console and its notices are everybody's and nobody's.
    expect(routes.filter((path) => !/^api\/(admin|notices|usage\/admin)/.test(path))).toEqual([])
  })
})
