// npm run bench:api: the door under load, against Express 5 and node:http that answer the same bytes and do nothing else, in one run. What is compared takes
// turns. Seconds of a round: npm run bench:api -- 10
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { announce } from '../shared/episode-events.ts'
import { createRedis } from '../shared/redis.ts'
import { freePort } from '../tests/deployment/own-api.ts'
import { launchProduct } from '../tests/setup/launch.ts'
import { Person } from '../tests/setup/person.ts'
import { rows } from '../tests/setup/store.ts'
import { machineLoad } from './fake-product.ts'
import { atLeast, atMost } from './judged.ts'
import type { Load } from './load.ts'
import { loadOf, quantile } from './load.ts'
import { plantEpisodes } from './plant-episodes.ts'

const SECONDS = Number(process.argv[2] ?? 5)
const ROUNDS = 5
const CONNECTIONS = 32
const PEOPLE = 50
const LINES = 40
const MANY = 100_000
const FEW = 1_000
const PAGES = 40
const ORDERS_AT_ONCE = 2
/** An episode that is being made says so often that a line is done. */
const NEWS_MS = 1000
const TARGETS = { ofExpress: 0.5, createWhileListening: 3, pages: 1.5, memory: 1.25 }

interface Someone {
  person: Person
  userId: string
  cookie: string
  /** A finished episode of theirs. */
  id: string
}

// Nobody is refused here for asking often.
const product = await launchProduct(21_400, ['--fake', '--without', 'web', '--without', 'worker'], {
  RATE_LIMIT_SCALE: '1000000',
})
const { run } = product
const redis = createRedis(run.settings['REDIS_URL']!, () => undefined)
const [expressPort, httpPort] = [await freePort(), await freePort()]
const bare = spawn(process.execPath, ['bench/bare-servers.ts', String(expressPort), String(httpPort)], {
  stdio: ['pipe', 'pipe', 'inherit'],
})
const people: Someone[] = []
try {
  for (let number = 0; number < PEOPLE; number++) people.push(await newcomer())
  const [first, second] = people as [Someone, Someone]
  bare.stdin.end(await (await first.person.ask('GET', `/api/episodes/${first.id}`)).text())
  await once(bare.stdout, 'data')

  const get = people.map(({ id, cookie }) => ({ method: 'GET' as const, path: `/api/episodes/${id}`, headers: { cookie } }))
  const loads = { connections: CONNECTIONS, seconds: SECONDS }
  const ofOne = () => loadOf(run.api, get.slice(0, 1), loads)
  const ofMany = () => loadOf(run.api, get, loads)
  const express = () => loadOf(`http://127.0.0.1:${expressPort}`, get, loads)
  const http = () => loadOf(`http://127.0.0.1:${httpPort}`, get, loads)
  for (const warm of [ofMany, express, http]) await warm()
  const memoryBefore = residentMb()
  const rounds: { express5: Load; nodeHttp: Load; one: Load; many: Load; oneOfExpress: number; manyOfExpress: number }[] = []
  for (let round = 0; round < ROUNDS; round++) {
    const [express5, one, nodeHttp, many] = [await express(), await ofOne(), await http(), await ofMany()]
    rounds.push({ express5, nodeHttp, one, many, oneOfExpress: share(one, express5), manyOfExpress: share(many, express5) })
  }
  const rate = (of: 'express5' | 'nodeHttp' | 'one' | 'many') =>
    quantile(
      rounds.map((round) => round[of].requestsPerSecond),
      0.5,
    ).toFixed(0)
  const latency = (of: 'one' | 'many', part: number) =>
    quantile(
      rounds.flatMap((round) => round[of].latencies),
      part,
    ).toFixed(1)
  console.log(
    `        requests a second: node:http ${rate('nodeHttp')}, Express 5 ${rate('express5')}, AIMake one person ${rate('one')}, ${PEOPLE} people in turn ${rate('many')}; ` +
      `p50 ${latency('many', 0.5)} ms, p99 ${latency('many', 0.99)} ms; ${machineLoad()}`,
  )
  atLeast(
    `GET of an episode, one person, of bare Express 5`,
    quantile(
      rounds.map(({ oneOfExpress }) => oneOfExpress),
      0.5,
    ),
    TARGETS.ofExpress,
  )
  atLeast(
    `GET of an episode, ${PEOPLE} people, of bare Express 5`,
    quantile(
      rounds.map(({ manyOfExpress }) => manyOfExpress),
      0.5,
    ),
    TARGETS.ofExpress,
  )

  await plantEpisodes(run, first.userId, MANY)
  await plantEpisodes(run, second.userId, FEW)
  const [manyFirst, manyLate] = [await pageMs(first, undefined), await pageMs(first, await cursorAfter(first, MANY * 0.9))]
  const [fewFirst, fewLate] = [await pageMs(second, undefined), await pageMs(second, await cursorAfter(second, FEW * 0.9))]
  console.log(
    `        a page of 20: of ${FEW} ${fewFirst.toFixed(1)} ms, late ${fewLate.toFixed(1)}; of ${MANY} ${manyFirst.toFixed(1)} ms, late ${manyLate.toFixed(1)}; ${machineLoad()}`,
  )
  atMost('late page of a list to its first', manyLate / manyFirst, TARGETS.pages)
  atMost(`page of ${MANY} to page of ${FEW}`, Math.max(manyFirst / fewFirst, manyLate / fewLate), TARGETS.pages)

  const create = async () => (await loadOf(run.api, [order(second)], { connections: ORDERS_AT_ONCE, seconds: SECONDS })).latencies
  await create()
  const [idle, listening] = [[] as number[], [] as number[]]
  for (let round = 0; round < ROUNDS; round++) {
    idle.push(...(await create()))
    listening.push(...(await whileListening(create)))
  }
  const [idleMs, listeningMs] = [quantile(idle, 0.99), quantile(listening, 0.99)]
  console.log(
    `        orders: p99 ${idleMs.toFixed(0)} ms of ${idle.length}, while ${PEOPLE} listen ${listeningMs.toFixed(0)} ms of ${listening.length}; ${machineLoad()}`,
  )
  atMost(`p99 of an order while ${PEOPLE} people listen to idle`, listeningMs / idleMs, TARGETS.createWhileListening)

  await ofMany()
  const memoryAfter = residentMb()
  console.log(
    `        memory of the API: ${memoryBefore.toFixed(0)} MB after the first round, ${memoryAfter.toFixed(0)} MB after the last`,
  )
  atMost('memory after the run to after its first round', memoryAfter / memoryBefore, TARGETS.memory)
} finally {
  bare.kill()
  redis.disconnect()
  await product.stop()
}

