// npm run bench:workers: the same work by 1, 2 and 4 worker processes, each on one core (the cores in turn where there are not enough), and by two that share
// the queues between them. Once the provider is the bound, once the machine is. Workers hold nothing: what differs is only how many there are.
import { availableParallelism } from 'node:os'
import { Person } from '../tests/setup/person.ts'
import { rows } from '../tests/setup/store.ts'
import { launchFakeProduct, machineLoad, voicesTake, workersCpuMs } from './fake-product.ts'
import type { FakeProduct, WorkerPlace } from './fake-product.ts'
import { atLeast, judged } from './judged.ts'
import { makeEpisodes } from './scale/load-run.ts'

const EPISODES = 4
const LINES = 25
const WARM_LINES = 10
/** A provider that bears ten calls and takes a second for each makes ten lines a second, whoever asks. */
const PROVIDER = { calls: 10, latencyMs: 1_000 }
const PLENTY = { calls: 1_000, latencyMs: 0 }
const TARGETS = {
  /** Of what the provider makes possible, however many ask. */
  providerShare: 0.75,
  /** Nothing is lost by more processes where the provider is the bound. */
  providerLoss: 0.9,
  /** What a line takes of the cores does not grow with the processes. */
  lineCost: 1.25,
  /** A second core is worth this much, servers and providers being on the same two. */
  secondCore: 1.2,
}

interface Figures {
  name: string
  processes: number
  providerLinesPerSecond: number
  cpuLinesPerSecond: number
  lineCpuMs: number
}

const cores = availableParallelism()
const onCores = (processes: number): WorkerPlace[] => Array.from({ length: processes }, (_, index) => ({ core: index % cores }))
const lineups: { name: string; places: WorkerPlace[] }[] = [
  { name: '1 process', places: onCores(1) },
  { name: '2 processes', places: onCores(2) },
  { name: '4 processes', places: onCores(4) },
  {
    name: '2 by queue',
    places: [
      { core: 0, queues: 'episodes,script' },
      { core: 1 % cores, queues: 'speech-openai,audio' },
    ],
  },
]

const figures: Figures[] = []
for (const [index, { name, places }] of lineups.entries()) {
  const product = await launchFakeProduct(25_500 + index * 10, places.length, places)
  try {
    const [person, admin] = [await Person.signUp(product.run), await Person.admin(product.run)]
    await admin.ok('PATCH', '/api/admin/settings', { monthlyPlanMicroUsd: 1_000_000_000, dailyCapMicroUsd: null })
    await provider(product, admin, PLENTY)
    await makeEpisodes(product, person, { episodes: EPISODES, lines: WARM_LINES, atOnce: EPISODES, mark: '热身' })
    const cpu = await lot(product, person, '核心')
    await provider(product, admin, PROVIDER)
    const bound = await lot(product, person, '厂商')
    figures.push({
      name,
      processes: places.length,
      providerLinesPerSecond: bound.linesPerSecond,
      cpuLinesPerSecond: cpu.linesPerSecond,
      lineCpuMs: cpu.lineCpuMs,
    })
  } finally {
    await product.stop()
  }
}

console.log(`        ${cores} cores, which the servers, the door and the made-up providers use too; ${machineLoad()}`)
console.table(
  figures.map(({ name, providerLinesPerSecond, cpuLinesPerSecond, lineCpuMs }) => ({
    workers: name,
    'provider-bound, lines/s': providerLinesPerSecond.toFixed(2),
    ratio: (providerLinesPerSecond / figures[0]!.providerLinesPerSecond).toFixed(2),
    'CPU-bound, lines/s': cpuLinesPerSecond.toFixed(2),
    'ratio ': (cpuLinesPerSecond / figures[0]!.cpuLinesPerSecond).toFixed(2),
    'ms of a core a line': lineCpuMs.toFixed(0),
  })),
)
const [one, two, four, byQueue] = figures as [Figures, Figures, Figures, Figures]
const bound = PROVIDER.calls / (PROVIDER.latencyMs / 1000)
atLeast('1 process: share of what the provider makes possible', one.providerLinesPerSecond / bound, TARGETS.providerShare)
atLeast('provider-bound, 4 processes / 1', four.providerLinesPerSecond / one.providerLinesPerSecond, TARGETS.providerLoss)
atLeast('provider-bound, split by queue / 1', byQueue.providerLinesPerSecond / one.providerLinesPerSecond, TARGETS.providerLoss)
if (cores > 1) atLeast('CPU-bound, 2 processes / 1', two.cpuLinesPerSecond / one.cpuLinesPerSecond, TARGETS.secondCore)
const growth = four.lineCpuMs / one.lineCpuMs
judged('work of a line, 4 processes / 1', growth.toFixed(2), `<= ${TARGETS.lineCost}`, growth <= TARGETS.lineCost)

async function provider(product: FakeProduct, admin: Person, { calls, latencyMs }: typeof PROVIDER): Promise<void> {
  await admin.ok('PATCH', '/api/admin/providers/openai', { concurrency: calls })
  await voicesTake(product, latencyMs)
}

/** How many lines a second are spoken, from the first call to the last line. */
async function lot(product: FakeProduct, person: Person, mark: string) {
  const [cpuBefore, startedAt] = [workersCpuMs(product), new Date()]
  await makeEpisodes(product, person, { episodes: EPISODES, lines: LINES, atOnce: EPISODES, mark })
  const lines = EPISODES * LINES
  const [span] = await rows<{ seconds: number }>(
    product.run,
    `SELECT extract(epoch FROM (SELECT max(ready_at) FROM lines) - min(started_at))::float AS seconds FROM usage_logs WHERE started_at > $1`,
    [startedAt],
  )
  return { linesPerSecond: lines / span!.seconds, lineCpuMs: (workersCpuMs(product) - cpuBefore) / lines }
}
