import { z } from 'zod'
import type { ObjectStore } from '../../shared/object-store.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { downloadName, fileOf } from './delivery.ts'
import type { EpisodeService } from './episodes.service.ts'

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

/** The files beside the sound of a finished episode: one route each. */
export function fileRoutes({ store, episodes }: { store: ObjectStore; episodes: EpisodeService }): Route[] {
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
