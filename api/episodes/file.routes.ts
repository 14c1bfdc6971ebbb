import { z } from 'zod'
import type { ObjectStore } from '../../shared/object-store.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { fileOf } from './delivery.ts'
import type { EpisodeService } from './episodes.service.ts'

const params = z.object({ id: z.uuid() })

const files = [
  {
    name: 'transcript.vtt',
    kind: 'transcriptKey',
    type: 'text/vtt',
    what: 'WebVTT',
    summary: 'The transcript, timed to the sample.',
  },
  {
    name: 'transcript.srt',
    kind: 'srtKey',
    type: 'application/x-subrip',
    what: 'SubRip, at most two rows of 32 characters',
    summary: 'The transcript as subtitles.',
  },
  {
    name: 'chapters.json',
    kind: 'chaptersKey',
    type: 'application/json+chapters',
    what: 'Podcasting 2.0 chapters, version 1.2.0',
    summary: 'The chapters, one a section.',
  },
  {
    name: 'cover.png',
    kind: 'coverKey',
    type: 'image/png',
    what: 'A square of 1400 pixels',
    summary: 'The cover: its sound as a picture.',
  },
] as const

/** The files beside the sound of a finished episode: one route each. */
export function fileRoutes({ store, episodes }: { store: ObjectStore; episodes: EpisodeService }): Route[] {
  return files.map(({ name, kind, type, what, summary }) =>
    route({
      method: 'get',
      path: `/api/episodes/{id}/${name}`,
      summary,
      access: 'user',
      params,
      answers: { 200: { description: `${what}.`, schema: null, contentType: type } },
      problems: ['not-found', 'wrong-state'],
      handler: async ({ caller, params: { id }, res }) => {
        const bytes = await fileOf(store, await episodes.own(caller, id), kind)
        res
          .set('cache-control', 'private, max-age=60')
          .type(type.startsWith('text/') ? `${type}; charset=utf-8` : type)
          .send(Buffer.from(bytes))
        return undefined
      },
    }),
  )
}
