// npm run bench:crash: a hundred lines, and the worker is killed when half of them are there. How many calls that costs: a hundred and those
// that were in flight, at most.
import { setTimeout as sleep } from 'node:timers/promises'
import { Person } from '../tests/setup/person.ts'
import { rows } from '../tests/setup/store.ts'
import { openCalls } from '../tests/faults/calls.ts'
import { startProgram } from '../tests/faults/program.ts'
import { launchFakeProduct, machineLoad, orderLines, readyInStore, speechCalls, voicesTake } from './fake-product.ts'
import { judged } from './judged.ts'

const LINES = 100
const LATENCY_MS = 1_500

const product = await launchFakeProduct(18_460, 0)
try {
  const person = await Person.signUp(product.run)
  await voicesTake(product, LATENCY_MS)
  const doomed = startProgram(product, 'worker')
  const { id } = await orderLines(person, LINES, 'half')
  // A kill that hits no call would prove nothing.
  while ((await readyLines(id)) < LINES / 2 || (await openCalls(product.run)).length === 0) await sleep(20)
  doomed.kill()
  await doomed.death
  const [inFlight, half] = [(await openCalls(product.run)).length, await readyLines(id)]
  const heir = startProgram(product, 'worker')
  const startedMs = performance.now()
  try {
    await readyInStore(product.run, id)
  } finally {
    await heir.stop()
  }
  const tookSeconds = (performance.now() - startedMs) / 1000
  const calls = (await speechCalls(product)).length
  const [unknown] = await rows<{ count: number }>(product.run, `SELECT count(*)::int FROM usage_logs WHERE status = 'unknown'`)
  console.log(
    `        killed with ${half} lines ready and ${inFlight} calls in flight; ready ${tookSeconds.toFixed(1)} s after the next start; ${machineLoad()}`,
  )
  const most = LINES + inFlight
  judged(`calls for ${LINES} lines, killed at half time`, String(calls), `<= ${LINES} + ${inFlight} in flight`, calls <= most)
  judged(
    'extra calls not shown as unknown',
    String(Math.max(0, calls - LINES - unknown!.count)),
    '0',
    calls - LINES <= unknown!.count,
  )
} finally {
  await product.stop()
}

async function readyLines(id: string): Promise<number> {
  const [found] = await rows<{ count: number }>(
    product.run,
    `SELECT count(*)::int FROM lines l JOIN versions v ON v.id = l.version_id WHERE v.episode_id = $1 AND l.status = 'ready'`,
    [id],
  )
  return found!.count
}
