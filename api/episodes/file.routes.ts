import { pipeline } from 'node:stream/promises'
import { z } from 'zod'
import type { Database } from '../../prisma/client.ts'
import type { ObjectStore } from '../../shared/object-store.ts'
import { writtenTo } from '../../shared/written-to.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { downloadName, fileOf } from './delivery.ts'
import type { EpisodeService } from './episodes.service.ts'
import { packageOf } from './package.ts'

const params = z.object({ id: z.uuid() })

const files = [
  {
    name: 'transcript.vtt',
    ending: 'vtt',
    kind: 'transcriptKey',
    type: 'text/vtt',
    what: 'WebVTT',
    summary: 'The transcript, timed to the sample.',
  },
  {
    name: 'transcript.srt',
    ending: 'srt',
    kind: 'srtKey',
    type: 'application/x-subrip',
    what: 'SubRip, at most two rows of 32 characters',
    summary: 'The transcript as subtitles.',
  },
  {
    name: 'chapters.json',
    ending: 'chapters.json',
    kind: 'chaptersKey',
    type: 'application/json+chapters',
    what: 'Podcasting 2.0 chapters, version 1.2.0',
    summary: 'The chapters, one a section.',
  },
  {
    name: 'cover.png',
    ending: 'png',
    kind: 'coverKey',
    type: 'image/png',
    what: 'A square of 1400 pixels',
    summary: 'The cover: its sound as a picture.',
  },
] as const

export interface FileRouteDeps {
  db: Database
  store: ObjectStore
  episodes: EpisodeService
}

/** The files beside the sound of a finished episode, one route each, and all of them in one. */
export const fileRoutes = (deps: FileRouteDeps): Route[] => [...singleFiles(deps), packageRoute(deps)]

const packageRoute = ({ db, store, episodes }: FileRouteDeps): Route =>
  route({
    method: 'get',
    path: '/api/episodes/{id}/package.zip',
    summary: 'Everything of a finished episode: MP3, transcripts, chapters, notes, cover, script, receipt.',
    access: 'user',
    params,
    answers: { 200: { description: 'A ZIP, streamed; its length is said first.', schema: null, contentType: 'application/zip' } },
    problems: ['not-found', 'wrong-state'],
    handler: async ({ caller, params: { id }, res }) => {
      const row = await episodes.own(caller, id)
      const left = new AbortController()
      res.once('close', () => left.abort())
      const { bytes, stream } = await packageOf({ db, store }, row, left.signal)
      res.attachment(downloadName(row.title, 'zip')).type('application/zip')
      res.set({ 'content-length': String(bytes), 'cache-control': 'private, no-store' })
      // Whoever left, or whose line broke, is told by the missing bytes; there is nobody to answer any more.
      await pipeline(stream, writtenTo(res)).catch(() => {})
      return undefined
    },
  })

function singleFiles({ store, episodes }: FileRouteDeps): Route[] {
  return files.map(({ name, ending, kind, type, what, summary }) =>
    route({
      method: 'get',
      path: `/api/episodes/{id}/${name}`,
      summary,
      access: 'user',
      params,
      query: z.strictObject({ download: z.literal('1').optional() }),
      answers: { 200: { description: `${what}.`, schema: null, contentType: type } },
      problems: ['not-found', 'wrong-state'],
      handler: async ({ caller, params: { id }, query, res }) => {
        const row = await episodes.own(caller, id)
        const bytes = await fileOf(store, row, kind)
        if (query.download) res.attachment(downloadName(row.title, ending))
        res
          .set('cache-control', 'private, max-age=60')
          .type(type.startsWith('text/') ? `${type}; charset=utf-8` : type)
          .send(Buffer.from(bytes))
        return undefined
      },
    }),
  )
}
