import { Person } from '../../tests/setup/person.ts'
import { launchFakeProduct, speechCalls, voicesTake } from '../fake-product.ts'
import type { FakeProduct } from '../fake-product.ts'
import { judged, median } from '../judged.ts'
import { LINE_CHARACTERS, costOf, idleOf, makeEpisodes } from './load-run.ts'
import { forecast } from './model.ts'
import { costOfLoad } from './unit-costs.ts'
import type { Cost, UnitCosts } from './unit-costs.ts'

/** As many as a small machine makes in a minute or two: each row has its own share of its busiest hour, and no two are made the same way. */
const SAMPLES = [
  { episodes: 3, linesPerEpisode: 24, atOnce: 1 },
  { episodes: 6, linesPerEpisode: 15, atOnce: 2 },
  { episodes: 8, linesPerEpisode: 30, atOnce: 4 },
  { episodes: 12, linesPerEpisode: 20, atOnce: 6 },
  { episodes: 16, linesPerEpisode: 12, atOnce: 8 },
]
const LATENCY_MS = 700
const IDLE_MS = 6_000
/** How far a forecast may be off, by what it is about: counts are exact, times are a machine's. */
const TOLERANCE: Partial<Record<keyof Cost, number>> = {
  providerCalls: 0,
  databaseRows: 0.1,
  databaseBytes: 0.1,
  objects: 0.1,
  objectBytes: 0.1,
  soundSeconds: 0.1,
  workerCpuMs: 0.35,
}
const shown: (keyof Cost)[] = [
  'providerCalls',
  'databaseRows',
  'databaseBytes',
  'objects',
  'objectBytes',
  'soundSeconds',
  'workerCpuMs',
  'apiCpuMs',
  'databaseCpuMs',
  'temporalCpuMs',
  'redisCommands',
  'temporalEvents',
]

/** Makes a small share of each stage's month for real, and holds what it took against what the simulator says of that share. */
export async function checkAgainstReality(units: UnitCosts, stages: number[]): Promise<void> {
  const product = await launchFakeProduct(25_480)
  try {
    const [person, admin] = [await Person.signUp(product.run), await Person.admin(product.run)]
    await admin.ok('PATCH', '/api/admin/settings', { monthlyPlanMicroUsd: 1_000_000_000, dailyCapMicroUsd: null })
    await voicesTake(product, LATENCY_MS)
    await makeEpisodes(product, person, { episodes: 3, lines: 12, atOnce: 3, mark: '热' })
    // As the simulator is told it: from a quiet moment, with what the provider takes for sending.
    const callMs = median((await answeredCalls(product)).map(tookMs))
    const idle = await idleOf(product, IDLE_MS)
    for (const [index, users] of stages.entries()) {
      const sample = SAMPLES[index % SAMPLES.length]!
      await product.control('POST', 'clear')
      await voicesTake(product, LATENCY_MS)
      const lines = sample.linesPerEpisode * sample.episodes
      const { cost, wallMs } = await costOf(product, idle, () =>
        makeEpisodes(product, person, {
          episodes: sample.episodes,
          lines: sample.linesPerEpisode,
          atOnce: sample.atOnce,
          mark: `段${index}`,
        }),
      )
      const share = forecast(units, users).load.lines / lines
      console.log(
        `\n${users.toLocaleString('en-US')} users, 1/${Math.round(share).toLocaleString('en-US')} of their month: ` +
          `${sample.episodes} episodes, ${lines} lines of ${LINE_CHARACTERS} characters in ${(wallMs / 1000).toFixed(0)} s, ${sample.atOnce} at once`,
      )
      compare(costOfLoad(units, { episodes: sample.episodes, lines }), cost)
      await compareCalls(product, lines, callMs)
    }
  } finally {
    await product.stop()
  }
}

function compare(said: Cost, measured: Cost): void {
  console.table(
    shown.map((name) => ({
      what: name,
      simulator: Math.round(said[name]),
      measured: Math.round(measured[name]),
      deviation: percent(said[name] / measured[name] - 1),
    })),
  )
  for (const [name, most] of Object.entries(TOLERANCE) as [keyof Cost, number][]) {
    const deviation = Math.abs(said[name] / measured[name] - 1)
    judged(`forecast of ${name}`, percent(deviation), `<= ${percent(most)}`, deviation <= most + 1e-9)
  }
}

/** Calls in flight are lines a second times the time of a call, whatever the number of users: held against what the provider saw. */
async function compareCalls(product: FakeProduct, lines: number, callMs: number): Promise<void> {
  const calls = await answeredCalls(product)
  const seconds = (Math.max(...calls.map(({ endedMs }) => endedMs)) - Math.min(...calls.map(({ startedMs }) => startedMs))) / 1000
  const seen = calls.reduce((sum, call) => sum + tookMs(call), 0) / 1000 / seconds
  const said = (lines / seconds) * (callMs / 1000)
  const deviation = Math.abs(said / seen - 1)
  console.log(
    `        calls in flight: simulator ${said.toFixed(2)} at ${callMs.toFixed(0)} ms each, the provider saw ${seen.toFixed(2)} on the average`,
  )
  judged('forecast of calls in flight', percent(deviation), '<= 10.0 %', deviation <= 0.1)
}

async function answeredCalls(product: FakeProduct): Promise<Span[]> {
  const calls = await speechCalls(product)
  return calls.flatMap(({ outcome, startedMs, endedMs }) => (outcome === 'answered' ? { startedMs, endedMs: endedMs! } : []))
}

interface Span {
  startedMs: number
  endedMs: number
}

const tookMs = ({ startedMs, endedMs }: Span) => endedMs - startedMs

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`
}
