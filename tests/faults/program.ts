import { spawn } from 'node:child_process'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { CRASH_WORDS } from '../../shared/crash-points.ts'
import type { Product } from '../setup/launch.ts'

/** How a life ended: at which crash point, by our own hand, or by itself, which is a fault. */
export type Death =
  | { how: 'crashed'; point: string }
  | { how: 'killed' }
  | { how: 'stopped' }
  | { how: 'by-itself'; said: string }

export interface Life {
  pid: number
  /** It says that it works; never when it dies before. */
  ready: Promise<void>
  death: Promise<Death>
  kill(): void
  /** As a deployment stops it. */
  stop(): Promise<Death>
}

/** Every process that is started here, and whatever it starts, carries this mark. */
export const FAULTS_MARK = 'AIMAKE_FAULTS_RUN'

const programs = {
  worker: { entry: 'activities/worker.ts', readyWords: 'the worker runs' },
  api: { entry: 'api/main.ts', readyWords: 'the door is open' },
} as const

/** Starts the worker or the API of a product whose servers run already; with `crashAt` it dies at the first of these points. */
export function startProgram(
  { run, dataDirectory }: Product,
  name: keyof typeof programs,
  { crashAt = [], env = {} }: { crashAt?: string[]; env?: Record<string, string> } = {},
): Life {
  const { entry, readyWords } = programs[name]
  const { DATABASE_OWNER_URL: _owner, ...settings } = run.settings
  const tmp = temporaryFolder(dataDirectory)
  mkdirSync(tmp, { recursive: true })
  const child = spawn(process.execPath, [entry], {
    env: {
      PATH: process.env.PATH,
      // Compiled code is kept between lives: it halves the time to load.
      NODE_COMPILE_CACHE: join(dataDirectory, 'compiled'),
      ...settings,
      WORKER_HEALTH_PORT: '',
      METRICS_PORT: '',
      WORKER_METRICS_PORT: '',
      TMPDIR: tmp,
      CRASH_AT: crashAt.join(','),
      // Its sessions in the database are known by this.
      PGAPPNAME: name,
      [FAULTS_MARK]: dataDirectory,
      ...env,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  let ourHand: 'killed' | 'stopped' | undefined
  const ready = new Promise<void>((resolve) => {
    const listen = (chunk: Buffer) => {
      said = (said + chunk.toString('utf8')).slice(-8_000)
      if (said.includes(readyWords)) resolve()
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
  })
  const death = new Promise<Death>((resolve) =>
    child.once('close', () => {
      const point = said.split(CRASH_WORDS)[1]?.split('\n')[0]
      if (point && child.signalCode === 'SIGKILL') resolve({ how: 'crashed', point })
      else if (ourHand) resolve({ how: ourHand })
      else resolve({ how: 'by-itself', said: said.slice(-1_500) })
    }),
  )
  const send = (how: 'killed' | 'stopped', signal: NodeJS.Signals) => {
    ourHand ??= how
    child.kill(signal)
    return death
  }
  return {
    pid: child.pid!,
    ready,
    death,
    kill: () => void send('killed', 'SIGKILL'),
    stop: () => send('stopped', 'SIGTERM'),
  }
}

/** Works from here on. Throws what it said when it died instead. */
export async function working({ ready, death }: Life): Promise<void> {
  const end = await Promise.race([ready, death])
  if (end) throw new Error(`it ended before it worked: ${JSON.stringify(end)}`)
}

/** Where the programs put their temporary files. */
export const temporaryFolder = (dataDirectory: string) => join(dataDirectory, 'tmp')
