// A backup of a large database: dump, upload, drill and signature against plain pg_dump and pg_restore of the same database, in one run on one machine;
// and the memory of the worker that makes it. `npm run bench:backup -- --mb 1000` for another size. Ends with 1 when a target is missed.
import { readFileSync, readdirSync, rmSync } from 'node:fs'
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { startProgram } from '../tests/faults/program.ts'
import type { Backup } from '../tests/setup/backups.ts'
import { launchProduct } from '../tests/setup/launch.ts'
import type { Product } from '../tests/setup/launch.ts'
import { Person } from '../tests/setup/person.ts'
import { rows } from '../tests/setup/store.ts'
import { atMost } from './judged.ts'

const PORT = 18_900
const TARGETS = { ratio: 4, memoryMb: 256 }
const ROW_BYTES = 1_000
const LOOK_MS = 100

const { values } = parseArgs({
  options: { mb: { type: 'string', default: '200' }, port: { type: 'string', default: String(PORT) } },
})
const megabytes = Number(values.mb)
const product = await launchProduct(Number(values.port), ['--fake', '--without', 'web', '--without', 'worker'])
const { run } = product
// As it is deployed where memory counts: backups have a process of their own, with the settings of the image and of deploy/kubernetes/worker-backup.yaml.
const others = startProgram(product, 'worker', { env: { WORKER_QUEUES: 'episodes' } })
const worker = startProgram(product, 'worker', {
  env: {
    WORKER_QUEUES: 'backup',
    MALLOC_ARENA_MAX: '2',
    MALLOC_TRIM_THRESHOLD_: '131072',
    NODE_OPTIONS: '--max-old-space-size=128 --max-semi-space-size=2',
  },
})
try {
  await Promise.all([others.ready, worker.ready])
  const size = await fill(megabytes)
  console.log(`${(size / 1e6).toFixed(0)} MB in the database`)
  const plainMs = plain(product)
  const { backup, ms, peakMb, ownPeakMb, idleMb } = await ours(worker.pid)
  console.log(
    `plain ${(plainMs / 1000).toFixed(1)} s, ours ${(ms / 1000).toFixed(1)} s of which the drill ${(backup.drill!.durationMs / 1000).toFixed(1)} s; ` +
      `${(backup.bytes! / 1e6).toFixed(0)} MB stored; worker ${idleMb.toFixed(0)} MB before, ${peakMb.toFixed(0)} MB at most, with the programs it starts; ` +
      `${ownPeakMb.toFixed(0)} MB of it their own, the rest program code`,
  )
  atMost('dump, upload, drill / plain pg_dump and pg_restore', ms / plainMs, TARGETS.ratio)
  atMost('memory of the worker and its programs', peakMb, TARGETS.memoryMb, ' MB', 0)
} finally {
  await Promise.all([worker.stop(), others.stop()])
  await product.stop()
}

/** Rows that neither compress to nothing nor not at all. Answers the size of the database. */
async function fill(mb: number): Promise<number> {
  const count = Math.round((mb * 1e6) / ROW_BYTES)
  await rows(run, 'CREATE TABLE bench_filling (id bigint PRIMARY KEY, words text NOT NULL)')
  await rows(
    run,
    `INSERT INTO bench_filling SELECT i, (SELECT string_agg(md5((i * 31 + j)::text) || ' ' || repeat('ab ', 4), '') FROM generate_series(1, 21) j) FROM generate_series(1, $1::bigint) i`,
    [count],
  )
  await rows(run, 'CREATE INDEX ON bench_filling (md5(words))')
  const [found] = await rows<{ size: string }>(run, 'SELECT pg_database_size(current_database()) AS size')
  return Number(found!.size)
}

/** What it takes without us: a file, and a second database. */
function plain({ dataDirectory }: Product): number {
  const { BACKUP_DATABASE_URL: url, PG_DUMP_PATH: dump, PG_RESTORE_PATH: restore } = run.settings
  const file = join(dataDirectory, 'plain.dump')
  const begunMs = performance.now()
  tool(dump!, ['-Fc', '-f', file, url!])
  const psql = join(dump!, '../psql')
  tool(psql, ['-q', '-c', 'CREATE DATABASE bench_plain TEMPLATE template0', url!])
  // Default rights belong to another role: the one error there is, which plain pg_restore passes over.
  tool(restore!, ['--no-owner', '-d', url!.replace(/\/[^/]*$/, '/bench_plain'), file], [0, 1])
  const ms = performance.now() - begunMs
  tool(psql, ['-q', '-c', 'DROP DATABASE bench_plain', url!])
  rmSync(file)
  return ms
}

function tool(program: string, args: string[], ends = [0]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  if (!ends.includes(status!)) throw new Error(`${program} ended with ${status}: ${stderr.slice(0, 500)}`)
}

async function ours(pid: number) {
  const admin = await Person.admin(run)
  const idleMb = memoryMb(pid)
  let [peakMb, ownPeakMb] = [idleMb, 0]
  const begunMs = performance.now()
  const { id } = await admin.ok<Backup>('POST', '/api/admin/backups')
  for (let looks = 0; ; looks++) {
    peakMb = Math.max(peakMb, memoryMb(pid))
    ownPeakMb = Math.max(ownPeakMb, memoryMb(pid, 'RssAnon'))
    await sleep(LOOK_MS)
    if (looks % 5) continue
    const backup = await admin.ok<Backup>('GET', `/api/admin/backups/${id}`)
    if (!backup.endedAt) continue
    if (backup.status !== 'verified') throw new Error(`the backup is ${backup.status}: ${backup.failure}`)
    return { backup, ms: performance.now() - begunMs, peakMb, ownPeakMb, idleMb }
  }
}

/** What a process and its children have in memory; `RssAnon`: without the code of the programs, which all that run them share. */
function memoryMb(pid: number, kind: 'VmRSS' | 'RssAnon' = 'VmRSS'): number {
  const children = readdirSync('/proc').filter(
    (name) => /^\d+$/.test(name) && Number(/^\d+ \(.*\) \S (\d+)/.exec(readQuietly(`/proc/${name}/stat`))?.[1]) === pid,
  )
  return [String(pid), ...children].reduce(
    (sum, each) => sum + Number(new RegExp(`${kind}:\\s+(\\d+)`).exec(readQuietly(`/proc/${each}/status`))?.[1] ?? 0) / 1024,
    0,
  )
}

function readQuietly(path: string): string {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    // It has ended.
    return ''
  }
}
