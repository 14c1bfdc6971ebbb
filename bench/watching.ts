// npm run bench:watching: what logs, metrics and traces cost. Two copies of the API on the same servers, one that tells nobody and one that tells
// everybody, take turns under the same load; what is compared is how many requests each answers a second, in pairs, in one run.
import { freePort } from '../tests/deployment/own-api.ts'
import { startProgram, working } from '../tests/faults/program.ts'
import { startFakeWatchers } from '../tests/fake-watchers/server.ts'
import { launchProduct } from '../tests/setup/launch.ts'
import { Person } from '../tests/setup/person.ts'
import { script } from '../tests/setup/texts.ts'
import { machineLoad } from './fake-product.ts'
import { atMost } from './judged.ts'

const PORT = 18_950
const ROUNDS = 9
const ROUND_MS = 4_000
const AT_ONCE = 16
const SCRAPE_MS = 1_000
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
// As Prometheus does, only fifteen times as often.
const scraping = setInterval(() => void fetch(`http://127.0.0.1:${metricsPort}/metrics`).catch(() => undefined), SCRAPE_MS)
try {
  await Promise.all(programs.map(working))
  const person = await Person.signUp(product.run)
  const { id } = await person.order({ kind: 'podcast', notice: false, sources: [{ type: 'script', text: script(12, '看') }] })
  await person.ready(id)
  const ask = (port: number) => answeredPerSecond(person.at(door(port)), `/api/episodes/${id}`)
  for (const port of [silent, telling]) await ask(port)
  const pairs: { plain: number; watched: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    // Whoever goes first meets the machine as the other left it.
    const order = round % 2 ? [telling, silent] : [silent, telling]
    const rates = new Map<number, number>()
    for (const port of order) rates.set(port, await ask(port))
    pairs.push({ plain: rates.get(silent)!, watched: rates.get(telling)! })
  }
  const losses = pairs.map(({ plain, watched }) => (1 - watched / plain) * 100).toSorted((a, b) => a - b)
  const told = watchers.batches.reduce((sum, { events }) => sum + events.length, 0)
  console.log(
    `        ${median(pairs.map(({ plain }) => plain)).toFixed(0)} requests a second without, ${median(pairs.map(({ watched }) => watched)).toFixed(0)} with; ` +
      `pairs ${losses.map((loss) => loss.toFixed(1)).join(', ')} %; ${told} log lines and ${watchers.items.length} reports were taken; ${machineLoad()}`,
  )
  if (told === 0 || watchers.items.length === 0) throw new Error('nobody was told of anything: this compares nothing')
  atMost('requests lost to logs, metrics and traces', median(losses), TARGET, ' %', 1)
} finally {
  clearInterval(scraping)
  await Promise.all(programs.map((program) => program.stop()))
  await product.stop()
  watchers.close()
}

/** So many at once, for a round. */
async function answeredPerSecond(person: Person, path: string): Promise<number> {
  const startedMs = performance.now()
  let answered = 0
  const one = async () => {
    while (performance.now() - startedMs < ROUND_MS) {
      const answer = await person.ask('GET', path)
      if (answer.status !== 200) throw new Error(`${path}: ${answer.status}`)
      await answer.arrayBuffer()
      answered += 1
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, one))
  return answered / ((performance.now() - startedMs) / 1000)
}

function median(values: number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
}
