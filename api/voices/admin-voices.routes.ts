import { z } from 'zod'
import type { Database } from '../../prisma/client.ts'
import { adminListQuerySchema } from '../admin/admin.schema.ts'
import { audit } from '../admin/audit.ts'
import { pageOf } from '../admin/list-query.ts'
import { HttpProblem } from '../http/problem.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { voiceIdSchema } from './voices.routes.ts'
import { adminVoiceSchema, voiceChangeSchema } from './voices.schema.ts'
import { adminViewOf } from './voices.service.ts'
import type { VoiceService } from './voices.service.ts'

const listOf = <T extends z.ZodType>(row: T) => z.object({ data: z.array(row), total: z.int() })

/** What can be chosen, and the samples that the house pays for. */
export function adminVoiceRoutes(db: Database, voices: VoiceService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/admin/voices',
      summary: 'Every voice, also those that cannot be chosen.',
      access: 'support',
      query: adminListQuerySchema,
      answers: { 200: { description: 'A page of them, the best first.', schema: listOf(adminVoiceSchema) } },
      handler: async ({ query }) => ({ status: 200, body: pageOf(await voices.adminList(), query) }),
    }),
    route({
      method: 'get',
      path: '/api/admin/voices/{id}',
      summary: 'A voice.',
      access: 'support',
      params: voiceIdSchema,
      answers: { 200: { description: 'The voice.', schema: adminVoiceSchema } },
      problems: ['not-found'],
      handler: async ({ params: { id } }) => ({ status: 200, body: adminViewOf(await voices.find(id)) }),
    }),
    route({
      method: 'patch',
      path: '/api/admin/voices/{id}',
      summary: 'Offer a voice, or no longer. Lines that have it keep it.',
      access: 'admin',
      params: voiceIdSchema,
      body: voiceChangeSchema,
      answers: { 200: { description: 'As it is now.', schema: adminVoiceSchema } },
      problems: ['not-found'],
      handler: async ({ params: { id }, body, caller, requestId }) => {
        await db.$transaction(async (tx) => {
          const before = await tx.voice.findFirst({ where: { id }, select: { enabled: true } })
          if (!before) throw new HttpProblem('not-found', 'There is no such voice.')
          const after = await tx.voice.update({ where: { id }, data: body, select: { enabled: true } })
          await audit(tx, { caller, requestId, action: 'voice.change', subject: `voice:${id}`, before, after })
        })
        return { status: 200, body: adminViewOf(await voices.find(id)) }
      },
    }),
    route({
      method: 'post',
      path: '/api/admin/voices/{id}/sample',
      summary: 'Have a sample made. The house pays for it, once.',
      access: 'admin',
      limit: 'create',
      params: voiceIdSchema,
      answers: { 202: { description: 'It is being made, or there already.', schema: adminVoiceSchema } },
      problems: ['not-found', 'wrong-state'],
      handler: async ({ params: { id }, caller, requestId }) => {
        const before = { sample: adminViewOf(await voices.find(id)).sample }
        const voice = adminViewOf(await voices.askForSample(id))
        const after = { sample: voice.sample }
        await audit(db, { caller, requestId, action: 'voice.sample', subject: `voice:${id}`, before, after })
        return { status: 202, body: voice }
      },
    }),
  ]
}
