import { z } from 'zod'
import type { Database } from '../../prisma/client.ts'
import type { ObjectStore } from '../../shared/object-store.ts'
import { HttpProblem } from '../http/problem.ts'
import { route } from '../http/route.ts'
import type { Caller, Route } from '../http/route.ts'
import { scriptOfVersion } from './episode-view.ts'
import type { EpisodeRow, LineRow } from './episodes.repo.ts'
import { scriptSchema, versionNumberSchema } from './episodes.schema.ts'
import type { EpisodeService } from './episodes.service.ts'
import { passagesSchema, takesSchema } from './line.schema.ts'
import { passagesOf } from './passages.ts'
import { lineOfEpisode, takesOf } from './takes.ts'

export interface LineRouteDeps {
  db: Database
  store: ObjectStore
  episodes: EpisodeService
}

const lineParams = z.object({ id: z.uuid(), lineId: z.uuid() })
const versionParams = z.object({ id: z.uuid(), number: versionNumberSchema })

/** What stands behind a line and a version: sources, recordings, earlier words. */
export function lineRoutes({ db, store, episodes }: LineRouteDeps): Route[] {
  const own = async (caller: Caller, id: string, lineId: string): Promise<{ episode: EpisodeRow; line: LineRow }> => {
    const episode = await episodes.own(caller, id)
    const line = await lineOfEpisode(db, episode, lineId)
    if (!line) throw new HttpProblem('not-found', 'There is no such line in this episode.')
    return { episode, line }
  }
  return [
    route({
      method: 'get',
      path: '/api/episodes/{id}/lines/{lineId}/passages',
      summary: 'The passages of its sources a line rests on, with what stands around them.',
      access: 'user',
      params: lineParams,
      answers: { 200: { description: 'The passages.', schema: passagesSchema } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id, lineId } }) => {
        const { episode, line } = await own(caller, id, lineId)
        return { status: 200, body: { items: await passagesOf({ db, store }, episode, line.sourceRefs) } }
      },
    }),
    route({
      method: 'get',
      path: '/api/episodes/{id}/lines/{lineId}/takes',
      summary: 'What was recorded for a line, in all versions, the newest first.',
      access: 'user',
      params: lineParams,
      answers: { 200: { description: 'The recordings.', schema: takesSchema } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id, lineId } }) => {
        const { episode, line } = await own(caller, id, lineId)
        return { status: 200, body: { items: await takesOf(db, episode, line) } }
      },
    }),
    route({
      method: 'get',
      path: '/api/episodes/{id}/lines/{lineId}/audio',
      summary: 'The sound of one line, of whichever version.',
      access: 'user',
      params: lineParams,
      answers: { 200: { description: 'MP3.', schema: null, contentType: 'audio/mpeg' } },
      problems: ['not-found', 'wrong-state'],
      handler: async ({ caller, params: { id, lineId }, res }) => {
        const { segment } = (await own(caller, id, lineId)).line
        if (!segment) throw new HttpProblem('wrong-state', 'This line has no sound yet.')
        const sound = await store.get(segment.mp3Key)
        res.set('cache-control', 'private, max-age=86400').type('audio/mpeg').send(Buffer.from(sound))
        return undefined
      },
    }),
    route({
      method: 'get',
      path: '/api/episodes/{id}/versions/{number}/script',
      summary: 'The script of an earlier version.',
      access: 'user',
      params: versionParams,
      answers: { 200: { description: 'The script as that version has it.', schema: scriptSchema } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id, number } }) => {
        const { versions } = await episodes.own(caller, id)
        const version = versions.find((one) => one.number === number)
        if (!version) throw new HttpProblem('not-found', 'There is no such version.')
        return { status: 200, body: await scriptOfVersion(db, version) }
      },
    }),
  ]
}
