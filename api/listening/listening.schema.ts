import { z } from 'zod'
import { episodeSummarySchema } from '../episodes/episodes.schema.ts'

/** As long as an episode can be: days of sound. */
const MOST_MS = 1_000_000_000
const deviceSchema = z.enum(['phone', 'computer'])

export const placeSchema = z.strictObject({
  positionMs: z.int().min(0).max(MOST_MS).meta({ description: '0 forgets the place: heard to its end, or begun anew.' }),
  device: deviceSchema,
})

export const listeningSchema = z
  .object({
    items: z.array(
      z.object({
        episode: episodeSummarySchema,
        positionMs: z.int(),
        device: deviceSchema,
        updatedAt: z.iso.datetime(),
      }),
    ),
  })
  .meta({ id: 'Listening' })

export type Place = z.infer<typeof placeSchema>
export type Device = z.infer<typeof deviceSchema>
