import { passing } from '../shared/crash-points.ts'
import type { Database } from '../prisma/client.ts'
import { asHouse } from '../prisma/identity.ts'
import type { Logger } from '../shared/logger.ts'
import type {
  DeliverWebhookInput,
  EraseAccountInput,
  ProduceEpisodeInput,
  ProviderTestInput,
  PurgeEpisodeInput,
  SendMailInput,
  TombstoneInput,
  VoiceSampleInput,
} from '../workflows/contract.ts'
import type { BackupOrder, DrillOrder } from './backups/backups.repo.ts'
import type { ReconcileOrder } from './reconcile/reconcile.repo.ts'
import { isOutage } from './temporal.ts'
import type { Orders } from './temporal.ts'
import type { WakeOrder } from './usage/wake-runs.ts'

export interface CancelOrder {
  workflowId: string
  versionId: string
}

/** A word to a run: it goes on with what a person has done. */
export interface RunOrder {
  workflowId: string
}

/** A source that is to be read before anything is ordered. */
export interface ReadOrder {
  sourceId: string
  userId: string
}

interface Held {
  id: string
  topic: string
  payload: unknown
}

const HELD_SECONDS = 15
const SWEEP_MS = 2000
const AT_ONCE = 50

/**
 * Sends what transactions have written down for Temporal. Each order is tried at once by whoever wrote it; the sweeper
 * sends what an outage or a killed process left behind. Sending twice is harmless: workflow ids are fixed. While Temporal is away orders are
 * only written down; one question every two seconds finds out when it is back.
 */
export class Outbox {
  private readonly db: Database
  private readonly orders: Orders
  private readonly logger: Logger
  private timer: NodeJS.Timeout | undefined
  private readonly sending = new Set<Promise<void>>()
  private isAway = false
  private isSweeping = false

  constructor(db: Database, orders: Orders, logger: Logger) {
    this.db = db
    this.orders = orders
    this.logger = logger
  }

  /** Sends one order now, in the background; what fails is left to the sweeper. */
  sendSoon(id: string): void {
    if (!this.isAway) this.track(asHouse(() => this.hold([id]).then((held) => this.sendAll(held))))
  }

  startSweeping(): void {
    this.timer = setInterval(() => this.track(asHouse(() => this.sweep())), SWEEP_MS)
  }

  /** Ends sweeping and waits for what is being sent. */
  async stop(): Promise<void> {
    clearInterval(this.timer)
    await Promise.all(this.sending)
  }

  /** Sends all that waits, lot by lot. One at a time: a long outage leaves many. */
  private async sweep(): Promise<void> {
    if (this.isSweeping) return
    this.isSweeping = true
    try {
      if (this.isAway && !(await this.isBack())) return
      for (let held = await this.hold(); held.length > 0 && !this.isAway; held = await this.hold()) {
        await this.sendAll(held)
        if (held.length < AT_ONCE) return
      }
    } finally {
      this.isSweeping = false
    }
  }

  private async isBack(): Promise<boolean> {
    const isBack = await this.orders.check().then(
      () => true,
      () => false,
    )
    if (isBack) this.logger.info('temporal is back; what waited is sent')
    this.isAway = !isBack
    return isBack
  }

  private track(work: Promise<void>): void {
    const settled = work.catch((error: unknown) => this.logger.warn({ err: error }, 'orders wait in the outbox'))
    this.sending.add(settled)
    void settled.then(() => this.sending.delete(settled))
  }

  /** Takes orders for a while, so that two processes do not send the same one at the same time. */
  private hold(ids?: string[]): Promise<Held[]> {
    return this.db.$queryRaw<Held[]>`
      UPDATE outbox SET held_until = now() + make_interval(secs => ${HELD_SECONDS}), tries = tries + 1
      WHERE id IN (
        SELECT id FROM outbox
        WHERE sent_at IS NULL AND (held_until IS NULL OR held_until < now())
          AND (${ids === undefined} OR id = ANY(${ids ?? []}::uuid[]))
        ORDER BY created_at LIMIT ${AT_ONCE} FOR UPDATE SKIP LOCKED)
      RETURNING id, topic, payload`
  }

