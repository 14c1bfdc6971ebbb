import { z } from 'zod'
import type { ObjectStore } from '../../shared/object-store.ts'
import { pageQuerySchema } from '../http/cursor.ts'
import { HttpProblem } from '../http/problem.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { Reads } from '../reads.ts'
import * as schema from './shows.schema.ts'
import type { ShowService } from './shows.service.ts'

const params = z.object({ id: z.uuid() })
const episodeParams = z.object({ id: z.uuid(), episodeId: z.uuid() })
const feedParams = z.object({ id: z.uuid(), feedId: z.uuid() })
const done = { description: 'Done.', schema: null }
const theShow = { description: 'The show.', schema: schema.showSchema }

/** What the JSON reader takes too: one word for "too large" everywhere. */
const MAX_COVER_BYTES = 2 * 1024 * 1024

/** A person's shows: what they say, what their feeds have, where they can be subscribed. */
export function showRoutes({ reads, store, shows }: { reads: Reads; store: ObjectStore; shows: ShowService }): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/shows',
      summary: 'Your shows, newest first.',
      access: 'user',
      query: pageQuerySchema,
      answers: { 200: { description: 'A page of them.', schema: schema.showListSchema } },
      handler: async ({ caller, query }) => ({
        status: 200,
        body: await reads.by(caller.userId, (reader) => shows.list(reader, caller, query)),
      }),
    }),
    route({
      method: 'post',
      path: '/api/shows',
      summary: 'Begin a show.',
      access: 'user',
      body: schema.newShowSchema,
      answers: { 201: theShow },
      handler: async ({ caller, body }) => ({ status: 201, body: await shows.create(caller, body) }),
    }),
    route({
      method: 'get',
      path: '/api/shows/{id}',
      summary: 'A show.',
      access: 'user',
      params,
      answers: { 200: theShow },
      problems: ['not-found'],
      handler: async ({ caller, params: { id } }) => ({ status: 200, body: await shows.get(caller, id) }),
    }),
    route({
      method: 'patch',
      path: '/api/shows/{id}',
      summary: 'Change what a show says.',
      access: 'user',
      params,
      body: schema.showPatchSchema,
      answers: { 200: theShow },
      problems: ['not-found'],
      handler: async ({ caller, params: { id }, body }) => ({ status: 200, body: await shows.change(caller, id, body) }),
    }),
    route({
      method: 'delete',
      path: '/api/shows/{id}',
      summary: 'End a show: its feeds are gone at once, its episodes stay.',
      access: 'user',
      params,
      answers: { 204: done },
      problems: ['not-found'],
      handler: async ({ caller, params: { id } }) => {
        await shows.delete(caller, id)
        return { status: 204 }
      },
    }),
    route({
      method: 'put',
      path: '/api/shows/{id}/cover',
      summary: 'Give a show its picture: square, 1400 to 3000 pixels, PNG or JPEG, 2 MB at most.',
      access: 'user',
      params,
      upload: { types: ['image/png', 'image/jpeg'], maxBytes: MAX_COVER_BYTES },
      answers: { 200: theShow },
      problems: ['not-found', 'cover-unusable', 'too-large', 'unsupported-media-type'],
      handler: async ({ caller, params: { id }, req }) => {
        const bytes: unknown = req.body
        if (!Buffer.isBuffer(bytes)) throw new HttpProblem('unsupported-media-type', 'Send a PNG or a JPEG.')
        return { status: 200, body: await shows.setCover(caller, id, bytes) }
      },
    }),
    route({
      method: 'get',
      path: '/api/shows/{id}/cover',
      summary: 'The picture of a show.',
      access: 'user',
      params,
      query: z.strictObject({ v: z.string().max(16).optional() }),
      answers: { 200: { description: 'PNG or JPEG.', schema: null, contentType: 'image/*' } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id }, res }) => {
        const key = await shows.cover(caller, id)
        const bytes = Buffer.from(await store.get(key))
        res
          .set('cache-control', 'private, max-age=3600')
          .type(key.endsWith('.png') ? 'png' : 'jpeg')
          .send(bytes)
        return undefined
      },
    }),
    route({
      method: 'delete',
      path: '/api/shows/{id}/cover',
      summary: 'Take the picture of a show away.',
      access: 'user',
      params,
      answers: { 200: theShow },
      problems: ['not-found'],
      handler: async ({ caller, params: { id } }) => ({ status: 200, body: await shows.setCover(caller, id, undefined) }),
    }),
    ...contentRoutes(reads, shows),
    ...addressRoutes(shows),
  ]
}

