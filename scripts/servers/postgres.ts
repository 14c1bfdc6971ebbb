import { chmodSync, chownSync, existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { run } from '../launcher/run-program.ts'
import { converse } from './converse.ts'
import type { Command, ServerContext } from './server.ts'

/** The name of the cluster's superuser; only the launcher signs in with it. */
export const superuser = 'postgres'

/**
 * Makes an empty cluster with password sign-in, or does nothing when one is there.
 * A cluster that was only half made by an interrupted start is made again: it holds nothing yet.
 */
export async function prepare({ program, dataDirectory, secrets, identity, signal }: ServerContext): Promise<void> {
  const unfinished = `${dataDirectory}.new`
  if (existsSync(join(dataDirectory, 'PG_VERSION')) && !existsSync(unfinished)) return
  const passwordFile = `${dataDirectory}.password`
  rmSync(dataDirectory, { recursive: true, force: true })
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
  writeFileSync(unfinished, '')
  writeFileSync(passwordFile, secrets.postgresPassword, { mode: 0o600 })
  for (const path of identity ? [dataDirectory, passwordFile] : []) chownSync(path, identity!.uid, identity!.gid)
  chmodSync(dataDirectory, 0o700)
  // The locale must be UTF-8: with "C" trigram search finds nothing in Chinese.
  const args = [
    '-D',
    dataDirectory,
    '-U',
    superuser,
    '-A',
    'scram-sha-256',
    '--pwfile',
    passwordFile,
    '-E',
    'UTF8',
    '--locale=C.UTF-8',
    '--no-sync',
    '--no-instructions',
  ]
  try {
    await run(join(dirname(program), 'initdb'), args, { identity, signal, cwd: '/' })
  } finally {
    rmSync(passwordFile)
  }
  rmSync(unfinished)
}

/** Postgres on the loopback address only, without a unix socket. */
export function start({ program, dataDirectory, ports, identity }: ServerContext): Command {
  const settings = ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'max_connections=200']
  return {
    command: program,
    args: ['-D', dataDirectory, '-p', String(ports.sql), ...settings.flatMap((setting) => ['-c', setting])],
    identity,
  }
}

/** True when a connection is asked for its password, which is only so when the server takes work. */
export function isReady({ ports }: ServerContext): Promise<boolean> {
  const body = Buffer.from(`\0\x03\0\0user\0${superuser}\0database\0postgres\0\0`)
  const length = Buffer.alloc(4)
  length.writeInt32BE(body.length + 4)
  return converse(ports.sql!, Buffer.concat([length, body]), (answer) => answer[0] === 'R'.charCodeAt(0))
}
