import { chownSync, mkdirSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isReady, start, superuser } from '../servers/postgres.ts'
import { postgresDirectory } from './folders.ts'
import { logFile } from './log-file.ts'
import { run } from './run-program.ts'
import { StartError } from './start-error.ts'
import { say } from './steps.ts'
import { waitUntil } from './wait-until.ts'
import type { ServerContext } from '../servers/server.ts'
import type { Surroundings } from './start-servers.ts'

const readyTimeoutMs = 60_000

/**
 * A streaming copy of our own database that answers reads. It is copied anew at every start: the copy of yesterday may be further behind than
 * the writer remembers. `writer` is the context the database was started with. Its death is told and no more: the product goes on without it.
 */
export async function startReplica(writer: ServerContext, { book, supervisor, signal, dataDirectory }: Surroundings) {
  const { program, identity, secrets } = writer
  // Beside the writer's folder, where its user may go.
  const folder = `${postgresDirectory(dataDirectory)}-replica`
  const bin = dirname(program)
  // The part of the server that receives the log loads libpq by itself, which lies beside it.
  const env = { LD_LIBRARY_PATH: join(bin, '../lib') }
  rmSync(folder, { recursive: true, force: true })
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  if (identity) chownSync(folder, identity.uid, identity.gid)
  const source = `host=127.0.0.1 port=${writer.ports.sql} user=${superuser}`
  await run(
    join(bin, 'pg_basebackup'),
    ['-d', source, '-D', folder, '--checkpoint=fast', '--wal-method=stream', '--write-recovery-conf', '--no-sync'],
    { identity, signal, cwd: '/', env: { ...process.env, ...env, PGPASSWORD: secrets.postgresPassword } },
  )
  const context = { ...writer, dataDirectory: folder, ports: { sql: book.ports.replica! } }
  await book.release(['replica'])
  const { died } = supervisor.start('replica', { ...start(context), env })
  const log = logFile(dataDirectory, 'replica')
  const ready = waitUntil('the replica', () => isReady(context), { timeoutMs: readyTimeoutMs, signal, log })
  const death = await Promise.race([ready.then(() => undefined), died])
  if (death) throw new StartError(death.message, 'the lines above say why; put it right and start again')
  void died.then(
    ({ message }) => !signal.aborted && say(`${message}\nlists and reports are read from the writer until the next start`),
  )
}
