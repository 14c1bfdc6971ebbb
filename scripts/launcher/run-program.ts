import { spawn } from 'node:child_process'
import { basename, delimiter, dirname } from 'node:path'

export type RunOptions = {
  cwd?: string
  env?: NodeJS.ProcessEnv
  identity?: { uid: number; gid: number }
  signal?: AbortSignal
  timeoutMs?: number
  onLine?: (line: string) => void
}

/** A program that ended badly: what it was, how it ended and what it said last. */
export class ProgramFailed extends Error {
  constructor(commandLine: string[], how: string, said: string) {
    const short = commandLine
      .slice(0, 4)
      .map((word) => basename(word))
      .join(' ')
    super(`${short} ${how}${said.trim() ? `:\n${said.trim().split('\n').slice(-20).join('\n')}` : ''}`)
    this.name = 'ProgramFailed'
  }
}

/** Runs a program to its end and gives what it printed. Throws `ProgramFailed` unless it ends with 0; ends it when `signal` fires or time is up. */
export function run(command: string, args: string[], options: RunOptions = {}): Promise<{ stdout: string; stderr: string }> {
  const signals = [options.signal, options.timeoutMs ? AbortSignal.timeout(options.timeoutMs) : undefined].filter(
    (signal) => signal !== undefined,
  )
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: options.env,
      ...options.identity,
      signal: AbortSignal.any(signals),
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    const said = { stdout: '', stderr: '' }
    for (const name of ['stdout', 'stderr'] as const) {
      child[name].setEncoding('utf8').on('data', (text: string) => {
        said[name] += text
        if (options.onLine) for (const line of text.split('\n')) if (line.trim()) options.onLine(line)
      })
    }
    child.once('error', (error) =>
      reject(
        options.signal?.aborted
          ? options.signal.reason
          : new ProgramFailed([command, ...args], `could not run (${error.message})`, said.stderr),
      ),
    )
    child.once('close', (code, signal) =>
      code === 0
        ? resolve(said)
        : reject(new ProgramFailed([command, ...args], `ended with ${code ?? signal}`, said.stderr || said.stdout)),
    )
  })
}

/** An environment in which `node` means the Node that runs this program, also for scripts that start with `#!/usr/bin/env node`. */
export function withOwnNode(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return { ...env, PATH: [dirname(process.execPath), env.PATH].filter(Boolean).join(delimiter) }
}
