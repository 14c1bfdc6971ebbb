import { spawn } from 'node:child_process'
import type { ChildProcessWithoutNullStreams } from 'node:child_process'
import type { Readable, Writable } from 'node:stream'

/** One of Postgres' own programs: where it is, and the environment it runs in. */
export interface PgProgram {
  path: string
  env: NodeJS.ProcessEnv
}

export interface PgPrograms {
  dump: PgProgram
  restore: PgProgram
}

/** One of Postgres' programs could not be started, or ended with an error; `message` is what it said last. */
export class PgProgramFailed extends Error {}

interface RunOptions {
  args: readonly string[]
  /** The database; its password goes through the environment, so that nobody reads it in a list of processes. */
  url?: string
  signal?: AbortSignal
  /** The program need not want all of its input. */
  mayStopEarly?: boolean
}

const SAID_BYTES = 4_000

/** The major version of a program: `17` for `pg_dump (PostgreSQL) 17.11`. */
export async function majorOf(program: PgProgram): Promise<number> {
  let words = ''
  for await (const chunk of outputOf(program, { args: ['--version'] })) words += chunk.toString('utf8')
  const major = /^pg_\w+ \(.*\) (\d+)/.exec(words)?.[1]
  if (!major) throw new PgProgramFailed(`${program.path} does not say which version it is: ${words.slice(0, 200)}`)
  return Number(major)
}

/** What a program writes to its standard output. The stream ends well only when the program did: a pipe alone would take half a dump for a whole one. */
export async function* outputOf(program: PgProgram, options: RunOptions): AsyncGenerator<Buffer> {
  const { child, ended, stop } = start(program, options)
  child.stdin.end()
  try {
    for await (const chunk of child.stdout) yield chunk as Buffer
    await ended
  } finally {
    await stop()
  }
}

/** Runs a program on `input` to its end, reading all of `input` even when the program has had enough of it. Answers its standard output. */
export async function feed(program: PgProgram, input: Readable, options: RunOptions): Promise<string> {
  const { child, ended, stop } = start(program, options)
  // A program that ends early closes the pipe; its exit code tells why.
  child.stdin.on('error', () => {})
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')))
  const isOver = () => child.exitCode !== null || child.signalCode !== null || child.stdin.destroyed
  try {
    for await (const chunk of input) {
      if (isOver()) {
        if (child.exitCode !== 0) await ended
        if (options.mayStopEarly) break
      } else if (!child.stdin.write(chunk)) await drained(child.stdin)
    }
    child.stdin.end()
    await ended
    return output
  } finally {
    await stop()
  }
}

/** It takes more, or will never. */
const drained = (stream: Writable): Promise<void> =>
  new Promise((resolve) => {
    for (const event of ['drain', 'close', 'error']) stream.once(event, resolve)
  })

/** Starts a program; `ended` rejects when it did not end well, `stop` kills it and waits until it is gone. */
function start(program: PgProgram, { args, url, signal }: RunOptions) {
  signal?.throwIfAborted()
  const child = spawn(program.path, [...args, ...(url ? [`--dbname=${withoutPassword(url)}`] : [])], {
    stdio: ['pipe', 'pipe', 'pipe'],
    env: { ...program.env, ...(url && { PGPASSWORD: decodeURIComponent(new URL(url).password), PGCONNECT_TIMEOUT: '10' }) },
  })
  const kill = () => child.kill('SIGKILL')
  signal?.addEventListener('abort', kill, { once: true })
  const ended = endOf(child, program).then(
    () => signal?.throwIfAborted(),
    (error: unknown) => {
      signal?.throwIfAborted()
      throw error
    },
  )
  // Told when it is waited for.
  ended.catch(() => {})
  const stop = async () => {
    signal?.removeEventListener('abort', kill)
    kill()
    await ended.catch(() => {})
  }
  return { child, ended, stop }
}

async function endOf(child: ChildProcessWithoutNullStreams, program: PgProgram): Promise<void> {
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString('utf8')).slice(-SAID_BYTES)))
  const [code, signal] = await new Promise<[number | null, string | null]>((resolve, reject) => {
    child.once('error', (error) => reject(new PgProgramFailed(`${program.path} cannot be started: ${error.message}`)))
    child.once('close', (exitCode, exitSignal) => resolve([exitCode, exitSignal]))
  })
  if (code !== 0) throw new PgProgramFailed(`${program.path.split('/').at(-1)} ended with ${code ?? signal}: ${said.trim()}`)
}

function withoutPassword(url: string): string {
  const parts = new URL(url)
  parts.password = ''
  return parts.href
}
