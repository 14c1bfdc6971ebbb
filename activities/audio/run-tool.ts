import { spawn } from 'node:child_process'

const STDERR_KEPT_BYTES = 4_000

/** How a tool ended. `second` is what it wrote to descriptor 3, `stderr` its last 4 kB. */
export interface ToolResult {
  exitCode: number
  stdout: Buffer
  second: Buffer
  stderr: string
}

/** `maxStdoutBytes` bounds what a broken input can make the tool write; default 1 GiB. */
export interface ToolOptions {
  input?: Uint8Array
  signal?: AbortSignal
  maxStdoutBytes?: number
}

/** The tool could not be started, was killed by the system, or wrote more than it may. */
export class ToolFailed extends Error {
  readonly code: 'missing' | 'killed' | 'too_much_output'

  constructor(code: ToolFailed['code'], message: string) {
    super(message)
    this.name = 'ToolFailed'
    this.code = code
  }
}

/**
 * Runs a program with `input` on its standard input and answers what it wrote, whatever its exit code. When `signal` aborts, the
 * process is killed and waited for, and the signal's reason is thrown: no process outlives the call. Safe to repeat.
 */
export async function runTool(path: string, args: readonly string[], options: ToolOptions = {}): Promise<ToolResult> {
  const { input, signal, maxStdoutBytes = 2 ** 30 } = options
  signal?.throwIfAborted()
  const child = spawn(path, args, { stdio: ['pipe', 'pipe', 'pipe', 'pipe'] })
  const kill = (): boolean => child.kill('SIGKILL')
  signal?.addEventListener('abort', kill, { once: true })
  const [chunks, secondChunks]: [Buffer[], Buffer[]] = [[], []]
  let stdoutBytes = 0
  let stderr = ''
  const keep = (kept: Buffer[]) => (chunk: Buffer) => {
    stdoutBytes += chunk.length
    if (stdoutBytes > maxStdoutBytes) kill()
    else kept.push(chunk)
  }
  child.stdout.on('data', keep(chunks))
  child.stdio[3]!.on('data', keep(secondChunks))
  child.stderr.on('data', (chunk: Buffer) => (stderr = (stderr + chunk.toString('utf8')).slice(-STDERR_KEPT_BYTES)))
  // A tool that stops reading early closes the pipe; its exit code tells why.
  child.stdin.on('error', () => {})
  child.stdin.end(input)
  try {
    const exitCode = await ended(child, path)
    signal?.throwIfAborted()
    if (stdoutBytes > maxStdoutBytes) throw new ToolFailed('too_much_output', `${path} wrote more than ${maxStdoutBytes} bytes`)
    if (exitCode === null) throw new ToolFailed('killed', `${path} was killed: ${stderr}`)
    return { exitCode, stdout: Buffer.concat(chunks), second: Buffer.concat(secondChunks), stderr }
  } finally {
    signal?.removeEventListener('abort', kill)
  }
}

function ended(child: ReturnType<typeof spawn>, path: string): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', (error: NodeJS.ErrnoException) => {
      if (child.pid === undefined) reject(new ToolFailed('missing', `${path} cannot be started: ${error.code ?? error.message}`))
    })
    child.once('close', (code) => resolve(code))
  })
}
