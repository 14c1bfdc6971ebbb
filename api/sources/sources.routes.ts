import { z } from 'zod'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import * as schema from './sources.schema.ts'
import type { SourceService } from './sources.service.ts'
import type { UploadService } from './uploads.service.ts'

export function sourceRoutes(sources: SourceService, uploads: UploadService): Route[] {
  return [
    route({
      method: 'post',
      path: '/api/uploads',
      summary: 'Announce a file; the answer says where its bytes go. Its uploadId is then a source.',
      access: 'user',
      limit: 'upload',
      body: schema.uploadRequestSchema,
      answers: { 201: { description: 'Where the bytes go.', schema: schema.uploadSchema } },
      problems: ['too-many-requests'],
      handler: async ({ caller, body }) => ({ status: 201, body: await uploads.announce(caller, body) }),
    }),
    route({
      method: 'post',
      path: '/api/sources',
      summary: 'Have a link, a file or a topic read before anything is ordered, so that its length and price are known.',
      access: 'user',
      limit: 'upload',
      body: schema.readableSourceSchema,
      answers: { 202: { description: 'It is being read, or was already.', schema: schema.sourceReadSchema } },
      problems: ['url-refused', 'upload-missing', 'source-kind-unavailable', 'nothing-to-say', 'too-many-requests'],
      handler: async ({ caller, body }) => ({ status: 202, body: await sources.read(caller, body) }),
    }),
    route({
      method: 'get',
      path: '/api/sources/{id}',
      summary: 'What was read of a source, and what was left out.',
      access: 'user',
      params: z.object({ id: z.uuid() }),
      answers: { 200: { description: 'The source.', schema: schema.sourceReadSchema } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id } }) => ({ status: 200, body: await sources.find(caller, id) }),
    }),
  ]
}
