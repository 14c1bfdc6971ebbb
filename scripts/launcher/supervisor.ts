import { spawn } from 'node:child_process'
import { closeSync } from 'node:fs'
import { lastLines, logFile, openLog } from './log-file.ts'
import { forgetProcess, recordProcess } from './pid-files.ts'
import { stopMannerOf, stopOrder } from './stop-order.ts'
import { stopProcess } from './stop-process.ts'
import type { ProcessIdentity } from './process-identity.ts'
import type { Command } from '../servers/server.ts'

/** A child that ended although nobody asked it to, with the last it said. */
export class ChildDied extends Error {
  readonly childName: string
  constructor(name: string, how: string, lines: string[], log: string) {
    super(
      [`${name} ended by itself (${how}). Its last lines (all of them: ${log}):`, ...lines.map((line) => `  | ${line}`)].join(
        '\n',
      ),
    )
    this.name = 'ChildDied'
    this.childName = name
  }
}

type Child = { identity?: ProcessIdentity; died: Promise<ChildDied> }

/** Starts processes that outlive a Ctrl-C of their own terminal, so that they can be ended one after the other, and notices when one dies. */
export class Supervisor {
  readonly #dataDirectory: string
  readonly #children = new Map<string, Child>()

  constructor(dataDirectory: string) {
    this.#dataDirectory = dataDirectory
  }

  /**
   * Starts a process, its output going to its log and its number to a file. The answer's `died` resolves, and never rejects,
   * when the process ends in whatever way.
   */
  start(name: string, { command, args, env, identity }: Command, cwd = '/'): Child {
    const path = logFile(this.#dataDirectory, name)
    const log = openLog(path)
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      ...identity,
      detached: true,
      stdio: ['ignore', log, log],
    })
    closeSync(log)
    const died = new Promise<string>((resolve) => {
      child.once('error', (error) => resolve(error.message))
      child.once('exit', (code, signal) => resolve(signal ? `signal ${signal}` : `exit code ${code}`))
    }).then((how) => {
      this.#children.delete(name)
      forgetProcess(this.#dataDirectory, name)
      return new ChildDied(name, how, lastLines(path, 20), path)
    })
    const started: Child = {
      identity: child.pid === undefined ? undefined : recordProcess(this.#dataDirectory, name, child.pid),
      died,
    }
    this.#children.set(name, started)
    return started
  }

  /** The process numbers of all children that live, by name. */
  pids(): Record<string, number> {
    return Object.fromEntries([...this.#children].flatMap(([name, { identity }]) => (identity ? [[name, identity.pid]] : [])))
  }

  /** Ends all children in order and returns when none is left; `hurry` makes it end them without waiting for their farewells. */
  async stopAll(hurry: AbortSignal, onStopped: (name: string, durationMs: number) => void): Promise<void> {
    await stopInOrder(
      new Map([...this.#children].flatMap(([name, { identity }]) => (identity ? [[name, identity] as const] : []))),
      hurry,
      onStopped,
    )
    await Promise.all([...this.#children.values()].map(({ died }) => died))
  }
}

/** Ends these processes: programs that use the servers first, one after the other, then the servers side by side, then the database. */
export async function stopInOrder(
  processes: ReadonlyMap<string, ProcessIdentity>,
  hurry: AbortSignal,
  onStopped: (name: string, durationMs: number) => void,
): Promise<void> {
  const stop = async (name: string) => {
    const identity = processes.get(name)
    if (!identity) return
    const startedMs = performance.now()
    await stopProcess(identity, stopMannerOf(name), hurry)
    onStopped(name, performance.now() - startedMs)
  }
  const independent = new Set(['temporal', 'seaweedfs', 'valkey'])
  for (const name of stopOrder) {
    if (independent.has(name)) continue
    if (name === 'postgres') await Promise.all([...independent].map(stop))
    await stop(name)
  }
}
