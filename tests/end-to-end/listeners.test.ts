import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { freePort, ownApi } from '../deployment/own-api.ts'
import type { OwnApi } from '../deployment/own-api.ts'
import { Person, readRun } from '../setup/person.ts'
import { rows } from '../setup/store.ts'

const run = readRun()
const LISTENERS = 500
const SLOW = 80
/** Together far more than the buffers of a connection. */
const LINES = 200
const LINE_BYTES = 40_000
const PATIENCE_SECONDS = 2
/** What a listener may cost, with its connection; and what all who do not read may add: each would hold 8 MB alone. */
const MOST_KB_A_LISTENER = 200
const MOST_MB_FOR_SLOW = 200

let api: OwnApi
let metrics: string
let person: Person
let id: string

beforeAll(async () => {
  const port = await freePort()
  metrics = `http://localhost:${port}/metrics`
  api = await ownApi(run, {
    METRICS_PORT: String(port),
    LISTENER_HEARTBEAT_SECONDS: '1',
    LISTENER_PATIENCE_SECONDS: String(PATIENCE_SECONDS),
    MAX_LISTENERS_EACH: String(LISTENERS),
  })
  person = (await Person.signUp(run)).at(api.url)
  id = await plantEpisode(person)
})
afterAll(() => api?.stop())

async function metric(name: string): Promise<number> {
  const text = await (await fetch(metrics)).text()
  return Number(new RegExp(`^aimake_${name} (\\S+)$`, 'm').exec(text)?.[1])
}
const listeners = () => metric('event_listeners')
const memoryMb = async () => (await metric('process_resident_memory_bytes')) / 1e6

async function until(what: string, isSo: () => boolean | Promise<boolean>, withinMs = 60_000): Promise<void> {
  for (const endMs = Date.now() + withinMs; !(await isSo()); await sleep(50))
    if (Date.now() > endMs) throw new Error(`not within ${withinMs} ms: ${what}`)
}

/** Somebody who reads as it comes, and knows the last title they were told. */
class Reader {
  title = ''
  heartbeats = 0
  lastId: string | undefined
  firstEvent: string | undefined
  isOver = false
  private readonly end = new AbortController()

  static async listen(at: Person, lastId?: string, episodeId = id): Promise<Reader> {
    const reader = new Reader()
    const headers: Record<string, string> = lastId ? { 'last-event-id': lastId } : {}
    const answer = await at.ask('GET', `/api/episodes/${episodeId}/events`, undefined, headers)
    expect(answer.status).toBe(200)
    void reader.read(answer).catch(() => (reader.isOver = true))
    return reader
  }

  leave(): void {
    this.end.abort()
  }

  private async read(answer: Response): Promise<void> {
    const from = answer.body!.getReader()
    this.end.signal.addEventListener('abort', () => void from.cancel())
    const decoder = new TextDecoder()
    let parts: string[] = []
    for (;;) {
      const { done, value } = await from.read()
      if (done) break
      const part = decoder.decode(value, { stream: true })
      const isBroken = part.startsWith('\n') && parts.at(-1)?.endsWith('\n')
      parts.push(part)
      // A message of megabytes comes in many parts: it is looked through once.
      if (!isBroken && !part.includes('\n\n')) continue
      const blocks = parts.join('').split('\n\n')
      parts = [blocks.pop()!]
      for (const block of blocks) this.hear(block)
    }
    this.isOver = true
  }

  private hear(block: string): void {
    if (block.startsWith(':')) this.heartbeats += 1
    this.lastId = /^id: (.*)$/m.exec(block)?.[1] ?? this.lastId
    const event = /^event: (.*)$/m.exec(block)?.[1]
    this.firstEvent ??= event
    if (event === 'episode') this.title = (JSON.parse(/^data: (.*)$/m.exec(block)![1]!) as { title: string }).title
  }
}

const rename = (title: string) => person.ok('PATCH', `/api/episodes/${id}`, { title })

/** An episode that nobody makes, so that what listeners hear is what this test does. */
async function plantEpisode(owner: Person): Promise<string> {
  const { id: userId } = await owner.who()
  const [planted] = await rows<{ id: string }>(
    run,
    `WITH e AS (INSERT INTO episodes (id, user_id, kind, language, title, status, brief, request_hash)
       VALUES (gen_random_uuid(), $1, 'narration', 'en', 'Planted', 'cancelled', '{"speakers": []}', 'listeners') RETURNING id)
     INSERT INTO versions (id, episode_id, number, workflow_id) SELECT gen_random_uuid(), id, 1, 'listeners-' || id FROM e RETURNING episode_id AS id`,
    [userId],
  )
  return planted!.id
}

