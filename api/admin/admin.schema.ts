import { z } from 'zod'
import { wholeNumber } from '../http/whole-number.ts'
import { keySchema } from '../keys/keys.schema.ts'
import { planSchema } from '../usage/usage.schema.ts'
import { episodeSchema, lineSchema, statusSchema, kindSchema, languageSchema } from '../episodes/episodes.schema.ts'

/** What react-admin asks of every list. `filter` is a JSON object of plain values. */
export const adminListQuerySchema = z.strictObject({
  page: wholeNumber(1, 100_000).default(1),
  perPage: wholeNumber(1, 200).default(25),
  sort: z.string().max(40).default('createdAt'),
  order: z.enum(['ASC', 'DESC']).default('DESC'),
  filter: z.string().max(2000).default('{}'),
})

const total = z.int()

export const usageLogSchema = z
  .object({
    id: z.uuid(),
    userId: z.string(),
    userEmail: z.string(),
    episodeId: z.uuid().nullable(),
    linePosition: z.int().nullable(),
    step: z.string(),
    provider: z.string(),
    model: z.string(),
    contentKey: z.string(),
    attempt: z.string(),
    status: z.enum(['started', 'settled', 'failed', 'cancelled', 'unknown']),
    unit: z.string(),
    units: z.int().nullable(),
    outputUnits: z
      .int()
      .nullable()
      .meta({ description: 'What a model wrote, where that has a price of its own; `units` is what it read.' }),
    costMicroUsd: z.int().nullable(),
    outcome: z.string().nullable(),
    startedAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    durationMs: z.int().nullable(),
  })
  .meta({ id: 'UsageLog' })

export const adminEpisodeSchema = z
  .object({
    id: z.uuid(),
    userId: z.string(),
    userEmail: z.string(),
    kind: kindSchema,
    language: languageSchema,
    title: z.string(),
    status: statusSchema,
    version: z.int(),
    linesTotal: z.int(),
    linesDone: z.int(),
    linesFailed: z.int(),
    costMicroUsd: z.int(),
    firstSoundMs: z.int().nullable().meta({ description: 'From the order to the first line that can be heard.' }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    deletedAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'AdminEpisode' })

export const adminEpisodeDetailSchema = adminEpisodeSchema
  .extend({
    episode: episodeSchema,
    workflowId: z.string(),
    workflowUrl: z.string().nullable().meta({ description: 'The run in the Temporal UI.' }),
    steps: z.array(z.object({ name: z.string(), startedAt: z.iso.datetime(), endedAt: z.iso.datetime().nullable() })),
    lines: z.array(lineSchema.extend({ provider: z.string(), model: z.string(), readyAt: z.iso.datetime().nullable() })),
    usageLogs: z.array(usageLogSchema),
  })
  .meta({ id: 'AdminEpisodeDetail' })

export const retrySchema = z
  .object({
    linesKept: z.int().meta({ description: 'Lines whose sound is there already: they cost nothing.' }),
    maxMicroUsd: z.int(),
    exact: z.boolean().meta({ description: 'The script is whole, so that the price is known to the cent.' }),
  })
  .meta({ id: 'Retry' })

export const adminUserSchema = z
  .object({
    id: z.string(),
    name: z.string(),
    email: z.string(),
    role: z.string(),
    banned: z.boolean(),
    episodes: z.int(),
    costMicroUsd: z.int(),
    monthMicroUsd: z.int().meta({ description: 'Spent in this calendar month (UTC).' }),
    monthlyLimitMicroUsd: z.int().nullable().meta({ description: 'What they may spend in a month; null: what everybody may.' }),
    banReason: z.string().nullable(),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime().nullable(),
  })
  .meta({ id: 'AdminUser' })

export const adminUserDetailSchema = adminUserSchema.extend({ plan: planSchema }).meta({ id: 'AdminUserDetail' })

const cap = z.int().min(0).max(1_000_000_000_000)
export const roles = ['user', 'support', 'admin'] as const

export const changeUserSchema = z
  .strictObject({
    monthlyLimitMicroUsd: cap.nullable().optional().meta({ description: 'null: what everybody may.' }),
    role: z.enum(roles).optional().meta({ description: '`support` reads in the console, `admin` changes there.' }),
    banned: z.boolean().optional().meta({ description: 'Suspended: signed out everywhere at once, and cannot sign in.' }),
    banReason: z.string().trim().max(500).optional(),
  })
  .refine((change) => Object.keys(change).length > 0, 'Name at least one thing to change.')
  .meta({ minProperties: 1 })

export const sessionSchema = z
  .object({
    id: z.string(),
    createdAt: z.iso.datetime(),
    lastSeenAt: z.iso.datetime(),
    expiresAt: z.iso.datetime(),
    ipAddress: z.string().nullable(),
    userAgent: z.string().nullable(),
  })
  .meta({ id: 'Session' })
export const sessionsSchema = z.object({ data: z.array(sessionSchema), total })
export const userKeysSchema = z.object({ data: z.array(keySchema), total })

export const adminEpisodesSchema = z.object({ data: z.array(adminEpisodeSchema), total })
export const adminUsersSchema = z.object({ data: z.array(adminUserSchema), total })
export const adminUsageLogsSchema = z.object({ data: z.array(usageLogSchema), total })
