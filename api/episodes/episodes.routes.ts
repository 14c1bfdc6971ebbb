import { z } from 'zod'
import { episodeWord } from '../../shared/episode-events.ts'
import { mark } from '../../shared/watching/marks.ts'
import type { ObjectStore } from '../../shared/object-store.ts'
import type { Database } from '../../prisma/client.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { Reads } from '../reads.ts'
import { audioLink, playlistOf, segmentOf } from './delivery.ts'
import type { EpisodeEvents } from './episode-events.ts'
import { episodeOf, summariesOf } from './episode-view.ts'
import { countEpisodes, isThere, listEpisodes } from './episodes.repo.ts'
import type { EpisodeService } from './episodes.service.ts'
import { fileRoutes } from './file.routes.ts'
import * as schema from './episodes.schema.ts'
import { readPlace, writePlace } from './list-place.ts'
import { countsOf, isOver, statusGroups } from './status-groups.ts'

export interface EpisodeRouteDeps {
  db: Database
  reads: Reads
  store: ObjectStore
  episodes: EpisodeService
  events: EpisodeEvents
}

const params = z.object({ id: z.uuid() })
const versionNumber = schema.versionNumberSchema
  .optional()
  .meta({ description: 'Of an earlier version; the current one when left out.' })
const done = { description: 'Done.', schema: null }

