import { randomUUID } from 'node:crypto'
import { setTimeout as sleep } from 'node:timers/promises'
import { Client, Connection } from '@temporalio/client'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { components } from '../../api/openapi.d.ts'
import { launchProduct } from '../setup/launch.ts'
import type { Product, Run } from '../setup/launch.ts'
import { Person, readRun } from '../setup/person.ts'
import { bucketOf, faults, rows } from '../setup/store.ts'
import { script } from '../setup/texts.ts'
import { control } from '../faults/calls.ts'

type ReconcileRun = components['schemas']['ReconcileRun']

// A product of its own, in which nothing is too young to be looked at.
let product: Product
let admin: Person
let person: Person
const speakers = ['openai-nova', 'openai-onyx'].map((voiceId, index) => ({ name: index ? '乙' : '甲', voiceId }))
const order = (lines: number, mark: string) =>
  person.order({ kind: 'podcast', notice: false, speakers, sources: [{ type: 'script', text: script(lines, mark) }] })

beforeAll(async () => {
  product = await launchProduct(19_600, ['--fake', '--without', 'web'], { RECONCILE_AGE_SECONDS: '0' })
  admin = await Person.admin(product.run)
  person = await Person.signUp(product.run)
})
afterAll(() => product?.stop())

async function reconcile(as: Person, wanted: { apply?: boolean; allowMany?: boolean } = {}): Promise<ReconcileRun> {
  // Older than this moment is what was touched before it began, to the second.
  await sleep(1_200)
  const { id } = await as.ok<ReconcileRun>('POST', '/api/admin/reconcile', wanted)
  let run: ReconcileRun | undefined
  await expect
    .poll(
      async () => {
        const { data } = await as.ok<{ data: ReconcileRun[] }>('GET', '/api/admin/reconcile')
        run = data.find((one) => one.id === id)
        return run?.endedAt ?? null
      },
      { timeout: 60_000, interval: 200 },
    )
    .not.toBeNull()
  expect(run!.failure).toBeNull()
  return run!
}

const found = ({ findings }: ReconcileRun) =>
  Object.fromEntries(findings.filter((finding) => finding.found > 0).map((finding) => [finding.kind, finding.found]))
const mended = ({ findings }: ReconcileRun) =>
  Object.fromEntries(findings.filter((finding) => finding.mended > 0).map((finding) => [finding.kind, finding.mended]))

async function plantObjects(run: Run, count: number): Promise<string[]> {
  const bucket = bucketOf(run)
  const keys = Array.from({ length: count }, () => `segments/planted-${randomUUID()}.mp3`)
  for (const key of keys) await bucket.put(key, new Uint8Array(10), { contentType: 'audio/mpeg' })
  bucket.close()
  return keys
}

async function sizes(run: Run, keys: string[]): Promise<(number | undefined)[]> {
  const bucket = bucketOf(run)
  const found_ = await Promise.all(keys.map((key) => bucket.size(key)))
  bucket.close()
  return found_
}

const plantRow = (key: string, status: 'pending' | 'done') =>
  rows(
    product.run,
    status === 'done'
      ? `INSERT INTO stored_objects (key, status, content_type, bytes, sha256, done_at) VALUES ($1, 'done', 'audio/mpeg', 10, 'x', now())`
      : `INSERT INTO stored_objects (key, content_type) VALUES ($1, 'audio/mpeg')`,
    [key],
  )

/** Sources that were read and never ordered, and files that were sent and never read: old ones, and some that must stay. */
async function plantNeverUsed(): Promise<{ texts: string[]; files: string[] }> {
  const { id: userId } = await person.who()
  const texts = await plantObjects(product.run, 3)
  const files = await plantObjects(product.run, 2)
  for (const key of [...texts, ...files]) await plantRow(key, 'done')
  const [old, shared, young] = texts
  for (const [key, days] of [
    [old, 31],
    [shared, 31],
    [shared, 29],
    [young, 0],
  ] as const)
    await rows(
      product.run,
      `INSERT INTO sources (id, user_id, kind, input, input_hash, text_key, created_at)
       VALUES (gen_random_uuid(), $1, 'topic', 'x', gen_random_uuid()::text, $2, now() - make_interval(days => $3))`,
      [userId, key, days],
    )
  for (const [key, hours] of [
    [files[0], 25],
    [files[1], 23],
  ] as const)
    await rows(
      product.run,
      `INSERT INTO uploads (id, user_id, name, bytes, object_key, created_at)
       VALUES (gen_random_uuid(), $1, 'a.txt', 10, $2, now() - make_interval(hours => $3))`,
      [userId, key, hours],
    )
  return { texts, files }
}

