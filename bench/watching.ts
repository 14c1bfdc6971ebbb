// npm run bench:watching: what logs, metrics, traces and profiles cost. A copy of the API is asked without end while its watchers are switched off and on; what is
// compared is how many requests it answers in a second of a core, in each state. Not in a second of the clock: those who are told, and who ask, have cores of
// their own where it counts, and share two with the API here. Two copies side by side would not do: of one program they differ by up to 15 %, all their life, by
// where their code and data came to lie.
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { openSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { ofOneGigabyte } from '../scripts/launcher/start-programs.ts'
import { freePort } from '../tests/deployment/own-api.ts'
import { startFakeWatchers } from '../tests/fake-watchers/server.ts'
import { launchProduct } from '../tests/setup/launch.ts'
import { Person } from '../tests/setup/person.ts'
import { script } from '../tests/setup/texts.ts'
import { cpuMsOf, machineLoad } from './fake-product.ts'
import { atMost, median } from './judged.ts'
import type { WatchState } from './watching/switched-api.ts'

const PORT = 18_950
const PATH = '/api/episodes?limit=20'
const AT_ONCE = 8
/** Code that is asked often is compiled anew, again and again, in its first minutes. */
const WARM_MS = 90_000
/** So many rounds of told between two silent phases, then so many of profiled. */
const ROUNDS = 8
const PROFILED_ROUNDS = 2
/** Long enough for what a change of state sets off (code that is compiled anew) to be little of it. */
const PHASE_MS = 25_000
/** A process is profiled for so long at a time (shared/watching/error-reports.ts), a tenth of its time. */
const PROFILE_MS = 50_000
const PROFILED = 0.1
/** What waits to be sent has gone by then: it belongs to the phase that said it. */
const SETTLE_MS = 1_500
/** As deploy/alerts/prometheus.yml has it. */
const SCRAPE_MS = 15_000
/** How much fewer requests are answered, in percent. */
const TARGET = 5

const product = await launchProduct(PORT, ['--fake', '--without', 'web'])
const watchers = await startFakeWatchers()
try {
  const person = await Person.signUp(product.run)
  // A page of the library is looked up anew each time: an answer that is kept costs less than telling of it.
  const { id } = await person.order({ kind: 'podcast', notice: false, sources: [{ type: 'script', text: script(12, '看') }] })
  await person.ready(id)
  const losses = await measure(person)
  const lines = watchers.batches.reduce((sum, { events }) => sum + events.length, 0)
  console.log(`        told: ${said(losses.told)} %; profiled: ${said(losses.profiled)} %`)
  console.log(`        ${lines} log lines and ${watchers.items.length} reports were taken; ${machineLoad()}`)
  if (lines === 0 || watchers.items.length === 0) throw new Error('nobody was told of anything: this compares nothing')
  const lost = median(losses.told) * (1 - PROFILED) + median(losses.profiled) * PROFILED
  atMost('requests lost to logs, metrics, traces and profiles', lost, TARGET, ' %', 1)
} finally {
  await product.stop()
  watchers.close()
}

interface Losses {
  told: number[]
  profiled: number[]
}

function said(losses: number[]): string {
  return losses
    .toSorted((a, b) => a - b)
    .map((loss) => loss.toFixed(1))
    .join(', ')
}

/** How many percent fewer are answered in each state. Each stands between two silent ones, so that what drifts is taken out. */
async function measure(owner: Person): Promise<Losses> {
  const losses: Losses = { told: [], profiled: [] }
  const copy = await startCopy()
  const person = owner.at(copy.url)
  let owedScrapes = 0
  const scrape = async () => {
    for (; owedScrapes >= 1; owedScrapes -= 1) await (await fetch(copy.metricsUrl)).text()
  }
  /** Requests answered in a second of a core, with all that the state brings: its profile is made and what waits is sent. */
  const rate = async (state: WatchState, forMs: number): Promise<number> => {
    const usedMs = cpuMsOf(copy.pid)
    await copy.turn(state)
    if (state !== 'silent') owedScrapes += forMs / SCRAPE_MS
    const [count] = await Promise.all([answered(person, forMs), scrape()])
    if (state === 'profiled') await copy.turn('told')
    await sleep(SETTLE_MS)
    return count / ((cpuMsOf(copy.pid) - usedMs) / 1000)
  }
  try {
    for (const state of ['told', 'silent', 'told'] as const) await rate(state, WARM_MS / 3)
    let before = await rate('silent', PHASE_MS)
    const oneRound = async (state: 'told' | 'profiled', forMs: number) => {
      const seen = await rate(state, forMs)
      const after = await rate('silent', PHASE_MS)
      losses[state].push((1 - (2 * seen) / (before + after)) * 100)
      before = after
    }
    for (let round = 0; round < ROUNDS; round++) await oneRound('told', PHASE_MS)
    for (let round = 0; round < PROFILED_ROUNDS; round++) await oneRound('profiled', PROFILE_MS)
    return losses
  } finally {
    await copy.stop()
  }
}

interface Copy {
  pid: number
  url: string
  metricsUrl: string
  turn(state: WatchState): Promise<void>
  stop(): Promise<void>
}

async function startCopy(): Promise<Copy> {
  const [port, metricsPort] = [await freePort(), await freePort()]
  const url = `http://localhost:${port}`
  const { DATABASE_OWNER_URL: _owner, ...settings } = product.run.settings
  const log = openSync(join(product.dataDirectory, 'bench-api.log'), 'a')
  const child = fork(join(import.meta.dirname, 'watching/switched-api.ts'), {
    execArgv: ofOneGigabyte,
    env: {
      ...process.env,
      ...settings,
      PORT: String(port),
      PUBLIC_URL: url,
      METRICS_PORT: String(metricsPort),
      SENTRY_DSN: watchers.dsn,
      RELEASE: 'bench',
      AXIOM_TOKEN: 'an-axiom-token',
      AXIOM_URL: watchers.url,
    },
    stdio: ['ignore', log, log, 'ipc'],
  })
  const ended = once(child, 'exit')
  const isUp = () =>
    fetch(`${url}/health/ready`).then(
      ({ ok }) => ok,
      () => false,
    )
  while (!(await isUp())) {
    if (child.exitCode !== null) throw new Error(`the copy ended with ${child.exitCode}: its words are in bench-api.log`)
    await sleep(200)
  }
  return {
    pid: child.pid!,
    url,
    metricsUrl: `http://127.0.0.1:${metricsPort}/metrics`,
    async turn(state) {
      const turned = once(child, 'message')
      child.send(state)
      await turned
    },
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}

/** How many requests are answered in this time. */
async function answered(person: Person, forMs: number): Promise<number> {
  const endsMs = performance.now() + forMs
  let count = 0
  const one = async () => {
    while (performance.now() < endsMs) {
      const answer = await person.ask('GET', PATH)
      if (answer.status !== 200) throw new Error(`${PATH}: ${answer.status}`)
      await answer.arrayBuffer()
      count += 1
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  return count
}
