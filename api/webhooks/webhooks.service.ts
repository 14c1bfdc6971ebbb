import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type { Database, Prisma, Reader } from '../../prisma/client.ts'
import { FetchRefused } from '../../shared/safe-fetch/fetch-refused.ts'
import type { NamedServers } from '../../shared/safe-fetch/safe-url.ts'
import { receiverUrl } from '../../shared/webhooks.ts'
import type { DeliverWebhookInput } from '../../workflows/contract.ts'
import { writeOrder } from '../episodes/episodes.repo.ts'
import { behind, pageOf } from '../http/cursor.ts'
import { HttpProblem } from '../http/problem.ts'
import type { Caller } from '../http/route.ts'
import type { Outbox } from '../outbox.ts'
import type { DeliveryQuery, NewWebhook, WebhookPatch, deliverySchema, webhookSchema } from './webhooks.schema.ts'

export interface WebhookServiceDeps {
  db: Database
  outbox: Outbox
  /** Receivers inside the house's own network. */
  privateHosts: NamedServers
}

type Row = Prisma.WebhookGetPayload<object>
type DeliveryRow = Prisma.WebhookDeliveryGetPayload<{ include: { attempts: true } }>

const MOST_HOOKS = 20
/** How long the secret before still signs. */
const OLD_SECRET_MS = 24 * 3_600_000
const withAttempts = { attempts: { orderBy: [{ round: 'asc' }, { attempt: 'asc' }] } } satisfies Prisma.WebhookDeliveryInclude

