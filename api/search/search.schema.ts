import { z } from 'zod'
import { pageQuerySchema } from '../http/cursor.ts'
import { languageSchema } from '../episodes/episodes.schema.ts'

export const searchQuerySchema = pageQuerySchema.extend({
  q: z.string().trim().min(1).max(100).meta({ description: 'Words, all of them; Chinese as it is written, without spaces.' }),
})

const range = z.object({ start: z.int(), end: z.int() })

export const hitSchema = z
  .object({
    episodeId: z.uuid(),
    title: z.string(),
    language: languageSchema,
    kind: z.enum(['title', 'notes', 'line']),
    excerpt: z
      .object({ text: z.string(), matches: z.array(range) })
      .meta({ description: 'What was found; `matches` in UTF-16 units of `text`, `end` not included.' }),
    line: z
      .object({
        id: z.uuid(),
        position: z.int(),
        speaker: z.string(),
        startMs: z.int().nullable().meta({ description: 'Where it begins in the sound; null while that is not made yet.' }),
      })
      .nullable(),
  })
  .meta({ id: 'SearchHit' })

export const searchResultSchema = z
  .object({ items: z.array(hitSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'SearchResult' })

export type Hit = z.input<typeof hitSchema>