it('finds each kind of thing that is left, changes nothing unless told to, mends it when told, and then finds nothing more', async () => {
  const { id } = await order(24, '留下')
  await person.ready(id)
  expect(found(await reconcile(admin)), 'a store that is as it should be').toEqual({})
  const [withoutRow, unused] = await plantObjects(product.run, 2)
  await plantRow(unused!, 'done')
  await plantRow('segments/planted-pending.mp3', 'pending')
  await plantRow('segments/planted-gone.mp3', 'done')
  const version = `(SELECT id FROM versions WHERE episode_id = '${id}')`
  await rows(product.run, `UPDATE lines SET status = 'voicing' WHERE version_id = ${version} AND position = 3`)
  await rows(product.run, `UPDATE reservations SET status = 'open', spent_micro_usd = NULL WHERE version_id = ${version}`)
  // A call of a run that is over, one whose answer came when it was over, one that nobody can be waiting for, and one that may still be answered.
  const calls = [
    { attempt: 'over', episode: 'id' },
    { attempt: 'late', episode: 'id', answer: `'answers/planted.mp3', 5` },
    { attempt: 'abandoned', episode: 'NULL', age: '20 minutes' },
    { attempt: 'young', episode: 'NULL' },
  ]
  for (const { attempt, episode, age = '0', answer = 'NULL, NULL' } of calls)
    await rows(
      product.run,
      `INSERT INTO usage_logs (id, user_id, episode_id, version_id, step, provider, model, content_key, attempt, unit, price_micro_usd, price_per_units, started_at, answer_key, units)
       SELECT gen_random_uuid(), user_id, ${episode}, CASE WHEN ${episode} IS NOT NULL THEN ${version} END,
         'speech', 'openai', 'tts-1', 'planted-${attempt}', '${attempt}', 'character', 1, 1, now() - interval '${age}', ${answer}
       FROM episodes WHERE id = $1`,
      [id],
    )
  await rows(product.run, `INSERT INTO voice_samples (voice_id, asked_at) VALUES ('openai-nova', now() - interval '1 minute')`)
  const { texts, files } = await plantNeverUsed()
  const planted = {
    'source-never-ordered': 2,
    'upload-never-read': 1,
    'line-left-voicing': 1,
    'sample-left-making': 1,
    'reservation-left-open': 1,
    'call-nobody-knows': 3,
    'object-without-row': 1,
    'object-unused': 1,
    'upload-unfinished': 1,
    'row-without-object': 1,
  }

  const reported = await reconcile(admin)
  expect([found(reported), mended(reported)]).toEqual([planted, {}])
  expect(await sizes(product.run, [withoutRow!, unused!, ...texts, ...files])).toEqual([10, 10, 10, 10, 10, 10, 10])

  const applied = await reconcile(admin, { apply: true, allowMany: true })
  expect([found(applied), mended(applied)]).toEqual([planted, planted])
  const [old, shared, young] = texts
  const [unread, awaited] = files
  expect(await sizes(product.run, [withoutRow!, unused!, old!, unread!])).toEqual(Array(4).fill(undefined))
  // A text that another source has too, one of today, and a file that may still be read.
  expect(await sizes(product.run, [shared!, young!, awaited!])).toEqual([10, 10, 10])
  expect(
    await rows(
      product.run,
      `SELECT attempt, status, cost_micro_usd::int AS cost FROM usage_logs WHERE content_key LIKE 'planted-%' ORDER BY attempt`,
    ),
  ).toEqual([
    { attempt: 'abandoned', status: 'unknown', cost: null },
    { attempt: 'late', status: 'cancelled', cost: 5 },
    { attempt: 'over', status: 'unknown', cost: null },
    { attempt: 'young', status: 'started', cost: null },
  ])
  await rows(product.run, `UPDATE usage_logs SET status = 'failed', ended_at = now() WHERE attempt = 'young'`)

  expect(found(await reconcile(admin, { apply: true }))).toEqual({})
  // The line was made silent by the test itself; its sound is still there.
  await rows(product.run, `UPDATE lines SET status = 'ready' WHERE version_id = ${version} AND position = 3`)
  expect(await faults(product.run)).toEqual([])
})

it('refuses to delete more than a twentieth of everything, and does it when told so', async () => {
  const keys = await plantObjects(product.run, 12)
  const refused = await reconcile(admin, { apply: true })
  expect(found(refused)).toEqual({ 'object-without-row': 12 })
  expect(mended(refused)).toEqual({})
  expect(refused.findings.find(({ kind }) => kind === 'object-without-row')!.refused).toBe(true)
  expect(await sizes(product.run, keys)).toEqual(keys.map(() => 10))
  expect(mended(await reconcile(admin, { apply: true, allowMany: true }))).toEqual({ 'object-without-row': 12 })
  expect(await sizes(product.run, keys)).toEqual(keys.map(() => undefined))
})

it('says what is missing and leaves it to a person', async () => {
  const { id } = await order(2, '丢了')
  await person.ready(id)
  const [segment] = await rows<{ mp3_key: string }>(
    product.run,
    `SELECT s.mp3_key FROM segments s JOIN lines l ON l.segment_key = s.content_key JOIN versions v ON v.id = l.version_id WHERE v.episode_id = $1 LIMIT 1`,
    [id],
  )
  const bucket = bucketOf(product.run)
  const bytes = await bucket.get(segment!.mp3_key)
  await bucket.delete(segment!.mp3_key)
  const run = await reconcile(admin, { apply: true })
  expect([found(run), mended(run)]).toEqual([{ 'object-missing': 1 }, {}])
  expect(run.findings.find(({ kind }) => kind === 'object-missing')!.samples).toEqual([segment!.mp3_key])
  await bucket.put(segment!.mp3_key, bytes, { contentType: 'audio/mpeg' })
  bucket.close()
})

