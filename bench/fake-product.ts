import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { openSync, readFileSync, readdirSync } from 'node:fs'
import { loadavg } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import pg from 'pg'
import type { SeenCall } from '../tests/fake-providers/counts.ts'
import type { Latency } from '../tests/fake-providers/script.ts'
import { launchProduct } from '../tests/setup/launch.ts'
import type { Product, Run } from '../tests/setup/launch.ts'
import type { Person } from '../tests/setup/person.ts'
import { script } from '../tests/setup/texts.ts'

export interface FakeProduct extends Product {
  /** Tells the made-up providers how to behave, or asks them what they saw. */
  control<T>(method: 'GET' | 'POST', path: string, body?: unknown): Promise<T>
  workerPids: number[]
}

/** Where a worker process runs: on this core alone, for these queues alone. */
export interface WorkerPlace {
  core?: number
  queues?: string
}

/** The whole product with made-up providers and as many worker processes as asked for, each where `places` says. */
export async function launchFakeProduct(port: number, workers = 1, places: WorkerPlace[] = []): Promise<FakeProduct> {
  const product = await launchProduct(port, ['--fake', '--without', 'web', '--without', 'worker'])
  const started = Array.from({ length: workers }, (_, index) => startWorker(product, index, places[index]))
  const ended = started.map((worker) => once(worker, 'exit'))
  return {
    ...product,
    control: (method, path, body) => control(product.run, method, path, body),
    workerPids: started.map(({ pid }) => pid!),
    async stop() {
      for (const worker of started) worker.kill('SIGTERM')
      await Promise.all(ended)
      await product.stop()
    },
  }
}

function startWorker({ run, dataDirectory }: Product, index: number, { core, queues }: WorkerPlace = {}) {
  const log = openSync(join(dataDirectory, `bench-worker-${index}.log`), 'a')
  const { DATABASE_OWNER_URL: _owner, ...settings } = run.settings
  const node = [process.execPath, 'activities/worker.ts']
  // `taskset` becomes the program it starts, so its process number is the worker's.
  const [command, ...args] = core === undefined ? node : ['taskset', '--cpu-list', String(core), ...node]
  return spawn(command!, args, {
    env: {
      ...process.env,
      ...settings,
      WORKER_HEALTH_PORT: '',
      WORKER_METRICS_PORT: '',
      ...(queues && { WORKER_QUEUES: queues }),
    },
    stdio: ['ignore', log, log],
  })
}

async function control<T>(run: Run, method: string, path: string, body?: unknown): Promise<T> {
  const url = new URL(`/control/${path}`, run.settings['ELEVENLABS_BASE_URL'])
  const response = await fetch(url, { method, ...(body !== undefined && { body: JSON.stringify(body) }) })
  return (await response.json()) as T
}

/** Behaviour of OpenAI's voices: how long they take, and how many calls they bear. */
export const voicesTake = (product: FakeProduct, latencyMs: Latency, maxInFlight?: number) =>
  product.control('POST', 'route', { route: 'openai-speech', latencyMs, ...(maxInFlight && { maxInFlight }) })

/** An episode of its own script, spoken by two of OpenAI's voices. */
export function orderLines(person: Person, lines: number, mark: string, text = script(lines, mark)) {
  const speakers = ['openai-nova', 'openai-onyx'].map((voiceId, index) => ({ name: index ? '乙' : '甲', voiceId }))
  return person.order({ kind: 'podcast', title: mark, notice: false, speakers, sources: [{ type: 'script', text }] })
}

/** The calls for voices that were seen since the last `clear`, those refused among them. */
export async function speechCalls(product: FakeProduct): Promise<SeenCall[]> {
  const calls = await product.control<SeenCall[]>('GET', 'calls')
  return calls.filter(({ route }) => route === 'openai-speech')
}

/** What else kept this machine busy, for whoever reads a figure. */
export const machineLoad = () => `load ${loadavg()[0]!.toFixed(1)}`

/** Time the worker processes and the programs they ran took of the cores, in ms. */
export function workersCpuMs({ workerPids }: FakeProduct): number {
  const all = readdirSync('/proc').filter((name) => /^\d+$/.test(name))
  const taken = all.flatMap((pid) => statOf(pid) ?? [])
  // A worker's sound is made by processes of its own.
  return taken.reduce(
    (sum, { pid, parent, cpuMs }) => (workerPids.includes(pid) || workerPids.includes(parent) ? sum + cpuMs : sum),
    0,
  )
}

/** What a process has used of the cores, in ms. */
export const cpuMsOf = (pid: number): number => statOf(String(pid))?.cpuMs ?? 0

function statOf(pid: string): { pid: number; parent: number; cpuMs: number } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')
    // utime, stime and those of ended children; a tick is 10 ms.
    const cpuMs = fields.slice(11, 15).reduce((sum, field) => sum + Number(field) * 10, 0)
    return { pid: Number(pid), parent: Number(fields[1]), cpuMs }
  } catch {
    // It has ended since it was listed.
    return undefined
  }
}

/** Waits for a finished episode by looking into the store, which costs the product next to nothing. */
export async function readyInStore(run: Run, id: string, withinMs = 900_000): Promise<void> {
  const until = Date.now() + withinMs
  const client = new pg.Client({ connectionString: run.settings['DATABASE_OWNER_URL'] })
  await client.connect()
  try {
    for (;;) {
      const { rows } = await client.query<{ status: string }>('SELECT status FROM episodes WHERE id = $1', [id])
      const status = rows[0]?.status ?? 'gone'
      if (status === 'ready') return
      if (['failed', 'cancelled', 'needs_repair', 'gone'].includes(status) || Date.now() > until)
        throw new Error(`the episode is ${status}`)
      await sleep(200)
    }
  } finally {
    await client.end()
  }
}