async function newcomer(): Promise<Someone> {
  const person = await Person.signUp(run)
  const { id: userId } = await person.who()
  return { person, userId, id: await plantEpisodes(run, userId, 1, LINES), cookie: person.cookies }
}

/** The middle of some looks at a page, one after the other. */
async function pageMs({ person }: Someone, cursor: string | undefined): Promise<number> {
  const took: number[] = []
  for (let look = 0; look < PAGES; look++) {
    const beganAt = performance.now()
    const { items } = await person.ok<{ items: unknown[] }>('GET', `/api/episodes?limit=20${cursor ? `&cursor=${cursor}` : ''}`)
    took.push(performance.now() - beganAt)
    if (items.length !== 20) throw new Error(`a page of ${items.length}`)
  }
  return quantile(took, 0.5)
}

/** Where a list goes on behind so many of its rows: who pages there by the cursors of the answers comes by the same. */
async function cursorAfter({ userId }: Someone, skipped: number): Promise<string> {
  const [place] = await rows<{ at: Date; id: string }>(
    run,
    `SELECT created_at AS at, id FROM episodes WHERE user_id = $1 ORDER BY created_at DESC, id DESC OFFSET $2 LIMIT 1`,
    [userId, skipped],
  )
  return Buffer.from(JSON.stringify({ order: 'newest', ...place })).toString('base64url')
}

/** An order that costs nothing, so that no plan refuses it. */
function order({ cookie }: Someone) {
  const brief = {
    kind: 'narration',
    language: 'en',
    notice: false,
    speakers: [{ name: 'A', voiceId: 'local-en-a' }],
    sources: [{ type: 'text', text: 'One sentence.' }],
  }
  const headers = { cookie, 'content-type': 'application/json', origin: new URL(run.api).origin }
  return { method: 'POST' as const, path: '/api/episodes', headers, body: JSON.stringify(brief) }
}

/** Everybody listens to an episode of their own, in which something happens every second. */
async function whileListening<T>(work: () => Promise<T>): Promise<T> {
  const streams = await Promise.all(people.map(({ person, id }) => person.ask('GET', `/api/episodes/${id}/events`)))
  const readers = streams.map(({ body }) => body!.getReader())
  let heard = 0
  const read = async (reader: (typeof readers)[0]): Promise<void> => {
    while (!(await reader.read()).done) heard += 1
  }
  const reading = readers.map(read)
  const news = setInterval(() => people.forEach(({ id }) => void announce(redis, id, [{ type: 'episode' }])), NEWS_MS)
  const stop = async () => {
    clearInterval(news)
    for (const reader of readers) await reader.cancel()
    await Promise.all(reading)
  }
  const result = await work().finally(stop)
  if (heard < 2 * PEOPLE) throw new Error(`${PEOPLE} people were told ${heard} things: this compares nothing`)
  return result
}

type Rate = { requestsPerSecond: number }

function share(one: Rate, other: Rate): number {
  return one.requestsPerSecond / other.requestsPerSecond
}

function residentMb(): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${run.pids['api']}/status`, 'utf8'))![1]) / 1024
}
