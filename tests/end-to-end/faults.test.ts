import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { Person } from '../setup/person.ts'
import { bucketOf, faults, rows } from '../setup/store.ts'
import { script } from '../setup/texts.ts'

// A product of its own, whose worker this file starts and kills.
let product: Product
let worker: ChildProcess

function startWorker(): ChildProcess {
  const { DATABASE_OWNER_URL: _owner, WORKER_HEALTH_PORT: _port, ...settings } = product.run.settings
  return spawn(process.execPath, ['activities/worker.ts'], { env: { PATH: process.env.PATH, ...settings }, stdio: 'ignore' })
}

const ended = (child: ChildProcess) =>
  child.exitCode !== null || child.signalCode ? Promise.resolve() : new Promise((resolve) => child.once('exit', resolve))

beforeAll(async () => {
  product = await launchProduct(18200, ['--without', 'worker'])
  worker = startWorker()
})
afterAll(async () => {
  worker?.kill('SIGTERM')
  await ended(worker)
  await product?.stop()
})

describe('what goes wrong', () => {
  it('a worker killed in the middle of voicing: the episode is ready, no stored line is bought again', async () => {
    const person = await Person.signUp(product.run)
    const { id } = await person.order({
      kind: 'podcast',
      notice: false,
      sources: [{ type: 'script', text: script(30, '断电') }],
    })
    await person.until(id, ({ progress }) => progress.linesDone >= 8)
    worker.kill('SIGKILL')
    await ended(worker)
    const storedBefore = (await person.lines(id)).filter((line) => line.status === 'ready').length
    const inFlight = await rows<{ id: string }>(product.run, `SELECT id FROM usage_logs WHERE status = 'started'`)
    worker = startWorker()
    await person.ready(id)
    const calls = await rows<{ status: string; content_key: string }>(
      product.run,
      `SELECT status, content_key FROM usage_logs WHERE episode_id = $1 AND step = 'speech'`,
      [id],
    )
    const settled = calls.filter((call) => call.status === 'settled')
    expect(storedBefore).toBeGreaterThanOrEqual(8)
    expect(settled).toHaveLength(30)
    expect(new Set(settled.map((call) => call.content_key)).size).toBe(30)
    // At most the calls in flight were made again, and each of those is shown as unknown.
    expect(calls.length - 30).toBeLessThanOrEqual(inFlight.length)
    expect(calls.filter((call) => call.status === 'unknown').length).toBe(calls.length - 30)
    expect(await faults(product.run)).toEqual([])
  })

  it('a cancel in the middle: nothing more is called, what was made stays', async () => {
    const person = await Person.signUp(product.run)
    const { id } = await person.order({ kind: 'podcast', sources: [{ type: 'script', text: script(60, '停下') }] })
    await person.until(id, ({ progress }) => progress.linesDone >= 5)
    await Promise.all([person.ok('POST', `/api/episodes/${id}/cancel`), person.ok('POST', `/api/episodes/${id}/cancel`)])
    const stopped = await person.until(id, ({ status }) => status === 'cancelled', 20_000)
    const calls = () => rows<{ status: string }>(product.run, 'SELECT status FROM usage_logs WHERE episode_id = $1', [id])
    const atStop = await calls()
    expect(atStop.every((call) => call.status !== 'started')).toBe(true)
    await new Promise((resolve) => setTimeout(resolve, 2500))
    expect(await calls()).toHaveLength(atStop.length)
    const lines = await person.lines(id)
    expect(lines.filter((line) => line.status === 'ready').length).toBe(stopped.progress.linesDone)
    expect(lines.some((line) => line.status === 'voicing')).toBe(false)
    expect(stopped.progress.linesDone).toBeLessThan(60)
    const playlist = await (await person.ask('GET', stopped.playlistUrl)).text()
    expect(playlist).toContain('#EXT-X-ENDLIST')
    expect(await faults(product.run)).toEqual([])
  })

  it('a cancel before anything began, while no worker runs', async () => {
    worker.kill('SIGTERM')
    await ended(worker)
    const person = await Person.signUp(product.run)
    const { id } = await person.order({ kind: 'podcast', sources: [{ type: 'script', text: script(5, '未始') }] })
    await person.ok('POST', `/api/episodes/${id}/cancel`)
    worker = startWorker()
    await person.until(id, ({ status }) => status === 'cancelled', 30_000)
    expect(await rows(product.run, 'SELECT id FROM usage_logs WHERE episode_id = $1', [id])).toEqual([])
  })

  it('an order written down while Temporal could not be told is started by the sweeper', async () => {
    const person = await Person.signUp(product.run)
    const { id } = await person.order({ kind: 'narration', sources: [{ type: 'text', text: '扫帚会来的。' }] })
    // As if the process had died between its transaction and the call.
    await rows(product.run, `UPDATE outbox SET sent_at = NULL, held_until = NULL WHERE payload->>'episodeId' = $1`, [id])
    await person.ready(id)
    await expect
      .poll(() => rows(product.run, `SELECT id FROM outbox WHERE payload->>'episodeId' = $1 AND sent_at IS NULL`, [id]), {
        timeout: 10_000,
      })
      .toEqual([])
  })

  it('a stored line that is damaged never becomes part of an episode', async () => {
    const person = await Person.signUp(product.run)
    const text = script(3, '损坏')
    const first = await person.order({ kind: 'podcast', sources: [{ type: 'script', text }] })
    await person.ready(first.id)
    const [segment] = await rows<{ mp3_key: string }>(
      product.run,
      `SELECT s.mp3_key FROM segments s JOIN lines l ON l.segment_key = s.content_key JOIN versions v ON v.id = l.version_id WHERE v.episode_id = $1 LIMIT 1`,
      [first.id],
    )
    const bucket = bucketOf(product.run)
    await bucket.put(segment!.mp3_key, new Uint8Array(384), { contentType: 'audio/mpeg' })
    bucket.close()
    const second = await person.order({ kind: 'podcast', title: '又一期', sources: [{ type: 'script', text }] })
    const failed = await person.until(second.id, ({ status }) => status === 'failed')
    expect(failed.failure?.code).toBe('segment-damaged')
    expect(failed.audio).toBeNull()
  })
})
