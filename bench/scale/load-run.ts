import { setTimeout as sleep } from 'node:timers/promises'
import { Client, Connection } from '@temporalio/client'
import { Redis } from 'ioredis'
import type { Person } from '../../tests/setup/person.ts'
import { rows } from '../../tests/setup/store.ts'
import type { FakeProduct } from '../fake-product.ts'
import { usageOf } from './process-tree.ts'
import type { Cost, Part } from './unit-costs.ts'

export const LINE_CHARACTERS = 33
const words = '我们接着往下说今天的天气很好适合出门走走看看路边的树和河里的水想想昨天说过的话'.repeat(4)

/** So many lines of the usual length, none like another, so that each is bought. */
export function linesOf(count: number, mark: string): string {
  return Array.from({ length: count }, (_, index) => {
    const opening = `第${index + 1}句${mark}，`
    return `${index % 2 ? '乙' : '甲'}：${opening}${words.slice(index % 30, (index % 30) + LINE_CHARACTERS - opening.length - 1)}。`
  }).join('\n')
}

/** Where the whole product stands: everything here only grows. */
async function standing(product: FakeProduct): Promise<Record<keyof Cost, number>> {
  const { run } = product
  const { pids } = run
  const used = usageOf({
    api: [pids['api']!],
    worker: product.workerPids,
    database: [pids['postgres']!],
    redis: [pids['valkey']!],
    storage: [pids['seaweedfs']!],
    temporal: [pids['temporal']!],
  } satisfies Record<Part, number[]>)
  const cpu = Object.fromEntries(Object.entries(used).map(([part, { cpuMs }]) => [`${part}CpuMs`, cpuMs]))
  const [stored] = await rows<{ objects: number; bytes: number; sound: number }>(run, objectsAsIfDistinct)
  const counts = await product.control<{ total: number }>('GET', 'counts')
  return {
    ...(cpu as Record<`${Part}CpuMs`, number>),
    ...(await databaseSize(product)),
    objects: stored!.objects,
    objectBytes: stored!.bytes,
    soundSeconds: stored!.sound,
    redisCommands: await redisCommands(run.settings['REDIS_URL']!),
    temporalEvents: await temporalEvents(run.settings['TEMPORAL_ADDRESS']!),
    providerCalls: counts.total,
  }
}

/** The made-up voices say lines of one length alike, so that many share an object: here every line counts its own, as with a real voice. */
const objectsAsIfDistinct = `
  WITH sounds AS (SELECT o.bytes FROM segments s JOIN stored_objects o ON o.key IN (s.mp3_key, s.flac_key)),
    others AS (SELECT o.bytes FROM stored_objects o WHERE NOT EXISTS (SELECT 1 FROM segments s WHERE o.key IN (s.mp3_key, s.flac_key)))
  SELECT ((SELECT count(*) FROM sounds) + (SELECT count(*) FROM others))::int AS objects,
    ((SELECT coalesce(sum(bytes), 0) FROM sounds) + (SELECT coalesce(sum(bytes), 0) FROM others))::float AS bytes,
    (SELECT coalesce(sum(duration_ms), 0)::float / 1000 FROM renders) AS sound`

/** Live rows, and their bytes with indexes as they would be in a table without holes. */
async function databaseSize({ run }: FakeProduct): Promise<{ databaseRows: number; databaseBytes: number }> {
  const tables = await rows<{ name: string }>(run, `SELECT relname AS name FROM pg_stat_user_tables WHERE schemaname = 'public'`)
  const sizes = await Promise.all(
    tables.map(({ name }) =>
      rows<{ count: number; bytes: number }>(
        run,
        `SELECT count(*)::int, coalesce(sum(pg_column_size(t.*) + ${ROW_OVERHEAD_BYTES} + ${INDEX_ENTRY_BYTES} *
           (SELECT count(*) FROM pg_index WHERE indrelid = 'public."${name}"'::regclass)), 0)::float AS bytes FROM "${name}" t`,
      ),
    ),
  )
  const all = sizes.map(([size]) => size!)
  return {
    databaseRows: all.reduce((sum, { count }) => sum + count, 0),
    databaseBytes: all.reduce((sum, { bytes }) => sum + bytes, 0),
  }
}

