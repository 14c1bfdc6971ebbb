// npm run bench:reconcile: a store of 100,000 objects and as many rows, every one in use but a few that were planted: how long a look at all of it takes,
// what the worker's memory grows by, and whether it finds exactly what was planted. Another number of objects: npm run bench:reconcile -- 20000
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { components } from '../api/openapi.d.ts'
import { Person } from '../tests/setup/person.ts'
import { bucketOf, rows } from '../tests/setup/store.ts'
import { launchFakeProduct, machineLoad } from './fake-product.ts'
import type { FakeProduct } from './fake-product.ts'
import { atMost, judged } from './judged.ts'
import { readUnitCosts, unitCostsFile } from './scale/unit-costs.ts'

type ReconcileRun = components['schemas']['ReconcileRun']

const OBJECTS = Number(process.argv[2] ?? 100_000)
const PLANTED = 20
const AT_ONCE = 32
const SAMPLE_MS = 50
const TARGETS = { seconds: 60, megabytes: 200 }

// Nothing is too young to be looked at here.
process.env['RECONCILE_AGE_SECONDS'] = '0'
const product = await launchFakeProduct(25_400)
try {
  const admin = await Person.admin(product.run)
  // The first look of a worker loads what it needs; it is there from then on.
  await reconcile(admin)
  const startedMs = performance.now()
  await plant(product)
  console.log(`        ${OBJECTS} objects and rows planted in ${seconds(performance.now() - startedMs)} s`)
  // What was planted in this second is as young as the look itself.
  await sleep(2_000)
  const before = residentMb(product)
  const peak = { megabytes: before }
  const timer = setInterval(() => (peak.megabytes = Math.max(peak.megabytes, residentMb(product))), SAMPLE_MS)
  const run = await reconcile(admin).finally(() => clearInterval(timer))
  const tookMs = Date.parse(run.endedAt!) - Date.parse(run.startedAt)
  console.log(
    `        ${run.objects} objects listed; worker ${before.toFixed(0)} MB before, ${peak.megabytes.toFixed(0)} MB at most; ${machineLoad()}`,
  )
  keepForSimulator((tookMs / 1000 / OBJECTS) * 100_000)
  atMost(`reconcile of ${OBJECTS} rows and objects`, tookMs / 1000, TARGETS.seconds, ' s', 1)
  atMost('growth of the worker meanwhile', peak.megabytes - before, TARGETS.megabytes, ' MB', 0)
  const found = Object.fromEntries(run.findings.filter((one) => one.found > 0).map((one) => [one.kind, one.found]))
  judged(
    'found of what was planted',
    JSON.stringify(found),
    `${PLANTED} objects without a row, ${PLANTED} unused, ${PLANTED} rows without an object`,
    ['object-without-row', 'object-unused', 'row-without-object'].every((kind) => found[kind] === PLANTED) &&
      Object.keys(found).length === 3,
  )
} finally {
  await product.stop()
}

/** Segments of two objects each, all in use, and a few things that are left over. */
async function plant({ run }: FakeProduct): Promise<void> {
  const segments = OBJECTS / 2
  await rows(
    run,
    `INSERT INTO segments (content_key, user_id, provider, model, voice_id, flac_key, mp3_key, samples, frames, energies)
     SELECT 'bench-' || n, 'bench', 'openai', 'tts-1', 'openai-nova', 'segments/' || md5(n::text) || '.flac', 'segments/' || md5(n::text) || '.mp3',
       48000, 42, '' FROM generate_series(1, $1::int) n`,
    [segments],
  )
  await rows(
    run,
    `INSERT INTO stored_objects (key, status, content_type, bytes, sha256, done_at, touched_at)
     SELECT key, 'done', 'audio/mpeg', 8, md5(key), now(), now() - interval '2 hours' FROM (
       SELECT flac_key AS key FROM segments WHERE user_id = 'bench' UNION ALL SELECT mp3_key FROM segments WHERE user_id = 'bench'
       UNION ALL SELECT 'segments/unused-' || n FROM generate_series(1, $1::int) n
       UNION ALL SELECT 'segments/gone-' || n FROM generate_series(1, $1::int) n) keys`,
    [PLANTED],
  )
  const wanted = await rows<{ key: string }>(run, `SELECT key FROM stored_objects WHERE key NOT LIKE 'segments/gone-%'`)
  const keys = [...wanted.map(({ key }) => key), ...Array.from({ length: PLANTED }, (_, index) => `segments/strange-${index}`)]
  const bucket = bucketOf(run)
  const bytes = new Uint8Array(8)
  const next = keys.values()
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const key of next) await bucket.put(key, bytes, { contentType: 'audio/mpeg' })
    }),
  )
  bucket.close()
  await rows(run, 'ANALYZE')
}

/** `npm run simulate` says from it when a night is too short. */
function keepForSimulator(reconcileSecondsPer100kObjects: number): void {
  if (!existsSync(unitCostsFile)) return
  const costs = { ...readUnitCosts(), reconcileSecondsPer100kObjects: Number(reconcileSecondsPer100kObjects.toPrecision(3)) }
  writeFileSync(unitCostsFile, `${JSON.stringify(costs, null, 2)}\n`)
}

async function reconcile(admin: Person): Promise<ReconcileRun> {
  const { id } = await admin.ok<ReconcileRun>('POST', '/api/admin/reconcile', {})
  for (;;) {
    await sleep(500)
    const { data } = await admin.ok<{ data: ReconcileRun[] }>('GET', '/api/admin/reconcile')
    const run = data.find((one) => one.id === id)
    if (run?.failure) throw new Error(run.failure)
    if (run?.endedAt) return run
  }
}

function residentMb({ workerPids }: FakeProduct): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${workerPids[0]}/status`, 'utf8'))![1]) / 1024
}

function seconds(ms: number): string {
  return (ms / 1000).toFixed(0)
}
