import { mkdirSync } from 'node:fs'
import { converse } from './converse.ts'
import type { Command, ServerContext } from './server.ts'

/** Makes the data folder. */
export async function prepare({ dataDirectory }: ServerContext): Promise<void> {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 })
}

/** Valkey with a password and every write appended to a file, so that a killed server keeps its data. */
export function start({ program, dataDirectory, ports, secrets }: ServerContext): Command {
  return {
    command: program,
    args: [
      '--port',
      String(ports.redis),
      '--bind',
      '127.0.0.1',
      '--requirepass',
      secrets.redisPassword,
      '--dir',
      dataDirectory,
      '--appendonly',
      'yes',
      '--save',
      '',
      '--daemonize',
      'no',
    ],
  }
}

/** True when it answers a PING after signing in (it refuses while it loads its file). */
export function isReady({ ports, secrets }: ServerContext): Promise<boolean> {
  return converse(ports.redis!, `AUTH ${secrets.redisPassword}\r\nPING\r\n`, (answer) => answer.includes('+PONG'))
}
