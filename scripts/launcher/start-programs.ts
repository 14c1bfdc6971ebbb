import { join } from 'node:path'
import { logFile } from './log-file.ts'
import { withOwnNode } from './run-program.ts'
import { StartError } from './start-error.ts'
import { waitUntil } from './wait-until.ts'
import { withoutBackups, withoutOwner } from './environment.ts'
import type { Settings } from './environment.ts'
import type { PortBook } from './ports.ts'
import type { Supervisor } from './supervisor.ts'

const readyTimeoutMs = 60_000

/** A program of this project: its arguments to Node, the purpose of its port, and the path that answers once it is ready. */
export type Program = { name: string; args: string[]; port: string; readyPath: string; folder?: string; morePorts?: string[] }

type Around = {
  checkout: string
  cache: string
  dataDirectory: string
  settings: Settings
  supervisor: Supervisor
  book: PortBook
  signal: AbortSignal
  onDeath: (error: Error) => void
}

/**
 * Makes Node restart a program when a file in these folders changes. Node's own way of finding what to watch sends messages out of
 * every thread, which the Temporal worker takes for its own and dies of: so the folders are named and the messages switched off.
 */
const watching = (dev: boolean, folders: string[]) =>
  dev
    ? [
        ...folders.map((folder) => `--watch-path=${folder}`),
        '--watch-preserve-output',
        '--import=data:text/javascript,delete process.env.WATCH_REPORT_DEPENDENCIES',
      ]
    : []

/** As the image of the API has it (Dockerfile): Node takes what a machine of 24 GB has to give, gives it back late, and looks for garbage on all its cores. */
export const ofOneGigabyte = ['--max-old-space-size=512', '--max-semi-space-size=16', '--no-parallel-scavenge']

/** The programs of this project that are kept running. */
export const ownPrograms = (dev: boolean): Record<'api' | 'worker', Program> => ({
  api: {
    name: 'api',
    args: [...ofOneGigabyte, ...watching(dev, ['api', 'shared', 'prisma']), 'api/main.ts'],
    port: 'api',
    morePorts: ['metrics'],
    readyPath: '/health/ready',
  },
  worker: {
    name: 'worker',
    args: [...watching(dev, ['activities', 'workflows', 'shared', 'prisma']), 'activities/worker.ts'],
    port: 'workerHealth',
    morePorts: ['workerMetrics'],
    readyPath: '/health',
  },
})

/** The providers' HTTP, spoken by a server of our own that can be told to misbehave. */
export const fakeProviders = (port: number): Program => ({
  name: 'fake-providers',
  args: ['tests/fake-providers/main.ts', '--port', String(port)],
  port: 'fakeProviders',
  readyPath: '/health',
})

/** Takes every mail and shows it on a page, instead of a mail server. */
export const mailCatcher = (ports: { smtp: number; web: number }): Program => ({
  name: 'mail',
  args: ['scripts/mail-catcher.ts', '--smtp', String(ports.smtp), '--web', String(ports.web)],
  port: 'mail',
  morePorts: ['mailSmtp'],
  readyPath: '/health',
})

/** Vite's development server for a screen; it finds the API through API_URL. */
export const devScreen = (name: 'web' | 'admin', port: number): Program => ({
  name,
  args: ['../node_modules/vite/bin/vite.js', '--host', '127.0.0.1', '--port', String(port), '--strictPort'],
  port: name,
  readyPath: name === 'admin' ? '/admin/' : '/',
  folder: name,
})

async function answers(port: number, path: string): Promise<boolean> {
  const response = await fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(2000) })
  if (!response.ok) throw new Error(`${path} answered ${response.status} ${(await response.text()).slice(0, 300)}`)
  return true
}

/** Starts one of our programs and returns when it says it is ready. Throws with its last lines when it dies first; a later death goes to `onDeath`. */
export async function startProgram(
  { name, args, port, readyPath, folder = '', morePorts = [] }: Program,
  around: Around,
): Promise<void> {
  const { checkout, cache, dataDirectory, settings, supervisor, book, signal } = around
  await book.release([port, ...morePorts])
  signal.throwIfAborted()
  // Compiled code is kept between starts: it halves the time these programs take to load.
  const ours = {
    DATABASE_OWNER_URL: undefined,
    NODE_COMPILE_CACHE: join(cache, 'compiled'),
    API_URL: `http://localhost:${settings.PORT}`,
  }
  const env = { ...withOwnNode(process.env), ...ours, ...withoutOwner(name === 'worker' ? settings : withoutBackups(settings)) }
  const { died } = supervisor.start(name, { command: process.execPath, args, env }, join(checkout, folder))
  const settled = new AbortController()
  const ready = waitUntil(name, () => answers(book.ports[port]!, readyPath), {
    timeoutMs: readyTimeoutMs,
    signal: AbortSignal.any([signal, settled.signal]),
    everyMs: 60,
    log: logFile(dataDirectory, name),
  })
  const death = await Promise.race([ready.then(() => undefined), died])
  settled.abort()
  if (death) {
    await ready.catch(() => undefined)
    signal.throwIfAborted()
    throw new StartError(death.message, 'the lines above say why; put it right and start again')
  }
  void died.then(around.onDeath)
}
