import { z } from 'zod'
import { pageQuerySchema } from '../http/cursor.ts'
import { wholeNumber } from '../http/whole-number.ts'
import { sourceReadSchema } from '../sources/sources.schema.ts'

export const languageSchema = z.enum(['zh', 'en']).meta({ description: 'Chinese (Mandarin) or English.' })
/** As far as the database counts. */
export const versionNumberSchema = wholeNumber(1, 2_147_483_647)
export const kindSchema = z.enum(['podcast', 'narration'])
export const statusSchema = z
  .enum([
    'queued',
    'reading',
    'writing',
    'review',
    'voicing',
    'assembling',
    'ready',
    'needs_repair',
    'paused_budget',
    'cancelling',
    'cancelled',
    'failed',
  ])
  .meta({ id: 'EpisodeStatus' })

/** 300,000 characters: some 14 hours of Chinese; more is asked for in parts. */
export const MAX_SOURCE_CHARACTERS = 300_000

const sourceText = z
  .string()
  .max(MAX_SOURCE_CHARACTERS, 'At most 300,000 characters in one source. Make two episodes of it; nothing was stored or charged.')
export const sourceSchema = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('text'), text: sourceText, title: z.string().max(200).optional() }),
    z.strictObject({ type: z.literal('script'), text: sourceText, title: z.string().max(200).optional() }),
    z.strictObject({ type: z.literal('url'), url: z.string().max(2048) }),
    z.strictObject({ type: z.literal('file'), uploadId: z.uuid() }),
    z.strictObject({ type: z.literal('topic'), topic: z.string().max(2000) }),
  ])
  .meta({ id: 'Source' })

export const speakerSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(40),
    voiceId: z.string().max(100).optional(),
    role: z.string().max(200).optional(),
  })
  .meta({ id: 'Speaker' })

export const briefSchema = z
  .strictObject({
    kind: kindSchema,
    language: languageSchema.optional().meta({ description: 'Recognised from the sources when left out.' }),
    title: z.string().trim().min(1).max(200).optional(),
    sources: z.array(sourceSchema).min(1).max(20),
    format: z.enum(['talk', 'interview', 'debate', 'monologue', 'news']).optional(),
    style: z.string().max(200).optional(),
    targetMinutes: z.number().min(0.5).max(180).optional(),
    speakers: z.array(speakerSchema).min(1).max(6).optional(),
    review: z
      .boolean()
      .optional()
      .meta({ description: 'Whether the script waits for your approval before a line of it is voiced and paid.' }),
    notice: z.boolean().optional().meta({
      description:
        'Whether the first line says that the voices are synthetic. On for Chinese unless switched off, as the rules there ask.',
    }),
    m4a: z.boolean().optional().meta({ description: 'Whether an M4A (AAC) is made beside the MP3. Off unless asked for.' }),
    budgetMicroUsd: z.int().min(1).max(1_000_000_000).optional(),
    showId: z.uuid().optional().meta({
      description: 'The show it will belong to: its language and its voices are taken where the brief names none.',
    }),
  })
  .meta({ id: 'Brief', description: 'What is to be made. The shortest brief that works is a kind and one text.' })

export type Brief = z.infer<typeof briefSchema>

export const estimateSchema = z
  .object({
    language: languageSchema,
    characters: z.int(),
    durationMs: z.int(),
    cost: z.object({ minMicroUsd: z.int(), maxMicroUsd: z.int(), exact: z.boolean() }),
    speakers: z.array(z.object({ name: z.string(), voiceId: z.string() })),
  })
  .meta({ id: 'Estimate' })

export const createdSchema = z.object({ id: z.uuid(), version: z.int(), status: statusSchema }).meta({ id: 'EpisodeCreated' })

const failureSchema = z.object({ code: z.string(), detail: z.string() }).nullable()

