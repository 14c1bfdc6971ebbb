import {
  Client,
  Connection,
  ScheduleNotFoundError,
  ScheduleOverlapPolicy,
  ServiceError,
  WorkflowExecutionAlreadyStartedError,
  WorkflowNotFoundError,
  isGrpcServiceError,
} from '@temporalio/client'
import type { ScheduleDescription, ScheduleHandle, WorkflowStartOptions } from '@temporalio/client'
import { defineSearchAttributeKey, TypedSearchAttributes } from '@temporalio/common'
import { loadClientConnectConfig } from '@temporalio/envconfig'
import {
  deliveryWorkflowId,
  episodeWorkflowId,
  providerTestWorkflowId,
  queues,
  sampleWorkflowId,
  sourceWorkflowId,
  signals,
  workflowNames,
} from '../workflows/contract.ts'
import type {
  BackupRef,
  EraseAccountInput,
  DeliverWebhookInput,
  ProduceEpisodeInput,
  ProviderTestInput,
  PurgeEpisodeInput,
  ReconcileInput,
  SendMailInput,
  TombstoneInput,
  SourceRef,
  VoiceSampleInput,
} from '../workflows/contract.ts'

const userId = defineSearchAttributeKey('UserId', 'KEYWORD')
const episodeId = defineSearchAttributeKey('EpisodeId', 'KEYWORD')
const episodeStatus = defineSearchAttributeKey('EpisodeStatus', 'KEYWORD')

/** Temporal's number for a queue of activities. */
const ACTIVITY_QUEUE = 2

/** A call that Temporal does not answer in this time is left to the sweeper. */
const CALL_MS = 3000

/** By itself gRPC waits up to two minutes before it tries a server again that has been away for long: as long as orders would wait for nothing. */
const channelArgs = { 'grpc.initial_reconnect_backoff_ms': 500, 'grpc.max_reconnect_backoff_ms': 2_000 }

/** gRPC's numbers for a server that does not answer in time, has no room, or is not there. */
const AWAY = [4, 8, 14]

/** The server is away, so nothing else would be taken either; any other error is that order's own. */
export function isOutage(error: unknown): boolean {
  const reason = error instanceof ServiceError ? error.cause : error
  return isGrpcServiceError(reason) && AWAY.includes(reason.code)
}

/** 1 comes first, 5 last; whoever has a few episodes in the making is not held back. */
const priorityOf = (episodesBefore: number) => (episodesBefore < 3 ? 2 : episodesBefore < 10 ? 3 : 4)

/** The only place that speaks to Temporal for the door. */
export class Orders {
  private readonly client: Client
  private readonly connection: Connection
  readonly namespace: string

  constructor(connection: Connection, client: Client) {
    this.connection = connection
    this.client = client
    this.namespace = client.options.namespace
  }

  /** Connects on first use, so that the door opens while Temporal is still away. */
  static create(): Orders {
    const { connectionOptions, namespace } = loadClientConnectConfig()
    const connection = Connection.lazy({ ...connectionOptions, channelArgs })
    return new Orders(connection, new Client({ connection, ...(namespace ? { namespace } : {}) }))
  }

  /** Starts the making of a version and answers the run's id; started already is fine, and finished already too (`undefined`). */
  async startEpisode(input: ProduceEpisodeInput, episodesBefore: number): Promise<string | undefined> {
    return this.started(workflowNames.produceEpisode, {
      workflowId: episodeWorkflowId(input.episodeId, input.version),
      taskQueue: queues.episodes,
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      staticSummary: input.title,
      // Its own tasks and every deed it orders have this too, unless they say otherwise. Users take turns on each queue, but a run's tasks go
      // through a queue of its worker that knows no turns, only what comes first: there the many of one user let others pass.
      priority: { fairnessKey: input.userId, priorityKey: priorityOf(episodesBefore) },
      typedSearchAttributes: new TypedSearchAttributes([
        { key: userId, value: input.userId },
        { key: episodeId, value: input.episodeId },
        { key: episodeStatus, value: 'queued' },
      ]),
    })
  }

