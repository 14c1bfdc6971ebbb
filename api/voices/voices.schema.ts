import { z } from 'zod'

export const voiceSchema = z
  .object({
    id: z.string(),
    provider: z.string(),
    name: z.string(),
    nameEn: z.string(),
    languages: z.array(z.string()),
    gender: z.string(),
    label: z.string().nullable().meta({ description: 'For example "local preview".' }),
    sampleUrl: z.string().nullable(),
    priceMicroUsdPerThousandCharacters: z.int(),
  })
  .meta({ id: 'Voice' })

export const voicesSchema = z.object({ items: z.array(voiceSchema), nextCursor: z.null() }).meta({ id: 'VoiceList' })
