import { z } from 'zod'

/** The most a file may have: a picture book or a thesis with figures, in bytes. */
export const MAX_UPLOAD_BYTES = 50 * 1024 * 1024

export const uploadRequestSchema = z
  .strictObject({
    name: z.string().trim().min(1).max(255).meta({ description: 'As the file is called; shown, never believed.' }),
    bytes: z.int().min(1, 'The file is empty.').max(MAX_UPLOAD_BYTES, 'At most 50 MB.'),
  })
  .meta({ id: 'UploadRequest' })

export const uploadSchema = z
  .object({
    uploadId: z.uuid(),
    method: z.literal('PUT'),
    url: z.string().meta({ description: 'Where the bytes go, exactly as many as announced, once.' }),
    headers: z.record(z.string(), z.string()).meta({ description: 'To be sent with them, as they are.' }),
    expiresAt: z.iso.datetime(),
  })
  .meta({ id: 'Upload' })

export const readableSourceSchema = z
  .discriminatedUnion('type', [
    z.strictObject({ type: z.literal('url'), url: z.string().max(2048) }),
    z.strictObject({ type: z.literal('file'), uploadId: z.uuid() }),
    z.strictObject({ type: z.literal('topic'), topic: z.string().max(2000) }),
  ])
  .meta({ id: 'ReadableSource' })

export const sourceReadSchema = z
  .object({
    id: z.uuid(),
    type: z.enum(['text', 'script', 'url', 'file', 'topic']),
    status: z.enum(['reading', 'read', 'failed']),
    input: z.string().meta({ description: 'The address, the name of the file, the topic; of a text its beginning.' }),
    title: z.string().nullable(),
    format: z
      .string()
      .nullable()
      .meta({ description: 'What it was found to be: html, pdf, epub, docx, srt, vtt, markdown or text.' }),
    language: z.string().nullable(),
    characters: z.int().nullable().meta({ description: 'How much there is to say: Chinese in characters, English in letters.' }),
    firstWords: z.string(),
    leftOut: z
      .array(z.object({ what: z.string(), count: z.int() }))
      .meta({ description: 'What is not in the text: pictures, page headers, pages without text, letters around the article.' }),
    failure: z.object({ code: z.string(), detail: z.string() }).nullable(),
  })
  .meta({ id: 'SourceRead', description: 'A source and what was read of it.' })

export type ReadableSource = z.infer<typeof readableSourceSchema>
export type SourceRead = z.infer<typeof sourceReadSchema>
export type UploadRequest = z.infer<typeof uploadRequestSchema>
