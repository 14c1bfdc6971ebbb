// npm run bench:fairness: while one user's hundred episodes wait in the queues, how long another's first line takes, against the time it takes
// when nobody else is there. Both in one run, ordered through the API.
import { setTimeout as sleep } from 'node:timers/promises'
import { Person } from '../tests/setup/person.ts'
import { rows } from '../tests/setup/store.ts'
import { launchFakeProduct, machineLoad, orderLines, readyInStore, voicesTake } from './fake-product.ts'
import { atMost, median } from './judged.ts'

const QUEUED = 100
const LINES = 3
const LATENCY_MS = 2_000
/** The other user asks once the queues are full, and again a little later. */
const ASKS = 3
const BETWEEN_MS = 3_000
const TARGET_RATIO = 2

const product = await launchFakeProduct(18_450)
try {
  const [crowd, guest] = [await Person.signUp(product.run), await Person.signUp(product.run)]
  await voicesTake(product, LATENCY_MS)
  const first = await orderLines(guest, LINES, 'warm-up')
  await readyInStore(product.run, first.id)
  const alone = await asks(guest, 'alone')
  const ordered = await Promise.all(Array.from({ length: QUEUED }, (_, index) => orderLines(crowd, LINES, `crowd-${index}`)))
  await sleep(BETWEEN_MS)
  const among = await asks(guest, 'among')
  const waiting = await unfinished()
  console.log(
    `        alone ${alone.join(', ')} ms; among ${QUEUED} queued ${among.join(', ')} ms, ${waiting} of them left; ${machineLoad()}`,
  )
  if (waiting < QUEUED / 10) throw new Error('the queue was empty too soon to say anything')
  atMost("another user's first line, among a hundred / alone", median(among) / median(alone), TARGET_RATIO)
  for (const { id } of ordered) await crowd.ask('POST', `/api/episodes/${id}/cancel`)
} finally {
  await product.stop()
}

/** Times from the order to the first line's sound, one after the other. */
async function asks(person: Person, mark: string): Promise<number[]> {
  const times: number[] = []
  for (let ask = 0; ask < ASKS; ask++) {
    const { id } = await orderLines(person, LINES, `${mark}-${ask}`)
    times.push(await firstLineMs(id))
    await sleep(BETWEEN_MS)
  }
  return times
}

async function firstLineMs(id: string): Promise<number> {
  for (;;) {
    const [line] = await rows<{ ms: number | null }>(
      product.run,
      `SELECT round(extract(epoch FROM l.ready_at - e.created_at) * 1000)::int AS ms
       FROM episodes e JOIN versions v ON v.episode_id = e.id JOIN lines l ON l.version_id = v.id WHERE e.id = $1 AND l.position = 0`,
      [id],
    )
    if (line?.ms) return line.ms
    await sleep(100)
  }
}

async function unfinished(): Promise<number> {
  const [found] = await rows<{ count: number }>(
    product.run,
    `SELECT count(*)::int AS count FROM episodes WHERE status <> 'ready'`,
  )
  return found!.count
}
