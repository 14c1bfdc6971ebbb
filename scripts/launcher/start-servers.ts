import { join } from 'node:path'
import { lastLines, logFile } from './log-file.ts'
import { postgresDirectory, runsAsRoot, unprivileged } from './folders.ts'
import { StartError } from './start-error.ts'
import { waitUntil } from './wait-until.ts'
import type { PortBook } from './ports.ts'
import type { Secrets } from './secrets.ts'
import type { Supervisor } from './supervisor.ts'
import type { Server, ServerContext } from '../servers/server.ts'

const readyTimeoutMs = 60_000
const anotherPostgres = /lock file "postmaster\.pid" already exists/

export type Surroundings = {
  dataDirectory: string
  book: PortBook
  secrets: Secrets
  buckets: readonly string[]
  supervisor: Supervisor
  signal: AbortSignal
  onDeath: (error: Error) => void
}

/** The name under which a server's port is remembered. */
export const portName = (server: Server, purpose: string) =>
  Object.keys(server.ports).length === 1 ? server.name : `${server.name}-${purpose}`

/** What a server is started with; its ports must have been chosen. */
export function contextOf(
  server: Server,
  program: string,
  { dataDirectory, book, secrets, buckets, signal }: Surroundings,
): ServerContext {
  const ports = Object.fromEntries(Object.keys(server.ports).map((purpose) => [purpose, book.ports[portName(server, purpose)]!]))
  const isPostgres = server.name === 'postgres'
  return {
    program,
    ports,
    secrets,
    buckets,
    signal,
    dataDirectory: isPostgres ? postgresDirectory(dataDirectory) : join(dataDirectory, server.name),
    identity: isPostgres && runsAsRoot ? unprivileged : undefined,
  }
}

/**
 * Starts a server and returns when it does real work. From then on its death is reported to `onDeath`.
 * Throws when it dies or does not get ready. Postgres is tried again while its predecessor, killed with the machine's power or the launcher, still holds its lock.
 */
export async function startServer(server: Server, context: ServerContext, around: Surroundings): Promise<void> {
  const { supervisor, book, signal, dataDirectory } = around
  await server.prepare(context)
  await book.release(Object.keys(server.ports).map((purpose) => portName(server, purpose)))
  const giveUpMs = performance.now() + readyTimeoutMs
  const log = logFile(dataDirectory, server.name)
  for (;;) {
    signal.throwIfAborted()
    const { died } = supervisor.start(server.name, server.start(context))
    const settled = new AbortController()
    const ready = waitUntil(server.title, () => server.isReady(context), {
      timeoutMs: readyTimeoutMs,
      signal: AbortSignal.any([signal, settled.signal]),
      log,
    })
    const death = await Promise.race([ready.then(() => undefined), died])
    if (!death) {
      void died.then(around.onDeath)
      return
    }
    settled.abort()
    await ready.catch(() => undefined)
    const text = lastLines(log, 20).join('\n')
    if (performance.now() > giveUpMs || !anotherPostgres.test(text))
      throw new StartError(death.message, 'the lines above say why; put it right and start again')
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}
