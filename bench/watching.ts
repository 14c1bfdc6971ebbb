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
/** Code that is asked often is compiled anew, again and again, in its first seconds. */
const WARM_MS = 10_000
const ROUNDS = 21
const ROUND_MS = 4_000
/** Of each. */
const AT_ONCE = 8
/** As deploy/alerts/prometheus.yml has it. */
const SCRAPE_MS = 15_000
/** How much fewer requests are answered, in percent. */
const TARGET = 5

const product = await launchProduct(PORT, ['--fake', '--without', 'web'])
const watchers = await startFakeWatchers()
const door = (port: number) => `http://localhost:${port}`
const [silent, telling, metricsPort] = [await freePort(), await freePort(), await freePort()]
const programs = [
  startProgram(product, 'api', { env: { PORT: String(silent), PUBLIC_URL: door(silent) } }),
  startProgram(product, 'api', {
    env: {
      PORT: String(telling),
      PUBLIC_URL: door(telling),
      METRICS_PORT: String(metricsPort),
      SENTRY_DSN: watchers.dsn,
      RELEASE: 'bench',
      AXIOM_TOKEN: 'an-axiom-token',
      AXIOM_URL: watchers.url,
    },
  }),
]
const scraping = setInterval(() => void fetch(`http://127.0.0.1:${metricsPort}/metrics`).catch(() => undefined), SCRAPE_MS)
try {
  await Promise.all(programs.map(working))
  const person = await Person.signUp(product.run)
  const { id } = await person.order({ kind: 'podcast', notice: false, sources: [{ type: 'script', text: script(12, '看') }] })
  await person.ready(id)
  const doors = [silent, telling].map((port, index) => ({ person: person.at(door(port)), pid: programs[index]!.pid }))
  const ask = (at: number, forMs = ROUND_MS) => answered(doors[at]!, `/api/episodes/${id}`, forMs)
  const askBoth = async (forMs?: number) => {
    const [plain, watched] = await Promise.all([ask(0, forMs), ask(1, forMs)])
    return { plain, watched }
  }
  await askBoth(WARM_MS)
  const pairs: { plain: Rate; watched: Rate }[] = []
  for (let round = 0; round < ROUNDS; round++) pairs.push(await askBoth())
  const losses = pairs.map(({ plain, watched }) => (1 - watched.perCore / plain.perCore) * 100).toSorted((a, b) => a - b)
  const told = watchers.batches.reduce((sum, { events }) => sum + events.length, 0)
  const typical = (rate: (pair: (typeof pairs)[number]) => number) => median(pairs.map(rate)).toFixed(0)
  console.log(
    `        a second of a core answers ${typical(({ plain }) => plain.perCore)} without, ${typical(({ watched }) => watched.perCore)} with; pairs ${losses.map((loss) => loss.toFixed(1)).join(', ')} %`,
  )
  console.log(
    `        a second of the clock ${typical(({ plain }) => plain.perSecond)} and ${typical(({ watched }) => watched.perSecond)}; ${told} log lines and ${watchers.items.length} reports were taken; ${machineLoad()}`,
  )
  if (told === 0 || watchers.items.length === 0) throw new Error('nobody was told of anything: this compares nothing')
  atMost('requests lost to logs, metrics and traces', median(losses), TARGET, ' %', 1)
} finally {
  clearInterval(scraping)
  await Promise.all(programs.map((program) => program.stop()))
  await product.stop()
  watchers.close()
}

interface Rate {
  perCore: number
  perSecond: number
}

/** So many at once, for a round. */
async function answered({ person, pid }: { person: Person; pid: number }, path: string, forMs: number): Promise<Rate> {
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