const progressSchema = z.object({
  linesTotal: z.int().meta({ description: 'Lines written so far; all of them once voicing has begun.' }),
  linesDone: z.int(),
  linesFailed: z.int(),
  playableMs: z.int().meta({ description: 'How much can be heard from the start without a gap.' }),
  etaMs: z.int().nullable().meta({ description: 'Time left, when it can be told.' }),
})

export const episodeSummarySchema = z
  .object({
    id: z.uuid(),
    kind: kindSchema,
    language: languageSchema,
    title: z.string(),
    status: statusSchema,
    version: z.int(),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
    durationMs: z.int().nullable(),
    progress: progressSchema,
    costMicroUsd: z.int(),
    speakers: z.array(z.object({ name: z.string(), voiceId: z.string() })),
    levels: z
      .string()
      .meta({ description: 'The tape, coarse: up to 120 marks `<speaker, from 0><height 0-9>`; `.` for a height not made yet.' }),
    failure: failureSchema,
    listening: z
      .object({ positionMs: z.int(), updatedAt: z.iso.datetime() })
      .nullable()
      .meta({ description: 'Where you stopped listening, on whatever device; null: not begun, or heard to its end.' }),
  })
  .meta({ id: 'EpisodeSummary' })

export const episodeSchema = episodeSummarySchema
  .extend({
    cost: z.object({
      spentMicroUsd: z.int(),
      reservedMicroUsd: z.int(),
      budgetMicroUsd: z.int().nullable(),
    }),
    pause: z
      .object({
        cap: z.enum(['episode', 'plan', 'day', 'stop']).meta({
          description: "The episode's budget, its owner's monthly plan, the house's daily cap, or all spending stopped.",
        }),
        leftMicroUsd: z.int().meta({ description: 'What the lines written so far will still cost, about.' }),
        resumesAt: z.iso
          .datetime()
          .nullable()
          .meta({ description: 'When it goes on by itself, if nobody lifts the cap before.' }),
      })
      .nullable()
      .meta({ description: 'Why it waits for money, while it is `paused_budget`.' }),
    audio: z
      .object({
        url: z.string(),
        m4aUrl: z.string().nullable().meta({ description: 'The same as M4A, when the brief asked for it.' }),
        durationMs: z.int(),
        bytes: z.int(),
        lufs: z.number().nullable().meta({ description: 'Loudness of the whole, decoded (BS.1770).' }),
        peakDb: z.number().nullable().meta({ description: 'Its true peak in dBTP.' }),
      })
      .nullable()
      .meta({ description: 'The finished MP3; `url` is the download route.' }),
    playlistUrl: z.string().meta({ description: 'HLS; it grows while lines are being made.' }),
    transcriptUrl: z.string().nullable().meta({ description: 'WebVTT, with the names of the speakers.' }),
    transcriptSrtUrl: z.string().nullable().meta({ description: 'SubRip, two rows of 32 characters at most.' }),
    chaptersUrl: z.string().nullable().meta({ description: 'Podcasting 2.0 chapters.' }),
    coverUrl: z.string().nullable().meta({ description: 'A square PNG of 1400 pixels.' }),
    review: z
      .object({ endsAt: z.iso.datetime(), endsSoon: z.boolean() })
      .nullable()
      .meta({ description: 'The script waits to be approved, until then.' }),
    notes: z.string().nullable().meta({ description: 'What is written beside it where it is published.' }),
    show: z
      .object({ id: z.uuid(), number: z.int().nullable(), publishedAt: z.iso.datetime().nullable() })
      .nullable()
      .meta({ description: 'The show it belongs to; its number and date come with its publication.' }),
    packageUrl: z.string().nullable().meta({ description: 'Everything of it in one ZIP.' }),
    sources: z.array(sourceReadSchema),
    versions: z.array(z.object({ number: z.int(), createdAt: z.iso.datetime() })),
  })
  .meta({ id: 'Episode' })

