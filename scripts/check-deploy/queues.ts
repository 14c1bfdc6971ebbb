import { providerKeys } from '../../shared/providers.ts'
import { queues } from '../../workflows/contract.ts'

/** Every queue that a worker of ours may be told to serve. */
const everyQueue = (): string[] => {
  const { speech, ...plain } = queues
  return [...Object.values(plain), ...['local', 'neural', ...Object.keys(providerKeys)].map(speech)]
}

/** What is wrong with the manifests: a queue that no worker serves, or that is served by a worker whom nothing scales by it. */
export function queueFaults(manifests: string[]): string[] {
  const resources = manifests.flatMap((text) => text.split(/^---$/m))
  const served = resources.flatMap((text) =>
    (/WORKER_QUEUES, value: '([^']+)'/.exec(text)?.[1] ?? '')
      .split(',')
      .filter(Boolean)
      .map((queue) => ({ queue, worker: nameOf(text) })),
  )
  const scaled = resources
    .filter((text) => /^kind: ScaledObject$/m.test(text))
    .flatMap((text) =>
      [...text.matchAll(/taskQueue: (\S+)/g)].map(
        ([, queue]) => `${queue} ${/scaleTargetRef: \{ name: (\S+) \}/.exec(text)?.[1]}`,
      ),
    )
  return [
    ...everyQueue()
      .filter((queue) => served.every((one) => one.queue !== queue))
      .map((queue) => `nobody serves the queue ${queue}`),
    ...served
      .filter(({ queue, worker }) => !scaled.includes(`${queue} ${worker}`))
      .map(({ queue, worker }) => `${worker} serves the queue ${queue}, and nothing scales it by that`),
  ]
}

const nameOf = (resource: string) => /^ {2}name: (\S+)$/m.exec(resource)?.[1]
