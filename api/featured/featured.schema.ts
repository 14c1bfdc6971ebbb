import { z } from 'zod'
import { kindSchema, languageSchema } from '../episodes/episodes.schema.ts'

export const featuredQuerySchema = z.strictObject({
  language: languageSchema.optional().meta({ description: 'Episodes in this language come first.' }),
})

export const featuredSchema = z
  .object({
    items: z.array(
      z.object({
        id: z.uuid(),
        title: z.string(),
        kind: kindSchema,
        language: languageSchema,
        durationMs: z.int(),
        speakers: z.array(z.object({ name: z.string() })),
        levels: z.string().meta({ description: 'The tape, as in a list of episodes.' }),
        audioUrl: z.string(),
        pageUrl: z.string(),
        lines: z
          .array(z.object({ speaker: z.string(), text: z.string(), startMs: z.int() }))
          .meta({ description: 'What is said, up to the first two hundred lines.' }),
      }),
    ),
  })
  .meta({ id: 'Featured', description: 'What anybody can hear at once.' })