export const lineSchema = z
  .object({
    id: z.uuid(),
    originId: z.uuid().meta({ description: 'The same for one line in all versions of the episode.' }),
    passages: z.int().meta({ description: 'How many passages of the sources it rests on; GET …/passages tells them.' }),
    takes: z.int().meta({ description: 'How many recordings of it there are, all versions together; GET …/takes tells them.' }),
    section: z.int(),
    position: z.int(),
    speaker: z.string(),
    voiceId: z.string(),
    text: z.string(),
    direction: z.string().nullable(),
    status: z.enum(['waiting', 'voicing', 'ready', 'failed', 'skipped']),
    durationMs: z.number().nullable().meta({ description: 'Sound of this line, without the pause after it.' }),
    pauseAfterMs: z.int(),
    levels: z.string().nullable().meta({ description: 'Height of the sound, one digit 0-9 every 200 ms.' }),
    failure: failureSchema,
    tries: z
      .array(
        z.object({
          provider: z.string(),
          model: z.string(),
          outcome: z.string(),
          isKnown: z.boolean().meta({ description: 'False: nobody knows whether it was charged.' }),
          costMicroUsd: z.int(),
          startedAt: z.iso.datetime(),
        }),
      )
      .meta({ description: 'Of a line that failed: the calls that brought nothing, and what each cost.' }),
  })
  .meta({ id: 'Line' })

export const scriptSchema = z
  .object({
    version: z.int(),
    revision: z.string().meta({ description: 'Names the script as it is now. Whoever saves sends the one they read.' }),
    sections: z.array(z.object({ title: z.string() })),
    lines: z.array(lineSchema),
  })
  .meta({ id: 'Script' })

export const eventsDescription = `Server-Sent Events. First \`snapshot\` \`{episode: Episode, script: Script}\`, then as things happen
\`episode\` (an Episode), \`outline\` \`{sections}\` and \`line\` (a Line). A comment line every 15 s keeps the connection alive.
Send \`Last-Event-ID\` to go on where the connection broke; when that is too long ago, and when a new version begins, a new \`snapshot\` comes first.`

export const listQuerySchema = pageQuerySchema.extend({
  cursor: z.string().max(1000).optional().meta({ description: 'Good for the same `sort` alone.' }),
  q: z.string().trim().max(100).optional(),
  status: z.enum(['making', 'ready', 'waiting', 'stopped']).optional(),
  kind: kindSchema.optional(),
  sort: z
    .enum(['newest', 'oldest', 'updated', 'title'])
    .default('newest')
    .meta({ description: '`updated`: what changed last comes first.' }),
})

const howMany = z.int()
export const countsSchema = z
  .object({
    all: howMany,
    making: howMany,
    ready: howMany,
    waiting: howMany,
    stopped: howMany,
    podcast: howMany,
    narration: howMany,
  })
  .meta({ id: 'EpisodeCounts', description: 'Your episodes, by where they stand and by what they are.' })

export const listSchema = z
  .object({ items: z.array(episodeSummarySchema), nextCursor: z.string().nullable() })
  .meta({ id: 'EpisodeList' })

export const MAX_NOTES_CHARACTERS = 10_000
export const patchSchema = z
  .strictObject({
    title: z.string().trim().min(1).max(200).optional(),
    notes: z
      .string()
      .trim()
      .max(MAX_NOTES_CHARACTERS)
      .nullable()
      .optional()
      .meta({ description: 'What is written beside it where it is published; null: its chapters.' }),
  })
  .refine((patch) => Object.keys(patch).length > 0, 'Say what shall change: title or notes.')
  .meta({ minProperties: 1 })

export type Episode = z.infer<typeof episodeSchema>
export type EpisodeSummary = z.infer<typeof episodeSummarySchema>
export type Line = z.infer<typeof lineSchema>
export type Script = z.infer<typeof scriptSchema>
export type Estimate = z.infer<typeof estimateSchema>
