// npm run bench:long-episode: a thousand short lines in one run: the size of its history, and whether the worker's memory stays flat.
import { readFileSync } from 'node:fs'
import { Client, Connection } from '@temporalio/client'
import type { WorkflowExecutionInfo } from '@temporalio/client'
import { Person } from '../tests/setup/person.ts'
import { rows } from '../tests/setup/store.ts'
import { launchFakeProduct, machineLoad, orderLines, readyInStore, voicesTake } from './fake-product.ts'
import { atMost } from './judged.ts'

const LINES = Number(process.argv[2] ?? 1_000)
/** Memory is compared from here on: by then everything has been loaded. */
const WARM_LINES = LINES / 5
const TARGETS = { events: 5_000, megabytes: 5, growth: 1.15 }
const SAMPLE_MS = 1_000

const text = Array.from({ length: LINES }, (_, index) => `${index % 2 ? '乙' : '甲'}：第${index + 1}句，接着说。`).join('\n')
const product = await launchFakeProduct(18_440)
try {
  const person = await Person.signUp(product.run)
  await voicesTake(product, 50)
  const { id } = await orderLines(person, LINES, 'long', text)
  const samples: { lines: number; megabytes: number }[] = []
  const timer = setInterval(() => void sample(id, samples), SAMPLE_MS)
  const startedAt = Date.now()
  await readyInStore(product.run, id, 1_800_000).finally(() => clearInterval(timer))
  console.log(`${LINES} lines in ${((Date.now() - startedAt) / 1000).toFixed(0)} s, ${machineLoad()}`)
  await judgeHistory(id)
  judgeMemory(samples)
} finally {
  await product.stop()
}

async function sample(id: string, samples: { lines: number; megabytes: number }[]): Promise<void> {
  const [found] = await rows<{ lines: number }>(
    product.run,
    `SELECT count(*)::int AS lines FROM lines l JOIN versions v ON v.id = l.version_id WHERE v.episode_id = $1 AND l.status = 'ready'`,
    [id],
  )
  const status = readFileSync(`/proc/${product.workerPids[0]}/status`, 'utf8')
  samples.push({ lines: found!.lines, megabytes: Number(/VmRSS:\s+(\d+)/.exec(status)![1]) / 1024 })
}

/** A run that becomes too long goes on as another: each has a history of its own. */
async function judgeHistory(id: string): Promise<void> {
  const connection = await Connection.connect({ address: product.run.settings['TEMPORAL_ADDRESS']! })
  const runs: WorkflowExecutionInfo[] = []
  for await (const run of new Client({ connection }).workflow.list({ query: `WorkflowId = 'episode-${id}-v1'` })) runs.push(run)
  await connection.close()
  console.log(`        ${runs.length} run(s) of ${runs.map(({ historyLength }) => historyLength).join(', ')} events`)
  atMost('longest history of a run, events', Math.max(...runs.map(({ historyLength }) => historyLength)), TARGETS.events, '', 0)
  const largest = Math.max(...runs.map(({ historySize = Infinity }) => historySize))
  atMost('largest history of a run', largest / 1024 / 1024, TARGETS.megabytes, ' MB')
}

/** Highest memory in the last third against that in the first one after the warm-up: a leak grows, a garbage collector swings. */
function judgeMemory(samples: { lines: number; megabytes: number }[]): void {
  const warm = samples.filter(({ lines }) => lines >= WARM_LINES && lines < LINES)
  const third = Math.ceil(warm.length / 3)
  const highest = (part: typeof warm) => Math.max(...part.map(({ megabytes }) => megabytes))
  const [early, late] = [highest(warm.slice(0, third)), highest(warm.slice(-third))]
  console.log(`        worker ${early.toFixed(0)} MB at first, ${late.toFixed(0)} MB at last`)
  atMost(`worker memory, last lines / lines from ${WARM_LINES}`, late / early, TARGETS.growth)
}
