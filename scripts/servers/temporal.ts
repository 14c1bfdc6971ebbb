import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { run } from '../launcher/run-program.ts'
import type { Command, ServerContext } from './server.ts'

const searchAttributes = ['UserId', 'EpisodeId', 'EpisodeStatus']

// With one partition a queue is served strictly in turn between users; a queue that a provider limits gains nothing from more.
const fairness = [
  'matching.enableFairness=true',
  'matching.numTaskqueueReadPartitions=1',
  'matching.numTaskqueueWritePartitions=1',
]

/** Makes the data folder. */
export async function prepare({ dataDirectory }: ServerContext): Promise<void> {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
}

/** Temporal with its web interface, its data in one file and queues that are fair between users. */
export function start({ program, dataDirectory, ports }: ServerContext): Command {
  return {
    command: program,
    args: [
      'server',
      'start-dev',
      '--ip',
      '127.0.0.1',
      '--ui-ip',
      '127.0.0.1',
      '--port',
      String(ports.grpc),
      '--ui-port',
      String(ports.ui),
      '--http-port',
      String(ports.http),
      '--metrics-port',
      String(ports.metrics),
      '--db-filename',
      join(dataDirectory, 'temporal.db'),
      '--ui-disable-news-fetch',
      '--log-level',
      'warn',
      ...searchAttributes.flatMap((name) => ['--search-attribute', `${name}=Keyword`]),
      ...fairness.flatMap((setting) => ['--dynamic-config-value', setting]),
    ],
  }
}

/** True when the namespace answers and knows our search attributes: they are added after the server first says it serves. */
export async function isReady({ program, ports, signal }: ServerContext): Promise<boolean> {
  const answer = await run(
    program,
    ['operator', 'search-attribute', 'list', '--address', `127.0.0.1:${ports.grpc}`, '--command-timeout', '2s'],
    { timeoutMs: 3000, signal },
  )
  return searchAttributes.every((name) => answer.stdout.includes(name))
}
