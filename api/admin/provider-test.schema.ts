import { z } from 'zod'

export const testOfferSchema = z
  .object({ voice: z.string(), model: z.string(), characters: z.int(), costMicroUsd: z.int() })
  .meta({ description: 'What a test call would say it with, and cost; null: the provider cannot be called now.' })

export const providerTestSchema = z
  .object({
    id: z.uuid(),
    status: z.enum(['calling', 'answered', 'failed']),
    requestedBy: z.string(),
    failure: z.object({ code: z.string(), detail: z.string() }).nullable(),
    costMicroUsd: z.int().nullable().meta({ description: 'What it was charged; null: no call was made.' }),
    durationMs: z.int().nullable().meta({ description: 'From the call to its end, as the ledger has it.' }),
    startedAt: z.iso.datetime(),
  })
  .meta({ id: 'ProviderTest' })