const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`

/** Addresses that are told what becomes of a person's episodes. */
export class WebhookService {
  private readonly deps: WebhookServiceDeps

  constructor(deps: WebhookServiceDeps) {
    this.deps = deps
  }

  async list(db: Reader, { userId }: Caller) {
    return (await db.webhook.findMany({ where: { userId }, orderBy: { createdAt: 'asc' } })).map(view)
  }

  /** The answer is the only one that holds the secret. */
  async create({ userId }: Caller, { url, events }: NewWebhook) {
    const address = this.addressOf(url)
    const secret = newSecret()
    const row = await this.deps.db.$transaction(async (tx) => {
      await tx.$queryRaw`SELECT 1 FROM users WHERE id = ${userId} FOR NO KEY UPDATE`
      if ((await tx.webhook.count({ where: { userId } })) >= MOST_HOOKS)
        throw new HttpProblem('wrong-state', `You have ${MOST_HOOKS} webhooks already. Remove one first.`)
      return tx.webhook.create({ data: { userId, url: address, events, secret } })
    })
    return { ...view(row), secret }
  }

  /** Switched on again it hears of what happens from now on. */
  async change(caller: Caller, id: string, { url, events, enabled }: WebhookPatch) {
    await this.own(caller, id)
    const address = url === undefined ? undefined : this.addressOf(url)
    const state = enabled ? { disabledAt: null, disabledReason: null } : { disabledAt: new Date(), disabledReason: 'by-hand' }
    const data = {
      ...(address !== undefined && { url: address }),
      ...(events && { events }),
      ...(enabled !== undefined && state),
    }
    return view(await this.deps.db.webhook.update({ where: { id }, data }))
  }

  /** With it goes what is still to be sent. */
  async delete(caller: Caller, id: string): Promise<void> {
    await this.own(caller, id)
    await this.deps.db.webhook.delete({ where: { id } })
  }

  /** A new secret; for a day the old one signs as well, so that the receiver can change over without losing a message. */
  async rotate(caller: Caller, id: string) {
    const { secret: oldSecret } = await this.own(caller, id)
    const secret = newSecret()
    const data = { secret, oldSecret, oldSecretUntil: new Date(Date.now() + OLD_SECRET_MS) }
    return { ...view(await this.deps.db.webhook.update({ where: { id }, data })), secret }
  }

  /** Sends a message that says nothing, to see whether it arrives. */
  async test(caller: Caller, id: string) {
    const { disabledAt } = await this.own(caller, id)
    if (disabledAt) throw new HttpProblem('wrong-state', 'It is switched off. Switch it on first; nothing was sent.')
    const body = JSON.stringify({ type: 'webhook.test', timestamp: new Date().toISOString(), data: {} })
    const { row, order } = await this.deps.db.$transaction(async (tx) => {
      const delivery = await tx.webhookDelivery.create({
        data: { webhookId: id, event: 'webhook.test', body },
        include: withAttempts,
      })
      const input: DeliverWebhookInput = { deliveryId: delivery.id, round: 1 }
      return { row: delivery, order: await writeOrder(tx, 'deliver-webhook', delivery.id, input) }
    })
    this.deps.outbox.sendSoon(order)
    return deliveryView(row)
  }

  async deliveries(db: Reader, caller: Caller, id: string, { cursor, limit, status }: DeliveryQuery) {
    await this.own(caller, id)
    const rows = await db.webhookDelivery.findMany({
      where: { webhookId: id, ...(status && { status }), ...behind(cursor) },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: limit + 1,
      include: withAttempts,
    })
    const { page, nextCursor } = pageOf(rows, limit)
    return { items: page.map(deliveryView), nextCursor }
  }

  /** Sends a message anew, under the same id. Refused while it is still being tried. */
  async resend(caller: Caller, id: string, deliveryId: string) {
    const { disabledAt } = await this.own(caller, id)
    if (disabledAt) throw new HttpProblem('wrong-state', 'It is switched off. Switch it on first; nothing was sent.')
    const order = await this.deps.db.$transaction(async (tx) => {
      const [row] = await tx.$queryRaw<{ round: number }[]>`
        UPDATE webhook_deliveries SET status = 'pending', round = round + 1, next_at = NULL, ended_at = NULL
        WHERE id = ${deliveryId}::uuid AND webhook_id = ${id}::uuid AND status <> 'pending' RETURNING round`
      if (row)
        return writeOrder(tx, 'deliver-webhook', deliveryId, { deliveryId, round: row.round } satisfies DeliverWebhookInput)
      if (await tx.webhookDelivery.findFirst({ where: { id: deliveryId, webhookId: id } }))
        throw new HttpProblem('wrong-state', 'It is still being tried; nothing more was sent.')
      throw new HttpProblem('not-found', 'There is no such message of this webhook.')
    })
    this.deps.outbox.sendSoon(order)
    return deliveryView(
      await this.deps.db.webhookDelivery.findUniqueOrThrow({ where: { id: deliveryId }, include: withAttempts }),
    )
  }

  private async own({ userId }: Caller, id: string): Promise<Row> {
    const row = await this.deps.db.webhook.findFirst({ where: { id, userId } })
    if (!row) throw new HttpProblem('not-found', 'There is no such webhook among yours.')
    return row
  }

  private addressOf(url: string): string {
    try {
      return receiverUrl(url, this.deps.privateHosts).href
    } catch (error) {
      if (!(error instanceof FetchRefused)) throw error
      throw new HttpProblem('webhook-address-refused', `${error.message} Nothing was stored.`, {
        errors: [{ path: 'url', message: error.code }],
      })
    }
  }
}

const view = (row: Row): z.input<typeof webhookSchema> => ({
  id: row.id,
  url: row.url,
  events: row.events as z.input<typeof webhookSchema>['events'],
  enabled: row.disabledAt === null,
  disabledReason: row.disabledReason as z.input<typeof webhookSchema>['disabledReason'],
  oldSecretUntil: row.oldSecretUntil && row.oldSecretUntil > new Date() ? row.oldSecretUntil.toISOString() : null,
  createdAt: row.createdAt.toISOString(),
})

const deliveryView = ({ attempts, nextAt, createdAt, endedAt, ...row }: DeliveryRow): z.input<typeof deliverySchema> => ({
  id: row.id,
  event: row.event,
  status: row.status,
  body: row.body,
  nextAt: nextAt?.toISOString() ?? null,
  createdAt: createdAt.toISOString(),
  endedAt: endedAt?.toISOString() ?? null,
  attempts: attempts.map(({ round, attempt, statusCode, failure, durationMs, at }) => ({
    round,
    attempt,
    statusCode,
    failure,
    durationMs,
    at: at.toISOString(),
  })),
})