/** A row's line pointer and padding, and an entry of a B-tree that is two thirds full, for keys of the usual length. */
const ROW_OVERHEAD_BYTES = 8
const INDEX_ENTRY_BYTES = 64

async function redisCommands(url: string): Promise<number> {
  const redis = new Redis(url)
  const stats = await redis.info('stats')
  await redis.quit()
  return Number(/total_commands_processed:(\d+)/.exec(stats)![1])
}

async function temporalEvents(address: string): Promise<number> {
  const connection = await Connection.connect({ address })
  let events = 0
  for await (const { historyLength } of new Client({ connection }).workflow.list({ query: "WorkflowType = 'produceEpisode'" }))
    events += historyLength
  await connection.close()
  return events
}

export interface LoadRun {
  episodes: number
  lines: number
  wallMs: number
  cost: Cost
  /** What each part takes of a core while nothing is to be done: ms a second. */
  idle: Record<Part, number>
  /** Calls in flight at the provider, on the average of the time in which there were any. */
  callsInFlight: number
}

/** What a piece of work costs, what the parts take by themselves in that time taken away. */
export async function costOf(product: FakeProduct, idle: Record<Part, number>, work: () => Promise<void>) {
  const [before, startedMs] = [await standing(product), performance.now()]
  await work()
  const [after, wallMs] = [await standing(product), performance.now() - startedMs]
  const cost = Object.fromEntries(
    Object.entries(after).map(([name, value]) => {
      const part = /^(.+)CpuMs$/.exec(name)?.[1] as Part | undefined
      const byItself = part ? (idle[part] * wallMs) / 1000 : 0
      return [name, Math.max(0, value - before[name as keyof Cost] - byItself)]
    }),
  ) as unknown as Cost
  return { cost, wallMs }
}

export async function idleOf(product: FakeProduct, ms: number): Promise<Record<Part, number>> {
  const none = { api: 0, worker: 0, database: 0, redis: 0, storage: 0, temporal: 0 }
  const { cost, wallMs } = await costOf(product, none, () => sleep(ms))
  return Object.fromEntries(Object.keys(none).map((part) => [part, (cost[`${part as Part}CpuMs`] * 1000) / wallMs])) as Record<
    Part,
    number
  >
}

/** Orders so many episodes of so many lines, at most a few in the making, and waits until all are ready. */
export async function makeEpisodes(
  product: FakeProduct,
  person: Person,
  { episodes, lines, atOnce, mark }: { episodes: number; lines: number; atOnce: number; mark: string },
): Promise<void> {
  const speakers = ['openai-nova', 'openai-onyx'].map((voiceId, index) => ({ name: index ? '乙' : '甲', voiceId }))
  const ids: string[] = []
  for (let number = 0; number < episodes; number++) {
    while ((await unfinished(product, ids)) >= atOnce) await sleep(150)
    const text = linesOf(lines, `${mark}${number}`)
    const brief = { kind: 'podcast', title: `${mark}${number}`, notice: false, speakers, sources: [{ type: 'script', text }] }
    ids.push((await person.order(brief)).id)
  }
  while ((await unfinished(product, ids)) > 0) await sleep(150)
}

async function unfinished({ run }: FakeProduct, ids: string[]): Promise<number> {
  const [found] = await rows<{ left: number; bad: number }>(
    run,
    `SELECT count(*) FILTER (WHERE status <> 'ready')::int AS left,
       count(*) FILTER (WHERE status IN ('failed', 'cancelled', 'needs_repair', 'paused_budget'))::int AS bad
     FROM episodes WHERE id = ANY($1::uuid[])`,
    [ids],
  )
  if (found!.bad > 0) throw new Error(`${found!.bad} episodes were not made`)
  return found!.left
}
