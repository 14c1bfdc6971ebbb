import { z } from 'zod'
import type { Database } from '../../prisma/client.ts'
import { remakeSchema } from '../episodes/script.schema.ts'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import { dictionaryOf } from './pronunciations.repo.ts'
import * as schema from './pronunciations.schema.ts'
import type { PronunciationService } from './pronunciations.service.ts'

const params = z.object({ id: z.uuid() })

export function pronunciationRoutes(db: Database, pronunciations: PronunciationService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/pronunciations',
      summary: 'How words are said in everything you make.',
      access: 'user',
      answers: { 200: { description: 'Your list.', schema: schema.dictionarySchema } },
      handler: async ({ caller }) => ({ status: 200, body: { entries: await dictionaryOf(db, caller.userId) } }),
    }),
    route({
      method: 'put',
      path: '/api/pronunciations',
      summary: 'Replace your list. It counts for what is ordered from now on.',
      access: 'user',
      body: schema.dictionarySchema,
      answers: { 200: { description: 'The list as it was saved.', schema: schema.dictionarySchema } },
      handler: async ({ caller, body }) => ({
        status: 200,
        body: { entries: await pronunciations.saveOwn(caller, body.entries) },
      }),
    }),
    route({
      method: 'get',
      path: '/api/episodes/{id}/pronunciations',
      summary: 'How words are said in this episode alone.',
      access: 'user',
      params,
      answers: { 200: { description: 'Its list.', schema: schema.episodeDictionarySchema } },
      problems: ['not-found', 'unknown-voice', 'price-unknown'],
      handler: async ({ caller, params: { id } }) => ({ status: 200, body: await pronunciations.ofEpisode(caller, id) }),
    }),
    route({
      method: 'post',
      path: '/api/episodes/{id}/pronunciations/estimate',
      summary: 'What saving this list would make anew and cost. Nothing is stored.',
      access: 'user',
      params,
      body: schema.dictionarySchema,
      answers: { 200: { description: 'The estimate.', schema: remakeSchema } },
      problems: ['not-found', 'unknown-voice', 'price-unknown'],
      handler: async ({ caller, params: { id }, body }) => ({
        status: 200,
        body: await pronunciations.estimate(caller, id, body.entries),
      }),
    }),
    route({
      method: 'put',
      path: '/api/episodes/{id}/pronunciations',
      summary: 'Replace the list of a finished episode; lines that are said otherwise are made anew, as a new version.',
      access: 'user',
      limit: 'create',
      params,
      body: schema.dictionarySchema,
      answers: {
        200: { description: 'The list as saved, and the version that is said so.', schema: schema.episodeDictionarySchema },
      },
      problems: ['not-found', 'wrong-state', 'unknown-voice', 'price-unknown'],
      handler: async ({ caller, params: { id }, body }) => ({
        status: 200,
        body: await pronunciations.saveForEpisode(caller, id, body.entries),
      }),
    }),
  ]
}
