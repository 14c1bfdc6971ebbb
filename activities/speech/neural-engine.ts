import { type ChildProcess, fork } from 'node:child_process'
import { setPriority } from 'node:os'
import { fileURLToPath } from 'node:url'
import { SpeechFailed } from './port.ts'

/** What the engine's process is asked: numbers of symbols, a voice's style table, and the model it keeps loaded. */
export interface NeuralOrder {
  modelPath: string
  voicePath: string
  threads: number
  stretches: number[][]
}

/** What it answers: 24 kHz samples of each stretch, or why not. */
export type NeuralAnswer = { samples: Float32Array[] } | { problem: string }

export interface NeuralEngine {
  /** Speaks; requests are served one after the other. Aborted, the engine's process is killed and the signal's reason thrown. */
  speak(order: NeuralOrder, signal: AbortSignal): Promise<Float32Array[]>
  /** The process number while it runs. */
  pid(): number | undefined
  stop(): Promise<void>
}

const CHILD_PATH = fileURLToPath(new URL('./neural-child.ts', import.meta.url))
const IDLE_MS = 5 * 60_000
// A third of a processor's time where others want it too, all of it where nobody does.
const NICENESS = 5

/**
 * The neural voice in a process of its own, so that its memory and its crashes are not the worker's. Started with the first request, and
 * again when it died; it goes by itself after five idle minutes, and with this process however that ends.
 */
export function createNeuralEngine({ childPath = CHILD_PATH, idleMs = IDLE_MS } = {}): NeuralEngine {
  let child: ChildProcess | undefined
  let turn: Promise<unknown> = Promise.resolve()
  let idle: NodeJS.Timeout | undefined

  const stop = async (): Promise<void> => {
    clearTimeout(idle)
    const leaving = child
    child = undefined
    if (!leaving || leaving.exitCode !== null || leaving.signalCode !== null) return
    const gone = new Promise((resolve) => leaving.once('exit', resolve))
    leaving.kill('SIGKILL')
    await gone
  }

  const speakNow = async (order: NeuralOrder, signal: AbortSignal): Promise<Float32Array[]> => {
    signal.throwIfAborted()
    clearTimeout(idle)
    if (!child || !child.connected || child.exitCode !== null || child.signalCode !== null) child = startChild(childPath)
    const engine = child
    try {
      return await ask(engine, order, signal)
    } finally {
      if (signal.aborted) await stop()
      idle = setTimeout(() => void stop(), idleMs).unref()
    }
  }

  return {
    speak(order, signal) {
      const mine = turn.then(() => speakNow(order, signal))
      turn = mine.catch(() => {})
      return mine
    },
    pid: () => (child?.connected ? child.pid : undefined),
    stop,
  }
}

// Without our own flags: a worker that is restarted on changes must not have a child that watches files too.
function startChild(path: string): ChildProcess {
  const child = fork(path, { execArgv: [], serialization: 'advanced', stdio: ['ignore', 'ignore', 'pipe', 'ipc'] })
  // Before its threads are there, so that all have it: a line in the preview voice, or the next sentence of a page, goes first.
  if (child.pid !== undefined) setPriority(child.pid, NICENESS)
  return child
}

function ask(engine: ChildProcess, order: NeuralOrder, signal: AbortSignal): Promise<Float32Array[]> {
  return new Promise((resolve, reject) => {
    let said = ''
    const onText = (chunk: Buffer): string => (said = (said + chunk.toString('utf8')).slice(-500))
    const onAnswer = (answer: NeuralAnswer): void =>
      settle(() => ('samples' in answer ? resolve(answer.samples) : reject(failed(answer.problem))))
    const onEnd = (): void => settle(() => reject(failed(`the engine ended: ${said.trim()}`)))
    const onAbort = (): void => settle(() => reject(signal.reason as Error))
    const settle = (finish: () => void): void => {
      engine.off('message', onAnswer).off('exit', onEnd).off('error', onEnd)
      engine.stderr?.off('data', onText)
      signal.removeEventListener('abort', onAbort)
      finish()
    }
    engine.on('message', onAnswer).once('exit', onEnd).once('error', onEnd)
    engine.stderr?.on('data', onText)
    signal.addEventListener('abort', onAbort, { once: true })
    engine.send(order, (error) => error && onEnd())
  })
}

const failed = (why: string): SpeechFailed => new SpeechFailed('engine_failed', why, { retryable: true })