const contentRoutes = (reads: Reads, shows: ShowService): Route[] => [
  route({
    method: 'get',
    path: '/api/shows/{id}/episodes',
    summary: 'The episodes of a show, newest first.',
    access: 'user',
    params,
    query: pageQuerySchema,
    answers: { 200: { description: 'A page of them.', schema: schema.showEpisodeListSchema } },
    problems: ['not-found'],
    handler: async ({ caller, params: { id }, query }) => ({
      status: 200,
      body: await reads.by(caller.userId, (reader) => shows.episodes(reader, caller, id, query)),
    }),
  }),
  route({
    method: 'put',
    path: '/api/shows/{id}/episodes/{episodeId}',
    summary: 'Take an episode into a show, and into its feed or out of it.',
    access: 'user',
    params: episodeParams,
    body: schema.publicationSchema,
    answers: { 204: done },
    problems: ['not-found', 'wrong-state'],
    handler: async ({ caller, params: { id, episodeId }, body }) => {
      await shows.place(caller, id, episodeId, body.published)
      return { status: 204 }
    },
  }),
  route({
    method: 'delete',
    path: '/api/shows/{id}/episodes/{episodeId}',
    summary: 'Take an episode out of a show.',
    access: 'user',
    params: episodeParams,
    answers: { 204: done },
    problems: ['not-found'],
    handler: async ({ caller, params: { id, episodeId } }) => {
      await shows.takeOut(caller, id, episodeId)
      return { status: 204 }
    },
  }),
  route({
    method: 'get',
    path: '/api/shows/{id}/check',
    summary: 'What directories would refuse of the feed as it is now.',
    access: 'user',
    params,
    answers: { 200: { description: 'What was found.', schema: schema.feedCheckSchema } },
    problems: ['not-found'],
    handler: async ({ caller, params: { id } }) => ({ status: 200, body: await shows.check(caller, id) }),
  }),
]

const addressRoutes = (shows: ShowService): Route[] => [
  route({
    method: 'get',
    path: '/api/shows/{id}/feeds',
    summary: 'The addresses a show can be subscribed at.',
    access: 'user',
    params,
    answers: { 200: { description: 'Those not revoked.', schema: schema.feedListSchema } },
    problems: ['not-found'],
    handler: async ({ caller, params: { id } }) => ({ status: 200, body: { items: await shows.feeds(caller, id) } }),
  }),
  route({
    method: 'post',
    path: '/api/shows/{id}/feeds',
    summary: 'A new address: a private one a listener, or the public one for directories once nothing would be refused.',
    access: 'user',
    params,
    body: schema.newFeedSchema,
    answers: { 201: { description: 'The feed.', schema: schema.feedSchema } },
    problems: ['not-found', 'feed-refused'],
    handler: async ({ caller, params: { id }, body }) => ({ status: 201, body: await shows.addFeed(caller, id, body) }),
  }),
  route({
    method: 'delete',
    path: '/api/shows/{id}/feeds/{feedId}',
    summary: 'Revoke an address: it is gone with the next request.',
    access: 'user',
    params: feedParams,
    answers: { 204: done },
    problems: ['not-found'],
    handler: async ({ caller, params: { id, feedId } }) => {
      await shows.revokeFeed(caller, id, feedId)
      return { status: 204 }
    },
  }),
]
