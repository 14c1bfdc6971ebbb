import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { bundleWorkflows } from '../../workflows/rehearsal/bundle.ts'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { Person } from '../setup/person.ts'
import { control, openCalls, openedCalls, seenCalls, sessionsEnded } from './calls.ts'
import { Feeder } from './orders.ts'
import { PointDeck } from './point-deck.ts'
import { startProgram } from './program.ts'
import type { Death, Life } from './program.ts'
import { verdict } from './verdict.ts'
import type { Verdict } from './verdict.ts'

/** One death: where, and what it cost. */
export interface Kill {
  point: string
  /** Rows of calls whose answer was not stored yet. */
  lost: string[]
  /** Those of them that had reached the provider: these are made again. */
  extraCalls: number
}

export interface KillRun {
  kills: Kill[]
  verdict: Verdict
  durationMs: number
}

const AT_ONCE = 10
/** A life that does not come to one of its points is ended all the same. */
const PATIENCE_MS = 5_000
const RANDOM_MS = 1_500
const BOOT_MS = 60_000
const SPEECH_MS = 200
/** One life in so many dies at no point, but whenever it is. */
const RANDOM_SHARE = 0.2
/** Of so many deaths one is the door's. */
const DOOR_SHARE = 0.25
const bundleOf = ({ dataDirectory }: Product) => join(dataDirectory, 'workflows.js')

/** No object is too young for a reconciliation here: at its end nothing is in flight. Bundled once, the workflows cost no life its first second. */
const envOf = (product: Product) => ({ RECONCILE_AGE_SECONDS: '0', WORKFLOW_BUNDLE: bundleOf(product) })

/**
 * Lets the product make short episodes, many at once, and kills its worker and its door again and again, at each crash point and at random,
 * starting them anew each time. Then it lets the work end, and judges what is left.
 */
export async function runKills(port: number, wanted: number, news: (text: string) => void): Promise<KillRun> {
  const startedMs = performance.now()
  const product = await launchProduct(port, ['--fake', '--without', 'web', '--without', 'api', '--without', 'worker'])
  const over = new AbortController()
  const told = setInterval(() => news(`${kills.length} of ${wanted} kills`), 15_000)
  const kills: Kill[] = []
  const doorKills = Math.round(wanted * DOOR_SHARE)
  const door = new Victim(product, 'api', { kills, times: doorKills, signal: over.signal })
  const worker = new Victim(product, 'worker', { kills, times: wanted - doorKills, signal: over.signal })
  try {
    const { admin, feeder } = await prepare(product)
    const fed = feeder.feed(AT_ONCE, over.signal)
    // Without orders the kills would prove nothing: when they end, so does the run.
    const lives = await Promise.race([Promise.all([worker.die(), door.die()]), fed.then(() => [])])
    news(`${kills.length} kills after ${Math.round((performance.now() - startedMs) / 1000)} s; now the work may end`)
    over.abort()
    await fed
    const judged = await verdict(product, { admin, lives, kills, accepted: feeder.accepted })
    return { kills, verdict: judged, durationMs: performance.now() - startedMs }
  } finally {
    clearInterval(told)
    over.abort()
    await Promise.all([worker.end(), door.end()])
    await product.stop()
  }
}

async function prepare(product: Product): Promise<{ admin: Person; feeder: Feeder }> {
  const { run } = product
  writeFileSync(bundleOf(product), (await bundleWorkflows()).code)
  const door = startProgram(product, 'api', { env: envOf(product) })
  try {
    await withinTime(door)
    const [person, admin] = [await Person.signUp(run), await Person.admin(run)]
    await control(run, 'POST', 'route', { route: 'openai-speech', latencyMs: SPEECH_MS })
    // The places of a killed worker are free again after twenty seconds: here nobody shall wait for them.
    await admin.ok('PATCH', '/api/admin/providers/openai', { concurrency: 1000 })
    return { admin, feeder: new Feeder(run, person) }
  } finally {
    await door.stop()
  }
}

interface Fate {
  kills: Kill[]
  times: number
  signal: AbortSignal
}

/** A program that is killed so many times, and started anew each time. */
class Victim {
  private readonly product: Product
  private readonly name: 'api' | 'worker'
  private readonly fate: Fate
  private readonly deck: PointDeck
  private life: Life | undefined
  private seen = 0
  private opened = 0

  constructor(product: Product, name: 'api' | 'worker', fate: Fate) {
    this.product = product
    this.name = name
    this.fate = fate
    this.deck = new PointDeck(name)
  }

  /** Dies so often; the life after that is let live. */
  async die(): Promise<Life> {
    const { times, kills, signal } = this.fate
    for (let time = 0; time < times; time++) {
      const death = await this.liveOnce()
      signal.throwIfAborted()
      if (death.how === 'by-itself') throw new Error(`the ${this.name} ended by itself:\n${death.said}`)
      const point = death.how === 'crashed' ? death.point : 'at random'
      if (death.how === 'crashed') this.deck.died(point)
      kills.push({ point: `${this.name} ${point}`, ...(await this.cost()) })
    }
    return this.start([])
  }

  /** Nothing of it is left. */
  async end(): Promise<void> {
    this.life?.kill()
    await this.life?.death
  }

  private async start(crashAt: string[]): Promise<Life> {
    this.fate.signal.throwIfAborted()
    this.life = startProgram(this.product, this.name, { env: envOf(this.product), crashAt })
    await withinTime(this.life)
    return this.life
  }

  private async liveOnce(): Promise<Death> {
    const isRandom = Math.random() < RANDOM_SHARE
    const life = await this.start(isRandom ? [] : this.deck.open)
    await Promise.race([sleep(isRandom ? Math.random() * RANDOM_MS : PATIENCE_MS), life.death])
    life.kill()
    return life.death
  }

  /** Only the worker makes calls, and there is one at a time: now that it is dead, what is open is lost. */
  private async cost(): Promise<Pick<Kill, 'lost' | 'extraCalls'>> {
    if (this.name === 'api') return { lost: [], extraCalls: 0 }
    const { run } = this.product
    const known = new Set(this.fate.kills.flatMap(({ lost }) => lost))
    // What was sent in its last moment arrives a little later; its last statement ends when its session does.
    await Promise.all([sleep(30), sessionsEnded(run, this.name)])
    const [open, seen, opened] = await Promise.all([openCalls(run), seenCalls(run), openedCalls(run)])
    const lost = open.filter(({ id }) => !known.has(id))
    const neverSent = opened - this.opened - (seen - this.seen)
    this.seen = seen
    this.opened = opened
    const paid = lost.filter(({ provider }) => provider === 'openai').length
    return { lost: lost.map(({ id }) => id), extraCalls: Math.max(0, paid - neverSent) }
  }
}

/** Up, or dead already. */
async function withinTime(life: Life): Promise<void> {
  const isUp = Promise.race([life.ready, life.death]).then(() => true)
  if (!(await Promise.race([isUp, sleep(BOOT_MS).then(() => false)]))) throw new Error('a program did not come up')
}
