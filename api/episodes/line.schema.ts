import { z } from 'zod'

export const passageSchema = z
  .object({
    sourceId: z.uuid(),
    type: z.enum(['text', 'script', 'url', 'file', 'topic']),
    title: z.string().nullable(),
    url: z.string().nullable().meta({ description: 'Of a link: where it was read.' }),
    language: z.string().nullable(),
    before: z.string().meta({ description: 'What stands before it in the source.' }),
    text: z.string(),
    after: z.string(),
    isCut: z.boolean().meta({ description: 'The passage goes on; its beginning is shown.' }),
  })
  .meta({ id: 'Passage' })
export const passagesSchema = z.object({ items: z.array(passageSchema) }).meta({ id: 'PassageList' })

export const takeSchema = z
  .object({
    lineId: z.uuid().meta({ description: 'Of the line in the version that recorded it.' }),
    version: z.int(),
    isCurrent: z.boolean(),
    speaker: z.string(),
    voiceId: z.string(),
    text: z.string(),
    direction: z.string().nullable(),
    durationMs: z.int(),
    recordedAt: z.iso.datetime(),
    audioUrl: z.string(),
  })
  .meta({ id: 'Take', description: 'A recording of a line. It was paid once; to go back to it costs nothing.' })
export const takesSchema = z.object({ items: z.array(takeSchema) }).meta({ id: 'TakeList' })

export type Passage = z.infer<typeof passageSchema>
export type Take = z.infer<typeof takeSchema>
