import { z } from 'zod'

/** What a person or an administrator may set. A thousand dollars for an episode, a million for a cap of the house. */
export const budgetSchema = z.strictObject({
  budgetMicroUsd: z
    .int()
    .min(1)
    .max(1_000_000_000)
    .meta({ description: 'The most the episode may cost, all its versions together.' }),
})

const day = z.iso.date()
const range = { from: day.optional(), to: day.optional() }
const days = 'Days are UTC, both included; this month when left out.'
export const usageQuerySchema = z
  .strictObject({ ...range, group: z.enum(['day', 'provider', 'episode']).default('day') })
  .meta({ description: days })
export const adminUsageQuerySchema = z
  .strictObject({ ...range, group: z.enum(['day', 'provider', 'user']).default('day') })
  .meta({ description: days })

const calls = z.int().meta({ description: 'Calls to providers, whatever their end.' })
const cost = z.int()
const unknown = z.int().meta({ description: 'Calls nobody knows the end of; they may have been charged.' })

const usageItem = z.object({
  key: z.string().meta({ description: 'A day, a provider, an episode or a user.' }),
  name: z.string().nullable().meta({ description: 'The title of an episode, the address of a user.' }),
  calls,
  unknownCalls: unknown,
  costMicroUsd: cost,
  parts: z.array(z.object({ provider: z.string(), step: z.string(), calls, costMicroUsd: cost })),
})

export const usageSchema = z
  .object({
    from: day,
    to: day,
    group: z.string(),
    items: z.array(usageItem).meta({ description: 'Days in order, the rest by what they cost. What had no call is not listed.' }),
    totals: z.object({ calls, unknownCalls: unknown, unknownUpToMicroUsd: cost, costMicroUsd: cost }),
  })
  .meta({ id: 'Usage' })

export const planSchema = z
  .object({
    limitMicroUsd: z.int(),
    spentMicroUsd: z.int(),
    heldMicroUsd: z.int().meta({ description: 'Of calls whose end is not known.' }),
    setAsideMicroUsd: z.int().meta({ description: 'By episodes in the making that have not spent it yet.' }),
    leftMicroUsd: z.int(),
    resetsAt: z.iso.datetime(),
  })
  .meta({ id: 'Plan', description: 'What a person may spend in this calendar month (UTC).' })

export const ownUsageSchema = usageSchema.extend({ plan: planSchema }).meta({ id: 'OwnUsage' })

const receiptCall = z.object({
  id: z.uuid(),
  version: z.int().nullable(),
  linePosition: z.int().nullable(),
  step: z.string(),
  attempt: z.int().meta({ description: 'Which try to buy the same thing it was, from 1.' }),
  provider: z.string(),
  model: z.string(),
  status: z.enum(['started', 'settled', 'failed', 'cancelled', 'unknown']),
  outcome: z.string().nullable(),
  unit: z.string(),
  units: z.int().nullable(),
  outputUnits: z.int().nullable(),
  costMicroUsd: z.int().meta({ description: 'What was charged, as far as it is known.' }),
  upToMicroUsd: z.int().meta({ description: 'What may have been charged besides, while the end is not known.' }),
  startedAt: z.iso.datetime(),
  durationMs: z.int().nullable(),
})

export const receiptSchema = z
  .object({
    episodeId: z.uuid(),
    budgetMicroUsd: z.int().nullable(),
    versions: z.array(
      z.object({
        number: z.int(),
        createdAt: z.iso.datetime(),
        reservedMicroUsd: z.int().meta({ description: 'Set aside when it was ordered: the most it was estimated to cost.' }),
        costMicroUsd: z.int(),
        steps: z.array(z.object({ name: z.string(), startedAt: z.iso.datetime(), endedAt: z.iso.datetime().nullable() })),
        lines: z.int(),
        reused: z.array(z.int()).meta({ description: 'Positions of lines whose sound was there already: they cost nothing.' }),
      }),
    ),
    calls: z.array(receiptCall).meta({ description: 'Every call, in the order in which they were made.' }),
    totals: z.object({
      costMicroUsd: z.int(),
      upToMicroUsd: z.int(),
      calls: z.int(),
      unknownCalls: z.int(),
      failedCalls: z.int(),
      reusedLines: z.int(),
    }),
  })
  .meta({ id: 'Receipt' })

const cap = z.int().min(0).max(1_000_000_000_000)

export const settingsSchema = z
  .object({
    spendingStopped: z.boolean().meta({ description: 'The kill switch: no paid call begins.' }),
    dailyCapMicroUsd: z
      .int()
      .nullable()
      .meta({ description: 'The most all users together may spend in a day (UTC); null: no cap.' }),
    monthlyPlanMicroUsd: z.int().meta({ description: 'What a user without a limit of their own may spend in a month (UTC).' }),
    todayMicroUsd: z.int().meta({ description: 'Spent today.' }),
    todayHeldMicroUsd: z.int().meta({ description: 'Put aside for calls of today whose end is not known.' }),
    pausedEpisodes: z.int().meta({ description: 'Episodes that wait for money.' }),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Settings' })

export const changeSettingsSchema = z
  .strictObject({
    spendingStopped: z.boolean().optional(),
    dailyCapMicroUsd: cap.nullable().optional(),
    monthlyPlanMicroUsd: cap.optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'Name at least one setting to change.')
  .meta({ minProperties: 1 })

export type Usage = z.infer<typeof usageSchema>
export type Receipt = z.infer<typeof receiptSchema>
