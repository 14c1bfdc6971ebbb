import { z } from 'zod'
import { scopes } from '../http/route.ts'

const scope = z.enum(scopes).meta({
  description: '`read` looks; `write` changes but never spends; `create` spends; `admin` is the console, for those whose it is.',
})

export const newKeySchema = z.strictObject({
  name: z.string().trim().min(1).max(100),
  scopes: z.array(scope).min(1).max(scopes.length),
  expiresInDays: z.int().min(1).max(3650).optional().meta({ description: 'Left out: it lives until it is revoked.' }),
  requestsPerMinute: z.int().min(1).max(10_000).optional().meta({ description: 'Left out: as often as a person may.' }),
})

export const keySchema = z
  .object({
    id: z.string(),
    name: z.string(),
    start: z.string().meta({ description: 'Its first characters.' }),
    scopes: z.array(scope),
    requestsPerMinute: z.int().nullable(),
    createdAt: z.string(),
    expiresAt: z.string().nullable(),
    lastUsedAt: z.string().nullable().meta({ description: 'To the minute.' }),
  })
  .meta({ id: 'ApiKey' })

export const keysSchema = z.object({ items: z.array(keySchema) })

export const madeKeySchema = keySchema
  .extend({ key: z.string().meta({ description: 'What `x-api-key` must say. It is shown this once.' }) })
  .meta({ id: 'MadeApiKey' })
