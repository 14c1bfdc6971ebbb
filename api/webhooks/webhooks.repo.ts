import type { Database, Prisma, Reader, Transaction } from '../../prisma/client.ts'
import { allOwn, own, within } from '../http/authorized.ts'
import type { Authorized, PersonId } from '../http/authorized.ts'
import { behind } from '../http/cursor.ts'
import { HttpProblem } from '../http/problem.ts'
import type { DeliveryQuery } from './webhooks.schema.ts'

type FoundWebhook = Prisma.WebhookGetPayload<object>
/** A webhook that its caller may act on. */
export type WebhookRow = Authorized<FoundWebhook>
type WebhookRef = Authorized<Pick<FoundWebhook, 'id' | 'url'>>

const withAttempts = { attempts: { orderBy: [{ round: 'asc' }, { attempt: 'asc' }] } } satisfies Prisma.WebhookDeliveryInclude
export type DeliveryRow = Authorized<Prisma.WebhookDeliveryGetPayload<{ include: typeof withAttempts }>>

const noWebhook = () => new HttpProblem('not-found', 'There is no such webhook among yours.')
const noDelivery = () => new HttpProblem('not-found', 'There is no such message of this webhook.')

/** The caller's own webhook. Another person's and none at all look the same: `not-found`. */
export const ownWebhook = async (db: Reader, userId: PersonId, id: string): Promise<WebhookRow> =>
  own(userId, await db.webhook.findFirst({ where: { id, userId } }), noWebhook)

export const listWebhooks = async (db: Reader, userId: PersonId): Promise<WebhookRow[]> =>
  allOwn(userId, await db.webhook.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } }))

/** Stores one, unless there are `most` already: then nothing. Two at the same moment take turns. */
export async function insertWebhook(
  db: Database,
  userId: PersonId,
  hook: { url: string; events: string[]; secret: string },
  most: number,
): Promise<WebhookRow | undefined> {
  return db.$transaction(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId} FOR NO KEY UPDATE`
    if ((await tx.webhook.count({ where: { userId } })) >= most) return undefined
    return own(userId, await tx.webhook.create({ data: { ...hook, userId } }), noWebhook)
  })
}

export const updateWebhook = async (db: Database, { id, userId }: WebhookRow, data: Prisma.WebhookUpdateInput) =>
  own(userId, await db.webhook.update({ where: { id }, data }), noWebhook)

/** With it goes what is still to be sent. */
export const deleteWebhook = (db: Database, { id }: WebhookRef) => db.webhook.delete({ where: { id } })

export async function insertDelivery(tx: Transaction, hook: WebhookRef, event: string, body: string): Promise<DeliveryRow> {
  const row = await tx.webhookDelivery.create({ data: { webhookId: hook.id, event, body }, include: withAttempts })
  return within(hook, [row])[0]!
}

/** A message of this webhook. Throws `not-found` for one of another. */
export async function deliveryOf(db: Reader | Transaction, hook: WebhookRef, id: string): Promise<DeliveryRow> {
  const row = await db.webhookDelivery.findFirst({ where: { id, webhookId: hook.id }, include: withAttempts })
  if (!row) throw noDelivery()
  return within(hook, [row])[0]!
}

export async function listDeliveries(
  db: Reader,
  hook: WebhookRef,
  { cursor, limit, status }: DeliveryQuery,
): Promise<DeliveryRow[]> {
  const rows = await db.webhookDelivery.findMany({
    where: { webhookId: hook.id, ...(status && { status }), ...behind(cursor) },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: limit,
    include: withAttempts,
  })
  return within(hook, rows)
}

/** Begins another round of a message and answers its number; nothing while one is still going on, or where there is no such message. */
export async function beginRound(tx: Transaction, { id: webhookId }: WebhookRef, id: string): Promise<number | undefined> {
  const [row] = await tx.$queryRaw<{ round: number }[]>`
    UPDATE webhook_deliveries SET status = 'pending', round = round + 1, next_at = NULL, ended_at = NULL
    WHERE id = ${id}::uuid AND webhook_id = ${webhookId}::uuid AND status <> 'pending' RETURNING round`
  return row?.round
}
