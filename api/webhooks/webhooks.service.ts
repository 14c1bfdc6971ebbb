import { randomBytes } from 'node:crypto'
import type { z } from 'zod'
import type { Database, Reader } from '../../prisma/client.ts'
import { FetchRefused } from '../../shared/safe-fetch/fetch-refused.ts'
import type { NamedServers } from '../../shared/safe-fetch/safe-url.ts'
import { receiverUrl } from '../../shared/webhooks.ts'
import type { DeliverWebhookInput } from '../../workflows/contract.ts'
import { writeOrder } from '../episodes/episodes.repo.ts'
import { pageOf } from '../http/cursor.ts'
import { HttpProblem } from '../http/problem.ts'
import type { Caller } from '../http/route.ts'
import type { Outbox } from '../outbox.ts'
import * as repo from './webhooks.repo.ts'
import type { DeliveryQuery, NewWebhook, WebhookPatch, deliverySchema, webhookSchema } from './webhooks.schema.ts'

export interface WebhookServiceDeps {
  db: Database
  outbox: Outbox
  /** Receivers inside the house's own network. */
  privateHosts: NamedServers
}

const MOST_HOOKS = 20
/** How long the secret before still signs. */
const OLD_SECRET_MS = 24 * 3_600_000

const newSecret = () => `whsec_${randomBytes(32).toString('base64')}`

/** Addresses that are told what becomes of a person's episodes. */
export class WebhookService {
  private readonly deps: WebhookServiceDeps

  constructor(deps: WebhookServiceDeps) {
    this.deps = deps
  }

  async list(db: Reader, { userId }: Caller) {
    return (await repo.listWebhooks(db, userId)).map(view)
  }

  /** The answer is the only one that holds the secret. */
  async create({ userId }: Caller, { url, events }: NewWebhook) {
    const address = this.addressOf(url)
    const secret = newSecret()
    const row = await repo.insertWebhook(this.deps.db, userId, { url: address, events, secret }, MOST_HOOKS)
    if (!row) throw new HttpProblem('wrong-state', `You have ${MOST_HOOKS} webhooks already. Remove one first.`)
    return { ...view(row), secret }
  }

  /** Switched on again it hears of what happens from now on. */
  async change(caller: Caller, id: string, { url, events, enabled }: WebhookPatch) {
    const row = await this.own(caller, id)
    const address = url === undefined ? undefined : this.addressOf(url)
    const state = enabled ? { disabledAt: null, disabledReason: null } : { disabledAt: new Date(), disabledReason: 'by-hand' }
    const data = {
      ...(address !== undefined && { url: address }),
      ...(events && { events }),
      ...(enabled !== undefined && state),
    }
    return view(await repo.updateWebhook(this.deps.db, row, data))
  }

  /** With it goes what is still to be sent. */
  async delete(caller: Caller, id: string): Promise<void> {
    await repo.deleteWebhook(this.deps.db, await this.own(caller, id))
  }

  /** A new secret; for a day the old one signs as well, so that the receiver can change over without losing a message. */
  async rotate(caller: Caller, id: string) {
    const row = await this.own(caller, id)
    const secret = newSecret()
    const data = { secret, oldSecret: row.secret, oldSecretUntil: new Date(Date.now() + OLD_SECRET_MS) }
    return { ...view(await repo.updateWebhook(this.deps.db, row, data)), secret }
  }

  /** Sends a message that says nothing, to see whether it arrives. */
  async test(caller: Caller, id: string) {
    const hook = await this.own(caller, id)
    if (hook.disabledAt) throw new HttpProblem('wrong-state', 'It is switched off. Switch it on first; nothing was sent.')
    const body = JSON.stringify({ type: 'webhook.test', timestamp: new Date().toISOString(), data: {} })
    const { row, order } = await this.deps.db.$transaction(async (tx) => {
      const delivery = await repo.insertDelivery(tx, hook, 'webhook.test', body)
      const input: DeliverWebhookInput = { deliveryId: delivery.id, round: 1 }
      return { row: delivery, order: await writeOrder(tx, 'deliver-webhook', delivery.id, input) }
    })
    this.deps.outbox.sendSoon(order)
    return deliveryView(row)
  }

  async deliveries(db: Reader, caller: Caller, id: string, query: DeliveryQuery) {
    const rows = await repo.listDeliveries(db, await this.own(caller, id), { ...query, limit: query.limit + 1 })
    const { page, nextCursor } = pageOf(rows, query.limit)
    return { items: page.map(deliveryView), nextCursor }
  }

  /** Sends a message anew, under the same id. Refused while it is still being tried. */
  async resend(caller: Caller, id: string, deliveryId: string) {
    const hook = await this.own(caller, id)
    if (hook.disabledAt) throw new HttpProblem('wrong-state', 'It is switched off. Switch it on first; nothing was sent.')
    const order = await this.deps.db.$transaction(async (tx) => {
      const round = await repo.beginRound(tx, hook, deliveryId)
      if (round !== undefined)
        return writeOrder(tx, 'deliver-webhook', deliveryId, { deliveryId, round } satisfies DeliverWebhookInput)
      await repo.deliveryOf(tx, hook, deliveryId)
      throw new HttpProblem('wrong-state', 'It is still being tried; nothing more was sent.')
    })
    this.deps.outbox.sendSoon(order)
    return deliveryView(await repo.deliveryOf(this.deps.db, hook, deliveryId))
  }

  private own({ userId }: Caller, id: string): Promise<repo.WebhookRow> {
    return repo.ownWebhook(this.deps.db, userId, id)
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

const view = (row: repo.WebhookRow): z.input<typeof webhookSchema> => ({
  id: row.id,
  url: row.url,
  events: row.events as z.input<typeof webhookSchema>['events'],
  enabled: row.disabledAt === null,
  disabledReason: row.disabledReason as z.input<typeof webhookSchema>['disabledReason'],
  oldSecretUntil: row.oldSecretUntil && row.oldSecretUntil > new Date() ? row.oldSecretUntil.toISOString() : null,
  createdAt: row.createdAt.toISOString(),
})

const deliveryView = ({ attempts, nextAt, createdAt, endedAt, ...row }: repo.DeliveryRow): z.input<typeof deliverySchema> => ({
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
