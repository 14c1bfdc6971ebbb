import { z } from 'zod'
import { route } from '../http/route.ts'
import type { Route } from '../http/route.ts'
import type { Reads } from '../reads.ts'
import * as schema from './webhooks.schema.ts'
import type { WebhookService } from './webhooks.service.ts'

const params = z.object({ id: z.uuid() })
const deliveryParams = z.object({ id: z.uuid(), deliveryId: z.uuid() })

/** A person's webhooks after Standard Webhooks, and what became of every message. */
export function webhookRoutes(reads: Reads, webhooks: WebhookService): Route[] {
  return [
    route({
      method: 'get',
      path: '/api/webhooks',
      summary: 'Your webhooks.',
      access: 'user',
      answers: { 200: { description: 'All of them, without their secrets.', schema: schema.webhookListSchema } },
      handler: async ({ caller }) => ({
        status: 200,
        body: { items: await reads.by(caller.userId, (reader) => webhooks.list(reader, caller)) },
      }),
    }),
    route({
      method: 'post',
      path: '/api/webhooks',
      summary: 'Have a server of yours told what becomes of your episodes.',
      access: 'user',
      body: schema.newWebhookSchema,
      answers: { 201: { description: 'The webhook, and its secret this once.', schema: schema.webhookWithSecretSchema } },
      problems: ['webhook-address-refused', 'wrong-state'],
      handler: async ({ caller, body }) => ({ status: 201, body: await webhooks.create(caller, body) }),
    }),
    route({
      method: 'patch',
      path: '/api/webhooks/{id}',
      summary: 'Change a webhook, or switch it on or off.',
      access: 'user',
      params,
      body: schema.webhookPatchSchema,
      answers: { 200: { description: 'The webhook.', schema: schema.webhookSchema } },
      problems: ['not-found', 'webhook-address-refused'],
      handler: async ({ caller, params: { id }, body }) => ({ status: 200, body: await webhooks.change(caller, id, body) }),
    }),
    route({
      method: 'delete',
      path: '/api/webhooks/{id}',
      summary: 'Remove a webhook, and what was to be sent to it.',
      access: 'user',
      params,
      answers: { 204: { description: 'Done.', schema: null } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id } }) => {
        await webhooks.delete(caller, id)
        return { status: 204 }
      },
    }),
    route({
      method: 'post',
      path: '/api/webhooks/{id}/rotate',
      summary: 'A new secret; for a day the old one signs as well.',
      access: 'user',
      params,
      answers: { 200: { description: 'The webhook, and its new secret this once.', schema: schema.webhookWithSecretSchema } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id } }) => ({ status: 200, body: await webhooks.rotate(caller, id) }),
    }),
    route({
      method: 'post',
      path: '/api/webhooks/{id}/test',
      summary: 'Send `webhook.test`, to see whether it arrives.',
      access: 'user',
      params,
      answers: { 202: { description: 'It is being sent.', schema: schema.deliverySchema } },
      problems: ['not-found', 'wrong-state'],
      handler: async ({ caller, params: { id } }) => ({ status: 202, body: await webhooks.test(caller, id) }),
    }),
    route({
      method: 'get',
      path: '/api/webhooks/{id}/deliveries',
      summary: 'What was sent, newest first, with every try.',
      access: 'user',
      params,
      query: schema.deliveryQuerySchema,
      answers: { 200: { description: 'A page of them.', schema: schema.deliveryListSchema } },
      problems: ['not-found'],
      handler: async ({ caller, params: { id }, query }) => ({
        status: 200,
        body: await reads.by(caller.userId, (reader) => webhooks.deliveries(reader, caller, id, query)),
      }),
    }),
    route({
      method: 'post',
      path: '/api/webhooks/{id}/deliveries/{deliveryId}/resend',
      summary: 'Send a message anew, under the same id.',
      access: 'user',
      params: deliveryParams,
      answers: { 202: { description: 'It is being sent.', schema: schema.deliverySchema } },
      problems: ['not-found', 'wrong-state'],
      handler: async ({ caller, params: { id, deliveryId } }) => ({
        status: 202,
        body: await webhooks.resend(caller, id, deliveryId),
      }),
    }),
  ]
}
