import { TypedSearchAttributes, defineSearchAttributeKey } from '@temporalio/common'
import { TestWorkflowEnvironment } from '@temporalio/testing'
import { Worker } from '@temporalio/worker'
import type { WorkflowBundle } from '@temporalio/worker'
import type { WorkflowExecutionInfo, WorkflowHandle } from '@temporalio/client'
import { episodeWorkflowId, queues, workflowNames } from '../contract.ts'
import type { ProduceEpisodeInput, ReconcileInput } from '../contract.ts'
import { bundleWorkflows, installQuietRuntime } from './bundle.ts'
import { Play } from './play.ts'
import type { Plot } from './play.ts'
import { scriptedActivities } from './scripted-activities.ts'

// Recorded histories keep these names, not those of the machine they were recorded on.
const WORKER_NAME = 'rehearsal-worker'
const CLIENT_NAME = 'rehearsal-client'

const searchAttributes = {
  userId: defineSearchAttributeKey('UserId', 'KEYWORD'),
  episodeId: defineSearchAttributeKey('EpisodeId', 'KEYWORD'),
  status: defineSearchAttributeKey('EpisodeStatus', 'KEYWORD'),
}

/** An episode on the stage: its diary, and its workflow. */
export interface Performance {
  play: Play
  handle: WorkflowHandle
}

/** What every performance stands on: a real Temporal server and a worker on each queue, the hands scripted. */
export class Stage {
  private readonly plays = new Map<string, Play>()
  private readonly environment: TestWorkflowEnvironment
  private workers: Worker[] = []
  private ended: Promise<unknown> = Promise.resolve()

  private constructor(environment: TestWorkflowEnvironment) {
    this.environment = environment
  }

  /** Starts Temporal's own program at `temporalPath`; once in a process. */
  static async open(temporalPath: string | undefined): Promise<Stage> {
    if (!temporalPath) throw new Error('TEMPORAL_CLI_PATH does not say where the temporal program is; `npm test` sets it')
    installQuietRuntime()
    const executable = { type: 'existing-path', path: temporalPath } as const
    const [environment, bundle] = await Promise.all([
      TestWorkflowEnvironment.createLocal({
        server: { executable, searchAttributes: Object.values(searchAttributes) },
        client: { identity: CLIENT_NAME },
      }),
      bundleWorkflows(),
    ])
    const stage = new Stage(environment)
    await stage.hire(bundle)
    return stage
  }

  /** Makes an episode of this plot. */
  async produce(episodeId: string, plot: Plot, order: Partial<ProduceEpisodeInput> = {}): Promise<Performance> {
    const episode: ProduceEpisodeInput = {
      episodeId,
      versionId: `${episodeId}-version`,
      version: 1,
      userId: 'user',
      title: episodeId,
      ...order,
    }
    const play = this.cast(episodeId, plot)
    const handle = await this.environment.client.workflow.start(workflowNames.produceEpisode, {
      workflowId: episodeWorkflowId(episodeId, 1),
      taskQueue: queues.episodes,
      args: [episode],
      typedSearchAttributes: new TypedSearchAttributes([
        { key: searchAttributes.userId, value: episode.userId },
        { key: searchAttributes.episodeId, value: episodeId },
        { key: searchAttributes.status, value: 'queued' },
      ]),
    })
    return { play, handle }
  }

  /** Every run of an episode's workflow, the first one first. */
  async runsOf(episodeId: string): Promise<WorkflowExecutionInfo[]> {
    const runs: WorkflowExecutionInfo[] = []
    const query = `WorkflowId = '${episodeWorkflowId(episodeId, 1)}'`
    for await (const run of this.environment.client.workflow.list({ query })) runs.push(run)
    return runs.sort((a, b) => a.startTime.getTime() - b.startTime.getTime())
  }

  /** Removes an episode. */
  async purge(episodeId: string, undoSeconds: number): Promise<Performance> {
    const play = this.cast(episodeId, {})
    const handle = await this.environment.client.workflow.start(workflowNames.purgeEpisode, {
      workflowId: `purge-${episodeId}`,
      taskQueue: queues.episodes,
      args: [{ episodeId, undoSeconds }],
    })
    return { play, handle }
  }

  /** Lets a voice say its sentence. */
  async sample(voiceId: string, plot: Plot): Promise<Performance> {
    const play = this.cast(voiceId, plot)
    const handle = await this.environment.client.workflow.start(workflowNames.makeVoiceSample, {
      workflowId: `sample-${voiceId}`,
      taskQueue: queues.episodes,
      args: [{ voiceId, provider: 'local' }],
    })
    return { play, handle }
  }

  /** Makes one small call of a provider. */
  async testProvider(testId: string): Promise<Performance> {
    const play = this.cast(testId, {})
    const handle = await this.environment.client.workflow.start(workflowNames.testProvider, {
      workflowId: `provider-test-${testId}`,
      taskQueue: queues.episodes,
      args: [{ testId, provider: 'local' }],
    })
    return { play, handle }
  }

  /** Looks at the whole store. */
  async reconcile(workflowId: string, input: ReconcileInput, plot: Plot): Promise<Performance> {
    const play = this.cast(workflowId, plot)
    const handle = await this.environment.client.workflow.start(workflowNames.reconcile, {
      workflowId,
      taskQueue: queues.episodes,
      args: [input],
    })
    return { play, handle }
  }

  /** Makes a backup. */
  async backUp(workflowId: string, plot: Plot): Promise<Performance> {
    const play = this.cast(workflowId, plot)
    const handle = await this.environment.client.workflow.start(workflowNames.runBackup, {
      workflowId,
      taskQueue: queues.episodes,
    })
    return { play, handle }
  }

  /** Drills a backup that is kept already. */
  async drill(backupId: string, plot: Plot): Promise<Performance> {
    const play = this.cast(backupId, plot)
    const handle = await this.environment.client.workflow.start(workflowNames.drillBackup, {
      workflowId: `drill-${backupId}`,
      taskQueue: queues.episodes,
      args: [{ backupId }],
    })
    return { play, handle }
  }

  async close(): Promise<void> {
    for (const worker of this.workers) worker.shutdown()
    await this.ended
    await this.environment.teardown()
  }

  private cast(episodeId: string, plot: Plot): Play {
    const play = new Play({ episodeId, versionId: `${episodeId}-version` }, plot)
    this.plays.set(episodeId, play)
    return play
  }

  private async hire(workflowBundle: WorkflowBundle): Promise<void> {
    const playOf = (episodeId: string): Play => {
      const play = this.plays.get(episodeId)
      if (!play) throw new Error(`nobody plays ${episodeId}`)
      return play
    }
    this.workers = await Promise.all(
      [queues.episodes, queues.script, queues.audio, queues.backup, queues.speech('local')].map((taskQueue) =>
        Worker.create({
          connection: this.environment.nativeConnection,
          taskQueue,
          identity: WORKER_NAME,
          activities: scriptedActivities(playOf),
          // A cancel arrives with the answer to a heartbeat; ours are not to wait their usual seconds.
          maxHeartbeatThrottleInterval: '100 milliseconds',
          ...(taskQueue === queues.episodes && { workflowBundle }),
        }),
      ),
    )
    this.ended = Promise.all(this.workers.map((worker) => worker.run()))
  }
}
