// npm run bench:watching: what logs, metrics and traces cost. Two copies of the API on the same servers, one that tells nobody and one that tells
// everybody, are asked at the same time, so that both meet the same machine at every moment; what is compared is how many requests each answers in a second
// of a core. Not in a second of the clock: those who are told, and who ask, have cores of their own where it counts, and share two with the API here.
import { freePort } from '../tests/deployment/own-api.ts'
import { startProgram, working } from '../tests/faults/program.ts'
import { startFakeWatchers } from '../tests/fake-watchers/server.ts'
import { launchProduct } from '../tests/setup/launch.ts'
import { Person } from '../tests/setup/person.ts'
import { script } from '../tests/setup/texts.ts'
import { cpuMsOf, machineLoad } from './fake-product.ts'
import { atMost, median } from './judged.ts'

const PORT = 18_950
/** Code that is asked often is compiled anew, again and again, in its first minutes; there is more of it where everybody is told, and of a trace it is asked by one in ten. */
const WARM_MS = 120_000
/** Two copies of one program differ by some percent all their life, by where their code and data came to lie: so they are started anew, so many times. */
const LIVES = 4
/** A process is profiled a tenth of its time, and then loses more: each state is measured by itself, and counts as often as it is. */
const PROFILED_LIVES = 2
const PROFILED = 0.1
const LIFE_MS = 30_000
/** Of each. */
const AT_ONCE = 8
/** As deploy/alerts/prometheus.yml has it. */
const SCRAPE_MS = 15_000
/** How much fewer requests are answered, in percent. */
const TARGET = 5

const product = await launchProduct(PORT, ['--fake', '--without', 'web'])
const watchers = await startFakeWatchers()
const door = (port: number) => `http://localhost:${port}`
const telling = {
  SENTRY_DSN: watchers.dsn,
  RELEASE: 'bench',
  AXIOM_TOKEN: 'an-axiom-token',
  AXIOM_URL: watchers.url,
}
try {
  const person = await Person.signUp(product.run)
  // A page of the library is looked up anew each time: an answer that is kept costs less than telling of it.
  const { id } = await person.order({ kind: 'podcast', notice: false, sources: [{ type: 'script', text: script(12, '看') }] })
  await person.ready(id)
  const pairs: Pair[] = []
  const profiled: Pair[] = []
  for (let life = 0; life < LIVES; life++) pairs.push(await aLife(person, '/api/episodes?limit=20', 0))
  for (let life = 0; life < PROFILED_LIVES; life++) profiled.push(await aLife(person, '/api/episodes?limit=20', 1))
  const losses = lossesOf(pairs)
  const lossesProfiled = lossesOf(profiled)
  const told = watchers.batches.reduce((sum, { events }) => sum + events.length, 0)
  const typical = (rate: (pair: Pair) => number) => median(pairs.map(rate)).toFixed(0)
  console.log(
    `        a second of a core answers ${typical(({ plain }) => plain.perCore)} without, ${typical(({ watched }) => watched.perCore)} with; lives ${said(losses)} %, profiled ${said(lossesProfiled)} %`,
  )
  console.log(
    `        a second of the clock ${typical(({ plain }) => plain.perSecond)} and ${typical(({ watched }) => watched.perSecond)}; ${told} log lines and ${watchers.items.length} reports were taken; ${machineLoad()}`,
  )
  if (told === 0 || watchers.items.length === 0) throw new Error('nobody was told of anything: this compares nothing')
  const lost = median(losses) * (1 - PROFILED) + median(lossesProfiled) * PROFILED
  atMost('requests lost to logs, metrics, traces and profiles', lost, TARGET, ' %', 1)
} finally {
  await product.stop()
  watchers.close()
}

/** In percent, the least first. */
function lossesOf(pairs: Pair[]): number[] {
  return pairs.map(({ plain, watched }) => (1 - watched.perCore / plain.perCore) * 100).toSorted((a, b) => a - b)
}

function said(losses: number[]): string {
  return losses.map((loss) => loss.toFixed(1)).join(', ')
}

/** Both copies from their start to their end; `profiles`: which part of its time one is profiled. */
async function aLife(person: Person, path: string, profiles: number): Promise<Pair> {
  const metricsPort = await freePort()
  const ports = [await freePort(), await freePort()] as const
  const [silent, watched] = ports.map((port, index) => {
    const env = {
      PORT: String(port),
      PUBLIC_URL: door(port),
      ...(index === 1 && { METRICS_PORT: String(metricsPort), SENTRY_PROFILES_RATE: String(profiles), ...telling }),
    }
    return { person: person.at(door(port)), program: startProgram(product, 'api', { env }) }
  }) as [Copy, Copy]
  const scraping = setInterval(() => void fetch(`http://127.0.0.1:${metricsPort}/metrics`).catch(() => undefined), SCRAPE_MS)
  try {
    await Promise.all([working(silent.program), working(watched.program)])
    const askBoth = (forMs: number) => Promise.all([answered(silent, path, forMs), answered(watched, path, forMs)])
    await askBoth(WARM_MS)
    const [plainRate, watchedRate] = await askBoth(LIFE_MS)
    return { plain: plainRate, watched: watchedRate }
  } finally {
    clearInterval(scraping)
    await Promise.all([silent.program.stop(), watched.program.stop()])
  }
}

interface Copy {
  person: Person
  program: ReturnType<typeof startProgram>
}

interface Pair {
  plain: Rate
  watched: Rate
}

interface Rate {
  perCore: number
  perSecond: number
}

/** So many at once, for so long. */
async function answered({ person, program: { pid } }: Copy, path: string, forMs: number): Promise<Rate> {
  const startedMs = performance.now()
  const usedMs = cpuMsOf(pid)
  let count = 0
  const one = async () => {
    while (performance.now() - startedMs < forMs) {
      const answer = await person.ask('GET', path)
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
      await answer.arrayBuffer()
      count += 1
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  return {
    perCore: count / ((cpuMsOf(pid) - usedMs) / 1000),
    perSecond: count / ((performance.now() - startedMs) / 1000),
  }
}
