import { createHash } from 'node:crypto'
import type { Request, Response } from 'express'
import { z } from 'zod'
import type { Database } from '../../prisma/client.ts'
import type { ObjectStore } from '../../shared/object-store.ts'
import { wholeVersion } from '../episodes/delivery.ts'
import type { EpisodeService } from '../episodes/episodes.service.ts'
import { timedLines } from '../episodes/line-times.ts'
import { chaptersOf } from '../episodes/show-notes.ts'
import { HttpProblem } from '../http/problem.ts'
import { isUnchanged, sendPublicFile } from '../http/public-file.ts'
import type { PublicEnding } from '../http/public-file.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { tokenSchema } from '../shows/feed.routes.ts'
import * as page from './share-page.ts'
import { findShared, insertShare, revokeShare, shareOf } from './shares.repo.ts'
import type { SharedEpisode } from './shares.repo.ts'
import * as schema from './shares.schema.ts'

export interface ShareRouteDeps {
  db: Database
  store: ObjectStore
  episodes: EpisodeService
  /** Of this server, without a slash at the end. */
  publicUrl: string
  /** Where sound is redirected to. */
  mediaOrigins: string[]
}

const params = z.object({ id: z.uuid() })
const tokenParams = z.object({ token: tokenSchema })
const unchanged = { description: 'As you have it (If-None-Match).', schema: null }
const aPage = (what: string) => ({
  200: { description: what, schema: null, contentType: 'text/html' },
  304: unchanged,
  404: { description: 'A page that says that it is not shared, or no longer.', schema: null, contentType: 'text/html' },
})

const files: Record<string, PublicEnding> = {
  'audio.mp3': 'mp3',
  'transcript.vtt': 'vtt',
  'transcript.srt': 'srt',
  'chapters.json': 'chapters.json',
  'cover.png': 'png',
}
const fileNames = Object.keys(files) as [string, ...string[]]

/** Pages that anybody with their address can hear an episode at, for as long as its owner wants. */
export function shareRoutes(deps: ShareRouteDeps): Route[] {
  const { db, episodes } = deps
  const view = ({ token, findable, createdAt }: { token: string; findable: boolean; createdAt: Date }, title: string) => ({
    url: `${deps.publicUrl}/s/${token}`,
    embedUrl: `${deps.publicUrl}/embed/${token}`,
    embedHtml: page.embedHtml(`${deps.publicUrl}/embed/${token}`, title),
    findable,
    createdAt: createdAt.toISOString(),
  })
  return [
    route({
      method: 'get',
      path: '/api/episodes/{id}/share',
      summary: 'Where an episode is shared.',
      access: 'user',
      params,
      answers: { 200: { description: 'The share, if there is one.', schema: schema.shareStateSchema } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id } }) => {
        const row = await episodes.own(caller, id)
        const share = await shareOf(db, row)
        return { status: 200, body: { share: share && view(share, row.title) } }
      },
    }),
    route({
      method: 'post',
      path: '/api/episodes/{id}/share',
      summary: 'Share a finished episode, or say whether search engines may show it; shared already, its address stays.',
      access: 'user',
      params,
      body: schema.newShareSchema,
      answers: { 200: { description: 'The share.', schema: schema.shareSchema } },
      problems: ['not-found', 'wrong-state'],
      handler: async ({ caller, params: { id }, body }) => {
        const row = await episodes.own(caller, id)
        if (!wholeVersion(row).render)
          throw new HttpProblem('wrong-state', 'It is not finished yet. Share it when it is ready; nothing was changed.')
        return { status: 200, body: view(await insertShare(db, row, body), row.title) }
      },
    }),
    route({
      method: 'delete',
      path: '/api/episodes/{id}/share',
      summary: 'Share it no longer: the page, its player and its files are gone with the next request.',
      access: 'user',
      params,
      answers: { 204: { description: 'Done.', schema: null } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id } }) => {
        await revokeShare(db, await episodes.own(caller, id))
        return { status: 204 }
      },
    }),
    ...openRoutes(deps),
  ]
}

