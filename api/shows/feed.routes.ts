import { createHash } from 'node:crypto'
import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Database } from '../../prisma/client.ts'
import type { ObjectStore } from '../../shared/object-store.ts'
import { wholeVersion } from '../episodes/delivery.ts'
import { HttpProblem } from '../http/problem.ts'
import { isUnchanged, openToAll, publicEndings, sendObject, sendPublicFile } from '../http/public-file.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { changedAt, feedXml } from './feed.ts'
import { findFeed, findFeedEpisode, findPublishedShow } from './shows.repo.ts'

export interface FeedRouteDeps {
  db: Database
  store: ObjectStore
  publicUrl: string
}

export const tokenSchema = z.string().regex(/^[\w-]{20,64}$/)
const fileSchema = z
  .string()
  .max(40)
  .regex(new RegExp(`^v\\d{1,6}\\.(${publicEndings.map((ending) => ending.replace('.', '\\.')).join('|')})$`))
const unchanged = { description: 'As you have it (If-None-Match, If-Modified-Since).', schema: null }
const noFeed = () => new HttpProblem('not-found', 'There is no feed here, or no longer.')

/** What podcast apps ask for. Whoever knows the token may; revoked, all of it is gone. */
export function feedRoutes({ db, store, publicUrl }: FeedRouteDeps): Route[] {
  return [
    route({
      method: 'get',
      path: '/feeds/{token}.xml',
      summary: 'A show as RSS 2.0, with the tags of iTunes and Podcasting 2.0.',
      access: 'anyone',
      params: z.object({ token: tokenSchema }),
      answers: {
        200: { description: 'The feed.', schema: null, contentType: 'application/rss+xml' },
        304: unchanged,
      },
      problems: ['not-found'],
      handler: async ({ params: { token }, req, res }) => {
        const [feed, show] = await Promise.all([findFeed(db, token), findPublishedShow(db, token)])
        if (!feed || !show) throw noFeed()
        const xml = feedXml(show, { publicUrl, token, isPublic: feed.kind === 'public' })
        sendFeed(req, res, xml, changedAt(show))
        return undefined
      },
    }),
    route({
      method: 'get',
      path: '/feeds/{token}/cover',
      summary: 'The picture of a show.',
      access: 'anyone',
      params: z.object({ token: tokenSchema }),
      answers: { 200: { description: 'PNG or JPEG.', schema: null, contentType: 'image/*' }, 304: unchanged },
      problems: ['not-found'],
      handler: async ({ params: { token }, req, res }) => {
        const show = await findPublishedShow(db, token)
        const renders = show?.episodes.flatMap((episode) => wholeVersion(episode).render ?? []) ?? []
        const key = show?.coverKey ?? renders.find(({ coverKey }) => coverKey)?.coverKey
        if (!key) throw noFeed()
        openToAll(res)
        await sendObject(store, req, res, key, key.endsWith('.jpg') ? 'image/jpeg' : 'image/png')
        return undefined
      },
    }),
    route({
      method: 'get',
      path: '/feeds/{token}/{episodeId}/{file}',
      summary: 'Sound, transcript, chapters or cover of one version of an episode in a feed: `v1.mp3`, `v1.vtt`, `v1.srt`, ...',
      access: 'anyone',
      params: z.object({ token: tokenSchema, episodeId: z.uuid(), file: fileSchema }),
      answers: {
        200: { description: 'The file.', schema: null, contentType: '*/*' },
        302: { description: 'Where the sound lies; Range works there.', schema: null },
        304: unchanged,
      },
      problems: ['not-found'],
      handler: async ({ params: { token, episodeId, file }, req, res }) => {
        const episode = await findFeedEpisode(db, token, episodeId)
        const [, number, ending] = /^v(\d+)\.(.+)$/.exec(file)!
        const render = episode?.versions.find((version) => version.number === Number(number))?.render
        if (!render) throw noFeed()
        await sendPublicFile(store, req, res, render, ending as (typeof publicEndings)[number])
        return undefined
      },
    }),
  ]
}

function sendFeed(req: Request, res: Response, xml: string, changed: Date): void {
  openToAll(res)
  if (isUnchanged(req, res, `"${createHash('sha256').update(xml).digest('base64url')}"`, changed)) return
  res.set('content-type', 'application/rss+xml; charset=utf-8').send(xml)
}
