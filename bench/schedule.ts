// npm run bench:schedule: 100 lines of log-normal length, 10 calls in flight at a provider that takes as long as a line is, give or take a fifth:
// how near the run comes to what the provider makes possible, with 1, 2 and 4 worker processes; then the same with a provider that bears 6
// calls while 10 are set.
import type { SeenCall } from '../tests/fake-providers/counts.ts'
import { Person } from '../tests/setup/person.ts'
import { rows } from '../tests/setup/store.ts'
import { atMost } from './judged.ts'
import {
  launchFakeProduct,
  machineLoad,
  orderLines,
  readyInStore,
  speechCalls,
  voicesTake,
  workersCpuMs,
} from './fake-product.ts'
import type { FakeProduct } from './fake-product.ts'

const LINES = 100
/** A worker. */
const WARM_LINES = 40
const SET_CALLS = 10
const BORNE_CALLS = 6
/** About two seconds for a line of the usual length. */
const LATENCY = { perCharacterMs: 60, sigma: 0.2, seed: 7 }
/** Lengths of lines in a talk are spread like this: 33 characters, seldom under 12 or over 90. */
const LENGTH = { median: 33, sigma: 0.5 }
const TARGETS = { wallRatio: 1.15, tailMs: 1_000, refused: 6 }
const WORKERS = process.argv[2] ? process.argv[2].split(',').map(Number) : [1, 2, 4]

interface Figures {
  /** From the order to the finished episode. */
  wallMs: number
  /** From the first call to the last answer. */
  callsMs: number
  boundMs: number
  tailMs: number
  refused: number
  /** What the workers' part of a line took of the cores. */
  lineCpuMs: number
}

for (const workers of WORKERS) {
  const product = await launchFakeProduct(18_420 + workers, workers)
  try {
    const person = await Person.signUp(product.run)
    // Each process is to have done it before: what is measured is a service, not its first minute.
    await oneRun(product, person, WARM_LINES * workers, SET_CALLS, 'warm-up')
    judge(`${workers} worker${workers > 1 ? 's' : ''}`, await oneRun(product, person, LINES, SET_CALLS, `run-${workers}`))
    if (workers === 1) {
      const found = await oneRun(product, person, LINES, BORNE_CALLS, 'six', BORNE_CALLS)
      judge(`${BORNE_CALLS} borne of ${SET_CALLS}`, found)
      atMost(`${BORNE_CALLS} borne of ${SET_CALLS}: calls refused`, found.refused, TARGETS.refused, '', 0)
    }
  } finally {
    await product.stop()
  }
}

/** From the order to the finished episode; `calls` is how many the provider could have had in flight. */
async function oneRun(product: FakeProduct, person: Person, lines: number, calls: number, mark: string, maxInFlight?: number) {
  await product.control('POST', 'clear')
  await voicesTake(product, LATENCY, maxInFlight)
  const cpuBefore = workersCpuMs(product)
  const { id } = await orderLines(person, lines, mark, talk(lines, mark))
  await readyInStore(product.run, id)
  const [spans] = await rows<{ wallMs: number; tailMs: number }>(
    product.run,
    `SELECT extract(epoch FROM r.created_at - e.created_at)::float * 1000 AS "wallMs",
       extract(epoch FROM r.created_at - (SELECT max(answered_at) FROM usage_logs WHERE episode_id = e.id))::float * 1000 AS "tailMs"
     FROM episodes e JOIN versions v ON v.episode_id = e.id JOIN renders r ON r.version_id = v.id WHERE e.id = $1`,
    [id],
  )
  return { ...figures(await speechCalls(product), calls, spans!), lineCpuMs: (workersCpuMs(product) - cpuBefore) / lines }
}

/** Lines for two, as long as a log-normal distribution has them; the quantiles in a mixed but fixed order. */
function talk(lines: number, mark: string): string {
  const words = '我们接着往下说今天的天气很好适合出门走走看看路边的树和河里的水想想昨天说过的话'.repeat(10)
  return Array.from({ length: lines }, (_, index) => {
    const quantile = (((index * 37) % lines) + 0.5) / lines
    const length = Math.max(8, Math.round(LENGTH.median * Math.exp(LENGTH.sigma * normalAt(quantile))))
    const opening = `第${index + 1}句${mark}，`
    return `${index % 2 ? '乙' : '甲'}：${opening}${words.slice(index, index + Math.max(4, length - opening.length))}。`
  }).join('\n')
}

/** The point of a normal distribution below which so much of it lies; good to a hundredth. */
function normalAt(quantile: number): number {
  return (quantile ** 0.135 - (1 - quantile) ** 0.135) / 0.1975
}

function figures(seen: SeenCall[], calls: number, spans: Pick<Figures, 'wallMs' | 'tailMs'>): Omit<Figures, 'lineCpuMs'> {
  const answered = seen.filter(({ outcome }) => outcome === 'answered')
  const took = answered.map(({ startedMs, endedMs }) => endedMs! - startedMs)
  const boundMs = Math.max(took.reduce((sum, ms) => sum + ms, 0) / calls, ...took)
  const callsMs = Math.max(...answered.map(({ endedMs }) => endedMs!)) - Math.min(...seen.map(({ startedMs }) => startedMs))
  return { ...spans, callsMs, boundMs, refused: seen.length - answered.length }
}

function judge(name: string, { wallMs, callsMs, boundMs, tailMs, lineCpuMs }: Figures): void {
  atMost(`${name}: wall / bound`, wallMs / boundMs, TARGETS.wallRatio)
  atMost(`${name}: from the last answer to the finished episode`, tailMs, TARGETS.tailMs, ' ms', 0)
  const spans = [
    `order to ready ${wallMs.toFixed(0)}`,
    `first call to last answer ${callsMs.toFixed(0)}`,
    `bound ${boundMs.toFixed(0)} ms`,
    `${lineCpuMs.toFixed(0)} ms of a core a line`,
  ]
  console.log(`        ${spans.join(', ')}; ${machineLoad()}`)
}
