// npm run bench:edit: one line of a hundred is reworded: how many calls that takes, and how much of the worker's own work, against making the whole.
import { setTimeout as sleep } from 'node:timers/promises'
import type { components } from '../api/openapi.d.ts'
import { Person } from '../tests/setup/person.ts'
import { rows } from '../tests/setup/store.ts'
import { judged, median } from './judged.ts'
import {
  launchFakeProduct,
  machineLoad,
  orderLines,
  readyInStore,
  speechCalls,
  voicesTake,
  workersCpuMs,
} from './fake-product.ts'
import type { FakeProduct } from './fake-product.ts'

const LINES = 100
const EDITS = 5
const IDLE_MS = 5_000
const RATIO = { most: 1 / 40, aim: 1 / 70 }

const product = await launchFakeProduct(18_470)
try {
  const person = await Person.signUp(product.run)
  await voicesTake(product, 50)
  // Code is compiled and modules are loaded by the first episode and the first edit.
  const warm = await orderLines(person, 8, 'warm')
  await readyInStore(product.run, warm.id)
  await edited(product, person, warm.id, 0)

  // What workers use while nothing is to be done is no work of either.
  const idle = await spent(product, () => sleep(IDLE_MS))
  const idleShare = idle.cpuMs / idle.wallMs
  const workOf = ({ cpuMs, wallMs }: Spent) => cpuMs - idleShare * wallMs
  let id = ''
  const cold = await spent(product, async () => {
    ;({ id } = await orderLines(person, LINES, 'cold'))
    await readyInStore(product.run, id)
  })
  const coldMs = workOf(cold)

  const edits: Edit[] = []
  for (let at = 0; at < EDITS; at++) edits.push(await edited(product, person, id, 10 + at * 17))
  const calls = edits.map((edit) => edit.calls)
  judged(
    'calls for one line of 100',
    calls.join(', '),
    'exactly 1',
    calls.every((count) => count === 1),
  )
  const ratio = median(edits.map(workOf)) / coldMs
  const aim = `aim 1/${(1 / RATIO.aim).toFixed(0)}`
  judged(
    `local work of an edit / of the whole (${aim})`,
    `1/${(1 / ratio).toFixed(0)}`,
    `<= 1/${(1 / RATIO.most).toFixed(0)}`,
    ratio <= RATIO.most,
  )
  const work = `whole ${coldMs.toFixed(0)} ms of a core, edits ${edits.map((edit) => workOf(edit).toFixed(0)).join(', ')} ms`
  const waited = `an edit is ready after ${median(edits.map(({ readyMs }) => readyMs)).toFixed(0)} ms`
  console.log(`        ${work}; idle ${(idleShare * 1000).toFixed(0)} ms a second; ${waited}; ${machineLoad()}`)
} finally {
  await product.stop()
}

interface Spent {
  cpuMs: number
  wallMs: number
}

interface Edit extends Spent {
  calls: number
  /** From the press to the finished version. */
  readyMs: number
}

/** What the workers used for something, and how long that took them. */
async function spent(one: FakeProduct, work: () => Promise<unknown>): Promise<Spent> {
  const before = await quietCpuMs(one)
  const begunMs = performance.now()
  await work()
  const cpuMs = (await quietCpuMs(one)) - before
  return { cpuMs, wallMs: performance.now() - begunMs }
}

async function edited(one: FakeProduct, person: Person, id: string, position: number): Promise<Edit> {
  const line = (await person.lines(id))[position]!
  await one.control('POST', 'clear')
  await voicesTake(one, 50)
  let readyMs = 0
  const used = await spent(one, async () => {
    const begunMs = performance.now()
    const { version } = await person.ok<components['schemas']['Edited']>('PATCH', `/api/episodes/${id}/lines/${line.id}`, {
      text: `${line.text.slice(0, -1)}，这一句改过了。`,
    })
    await readyInStore(one.run, id)
    readyMs = performance.now() - begunMs
    const [made] = await rows<{ number: number }>(one.run, 'SELECT current_version AS number FROM episodes WHERE id = $1', [id])
    if (made!.number !== version) throw new Error(`version ${version} was not made`)
  })
  return { ...used, readyMs, calls: (await speechCalls(one)).length }
}

/** What the workers have used once they use next to nothing: their last rows and messages belong to the work before. */
async function quietCpuMs(one: FakeProduct): Promise<number> {
  for (let before = workersCpuMs(one); ;) {
    await sleep(500)
    const now = workersCpuMs(one)
    if (now - before <= 20) return now
    before = now
  }
}
