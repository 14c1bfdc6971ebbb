import { z } from 'zod'
import type { Database, Reader } from '../../prisma/client.ts'
import { audit } from '../admin/audit.ts'
import type { FrozenBrief } from '../episodes/brief.ts'
import { wholeVersion } from '../episodes/delivery.ts'
import { episodeInConsole } from '../episodes/episodes.repo.ts'
import { timedLines } from '../episodes/line-times.ts'
import { HttpProblem } from '../http/problem.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { featuredShares, setFeatured } from './featured.repo.ts'
import type { FeaturedRow } from './featured.repo.ts'
import * as schema from './featured.schema.ts'

const SHOWN = 3
/** So many are looked at, to have three in the language that is asked for. */
const LOOKED_AT = 12
const MOST_LINES = 200
const params = z.object({ id: z.uuid() })
const done = { 204: { description: 'Done.', schema: null } }

/** The episodes on the front page: shared by their owners, chosen by an administrator. */
export function featuredRoutes(db: Database): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/featured',
      summary: 'Three episodes that anybody can hear at once.',
      access: 'anyone',
      query: schema.featuredQuerySchema,
      answers: { 200: { description: 'At most three; none where nothing was chosen.', schema: schema.featuredSchema } },
      handler: async ({ query, res }) => {
        const rows = await featuredShares(db, LOOKED_AT)
        const first = rows.toSorted((a, b) => rankOf(a, query.language) - rankOf(b, query.language)).slice(0, SHOWN)
        res.set('cache-control', 'public, max-age=60')
        return { status: 200, body: { items: await Promise.all(first.map((row) => viewOf(db, row))) } }
      },
    }),
    ...([true, false] as const).map((featured) =>
      route({
        method: featured ? 'put' : 'delete',
        path: '/api/admin/episodes/{id}/featured',
        summary: featured ? 'Let strangers hear a shared episode on the front page.' : 'Take it off the front page.',
        access: 'admin',
        params,
        answers: done,
        problems: ['not-found', 'wrong-state'],
        handler: async ({ params: { id }, caller, requestId }) => {
          const episode = await episodeInConsole(db, caller, id)
          await db.$transaction(async (tx) => {
            if (!(await setFeatured(tx, episode, featured)))
              throw new HttpProblem(
                'wrong-state',
                'Its owner does not share it. Only what is shared can be featured; nothing was changed.',
              )
            await audit(tx, {
              caller,
              requestId,
              action: 'episode.feature',
              subject: `episode:${id}`,
              before: null,
              after: { featured },
            })
          })
          return { status: 204 }
        },
      }),
    ),
  ]
}

const rankOf = ({ episode }: FeaturedRow, language: string | undefined) =>
  Number(language !== undefined && episode.language !== language)

async function viewOf(db: Reader, { token, episode }: FeaturedRow) {
  const version = wholeVersion(episode)
  const brief = episode.brief as unknown as FrozenBrief
  const lines = await timedLines(db, version)
  return {
    id: episode.id,
    title: episode.title,
    kind: episode.kind,
    language: episode.language as 'zh' | 'en',
    durationMs: version.render!.durationMs,
    speakers: brief.speakers.map(({ name }) => ({ name })),
    levels: version.render!.tape,
    audioUrl: `/s/${token}/audio.mp3`,
    pageUrl: `/s/${token}`,
    lines: lines
      .flatMap(({ speaker, text, startMs }) => (startMs === null ? [] : [{ speaker, text, startMs: Math.round(startMs) }]))
      .slice(0, MOST_LINES),
  }
}
