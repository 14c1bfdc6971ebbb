import { z } from 'zod'
import { hasSpeech } from '../../shared/text.ts'
import { sourceSchema, statusSchema } from './episodes.schema.ts'

/** Above this a run would outgrow its history. */
const MAX_LINES = 2_000
const MAX_LINE_CHARACTERS = 4_000

export const remakeSchema = z
  .object({
    lines: z.int().meta({ description: 'Lines that would sound otherwise or no more.' }),
    linesToVoice: z.int().meta({ description: 'Those of them whose new sound is not stored yet: only these are paid.' }),
    cost: z.object({ minMicroUsd: z.int(), maxMicroUsd: z.int(), exact: z.boolean() }),
  })
  .meta({ id: 'Remake' })

const lineText = z
  .string()
  .overwrite((text) =>
    text
      .normalize('NFC')
      .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
      .trim(),
  )
  .refine(
    (text) => [...text].length <= MAX_LINE_CHARACTERS,
    `A line may have ${MAX_LINE_CHARACTERS} characters at most. Make two lines of it.`,
  )
  .refine(hasSpeech, 'A line needs at least one letter, ideograph or digit. Skip it or take it out if nothing shall be said.')
  .meta({ minLength: 1, maxLength: MAX_LINE_CHARACTERS })

const direction = z
  .string()
  .overwrite((text) => text.replace(/[\p{Cc}\s]+/gu, ' ').trim())
  .refine((text) => [...text].length <= 200, 'A direction may have 200 characters at most.')
  .meta({ maxLength: 200 })
  .nullable()
  .meta({ description: 'How it is said; null or empty: as the voice likes.' })
const voiceId = z.string().min(1).max(100)

export const revisionSchema = z.string().max(40).meta({ description: 'Of the script as you read it; GET …/script tells it.' })

export const wantedLineSchema = z
  .strictObject({
    id: z.uuid().optional().meta({ description: 'Of the line it was; left out: a new line.' }),
    section: z.int().min(0).optional().meta({ description: 'That of the line before when left out.' }),
    speaker: z
      .string()
      .max(40)
      .optional()
      .meta({ description: 'One of the episode. The line’s own, or that of the line before.' }),
    voiceId: voiceId.optional().meta({ description: 'The line’s own, or for a new speaker theirs.' }),
    text: lineText,
    direction: direction.optional(),
    skip: z.boolean().optional().meta({ description: 'It stays in the script and is not spoken.' }),
  })
  .meta({ id: 'WantedLine' })

export const wantedScriptSchema = z
  .strictObject({
    revision: revisionSchema,
    lines: z.array(wantedLineSchema).min(1, 'A script needs a line.').max(MAX_LINES, `At most ${MAX_LINES} lines in an episode.`),
  })
  .meta({ id: 'WantedScript', description: 'The whole script in its new order. Lines that are left out are taken out.' })

export const linePatchSchema = z
  .strictObject({
    revision: revisionSchema.optional().meta({ description: 'When given, the script must still be that one.' }),
    text: lineText.optional(),
    voiceId: voiceId.optional(),
    direction: direction.optional(),
    skip: z.boolean().optional(),
  })
  .meta({
    id: 'LinePatch',
    description: 'What of a line shall be otherwise. With nothing in it, a failed line is marked to be tried again.',
  })

/** May be left out whole: then whatever stands is approved. */
export const approvalSchema = z.strictObject({ revision: revisionSchema.optional() }).default({})

export const editedSchema = z
  .object({
    version: z.int(),
    status: statusSchema,
    revision: revisionSchema,
    remake: remakeSchema.meta({ description: 'What was ordered by it.' }),
  })
  .meta({ id: 'Edited' })

export const appendSchema = z.strictObject({ source: sourceSchema }).meta({ id: 'Append' })

export const versionSchema = z
  .object({
    number: z.int(),
    createdAt: z.iso.datetime(),
    reason: z.enum(['order', 'edit', 'words', 'append', 'restore', 'retry']),
    changedLines: z.int().meta({ description: 'Lines that sound otherwise than in the version before, or no more.' }),
    restoredNumber: z.int().nullable(),
    isCurrent: z.boolean(),
    isWhole: z.boolean().meta({ description: 'It was finished: it can be heard and restored.' }),
    durationMs: z.int().nullable(),
    costMicroUsd: z.int(),
    playlistUrl: z.string(),
  })
  .meta({ id: 'Version' })
export const versionsSchema = z.object({ items: z.array(versionSchema) }).meta({ id: 'VersionList' })

export type Remake = z.infer<typeof remakeSchema>
export type WantedScript = z.infer<typeof wantedScriptSchema>
export type LinePatch = z.infer<typeof linePatchSchema>
export type Edited = z.infer<typeof editedSchema>
export type Versions = z.infer<typeof versionsSchema>
