import { z } from 'zod'
import { cleanText } from '../../shared/text.ts'
import { languageSchema, statusSchema } from '../episodes/episodes.schema.ts'
import { categories } from './categories.ts'

/** Clean before it is judged: what the database cannot keep is no part of its length. */
const text = (most: number) => z.string().overwrite(cleanText).trim().max(most)

const voice = z.strictObject({
  name: text(40).min(1),
  voiceId: text(100).optional(),
  role: text(200).optional(),
})

const fields = {
  title: text(200).min(1),
  description: text(4000),
  author: text(200).meta({ description: 'Who makes it, as directories show it.' }),
  language: languageSchema,
  category: z.enum(['', ...Object.keys(categories)]).meta({ description: "One of Apple's categories; empty: not chosen yet." }),
  subcategory: text(60).nullable(),
  explicit: z.boolean(),
  defaultVoices: z.array(voice).max(6).meta({ description: 'Who speaks when an order for this show names nobody.' }),
}

const fits = ({ category, subcategory }: { category?: string | undefined; subcategory?: string | null | undefined }) =>
  !subcategory || (categories[category ?? ''] ?? []).includes(subcategory)
const misfit = { path: ['subcategory'], message: 'It is no subcategory of the category given. Send both together.' }

export const newShowSchema = z
  .strictObject({
    ...fields,
    description: fields.description.default(''),
    author: fields.author.default(''),
    category: fields.category.default(''),
    subcategory: fields.subcategory.default(null),
    explicit: fields.explicit.default(false),
    defaultVoices: fields.defaultVoices.default([]),
  })
  .refine(fits, misfit)
  .meta({ id: 'NewShow' })

export const showPatchSchema = z
  .strictObject(fields)
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'Say what shall change.')
  .meta({ minProperties: 1 })
  .refine(fits, misfit)

export const showSchema = z
  .object({
    id: z.uuid(),
    ...fields,
    coverUrl: z.string().nullable().meta({ description: 'Its own picture; null: the cover of its newest episode is shown.' }),
    podcastGuid: z.uuid().meta({ description: 'Who the show is for directories, whatever its address becomes.' }),
    episodes: z.int().meta({ description: 'How many belong to it.' }),
    published: z.int().meta({ description: 'How many of them its feed has.' }),
    createdAt: z.iso.datetime(),
    updatedAt: z.iso.datetime(),
  })
  .meta({ id: 'Show' })

export const showListSchema = z.object({ items: z.array(showSchema), nextCursor: z.string().nullable() }).meta({ id: 'ShowList' })

export const showEpisodeSchema = z
  .object({
    id: z.uuid(),
    title: z.string(),
    status: statusSchema,
    number: z.int().nullable(),
    publishedAt: z.iso.datetime().nullable(),
    durationMs: z.int().nullable(),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'ShowEpisode' })

export const showEpisodeListSchema = z
  .object({ items: z.array(showEpisodeSchema), nextCursor: z.string().nullable() })
  .meta({ id: 'ShowEpisodeList' })

export const publicationSchema = z.strictObject({
  published: z.boolean().meta({ description: 'Whether the feed has it. Taken out and put back it keeps number and guid.' }),
})

export const newFeedSchema = z.strictObject({
  kind: z.enum(['public', 'private']),
  label: text(80).default('').meta({ description: 'For yourself: whose it is, or where it was entered.' }),
})

export const feedSchema = z
  .object({
    id: z.uuid(),
    kind: z.enum(['public', 'private']),
    label: z.string(),
    url: z.url().meta({ description: 'For a podcast app. Whoever knows it can listen until it is revoked.' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Feed' })

export const feedListSchema = z.object({ items: z.array(feedSchema) })

/** What a directory would say of a feed. A closed list. */
export const feedFindings = [
  'title-missing',
  'description-missing',
  'author-missing',
  'category-missing',
  'cover-missing',
  'address-not-https',
  'nothing-published',
  'episode-title-missing',
  'episode-audio-missing',
  'episode-length-wrong',
  'episode-too-short',
  'transcript-missing',
] as const

export const feedCheckSchema = z
  .object({
    ready: z.boolean().meta({ description: 'Nothing would be refused.' }),
    findings: z.array(
      z.object({
        code: z.enum(feedFindings),
        severity: z.enum(['refused', 'advice']).meta({ description: '`refused`: directories would not take it.' }),
        detail: z.string(),
        episodeId: z.uuid().nullable(),
      }),
    ),
  })
  .meta({ id: 'FeedCheck' })

export type NewShow = z.output<typeof newShowSchema>
export type ShowPatch = z.output<typeof showPatchSchema>
export type ShowView = z.input<typeof showSchema>
export type FeedCheck = z.output<typeof feedCheckSchema>
export type FeedFinding = FeedCheck['findings'][number]