  /** Asks a run to stop; one that never started or has ended needs no asking (`false`). */
  async cancelEpisode(workflowId: string): Promise<boolean> {
    return this.toRun(() => this.client.workflow.getHandle(workflowId).cancel())
  }

  /** Orders the removal of a deleted episode, once the time to undo is over. */
  async purgeEpisode(input: PurgeEpisodeInput): Promise<void> {
    await this.started(workflowNames.purgeEpisode, {
      workflowId: `purge-${input.episodeId}`,
      taskQueue: queues.episodes,
      args: [input],
      workflowIdConflictPolicy: 'TERMINATE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
    })
  }

  /** Orders the reading of a source; one that is being read is not begun again. Users take turns. */
  async readSource({ userId: owner, ...ref }: SourceRef & { userId: string }): Promise<void> {
    await this.started(workflowNames.readAhead, {
      workflowId: sourceWorkflowId(ref.sourceId),
      taskQueue: queues.episodes,
      args: [ref],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      priority: { fairnessKey: owner },
    })
  }

  /** Orders a voice's sample; one that is being made is not begun again. */
  async makeVoiceSample(input: VoiceSampleInput): Promise<void> {
    await this.started(workflowNames.makeVoiceSample, {
      workflowId: sampleWorkflowId(input.voiceId),
      taskQueue: queues.episodes,
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'ALLOW_DUPLICATE',
      staticSummary: input.voiceId,
    })
  }

  /** Orders one small call of a provider; ordered twice it is made once. */
  async testProvider(input: ProviderTestInput): Promise<void> {
    await this.started(workflowNames.testProvider, {
      workflowId: providerTestWorkflowId(input.testId),
      taskQueue: queues.episodes,
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
      staticSummary: input.provider,
    })
  }

  /** Orders a letter to be sent; ordered twice it is sent once. */
  async sendMail({ mailId }: SendMailInput): Promise<void> {
    await this.once(workflowNames.sendMail, `mail-${mailId}`, { mailId })
  }

  /** Orders what keeps a revoked key revoked after a restore. */
  async buryKey(input: TombstoneInput): Promise<void> {
    await this.once(workflowNames.buryKey, `bury-key-${input.subjectId}`, input)
  }

  /** Orders the end of an account. */
  async eraseAccount({ userId: id }: EraseAccountInput): Promise<void> {
    await this.once(workflowNames.eraseAccount, `erase-${id}`, { userId: id })
  }

  /** Orders a message to a person's server; ordered twice it is sent once. */
  async deliverWebhook(input: DeliverWebhookInput): Promise<void> {
    await this.started(workflowNames.deliverWebhook, {
      workflowId: deliveryWorkflowId(input),
      taskQueue: queues.episodes,
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    })
  }

  /** How many deeds wait in a queue, and how long the oldest of them has. */
  async backlogOf(queue: string): Promise<{ waiting: number; oldestMs: number }> {
    const { stats } = await this.within(() =>
      this.connection.workflowService.describeTaskQueue({
        namespace: this.namespace,
        taskQueue: { name: queue },
        taskQueueType: ACTIVITY_QUEUE,
        reportStats: true,
      }),
    )
    const { seconds, nanos } = stats?.approximateBacklogAge ?? {}
    return {
      waiting: Number(stats?.approximateBacklogCount ?? 0),
      oldestMs: Number(seconds ?? 0) * 1000 + Math.round((nanos ?? 0) / 1e6),
    }
  }

  /** Everything that begins by itself. */
  async schedules(): Promise<ScheduleDescription[]> {
    return this.within(async () => {
      const described: Promise<ScheduleDescription>[] = []
      for await (const { scheduleId } of this.client.schedule.list())
        described.push(this.client.schedule.getHandle(scheduleId).describe())
      return Promise.all(described)
    })
  }

  /** `undefined`: there is none of this name. */
  async schedule(id: string): Promise<ScheduleDescription | undefined> {
    return this.ofSchedule(id, (handle) => handle.describe())
  }

  /** Begins nothing by itself until it is resumed. */
  async pauseSchedule(id: string, note: string): Promise<void> {
    await this.ofSchedule(id, (handle) => handle.pause(note))
  }

