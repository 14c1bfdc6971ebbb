import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import type { Extracted, UnreadableCode } from './extracted.ts'
import { SourceUnreadable } from './extracted.ts'

export type ExtractAnswer = { extracted: Extracted } | { code: UnreadableCode; detail: string; why?: string }

export interface ExtractBounds {
  deadlineMs: number
  /** Of the whole process, where the system tells it (Linux); its JavaScript heap has a bound of half of that everywhere. */
  maxMemoryBytes: number
}

const usual: ExtractBounds = { deadlineMs: 60_000, maxMemoryBytes: 768 * 1024 * 1024 }
const LOOK_MS = 50
/** Its own code; not the settings and data that may lie beside it. */
const readable = ['activities/*', 'shared/*', 'node_modules/*', 'package.json']
const root = join(import.meta.dirname, '../../..')
/** What Node lets the process do. */
export const rights = ['--permission', ...readable.map((path) => `--allow-fs-read=${join(root, path)}`)]

/**
 * Reads a document in a process of its own, which may read the program's files and nothing else, has no settings, and is killed when it
 * takes too long or too much memory. Throws SourceUnreadable, or the signal's reason when stopped.
 */
export async function extractInChild(
  bytes: Uint8Array,
  { contentType, signal, bounds = usual }: { contentType?: string | null; signal: AbortSignal; bounds?: ExtractBounds },
): Promise<Extracted> {
  signal.throwIfAborted()
  const heapMb = Math.floor(bounds.maxMemoryBytes / 2 / 1024 / 1024)
  const child = spawn(
    process.execPath,
    [
      ...rights,
      '--disable-warning=ExperimentalWarning',
      `--max-old-space-size=${heapMb}`,
      join(import.meta.dirname, 'extract-child.ts'),
      contentType ?? '',
    ],
    { stdio: ['pipe', 'pipe', 'ignore'], env: {}, cwd: root },
  )
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()).once('error', () => resolve()))
  // It may end before it has read everything, which is no failure of ours.
  child.stdin.on('error', () => {}).end(bytes)
  const watch = watching(child, bounds, signal)
  try {
    const [said] = await Promise.all([text(child.stdout), ended])
    signal.throwIfAborted()
    if (watch.killedFor) throw watch.killedFor
    return resultOf(said)
  } finally {
    watch.stop()
    child.kill('SIGKILL')
  }
}

function resultOf(said: string): Extracted {
  // Out of heap, or out of stack: it ends without a word.
  if (said === '') throw new SourceUnreadable('file-memory', 'Reading it needs more memory than a document may take.')
  const answer = JSON.parse(said) as ExtractAnswer
  if ('extracted' in answer) return answer.extracted
  throw new SourceUnreadable(answer.code, answer.detail, answer.why)
}

function watching(child: ChildProcess, { deadlineMs, maxMemoryBytes }: ExtractBounds, signal: AbortSignal) {
  const watch = { killedFor: undefined as SourceUnreadable | undefined, stop: () => {} }
  const kill = (reason?: SourceUnreadable) => {
    watch.killedFor ??= reason
    child.kill('SIGKILL')
  }
  const abort = () => kill()
  signal.addEventListener('abort', abort, { once: true })
  const deadline = setTimeout(
    () => kill(new SourceUnreadable('file-timeout', `It could not be read within ${Math.round(deadlineMs / 1000)} seconds.`)),
    deadlineMs,
  )
  const looks = setInterval(() => {
    void residentBytes(child.pid).then((resident) => {
      if (resident > maxMemoryBytes)
        kill(new SourceUnreadable('file-memory', 'Reading it needs more memory than a document may take.'))
    })
  }, LOOK_MS)
  watch.stop = () => {
    clearTimeout(deadline)
    clearInterval(looks)
    signal.removeEventListener('abort', abort)
  }
  return watch
}

/** 0 where the system does not tell, or the process is gone. */
async function residentBytes(pid: number | undefined): Promise<number> {
  try {
    const status = await readFile(`/proc/${pid}/status`, 'utf8')
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0) * 1024
  } catch {
    return 0
  }
}
