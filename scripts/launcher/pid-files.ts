import { readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { identify, stillLives } from './process-identity.ts'
import type { ProcessIdentity } from './process-identity.ts'

const fileOf = (dataDirectory: string, name: string) => join(dataDirectory, 'pids', `${name}.json`)

/** Writes down who a just started process is, so that a later launcher can find it. Undefined when it has ended already. */
export function recordProcess(dataDirectory: string, name: string, pid: number): ProcessIdentity | undefined {
  const identity = identify(pid)
  if (identity) writeFileSync(fileOf(dataDirectory, name), JSON.stringify(identity), { mode: 0o600 })
  return identity
}

/** Forgets a process that has ended. */
export function forgetProcess(dataDirectory: string, name: string): void {
  rmSync(fileOf(dataDirectory, name), { force: true })
}

/** The recorded processes that still live, by name: what a killed launcher left behind. */
export function survivors(dataDirectory: string): Map<string, ProcessIdentity> {
  const found = new Map<string, ProcessIdentity>()
  for (const file of readdirSync(join(dataDirectory, 'pids'))) {
    const name = file.replace(/\.json$/, '')
    const identity = readIdentity(join(dataDirectory, 'pids', file))
    if (identity && stillLives(identity)) found.set(name, identity)
    else forgetProcess(dataDirectory, name)
  }
  return found
}

function readIdentity(path: string): ProcessIdentity | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8'))
  } catch {
    return undefined
  }
}
