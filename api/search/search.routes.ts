import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { Reads } from '../reads.ts'
import { searchQuerySchema, searchResultSchema } from './search.schema.ts'
import { search } from './search.service.ts'

export const searchRoutes = (reads: Reads): Route[] => [
  route({
    method: 'get',
    path: '/api/search',
    summary: 'What your titles, notes and scripts say, in Chinese and English, the best hit first.',
    access: 'user',
    query: searchQuerySchema,
    answers: { 200: { description: 'A page of hits.', schema: searchResultSchema } },
    handler: async ({ caller, query }) => ({
      status: 200,
      body: await reads.by(caller.userId, (reader) => search(reader, caller, query)),
    }),
  }),
]
