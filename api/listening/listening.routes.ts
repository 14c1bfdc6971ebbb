import { z } from 'zod'
import type { Database } from '../../prisma/client.ts'
import { wholeVersion } from '../episodes/delivery.ts'
import { summariesOf } from '../episodes/episode-view.ts'
import type { EpisodeService } from '../episodes/episodes.service.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { Reads } from '../reads.ts'
import { keepPlace, placesOf } from './listening.repo.ts'
import type { Device } from './listening.schema.ts'
import * as schema from './listening.schema.ts'

interface ListeningRouteDeps {
  db: Database
  reads: Reads
  episodes: EpisodeService
}

const MOST = 5
/** Whoever stops so close to the end has heard it. */
const ENDS_WITHIN_MS = 3_000

/** Where a person stopped listening, so that any device of theirs goes on from there. */
export function listeningRoutes({ db, reads, episodes }: ListeningRouteDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/listening',
      summary: 'What you began to hear and did not end, the last first.',
      access: 'user',
      answers: { 200: { description: 'At most five.', schema: schema.listeningSchema } },
      handler: async ({ caller }) => {
        const items = await reads.by(caller.userId, async (reader) => {
          const places = await placesOf(reader, caller.userId, MOST)
          const summaries = await summariesOf(
            reader,
            places.map(({ episode }) => episode),
          )
          return places.map(({ positionMs, device, updatedAt }, index) => ({
            episode: summaries[index]!,
            positionMs,
            device: device as Device,
            updatedAt: updatedAt.toISOString(),
          }))
        })
        return { status: 200, body: { items } }
      },
    }),
    route({
      method: 'put',
      path: '/api/episodes/{id}/listening',
      summary: 'Keep where you are in an episode; of what was heard to its end nothing is kept.',
      access: 'user',
      params: z.object({ id: z.uuid() }),
      body: schema.placeSchema,
      answers: { 204: { description: 'Kept.', schema: null } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id }, body }) => {
        const episode = await episodes.own(caller, id)
        const { render } = wholeVersion(episode)
        const isHeard = render !== null && body.positionMs > render.durationMs - ENDS_WITHIN_MS
        await keepPlace(db, episode, isHeard ? { ...body, positionMs: 0 } : body)
        return { status: 204 }
      },
    }),
  ]
}