/** Gives it a script that no line between two machines takes at once. */
const grow = () =>
  rows(
    run,
    `INSERT INTO lines (id, version_id, section, position, speaker, voice_id, text, status, pause_after_ms, source_refs)
     SELECT gen_random_uuid(), v.id, 0, n, 'A', (SELECT id FROM voices LIMIT 1), repeat('word ', $2), 'skipped', 0, '[]'
     FROM versions v, generate_series(1, $3::int) n WHERE v.episode_id = $1`,
    [id, LINE_BYTES / 5, LINES],
  )

describe('listeners', () => {
  it(`${LISTENERS} on one process all hear what changes, and cost little`, async () => {
    const before = await memoryMb()
    const all = await Promise.all(Array.from({ length: LISTENERS }, () => Reader.listen(person)))
    expect(await listeners()).toBe(LISTENERS)
    expect((await person.ask('GET', `/api/episodes/${id}/events`)).status, 'one more of the same person').toBe(429)
    const other = (await Person.signUp(run)).at(api.url)
    const others = await Reader.listen(other, undefined, await plantEpisode(other))
    others.leave()
    for (let change = 1; change <= 20; change++) await rename(`Title ${change}`)
    await until('everybody knows the last title', () => all.every(({ title }) => title === 'Title 20'))
    await until('everybody was told that the line lives', () => all.every(({ heartbeats }) => heartbeats > 0))
    expect(((await memoryMb()) - before) * 1000).toBeLessThan(LISTENERS * MOST_KB_A_LISTENER)
    for (const one of all) one.leave()
    await until('all are gone', async () => (await listeners()) === 0)
  })

  it('goes on where it was left, and says all of it where that is too long ago', async () => {
    const first = await Reader.listen(person)
    await rename('Before')
    await until('the first hears it', () => first.title === 'Before')
    first.leave()
    await rename('While away')
    const again = await Reader.listen(person, first.lastId)
    await until('what was missed is told', () => again.title === 'While away')
    expect(again.firstEvent).toBe('episode')
    again.leave()
    const strange = await Reader.listen(person, '1-1')
    await until('all of it is told', () => strange.firstEvent !== undefined)
    expect(strange.firstEvent).toBe('snapshot')
    strange.leave()
  })

  it('hears nothing more once signed out', async () => {
    const watchful = await ownApi(run, { LISTENER_RECHECK_SECONDS: '1', LISTENER_HEARTBEAT_SECONDS: '1' })
    const [leaver, other] = [(await Person.signUp(run)).at(watchful.url), person.at(watchful.url)]
    const theirs = await plantEpisode(leaver)
    const [stays, goes] = [await Reader.listen(other), await Reader.listen(leaver, undefined, theirs)]
    await until('one is told that the line lives', () => goes.heartbeats > 1)
    expect(goes.isOver).toBe(false)
    await leaver.ask('POST', '/api/auth/sign-out', {})
    await until('who signed out is told nothing more', () => goes.isOver)
    expect((await leaver.ask('GET', `/api/episodes/${theirs}/events`)).status).toBe(401)
    expect(stays.isOver).toBe(false)
    stays.leave()
    await watchful.stop()
  })

  it('who does not read is cut, and nobody else is the worse for it', async () => {
    await grow()
    const good = await Promise.all(Array.from({ length: 5 }, () => Reader.listen(person)))
    await until('the good ones have the whole script', () => good.every(({ firstEvent }) => firstEvent === 'snapshot'))
    const cutBefore = await metric('event_listeners_cut_total')
    const before = await memoryMb()
    // Answers that nobody reads: what their lines do not take stays in the hands of the API.
    const slow = await Promise.all(Array.from({ length: SLOW }, () => person.ask('GET', `/api/episodes/${id}/events`)))
    const memory: number[] = []
    const isCut = async () => (await metric('event_listeners_cut_total')) - cutBefore >= SLOW
    for (let change = 1; !(await isCut()) && change <= 100; change++) {
      await rename(`Loud ${change}`)
      await until('the good ones hear it', () => good.every(({ title }) => title === `Loud ${change}`))
      memory.push(await memoryMb())
      await sleep(400)
    }
    expect((await metric('event_listeners_cut_total')) - cutBefore).toBe(SLOW)
    expect(await listeners()).toBe(good.length)
    expect(Math.max(...memory) - before).toBeLessThan(MOST_MB_FOR_SLOW)
    expect(good.every(({ isOver }) => !isOver)).toBe(true)
    for (const one of good) one.leave()
    for (const { body } of slow) await body?.cancel().catch(() => undefined)
  })
})
