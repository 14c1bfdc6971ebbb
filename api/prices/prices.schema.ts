import { z } from 'zod'

export const priceUnits = ['character', 'input-token', 'output-token'] as const

export const priceSchema = z
  .object({
    id: z.uuid(),
    provider: z.string(),
    model: z.string(),
    unit: z.string(),
    microUsd: z.int(),
    perUnits: z.int(),
    effectiveFrom: z.iso.datetime(),
    holds: z.enum(['before', 'now', 'later']).meta({ description: 'Whether it held before, holds now, or will hold.' }),
  })
  .meta({ id: 'Price' })

export const pricesSchema = z.object({ data: z.array(priceSchema), total: z.int() })

const name = z.string().trim().min(1).max(100)

export const newPriceSchema = z.strictObject({
  provider: name,
  model: name,
  unit: z.enum(priceUnits),
  microUsd: z.int().min(0).max(1_000_000_000),
  perUnits: z.int().min(1).max(1_000_000_000),
  effectiveFrom: z.iso.datetime().optional().meta({ description: 'Now, when left out. Never in the past.' }),
})