export function episodeRoutes({ db, reads, store, episodes, events }: EpisodeRouteDeps): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/episodes/estimate',
      summary: 'What a brief would become and cost. Nothing is stored.',
      access: 'user',
      body: schema.briefSchema,
      answers: { 200: { description: 'The estimate.', schema: schema.estimateSchema } },
      problems: [
        'nothing-to-say',
        'unknown-voice',
        'unknown-speaker',
        'script-unreadable',
        'source-kind-unavailable',
        'source-unreadable',
        'url-refused',
        'upload-missing',
        'price-unknown',
        'too-large',
        'not-found',
      ],
      handler: async ({ caller, body }) => ({ status: 200, body: await episodes.estimate(caller, body) }),
    }),
    route({
      method: 'post',
      path: '/api/episodes',
      summary: 'Order an episode.',
      access: 'user',
      limit: 'create',
      idempotent: true,
      body: schema.briefSchema,
      answers: { 202: { description: 'Written down; the making begins.', schema: schema.createdSchema } },
      problems: [
        'nothing-to-say',
        'unknown-voice',
        'unknown-speaker',
        'script-unreadable',
        'source-kind-unavailable',
        'source-unreadable',
        'url-refused',
        'upload-missing',
        'price-unknown',
        'too-large',
        'over-plan',
        'idempotency-key-reused',
        'not-found',
      ],
      handler: async ({ caller, body, idempotencyKey }) => {
        const created = await episodes.create(caller, body, idempotencyKey)
        mark({ episodeId: created.id })
        return { status: 202, body: created }
      },
    }),
    route({
      method: 'get',
      path: '/api/episodes',
      summary: 'Your episodes, newest first.',
      access: 'user',
      query: schema.listQuerySchema,
      answers: { 200: { description: 'A page of them.', schema: schema.listSchema } },
      handler: async ({ caller, query }) => {
        const filter = {
          userId: caller.userId,
          after: query.cursor === undefined ? undefined : readPlace(query.cursor, query.sort),
          limit: query.limit + 1,
          order: query.sort,
          q: query.q,
          statuses: query.status && [...statusGroups[query.status]],
          kind: query.kind,
        }
        const body = await reads.by(caller.userId, async (reader) => {
          const rows = await listEpisodes(reader, filter)
          const page = rows.slice(0, query.limit)
          const last = rows.length > query.limit ? page.at(-1) : undefined
          const nextCursor = last ? writePlace(last, query.sort) : null
          // Behind the paging: a row that goes in this moment must not end the list.
          return { items: await summariesOf(reader, page.filter(isThere)), nextCursor }
        })
        return { status: 200, body }
      },
    }),
    route({
      method: 'get',
      path: '/api/episodes/counts',
      summary: 'How many episodes you have, by where they stand and by what they are.',
      access: 'user',
      answers: { 200: { description: 'The numbers.', schema: schema.countsSchema } },
      handler: async ({ caller }) => ({
        status: 200,
        body: countsOf(await reads.by(caller.userId, (reader) => countEpisodes(reader, caller.userId))),
      }),
    }),
    route({
      method: 'get',
      path: '/api/episodes/{id}',
      summary: 'The whole state of an episode.',
      access: 'user',
      params,
      kept: { by: ({ id }) => episodeWord(id!), when: (body) => isOver((body as { status: string }).status) },
      answers: { 200: { description: 'The episode.', schema: schema.episodeSchema } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id } }) => ({ status: 200, body: await episodeOf(db, await episodes.own(caller, id)) }),
    }),
    route({
      method: 'patch',
      path: '/api/episodes/{id}',
      summary: 'Rename an episode, or change its notes.',
      access: 'user',
      params,
      body: schema.patchSchema,
      answers: { 200: { description: 'The episode.', schema: schema.episodeSchema } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id }, body }) => ({
        status: 200,
        body: await episodeOf(db, await episodes.change(caller, id, body)),
      }),
    }),
    route({
      method: 'delete',
      path: '/api/episodes/{id}',
      summary: 'Delete an episode; for a while it can be brought back.',
      access: 'user',
      params,
      answers: { 204: done },
      problems: ['not-found'],
      handler: async ({ caller, params: { id } }) => {
        await episodes.delete(await episodes.own(caller, id))
        return { status: 204 }
      },
    }),
    route({
      method: 'post',
      path: '/api/episodes/{id}/undelete',
      summary: 'Bring a deleted episode back.',
      access: 'user',
      params,
      answers: { 204: done },
      problems: ['not-found'],
      handler: async ({ caller, params: { id } }) => {
        await episodes.undelete(await episodes.own(caller, id, true))
        return { status: 204 }
      },
    }),
    route({
      method: 'post',
      path: '/api/episodes/{id}/cancel',
      summary: 'Stop the making. What was made stays.',
      access: 'user',
      params,
      answers: { 202: { description: 'It is being stopped.', schema: null } },
      problems: ['not-found', 'wrong-state'],
      handler: async ({ caller, params: { id } }) => {
        await episodes.cancel(await episodes.own(caller, id))
        return { status: 202 }
      },
    }),
    route({
      method: 'post',
      path: '/api/episodes/{id}/repair',
      summary: 'Voice the lines that failed once more; the same run goes on.',
      access: 'user',
      limit: 'create',
      params,
      answers: { 202: { description: 'The run goes on.', schema: null } },
      problems: ['not-found', 'wrong-state'],
      handler: async ({ caller, params: { id } }) => {
        await episodes.repair(await episodes.own(caller, id))
        return { status: 202 }
      },
    }),
    route({
      method: 'get',
      path: '/api/episodes/{id}/events',
      summary: schema.eventsDescription,
      access: 'user',
      params,
      answers: { 200: { description: 'Events, until the connection ends.', schema: null, contentType: 'text/event-stream' } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id }, req, res }) => {
        await events.serve(res, await episodes.own(caller, id), req.header('last-event-id'))
        return undefined
      },
    }),
    route({
      method: 'get',
      path: '/api/episodes/{id}/audio',
      summary: 'The finished MP3, or M4A where the brief asked for it.',
      access: 'user',
      params,
      query: z.strictObject({ download: z.literal('1').optional(), format: z.enum(['mp3', 'm4a']).optional() }),
      answers: { 302: { description: 'Where it lies; Range works there.', schema: null } },
      problems: ['not-found', 'wrong-state'],
      handler: async ({ caller, params: { id }, query, res }) => {
        const row = await episodes.own(caller, id)
        res
          .set('cache-control', 'private, no-store')
          .redirect(302, await audioLink(store, row, { format: query.format, download: query.download === '1' }))
        return undefined
      },
    }),
    route({
      method: 'get',
      path: '/api/episodes/{id}/playlist.m3u8',
      summary: 'HLS. It grows line by line while the episode is being made.',
      access: 'user',
      params,
      query: z.strictObject({ v: versionNumber }),
      answers: { 200: { description: 'The playlist.', schema: null, contentType: 'application/vnd.apple.mpegurl' } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id }, query, res }) => {
        const { text, complete } = await playlistOf(db, await episodes.own(caller, id), query.v)
        res
          .set('cache-control', complete ? 'private, max-age=60' : 'no-store')
          .type('application/vnd.apple.mpegurl')
          .send(text)
        return undefined
      },
    }),
    route({
      method: 'get',
      path: '/api/episodes/{id}/segments/{file}',
      summary: 'One HLS segment, at most 4 s.',
      access: 'user',
      params: z.object({ id: z.uuid(), file: z.string().regex(/^\d{1,6}\.mp3$/) }),
      query: z.strictObject({ v: versionNumber }),
      answers: { 200: { description: 'MP3 frames.', schema: null, contentType: 'audio/mpeg' } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id, file }, query, res }) => {
        const bytes = await segmentOf(db, store, await episodes.own(caller, id), Number.parseInt(file, 10), query.v)
        res.set('cache-control', 'private, max-age=86400').type('audio/mpeg').send(Buffer.from(bytes))
        return undefined
      },
    }),
    ...fileRoutes({ db, store, episodes }),
  ]
}
