import { z } from 'zod'

export const sampleStatusSchema = z.enum(['ready', 'making', 'on-demand', 'none']).meta({
  id: 'SampleStatus',
  description:
    '`on-demand`: it costs nothing and is made when first asked for. `none`: it would cost money, and an administrator has not asked for it.',
})

export const voiceSchema = z
  .object({
    id: z.string(),
    provider: z.string(),
    name: z.string(),
    nameEn: z.string(),
    languages: z.array(z.string()),
    gender: z.string(),
    label: z.string().nullable().meta({ description: 'For example "local preview".' }),
    available: z.boolean().meta({ description: 'Whether it can be chosen now.' }),
    needsKey: z.string().nullable().meta({ description: 'The setting that would switch its provider on, while it is off.' }),
    sampleUrl: z.string().nullable().meta({ description: 'Plays at once; null while there is no sample yet.' }),
    sample: sampleStatusSchema,
    priceMicroUsdPerThousandCharacters: z.int(),
    favourite: z.boolean().meta({ description: 'Whether you like it: it stands first where you choose.' }),
  })
  .meta({ id: 'Voice' })

export const voicesSchema = z.object({ items: z.array(voiceSchema), nextCursor: z.null() }).meta({ id: 'VoiceList' })

export const sampleOrderedSchema = z.object({ sample: z.literal('making') }).meta({ id: 'SampleOrdered' })

export const adminVoiceSchema = voiceSchema
  .omit({ priceMicroUsdPerThousandCharacters: true, favourite: true })
  .extend({
    model: z.string(),
    providerVoice: z.string(),
    enabled: z.boolean(),
    priceMicroUsdPerThousandCharacters: z.int().nullable().meta({ description: 'Null: unknown, so it cannot be chosen.' }),
    sampleCostMicroUsd: z.int().nullable().meta({ description: 'What its sample cost the house, or would cost.' }),
    sampleFailure: z.object({ code: z.string(), detail: z.string() }).nullable(),
  })
  .meta({ id: 'AdminVoice' })

export const voiceChangeSchema = z.strictObject({ enabled: z.boolean() })

export type Voice = z.infer<typeof voiceSchema>
export type AdminVoice = z.infer<typeof adminVoiceSchema>
export type SampleStatus = z.infer<typeof sampleStatusSchema>
