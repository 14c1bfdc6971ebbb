import { z } from 'zod'
import { webhookEvents } from '../../shared/webhooks.ts'
import { pageQuerySchema } from '../http/cursor.ts'

const events = z
  .array(z.enum(webhookEvents))
  .min(1)
  .refine((list) => new Set(list).size === list.length, 'Each event once.')
  .meta({ uniqueItems: true })
const url = z.string().trim().max(2000).meta({ description: 'https, on the open internet, without name and password.' })

export const newWebhookSchema = z.strictObject({ url, events }).meta({ id: 'NewWebhook' })

export const webhookPatchSchema = z
  .strictObject({ url, events, enabled: z.boolean() })
  .partial()
  .refine((patch) => Object.keys(patch).length > 0, 'Say what shall change.')
  .meta({ minProperties: 1 })

export const webhookSchema = z
  .object({
    id: z.uuid(),
    url: z.string(),
    events,
    enabled: z.boolean(),
    disabledReason: z.enum(['gone', 'by-hand']).nullable().meta({ description: '`gone`: the receiver answered 410.' }),
    oldSecretUntil: z.iso.datetime().nullable().meta({ description: 'Until then the secret before signs as well.' }),
    createdAt: z.iso.datetime(),
  })
  .meta({ id: 'Webhook' })

export const webhookListSchema = z.object({ items: z.array(webhookSchema) })

export const webhookWithSecretSchema = webhookSchema
  .extend({ secret: z.string().meta({ description: 'Shown this once. Standard Webhooks, `whsec_` and base64.' }) })
  .meta({ id: 'WebhookWithSecret' })

export const deliverySchema = z
  .object({
    id: z.uuid().meta({ description: 'The `webhook-id` of every try.' }),
    event: z.string(),
    status: z.enum(['pending', 'delivered', 'failed']),
    body: z.string(),
    nextAt: z.iso.datetime().nullable(),
    createdAt: z.iso.datetime(),
    endedAt: z.iso.datetime().nullable(),
    attempts: z.array(
      z.object({
        round: z.int().meta({ description: 'Counts how often a person sent it anew.' }),
        attempt: z.int(),
        statusCode: z.int().nullable(),
        failure: z.string().nullable().meta({ description: 'Why there was no answer.' }),
        durationMs: z.int(),
        at: z.iso.datetime(),
      }),
    ),
  })
  .meta({ id: 'WebhookDelivery' })

export const deliveryListSchema = z.object({ items: z.array(deliverySchema), nextCursor: z.string().nullable() })

export const deliveryQuerySchema = pageQuerySchema.extend({ status: z.enum(['pending', 'delivered', 'failed']).optional() })

export type NewWebhook = z.output<typeof newWebhookSchema>
export type WebhookPatch = z.output<typeof webhookPatchSchema>
export type DeliveryQuery = z.output<typeof deliveryQuerySchema>
