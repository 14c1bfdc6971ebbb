import { Connection } from '@temporalio/client'
import { loadClientConnectConfig } from '@temporalio/envconfig'
import { queues } from '../../workflows/contract.ts'
import { Trouble } from '../checklist/checklist.ts'

/** Temporal's number for the two kinds of queue. */
const WORKFLOWS = 1
const ACTIVITIES = 2
const ASK_MS = 10_000

/** Whether Temporal can be reached with these settings, knows our search attributes, and a worker waits at every queue. */
export async function lookAtWorkers(env: NodeJS.ProcessEnv, more: string[]): Promise<string> {
  const { connectionOptions, namespace = 'default' } = loadClientConnectConfig({ overrideEnvVars: textsOf(env) })
  const connection = await Connection.connect({ ...connectionOptions, connectTimeout: ASK_MS })
  try {
    await connection.withDeadline(Date.now() + ASK_MS, () => lookAtAttributes(connection, namespace))
    const wanted = [queues.episodes, queues.script, queues.audio, queues.webhooks, queues.speech('local'), ...more]
    const kinds = (queue: string) => (queue === queues.episodes ? [WORKFLOWS, ACTIVITIES] : [ACTIVITIES])
    const asked = wanted.flatMap((queue) => kinds(queue).map((kind) => ({ queue, kind })))
    const idle = await connection.withDeadline(Date.now() + ASK_MS, async () => {
      const counts = await Promise.all(asked.map(async (one) => ({ ...one, pollers: await pollers(connection, namespace, one) })))
      return counts.filter((one) => one.pollers === 0).map(({ queue }) => queue)
    })
    if (idle.length > 0)
      throw new Trouble(
        `nobody works at: ${[...new Set(idle)].join(', ')}`,
        'start a worker with these in WORKER_QUEUES (unset: all), or read its log',
      )
    return `a worker waits at ${wanted.join(', ')}`
  } finally {
    await connection.close()
  }
}

async function pollers(
  connection: Connection,
  namespace: string,
  { queue, kind }: { queue: string; kind: number },
): Promise<number> {
  const answer = await connection.workflowService.describeTaskQueue({
    namespace,
    taskQueue: { name: queue },
    taskQueueType: kind,
  })
  return answer.pollers.length
}

async function lookAtAttributes(connection: Connection, namespace: string): Promise<void> {
  const { customAttributes } = await connection.operatorService.listSearchAttributes({ namespace })
  const missing = ['UserId', 'EpisodeId', 'EpisodeStatus'].filter((name) => !(name in customAttributes))
  if (missing.length > 0)
    throw new Trouble(
      `the namespace lacks the search attributes ${missing.join(', ')}`,
      'temporal operator search-attribute create --name UserId --type Keyword, and so on; in Temporal Cloud with tcld (deploy/temporal-cloud)',
    )
}

const textsOf = (env: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined))
