import { Webhook } from 'standardwebhooks'
import type { Prisma } from '../../prisma/client.ts'
import type { Activities, DeliverWebhookInput } from '../../workflows/contract.ts'
import type { Deps } from '../deps.ts'
import { sendMessage } from './webhook-sender.ts'
import type { WebhookAnswer } from './webhook-sender.ts'

type Deeds = Pick<Activities, 'attemptDelivery'>
type Delivery = Prisma.WebhookDeliveryGetPayload<{ include: { webhook: true } }>

/** The receiver says that it wants no more of any message. */
const GONE = 410

export const webhookDeeds = (deps: Deps): Deeds => ({
  attemptDelivery: (input) => attemptDelivery(deps, input),
})

/**
 * One try of one message. What came of it and what follows from it are one transaction; a worker that dies before it sends it once more, under the same
 * id, by which receivers know it.
 */
async function attemptDelivery(deps: Deps, { deliveryId, round, attempt }: DeliverWebhookInput & { attempt: number }) {
  const { db } = deps
  const over = { againInMs: null }
  const delivery = await db.webhookDelivery.findUnique({ where: { id: deliveryId }, include: { webhook: true } })
  if (!delivery || delivery.round !== round || delivery.status !== 'pending') return over
  const tried = await db.webhookAttempt.findUnique({
    where: { deliveryId_round_attempt: { deliveryId, round, attempt } },
  })
  if (tried) return { againInMs: delivery.nextAt ? Math.max(0, delivery.nextAt.getTime() - Date.now()) : null }
  if (delivery.webhook.disabledAt) {
    await db.webhookDelivery.update({ where: { id: deliveryId }, data: { status: 'failed', nextAt: null, endedAt: new Date() } })
    return over
  }
  const startedMs = performance.now()
  const answer = await sendMessage(deps.webhooks.fetchSafely, messageOf(delivery))
  const againInMs = waitAfter(answer, deps.webhooks.retryMs[attempt - 1])
  const { status: statusCode, failure } = answer
  const durationMs = Math.round(performance.now() - startedMs)
  await db.$transaction([
    db.webhookAttempt.create({ data: { deliveryId, round, attempt, statusCode, failure, durationMs } }),
    db.webhookDelivery.updateMany({ where: { id: deliveryId, round }, data: stateAfter(answer, againInMs) }),
    ...(statusCode === GONE
      ? [db.webhook.update({ where: { id: delivery.webhookId }, data: { disabledAt: new Date(), disabledReason: 'gone' } })]
      : []),
  ])
  return { againInMs }
}

const isTaken = ({ status }: WebhookAnswer) => status !== null && status >= 200 && status < 300

/** `null`: there is nothing more to do. Whoever asks to be left alone for longer is. */
function waitAfter(answer: WebhookAnswer, usualMs: number | undefined): number | null {
  if (isTaken(answer) || answer.status === GONE || usualMs === undefined) return null
  return Math.max(usualMs, answer.retryAfterMs ?? 0)
}

const stateAfter = (answer: WebhookAnswer, againInMs: number | null): Prisma.WebhookDeliveryUpdateManyMutationInput =>
  againInMs === null
    ? { status: isTaken(answer) ? 'delivered' : 'failed', nextAt: null, endedAt: new Date() }
    : { nextAt: new Date(Date.now() + againInMs) }

/** After Standard Webhooks: id, time and body are signed; while a secret is being changed, by both. */
function messageOf({ id, body, webhook }: Delivery) {
  const { url, secret, oldSecret, oldSecretUntil } = webhook
  const sentAt = new Date()
  const secrets = [secret, ...(oldSecret && oldSecretUntil && oldSecretUntil > sentAt ? [oldSecret] : [])]
  const headers = {
    'content-type': 'application/json',
    'user-agent': 'AIMake-Webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(sentAt.getTime() / 1000)),
    'webhook-signature': secrets.map((one) => new Webhook(one).sign(id, sentAt, body)).join(' '),
  }
  return { url, headers, body }
}