it('an episode whose run was ended from outside is settled, one that no run ever made is made', async () => {
  await control(product.run, 'POST', 'route', { route: 'openai-speech', latencyMs: 1_500 })
  const ended = await order(30, '断了')
  await person.until(ended.id, ({ progress }) => progress.linesDone >= 2)
  const connection = await Connection.connect({ address: product.run.settings['TEMPORAL_ADDRESS']! })
  await new Client({ connection }).workflow.getHandle(`episode-${ended.id}-v1`).terminate()
  await connection.close()
  await control(product.run, 'POST', 'route', { route: 'openai-speech', latencyMs: 0 })
  // As if Temporal had lost the run: the order counts as sent, and there is none.
  await rows(
    product.run,
    `CREATE FUNCTION forget() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN NEW.sent_at := now(); RETURN NEW; END'`,
  )
  await rows(product.run, 'CREATE TRIGGER forget BEFORE INSERT ON outbox FOR EACH ROW EXECUTE FUNCTION forget()')
  const forgotten = await order(3, '忘了')
  await rows(product.run, 'DROP TRIGGER forget ON outbox')
  // What the ended run had in flight is stopped by its next heartbeat; in a real store an hour has gone by.
  await sleep(4_000)
  expect((await person.episode(forgotten.id)).status).toBe('queued')

  const run = await reconcile(admin, { apply: true, allowMany: true })
  expect(found(run)).toMatchObject({ 'episode-without-run': 2 })
  expect(mended(run)).toMatchObject({ 'episode-without-run': 2 })
  const failed = await person.until(ended.id, ({ status }) => status === 'failed')
  expect(failed.failure?.code).toBe('run-ended')
  expect(failed.progress.linesDone).toBeGreaterThanOrEqual(2)
  await person.ready(forgotten.id)
  // What calls of the ended run were cut off shows once nothing of it moves any more.
  await reconcile(admin, { apply: true, allowMany: true })
  expect(found(await reconcile(admin))).toEqual({})
  expect(await faults(product.run)).toEqual([])
})

it('is kept by a schedule, every night, one at a time, made up for within twelve hours', async () => {
  const connection = await Connection.connect({ address: product.run.settings['TEMPORAL_ADDRESS']! })
  const handle = new Client({ connection }).schedule.getHandle('reconcile-nightly')
  const { policies, spec, action, state } = await handle.describe()
  expect(policies).toMatchObject({ overlap: 'SKIP', catchupWindow: 12 * 3_600_000 })
  expect(spec.calendars).toHaveLength(1)
  expect(action).toMatchObject({ workflowType: 'reconcile', taskQueue: 'episodes', args: [{ mode: 'safe' }] })
  expect(state.paused).toBe(false)
  const [planted] = await plantObjects(product.run, 1)
  await handle.trigger()
  await expect
    .poll(
      async () => {
        const { data } = await admin.ok<{ data: ReconcileRun[] }>('GET', '/api/admin/reconcile')
        const nightly = data.find(({ mode }) => mode === 'safe')
        return nightly && nightly.endedAt !== null && found(nightly)['object-without-row']
      },
      { timeout: 30_000 },
    )
    .toBe(1)
  expect(await sizes(product.run, [planted!]), 'at night nothing is deleted').toEqual([10])
  await connection.close()
  await reconcile(admin, { apply: true, allowMany: true })
})

it('leaves alone what is younger than an hour, is for administrators only, and is written into the audit log', async () => {
  const run = readRun()
  const shared = await Person.admin(run)
  expect((await (await Person.signUp(run)).ask('POST', '/api/admin/reconcile', {})).status).toBe(403)
  const keys = await plantObjects(run, 2)
  await rows(run, `INSERT INTO stored_objects (key, content_type) VALUES ($1, 'audio/mpeg')`, [keys[1]])
  const looked = await reconcile(shared, { apply: true, allowMany: true })
  expect(found(looked)).toEqual({})
  expect(await sizes(run, keys)).toEqual([10, 10])
  const bucket = bucketOf(run)
  for (const key of keys) await bucket.delete(key)
  bucket.close()
  await rows(run, `DELETE FROM stored_objects WHERE key = $1`, [keys[1]])
  expect(await rows(run, `SELECT action FROM audit_log WHERE subject = $1`, [`reconcile:${looked.id}`])).toEqual([
    { action: 'reconcile.order' },
  ])
})

it('does not run twice at once when two ask', async () => {
  const answers = await Promise.all([0, 1, 2].map(() => admin.ask('POST', '/api/admin/reconcile', {})))
  expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, 409, 409])
  expect((await admin.ask('POST', '/api/admin/reconcile', { apply: 'yes' })).status).toBe(400)
})