  async resumeSchedule(id: string, note: string): Promise<void> {
    await this.ofSchedule(id, (handle) => handle.unpause(note))
  }

  /** Begins it now; not while one of it still runs. */
  async runSchedule(id: string): Promise<void> {
    await this.ofSchedule(id, (handle) => handle.trigger(ScheduleOverlapPolicy.SKIP))
  }

  /** Orders a look at the whole store. */
  async reconcile(workflowId: string, input: ReconcileInput): Promise<void> {
    await this.started(workflowNames.reconcile, {
      workflowId,
      taskQueue: queues.episodes,
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    })
  }

  /** Orders a backup. */
  async runBackup(workflowId: string): Promise<void> {
    await this.started(workflowNames.runBackup, {
      workflowId,
      taskQueue: queues.episodes,
      args: [],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    })
  }

  /** Orders a drill of a kept backup. */
  async drillBackup(workflowId: string, { backupId }: BackupRef): Promise<void> {
    await this.started(workflowNames.drillBackup, {
      workflowId,
      taskQueue: queues.episodes,
      args: [{ backupId }],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    })
  }

  /** Sets how many deeds a second a provider's queue hands out, over all workers; null: as many as come. The server keeps it. */
  async setRate(provider: string, requestsPerSecond: number | null): Promise<void> {
    await this.within(() =>
      this.connection.workflowService.updateTaskQueueConfig({
        namespace: this.namespace,
        identity: 'aimake-api',
        taskQueue: queues.speech(provider),
        taskQueueType: ACTIVITY_QUEUE,
        updateQueueRateLimit: {
          rateLimit: requestsPerSecond === null ? null : { requestsPerSecond },
          reason: 'set by an administrator',
        },
      }),
    )
  }

  /** Tells a run that its script is approved; one that has ended hears nothing (`false`). */
  async approveScript(workflowId: string): Promise<boolean> {
    return this.toRun(() => this.client.workflow.getHandle(workflowId).signal(signals.approve))
  }

  /** Tells a run that what it waits for is mended; one that has ended hears nothing (`false`). */
  async repairEpisode(workflowId: string): Promise<boolean> {
    return this.toRun(() => this.client.workflow.getHandle(workflowId).signal(signals.repair))
  }

  /** Tells a run that waits for money to look again; one that has ended needs no telling. */
  async wakeRun(workflowId: string): Promise<boolean> {
    return this.toRun(() => this.client.workflow.getHandle(workflowId).signal(signals.funds))
  }

  async check(): Promise<void> {
    await this.within(() => this.connection.workflowService.getSystemInfo({}))
  }

  async close(): Promise<void> {
    await this.connection.close()
  }

  private async started(name: string, options: WorkflowStartOptions): Promise<string | undefined> {
    try {
      const handle = await this.within(() => this.client.workflow.start(name, options))
      return handle.firstExecutionRunId
    } catch (error) {
      if (!(error instanceof WorkflowExecutionAlreadyStartedError)) throw error
      return undefined
    }
  }

  private async once(name: string, workflowId: string, input: object): Promise<void> {
    await this.started(name, {
      workflowId,
      taskQueue: queues.episodes,
      args: [input],
      workflowIdConflictPolicy: 'USE_EXISTING',
      workflowIdReusePolicy: 'REJECT_DUPLICATE',
    })
  }

  private async toRun(call: () => Promise<unknown>): Promise<boolean> {
    try {
      await this.within(call)
      return true
    } catch (error) {
      if (error instanceof WorkflowNotFoundError) return false
      throw error
    }
  }

  private async ofSchedule<T>(id: string, call: (handle: ScheduleHandle) => Promise<T>): Promise<T | undefined> {
    try {
      return await this.within(() => call(this.client.schedule.getHandle(id)))
    } catch (error) {
      if (error instanceof ScheduleNotFoundError) return undefined
      throw error
    }
  }

  private within<T>(call: () => Promise<T>): Promise<T> {
    return this.connection.withDeadline(Date.now() + CALL_MS, call)
  }
}
