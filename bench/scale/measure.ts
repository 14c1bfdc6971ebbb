// npm run bench:unit-costs: makes two lots of episodes with made-up providers, one of short and one of long ones, listens to one and looks at the library,
// and writes what each piece of work takes into unit-costs.json, which `npm run simulate` reads. What the providers take is not measured here.
import { readFileSync, writeFileSync } from 'node:fs'
import { availableParallelism, cpus, loadavg } from 'node:os'
import { Person } from '../../tests/setup/person.ts'
import { launchFakeProduct, voicesTake } from '../fake-product.ts'
import type { FakeProduct } from '../fake-product.ts'
import { LINE_CHARACTERS, costOf, idleOf, makeEpisodes } from './load-run.ts'
import { usageOf } from './process-tree.ts'
import { readUnitCosts, unitCostsFile } from './unit-costs.ts'
import type { Cost, Part, UnitCosts } from './unit-costs.ts'

const EPISODES = 16
const SHORT = 6
const LONG = 36
const AT_ONCE = 4
const IDLE_MS = 8_000
const VIEWS = 200
/** What providers take is not measured, but waiting for them is work too: it is asked again and again whether there is a place at one. */
const LATENCY_MS = 700
const PLENTY_MICRO_USD = 1_000_000_000

const product = await launchFakeProduct(25_450)
try {
  const [person, admin] = [await Person.signUp(product.run), await Person.admin(product.run)]
  await admin.ok('PATCH', '/api/admin/settings', { monthlyPlanMicroUsd: PLENTY_MICRO_USD, dailyCapMicroUsd: null })
  await voicesTake(product, LATENCY_MS)
  // A program is compiled by its first work.
  await makeEpisodes(product, person, { episodes: 4, lines: 12, atOnce: AT_ONCE, mark: '热' })
  const idle = await idleOf(product, IDLE_MS)
  const make = (lines: number, mark: string) =>
    costOf(product, idle, () => makeEpisodes(product, person, { episodes: EPISODES, lines, atOnce: AT_ONCE, mark }))
  const short = await make(SHORT, '短')
  const long = await make(LONG, '长')
  const perLine = combined(short.cost, long.cost, (few, many) => Math.max(0, (many - few) / (EPISODES * (LONG - SHORT))))
  const perEpisode = combined(short.cost, perLine, (few, line) => Math.max(0, few / EPISODES - line * SHORT))
  const known = earlier()
  const costs: UnitCosts = {
    measuredOn: {
      cpu: cpus()[0]!.model,
      cores: availableParallelism(),
      node: process.version,
      day: new Date().toISOString().slice(0, 10),
      load: loadavg()[0]!,
    },
    perEpisode,
    perLine,
    perListenedMinute: await listening(product, person, idle),
    perLibraryView: await viewing(product, person, idle),
    idleCpuMs: idle,
    residentMb: residentMb(product),
    lineCharacters: LINE_CHARACTERS,
    reconcileSecondsPer100kObjects: known?.reconcileSecondsPer100kObjects ?? Number.NaN,
  }
  writeFileSync(unitCostsFile, `${JSON.stringify(costs, rounded, 2)}\n`)
  console.log(readFileSync(unitCostsFile, 'utf8'))
} finally {
  await product.stop()
}

function earlier(): UnitCosts | undefined {
  try {
    return readUnitCosts()
  } catch {
    return undefined
  }
}

function combined(one: Cost, other: Cost, work: (a: number, b: number) => number): Cost {
  const names = Object.keys(one) as (keyof Cost)[]
  return Object.fromEntries(names.map((name) => [name, work(one[name], other[name])])) as unknown as Cost
}

/** One listener hears a whole episode, segment by segment, as a player fetches it. */
async function listening({ run }: FakeProduct, person: Person, idle: Record<Part, number>) {
  const { items } = await person.ok<{ items: { id: string; title: string; durationMs: number }[] }>(
    'GET',
    '/api/episodes?limit=50',
  )
  const { id, durationMs } = items.find(({ title }) => title.startsWith('长'))!
  const playlist = await (await person.ask('GET', `/api/episodes/${id}/playlist.m3u8`)).text()
  const segments = playlist.split('\n').filter((line) => line && !line.startsWith('#'))
  const base = new URL(`/api/episodes/${id}/`, run.api)
  let bytes = playlist.length
  const { cost } = await costOf(product, idle, async () => {
    for (const segment of segments) {
      const { pathname, search } = new URL(segment, base)
      bytes += (await (await person.ask('GET', `${pathname}${search}`)).arrayBuffer()).byteLength
    }
  })
  const minutes = durationMs / 60_000
  const { apiCpuMs, databaseCpuMs } = cost
  return {
    apiCpuMs: apiCpuMs / minutes,
    databaseCpuMs: databaseCpuMs / minutes,
    apiRequests: (segments.length + 1) / minutes,
    bytes: bytes / minutes,
  }
}

async function viewing(_product: FakeProduct, person: Person, idle: Record<Part, number>) {
  const { cost } = await costOf(product, idle, async () => {
    for (let view = 0; view < VIEWS; view++) await person.ok('GET', '/api/episodes')
  })
  return { apiCpuMs: cost.apiCpuMs / VIEWS, databaseCpuMs: cost.databaseCpuMs / VIEWS }
}

function residentMb({ run: { pids }, workerPids }: FakeProduct): Record<Part, number> {
  const used = usageOf({
    api: [pids['api']!],
    worker: workerPids,
    database: [pids['postgres']!],
    redis: [pids['valkey']!],
    storage: [pids['seaweedfs']!],
    temporal: [pids['temporal']!],
  } satisfies Record<Part, number[]>)
  return Object.fromEntries(Object.entries(used).map(([part, one]) => [part, one.residentMb])) as Record<Part, number>
}

function rounded(_name: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(4)) : value
}
