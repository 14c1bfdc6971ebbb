import { z } from 'zod'
import { wholeNumber } from '../http/whole-number.ts'

export const shareSchema = z
  .object({
    url: z.url().meta({ description: 'The page. Whoever knows it can listen until it is revoked.' }),
    embedUrl: z.url().meta({ description: 'The player alone, for a frame in another page.' }),
    embedHtml: z.string().meta({ description: 'The frame, to be pasted.' }),
    findable: z.boolean().meta({ description: 'Search engines may show the page. Otherwise they are told not to.' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Share' })

export const newShareSchema = z
  .strictObject({
    findable: z.boolean().optional().meta({ description: 'Left out, it stays as it is; at first it is false.' }),
  })
  .default({})

export const shareStateSchema = z.object({ share: shareSchema.nullable().meta({ description: 'null: it is not shared.' }) })

/** oEmbed 1.0; sizes as the asking page allows them. */
export const oEmbedQuerySchema = z.object({
  url: z.string().max(2048),
  maxwidth: wholeNumber(1, 10_000).optional(),
  maxheight: wholeNumber(1, 10_000).optional(),
  format: z.literal('json').optional().meta({ description: 'JSON is the only one.' }),
})

export const oEmbedSchema = z
  .object({
    version: z.literal('1.0'),
    type: z.literal('rich'),
    title: z.string(),
    provider_name: z.string(),
    provider_url: z.string(),
    html: z.string(),
    width: z.int(),
    height: z.int(),
    thumbnail_url: z.string().optional(),
    thumbnail_width: z.int().optional(),
    thumbnail_height: z.int().optional(),
  })
  .meta({ id: 'OEmbed' })
