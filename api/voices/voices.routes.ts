import { z } from 'zod'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { sampleOrderedSchema, voicesSchema } from './voices.schema.ts'
import type { VoiceService } from './voices.service.ts'

/** A local voice says its sentence within a second. */
const RETRY_AFTER_SECONDS = 1

export const voiceIdSchema = z.object({ id: z.string().max(100) })

export function voiceRoutes(voices: VoiceService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/voices',
      summary: 'The voices, with their price; those that need a key which is not set say so.',
      access: 'user',
      answers: { 200: { description: 'All of them, the best first.', schema: voicesSchema } },
      handler: async ({ caller }) => ({ status: 200, body: { items: await voices.list(caller.userId), nextCursor: null } }),
    }),
    ...([true, false] as const).map((favourite) =>
      route({
        method: favourite ? 'put' : 'delete',
        path: '/api/voices/{id}/favourite',
        summary: favourite ? 'Like a voice.' : 'Like it no longer.',
        access: 'user',
        params: voiceIdSchema,
        answers: { 204: { description: 'Done.', schema: null } },
        problems: ['not-found'],
        handler: async ({ caller, params: { id } }) => {
          await voices.favour(caller.userId, id, favourite)
          return { status: 204 }
        },
      }),
    ),
    route({
      method: 'get',
      path: '/api/voices/{id}/sample',
      summary: 'A sentence in this voice. It costs the caller nothing.',
      access: 'user',
      params: voiceIdSchema,
      answers: {
        200: { description: 'The sound.', schema: null, contentType: 'audio/mpeg' },
        202: { description: 'It is being made; ask again after `Retry-After`.', schema: sampleOrderedSchema },
      },
      problems: ['not-found', 'no-sample'],
      handler: async ({ params: { id }, res }) => {
        const mp3 = await voices.sample(id)
        if (!mp3) {
          res.set({ 'retry-after': String(RETRY_AFTER_SECONDS), 'cache-control': 'no-store' })
          return { status: 202, body: { sample: 'making' } }
        }
        res.set('cache-control', 'private, max-age=86400').type('audio/mpeg').send(Buffer.from(mp3))
        return undefined
      },
    }),
  ]
}