  private async sendAll(held: Held[]): Promise<void> {
    await Promise.all(held.map((order) => this.send(order).catch((error: unknown) => this.leave(order, error))))
  }

  private async send({ id, topic, payload }: Held): Promise<void> {
    passing('outbox.held')
    if (topic === 'start-episode') await this.start(payload as ProduceEpisodeInput)
    else if (topic === 'cancel-episode') await this.cancel(payload as CancelOrder)
    else if (topic === 'approve-script') await this.orders.approveScript((payload as RunOrder).workflowId)
    else if (topic === 'repair-episode') await this.orders.repairEpisode((payload as RunOrder).workflowId)
    else if (topic === 'purge-episode') await this.orders.purgeEpisode(payload as PurgeEpisodeInput)
    else if (topic === 'read-source') await this.orders.readSource(payload as ReadOrder)
    else if (topic === 'make-sample') await this.orders.makeVoiceSample(payload as VoiceSampleInput)
    else if (topic === 'test-provider') await this.orders.testProvider(payload as ProviderTestInput)
    else if (topic === 'wake-run') await this.orders.wakeRun((payload as WakeOrder).workflowId)
    else if (topic === 'reconcile') await this.reconcile(payload as ReconcileOrder)
    else if (topic === 'run-backup') await this.orders.runBackup((payload as BackupOrder).workflowId)
    else if (topic === 'drill-backup') await this.drillBackup(payload as DrillOrder)
    else if (topic === 'send-mail') await this.orders.sendMail(payload as SendMailInput)
    else if (topic === 'bury') await this.orders.buryKey(payload as TombstoneInput)
    else if (topic === 'erase-account') await this.orders.eraseAccount(payload as EraseAccountInput)
    else if (topic === 'deliver-webhook') await this.orders.deliverWebhook(payload as DeliverWebhookInput)
    else if (topic === 'set-rate') await this.setRate(payload as { provider: string })
    else throw new Error(`no one knows how to send ${topic}`)
    passing('outbox.sent')
    // Of an account that was erased meanwhile there is no order left.
    await this.db.outbox.updateMany({ where: { id }, data: { sentAt: new Date() } })
    passing('outbox.marked')
  }

  private async leave({ id, topic }: Held, error: unknown): Promise<void> {
    // Said once, not for each of the thousands that may wait.
    if (isOutage(error)) {
      if (!this.isAway) this.logger.warn({ err: error, topic }, 'temporal is away; orders wait in the outbox')
      this.isAway = true
    } else this.logger.warn({ err: error, topic }, 'order not sent yet')
    await this.db.outbox.updateMany({ where: { id }, data: { heldUntil: null } })
  }

  private async reconcile({ workflowId, ...input }: ReconcileOrder): Promise<void> {
    await this.orders.reconcile(workflowId, input)
  }

  private async drillBackup({ workflowId, ...ref }: DrillOrder): Promise<void> {
    await this.orders.drillBackup(workflowId, ref)
  }

  private async setRate({ provider }: { provider: string }): Promise<void> {
    const { requestsPerSecond } = await this.db.provider.findFirstOrThrow({ where: { name: provider } })
    await this.orders.setRate(provider, requestsPerSecond)
  }

  private async start(input: ProduceEpisodeInput): Promise<void> {
    const episodesBefore = await this.db.episode.count({
      where: {
        userId: input.userId,
        id: { lt: input.episodeId },
        status: { notIn: ['ready', 'cancelled', 'failed', 'needs_repair', 'review'] },
      },
    })
    const runId = await this.orders.startEpisode(input, episodesBefore)
    if (runId) await this.db.version.update({ where: { id: input.versionId }, data: { runId } })
  }

  /** A run that was ordered but has not begun is cancelled once it has. */
  private async cancel({ workflowId, versionId }: CancelOrder): Promise<void> {
    // Looked at first: a start that is sent between the two would make a run that begins look like one that has ended.
    const start = await this.db.outbox.findFirst({ where: { topic: 'start-episode', key: versionId } })
    if (start && !start.sentAt) throw new Error('the run has not begun yet')
    await this.orders.cancelEpisode(workflowId)
  }
}