const openRoutes = ({ db, store, publicUrl, mediaOrigins }: ShareRouteDeps): Route[] => [
  route({
    method: 'get',
    path: '/s/{token}',
    summary: 'The page of a shared episode; `?t=83.5` begins at that second.',
    access: 'anyone',
    params: tokenParams,
    answers: aPage('The page.'),
    handler: async ({ params: { token }, req, res }) => {
      const episode = await whole(db, token)
      res.set('content-security-policy', page.pagePolicy(mediaOrigins, publicUrl, "'none'"))
      if (!episode) return gone(res)
      const version = wholeVersion(episode)
      const [lines, chapters] = await Promise.all([timedLines(db, version), chaptersOf(store, version.render!.chaptersKey)])
      sendPage(req, res, page.sharePage({ episode, token, publicUrl }, lines, chapters))
      return undefined
    },
  }),
  route({
    method: 'get',
    path: '/embed/{token}',
    summary: 'The player of a shared episode, for a frame in any page.',
    access: 'anyone',
    params: tokenParams,
    answers: aPage('The player.'),
    handler: async ({ params: { token }, req, res }) => {
      const episode = await whole(db, token)
      res.removeHeader('x-frame-options')
      res.set({
        'content-security-policy': page.pagePolicy(mediaOrigins, publicUrl, '*'),
        'cross-origin-resource-policy': 'cross-origin',
      })
      if (!episode) return gone(res)
      sendPage(req, res, page.embedPage({ episode, token, publicUrl }))
      return undefined
    },
  }),
  route({
    method: 'get',
    path: '/s/{token}/{file}',
    summary: 'Sound, transcript, chapters or cover of a shared episode.',
    access: 'anyone',
    params: z.object({ token: tokenSchema, file: z.enum(fileNames) }),
    answers: {
      200: { description: 'The file.', schema: null, contentType: '*/*' },
      302: { description: 'Where the sound lies; Range works there.', schema: null },
      304: unchanged,
    },
    problems: ['not-found'],
    handler: async ({ params: { token, file }, req, res }) => {
      const episode = await whole(db, token)
      if (!episode) throw new HttpProblem('not-found', 'It is not shared, or no longer.')
      await sendPublicFile(store, req, res, wholeVersion(episode).render!, files[file]!)
      return undefined
    },
  }),
  route({
    method: 'get',
    path: '/oembed',
    summary: 'oEmbed 1.0 of a shared episode, by the address of its page.',
    access: 'anyone',
    query: schema.oEmbedQuerySchema,
    answers: { 200: { description: 'How to show it in another page.', schema: schema.oEmbedSchema } },
    problems: ['not-found'],
    handler: async ({ query: { url, maxwidth, maxheight } }) => {
      const token = url.startsWith(`${publicUrl}/s/`) ? url.slice(publicUrl.length + 3).split(/[?#]/)[0]! : ''
      const episode = tokenSchema.safeParse(token).success ? await whole(db, token) : null
      if (!episode) throw new HttpProblem('not-found', 'url: this is not the page of a shared episode.')
      const width = Math.min(page.EMBED_WIDTH, maxwidth ?? page.EMBED_WIDTH)
      const height = Math.min(page.EMBED_HEIGHT, maxheight ?? page.EMBED_HEIGHT)
      const thumbnail = wholeVersion(episode).render!.coverKey && {
        thumbnail_url: `${publicUrl}/s/${token}/cover.png`,
        thumbnail_width: page.COVER_PIXELS,
        thumbnail_height: page.COVER_PIXELS,
      }
      const about = { version: '1.0', type: 'rich', title: episode.title, provider_name: 'AIMake', provider_url: publicUrl }
      const frame = page.embedHtml(`${publicUrl}/embed/${token}`, episode.title, width, height)
      return { status: 200, body: { ...about, html: frame, width, height, ...thumbnail } }
    },
  }),
]

/** A shared episode that can be heard. */
async function whole(db: Database, token: string): Promise<SharedEpisode | null> {
  const episode = await findShared(db, token)
  return episode && wholeVersion(episode).render ? episode : null
}

function gone(res: Response): undefined {
  res.status(404).set('cache-control', 'no-store').type('html').send(page.gonePage())
}

/** Nobody keeps it without asking again: what is shared no longer is gone with the next request. */
function sendPage(req: Request, res: Response, text: string): void {
  res.set('cache-control', 'no-cache')
  if (!isUnchanged(req, res, `"${createHash('sha256').update(text).digest('base64url')}"`)) res.type('html').send(text)
}
