import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { components } from '../../api/openapi.d.ts'
import { complaintsOf, launchBrowser } from '../setup/browser.ts'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { Person } from '../setup/person.ts'
import type { Problem } from '../setup/person.ts'
import { faults, rows } from '../setup/store.ts'

type Schemas = components['schemas']
type Line = Schemas['Line']

// A product of its own with made-up providers, whose counts say what was really asked for.
let product: Product
let person: Person
/** A script that nobody comes to read: ordered first, looked at last. */
let abandoned: string

const REVIEW_SECONDS = 40
const REVIEW_NOTICE_SECONDS = 34

const control = async <T = unknown>(method: string, path: string, body?: unknown): Promise<T> => {
  const url = new URL(`/control/${path}`, product.run.settings['ELEVENLABS_BASE_URL'])
  const response = await fetch(url, { method, ...(body !== undefined && { body: JSON.stringify(body) }) })
  return (await response.json()) as T
}
const counts = () => control<{ total: number; texts: Record<string, number> }>('GET', 'counts')
const called = async () => (await counts()).total
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32)

beforeAll(async () => {
  product = await launchProduct(19_600, ['--fake'], {
    REVIEW_SECONDS: String(REVIEW_SECONDS),
    REVIEW_NOTICE_SECONDS: String(REVIEW_NOTICE_SECONDS),
  })
  person = await Person.signUp(product.run)
  abandoned = (await order(texts(3, '没人来看'), { review: true })).id
  await person.until(abandoned, ({ status }) => status === 'review')
})
beforeEach(() => control('POST', 'clear'))
afterAll(() => product?.stop())

const speakers = [
  { name: '甲', voiceId: 'openai-nova' },
  { name: '乙', voiceId: 'openai-onyx' },
]
const texts = (count: number, mark: string) =>
  Array.from({ length: count }, (_, index) => `这是${mark}的第${index + 1}句，今天的天气很好，适合出门走走。`)
const scriptText = (lines: string[]) => lines.map((line, index) => `${index % 2 ? '乙' : '甲'}：${line}`).join('\n')
const order = (lines: string[], more: object = {}, who = person) =>
  who.order({ kind: 'podcast', notice: false, speakers, sources: [{ type: 'script', text: scriptText(lines) }], ...more })

const script = (id: string) => person.ok<Schemas['Script']>('GET', `/api/episodes/${id}/script`)
const wanted = ({ id, section, speaker, voiceId, text, direction }: Line) => ({ id, section, speaker, voiceId, text, direction })
const put = (id: string, revision: string, lines: object[]) =>
  person.ask('PUT', `/api/episodes/${id}/script`, { revision, lines })
const estimate = (id: string, revision: string, lines: object[]) =>
  person.ok<Schemas['Remake']>('POST', `/api/episodes/${id}/script/estimate`, { revision, lines })
const patch = (id: string, lineId: string, body: object) => person.ask('PATCH', `/api/episodes/${id}/lines/${lineId}`, body)
const patched = async (id: string, lineId: string, body: object) => {
  const response = await patch(id, lineId, body)
  expect(response.status, await response.clone().text()).toBe(200)
  return (await response.json()) as Schemas['Edited']
}
const restore = (id: string, number: number) => person.ask('POST', `/api/episodes/${id}/versions/${number}/restore`)
const refused = async (response: Response, status: number, code: string) => {
  const problem = (await response.json()) as Problem & { revision?: string }
  expect([response.status, problem.code], problem.detail).toEqual([status, code])
  expect(response.headers.get('content-type')).toContain('application/problem+json')
  return problem
}
const status = (id: string, ...wantedOnes: string[]) => person.until(id, (one) => wantedOnes.includes(one.status))
const version = (id: string, number: number) => person.until(id, (one) => one.status === 'ready' && one.version === number)
const ascending = (one: number, other: number) => one - other
const sum = (said: string[]) => said.reduce((characters, text) => characters + [...text].length, 0)

describe('the gate', () => {
  it('lets nothing be voiced before the script is approved, and then voices what was made of it', async () => {
    const { id } = await order(texts(6, '门里'), { review: true })
    const waiting = await person.until(id, ({ review }) => review !== null)
    expect(Date.parse(waiting.review!.endsAt) - Date.now()).toBeLessThanOrEqual(REVIEW_SECONDS * 1000)
    const before = await script(id)
    const [a, b, c, d, e, f] = before.lines as [Line, Line, Line, Line, Line, Line]
    expect(await estimate(id, before.revision, before.lines.map(wanted))).toMatchObject({ lines: 0, linesToVoice: 6 })

    // Reworded, another voice, another speaker, two changed places, one taken out, one added.
    const reworded = '这一句是看稿的人改过的，说得更清楚了一些。'
    const added = '这一句是看稿的人加进来的，原来没有。'
    const edited = [
      { ...wanted(a), text: reworded },
      { ...wanted(c), voiceId: 'openai-onyx' },
      { ...wanted(b), direction: '慢一点' },
      { text: added, speaker: '乙' },
      { id: e.id, speaker: '乙', text: e.text },
      wanted(f),
    ]
    const characters = sum([reworded, c.text, b.text, added, e.text, f.text])
    const cost = { minMicroUsd: characters * 15, maxMicroUsd: characters * 15, exact: true }
    expect((await estimate(id, before.revision, edited)).cost).toEqual(cost)

    // Two windows save at once: one stays, the other is told to read again.
    const both = await Promise.all([put(id, before.revision, edited), put(id, before.revision, [wanted(d)])])
    expect(both.map((answer) => answer.status).toSorted(ascending)).toEqual([200, 409])
    const conflict = await refused(
      both.find((answer) => answer.status === 409)!,
      409,
      'revision-conflict',
    )
    const won = await script(id)
    expect(conflict.revision).toBe(won.revision)
    const last = await put(id, won.revision, won.lines.length === 1 ? [wanted(d)] : edited)
    expect(last.status).toBe(200)
    if (won.lines.length === 1) {
      const next = await script(id)
      const again = edited.map((line) => ({ ...line, id: undefined }))
      expect((await put(id, next.revision, again)).status).toBe(200)
    }
    await refused(
      await person.ask('POST', `/api/episodes/${id}/approve`, { revision: before.revision }),
      409,
      'revision-conflict',
    )
    expect(await called()).toBe(0)

    const { revision, lines } = await script(id)
    // A price overwrites nothing: whoever asks under an older revision is answered.
    expect(await estimate(id, before.revision, lines.map(wanted))).toEqual(await estimate(id, revision, lines.map(wanted)))
    expect(lines.map(({ text }) => text)).toEqual([reworded, c.text, b.text, added, e.text, f.text])
    expect(lines.map(({ position }) => position)).toEqual([0, 1, 2, 3, 4, 5])
    expect(lines[4]).toMatchObject({ speaker: '乙', voiceId: 'openai-onyx' })
    const approve = () => person.ask('POST', `/api/episodes/${id}/approve`, { revision })
    expect((await Promise.all([approve(), approve()])).map((answer) => answer.status)).toEqual([202, 202])
    const ready = await version(id, 1)
    expect((await approve()).status).toBe(202)
    expect(Object.keys((await counts()).texts).toSorted()).toEqual(lines.map(({ text }) => hashOf(text)).toSorted())
    expect(await called()).toBe(6)
    expect(ready.costMicroUsd).toBe(characters * 15)
    expect(await faults(product.run)).toEqual([])
  })

  it('refuses a change that the plan cannot pay, and keeps the script as it is', async () => {
    const poor = await Person.signUp(product.run)
    const admin = await Person.admin(product.run)
    const { id } = await order(texts(2, '钱不多'), { review: true }, poor)
    await poor.until(id, ({ review }) => review !== null)
    const { user } = await poor.ok<{ user: { id: string } }>('GET', '/api/auth/get-session')
    const before = await poor.ok<Schemas['Script']>('GET', `/api/episodes/${id}/script`)
    await admin.ok('PATCH', `/api/admin/users/${user.id}`, {
      monthlyLimitMicroUsd: sum(before.lines.map(({ text }) => text)) * 15 + 100,
    })
    const change = (text: string) => poor.ask('PATCH', `/api/episodes/${id}/lines/${before.lines[0]!.id}`, { text })
    await refused(await change('太长了，'.repeat(50)), 402, 'over-plan')
    expect(await poor.ok('GET', `/api/episodes/${id}/script`)).toEqual(before)
    expect((await change('短一点。')).status).toBe(200)
    await poor.ok('POST', `/api/episodes/${id}/cancel`)
  })

  it('can be stopped, by two people at once, and nothing is spent', async () => {
    const { id } = await order(texts(3, '不做了'), { review: true })
    await status(id, 'review')
    const cancel = () => person.ask('POST', `/api/episodes/${id}/cancel`)
    expect((await Promise.all([cancel(), cancel()])).map((answer) => answer.status)).toEqual([202, 202])
    await status(id, 'cancelled')
    const { revision, lines } = await script(id)
    expect(lines).toHaveLength(3)
    await refused(await put(id, revision, lines.map(wanted)), 409, 'wrong-state')
    await refused(await person.ask('POST', `/api/episodes/${id}/approve`), 409, 'wrong-state')
    expect(await called()).toBe(0)
  })

  it('holds nobody up who did not ask for it, and is not for others', async () => {
    const { id } = await order(texts(2, '没有门'))
    await refused(await person.ask('POST', `/api/episodes/${id}/approve`), 409, 'wrong-state')
    await person.ready(id)
    const stranger = await Person.signUp(product.run)
    const { revision, lines } = await script(id)
    const body = { revision, lines: lines.map(wanted) }
    for (const [method, path, sent] of [
      ['PUT', 'script', body],
      ['POST', 'script/estimate', body],
      ['POST', 'approve', {}],
      ['PATCH', `lines/${lines[0]!.id}`, { text: '别人的话。' }],
      ['POST', `lines/${lines[0]!.id}/estimate`, { text: '别人的话。' }],
      ['POST', 'append', { source: { type: 'text', text: '别人的话。' } }],
      ['GET', 'versions', undefined],
      ['POST', 'versions/1/restore', undefined],
    ] as const)
      await refused(await stranger.ask(method, `/api/episodes/${id}/${path}`, sent), 404, 'not-found')
  })
})

describe('a finished episode', () => {
  it('with a changed line is a new version that makes only that line; each version can be brought back for nothing', async () => {
    const { id } = await order(texts(12, '改一句'))
    const first = await person.ready(id)
    expect(await called()).toBe(12)
    const oldSound = await person.audio(id)
    await control('POST', 'clear')
    const line = (await person.lines(id))[4]!
    const text = '这一句改过了，比原来的短。'
    const price = await person.ok<Schemas['Remake']>('POST', `/api/episodes/${id}/lines/${line.id}/estimate`, { text })
    expect(price).toEqual({
      lines: 1,
      linesToVoice: 1,
      cost: { minMicroUsd: sum([text]) * 15, maxMicroUsd: sum([text]) * 15, exact: true },
    })
    expect((await patched(id, line.id, { text: line.text })).version, 'the same words are no change').toBe(1)

    // Pressed in two windows it is one version.
    const both = await Promise.all([patch(id, line.id, { text }), patch(id, line.id, { text: '另一个窗口里的话，也改了。' })])
    expect(both.map((answer) => answer.status).toSorted(ascending)).toEqual([200, 409])
    const second = await version(id, 2)
    const said = (await person.lines(id))[4]!.text
    expect(await called()).toBe(1)
    expect((await counts()).texts).toEqual({ [hashOf(said)]: 1 })
    expect(second.costMicroUsd - first.costMicroUsd).toBe(sum([said]) * 15)
    expect(second.cost.reservedMicroUsd).toBe(0)
    expect((await person.audio(id)).bytes).not.toEqual(oldSound.bytes)
    await refused(await patch(id, line.id, { text: '这个编号是上一版的。' }), 409, 'revision-conflict')

    const back = (await (await restore(id, 1)).json()) as Schemas['Edited']
    expect(back).toMatchObject({ version: 3, remake: { linesToVoice: 0, cost: { maxMicroUsd: 0 } } })
    await version(id, 3)
    expect((await person.audio(id)).bytes).toEqual(oldSound.bytes)
    expect(await called()).toBe(1)
    const { items } = await person.ok<Schemas['VersionList']>('GET', `/api/episodes/${id}/versions`)
    expect(
      items.map(({ number, reason, changedLines, restoredNumber }) => [number, reason, changedLines, restoredNumber]),
    ).toEqual([
      [3, 'restore', 1, 1],
      [2, 'edit', 1, null],
      [1, 'order', 0, null],
    ])
    await refused(await restore(id, 3), 409, 'wrong-state')
    await refused(await restore(id, 9), 404, 'not-found')
    expect((await person.ask('POST', `/api/episodes/${id}/versions/0/restore`)).status).toBe(400)
    expect(await faults(product.run)).toEqual([])
  })

  it('reordered, shortened and lengthened pays only for what is new', async () => {
    const { id } = await order(texts(6, '换顺序'))
    const first = await person.ready(id)
    await control('POST', 'clear')
    const { revision, lines } = await script(id)
    const [a, b, c, d, e, f] = lines.map(wanted) as [object, object, object, object, object, object]
    const added = '这是后来加上的一句，放在最前面。'
    const next = [{ text: added, speaker: '甲' }, b, a, { ...d, skip: true }, c, f]
    expect(await estimate(id, revision, next)).toMatchObject({
      lines: 3,
      linesToVoice: 1,
      cost: { maxMicroUsd: sum([added]) * 15 },
    })
    expect(await called()).toBe(0)
    expect((await put(id, revision, next)).status).toBe(200)
    const second = await version(id, 2)
    expect((await counts()).texts).toEqual({ [hashOf(added)]: 1 })
    expect(second.audio!.durationMs).not.toBe(first.audio!.durationMs)
    const now = await script(id)
    expect(now.lines.map((line) => line.status)).toEqual(['ready', 'ready', 'ready', 'skipped', 'ready', 'ready'])
    // The skipped one comes back, and so does the one that was taken out: their sounds are kept.
    const old = [...now.lines.map((line) => ({ ...wanted(line), skip: false })), { ...e, id: undefined }]
    expect(await estimate(id, now.revision, old)).toMatchObject({ lines: 2, linesToVoice: 0 })
    expect((await put(id, now.revision, old)).status).toBe(200)
    await version(id, 3)
    expect(await called()).toBe(1)
    expect(await faults(product.run)).toEqual([])
  })

  it('cannot be changed, restored or appended to while a version is being made; stopped, that one takes nothing away', async () => {
    const { id } = await order(texts(4, '正在做'))
    await person.ready(id)
    await patched(id, (await person.lines(id))[0]!.id, { text: '第二版的第一句，换了说法。' })
    const second = await version(id, 2)
    await control('POST', 'clear')
    await control('POST', 'route', { route: 'openai-speech', latencyMs: 60_000 })
    const line = (await person.lines(id))[1]!
    expect(await patched(id, line.id, { text: '这一句要配很久，先改别的。' })).toMatchObject({ version: 3 })
    const busy = await person.until(id, ({ progress }) => progress.linesTotal === 4 && progress.linesDone === 3)
    expect(busy.version).toBe(3)
    const { revision, lines } = await script(id)
    await expect.poll(async () => (await person.lines(id))[1]!.status, { timeout: 20_000 }).toBe('voicing')
    const being = await refused(await patch(id, lines[1]!.id, { text: '再改一次，可是正在配。' }), 409, 'wrong-state')
    expect(being.detail).toContain('being voiced')
    await refused(await put(id, revision, lines.slice(1).map(wanted)), 409, 'wrong-state')
    await refused(await restore(id, 1), 409, 'wrong-state')
    await refused(await restore(id, 3), 409, 'wrong-state')
    await refused(await person.ask('POST', `/api/episodes/${id}/repair`), 409, 'wrong-state')
    const more = { source: { type: 'script', text: scriptText(texts(1, '还想接')) } }
    await refused(await person.ask('POST', `/api/episodes/${id}/append`, more), 409, 'wrong-state')
    // What was there is heard meanwhile, and again when it is stopped.
    expect((await person.audio(id)).bytes.length).toBe(second.audio!.bytes)
    await person.ok('POST', `/api/episodes/${id}/cancel`)
    await version(id, 2)
    await refused(await restore(id, 3), 409, 'wrong-state')
    await control('POST', 'route', { route: 'openai-speech', latencyMs: 0 })
    expect(await faults(product.run)).toEqual([])
  })

  it('with something appended makes only what is new, behind what there is', async () => {
    const { id } = await order(texts(5, '先有的'))
    const first = await person.ready(id)
    await control('POST', 'clear')
    const more = texts(3, '后来的')
    const source = { type: 'script', text: scriptText(more) }
    const price = await person.ok<Schemas['Estimate']>('POST', `/api/episodes/${id}/append/estimate`, { source })
    expect(price.cost).toMatchObject({ exact: true })
    const append = () => person.ask('POST', `/api/episodes/${id}/append`, { source })
    const both = await Promise.all([append(), append()])
    expect(both.map((answer) => answer.status).toSorted(ascending)).toEqual([202, 409])
    const second = await version(id, 2)
    expect(Object.keys((await counts()).texts).toSorted()).toEqual(more.map(hashOf).toSorted())
    expect(await called()).toBe(3)
    const lines = await person.lines(id)
    expect(lines.map(({ text }) => text)).toEqual([...texts(5, '先有的'), ...more])
    expect(lines.map(({ section }) => section)).toEqual([0, 0, 0, 0, 0, 1, 1, 1])
    expect(second.audio!.durationMs).toBeGreaterThan(first.audio!.durationMs)
    expect(second.sources).toHaveLength(2)
    // And once more, and back to the first: the outline goes with the lines.
    await person.ok('POST', `/api/episodes/${id}/append`, { source: { type: 'script', text: scriptText(texts(2, '又一段')) } })
    expect((await version(id, 3)).progress.linesTotal).toBe(10)
    expect((await script(id)).sections).toHaveLength(3)
    expect((await restore(id, 1)).status).toBe(200)
    expect((await version(id, 4)).progress.linesTotal).toBe(5)
    expect((await script(id)).sections).toHaveLength(1)
    expect(await called()).toBe(5)
    expect(await faults(product.run)).toEqual([])
  })
})

describe('lines that failed', () => {
  it('say why and what each try cost, are mended one by one, and the same run goes on', async () => {
    const lines = texts(8, '坏了的')
    await control('POST', 'next', { text: lines[2], fault: 'silent', times: 'all' })
    for (const index of [4, 6])
      await control('POST', 'next', { route: 'openai-speech', text: lines[index], status: 400, times: 'all' })
    const { id } = await order(lines)
    const waiting = await status(id, 'needs_repair')
    expect(waiting.progress).toMatchObject({ linesDone: 5, linesFailed: 3 })
    const [, , silent, , refusedLine, , third] = (await person.lines(id)) as [Line, Line, Line, Line, Line, Line, Line, Line]
    expect(silent.failure!.code).toBe('silent')
    expect(silent.tries).toHaveLength(3)
    for (const { costMicroUsd, outcome, isKnown } of silent.tries)
      expect([costMicroUsd, outcome, isKnown]).toEqual([sum([silent.text]) * 15, 'silent', true])
    expect(refusedLine.tries.map(({ costMicroUsd }) => costMicroUsd)).toEqual([0])
    const before = await called()

    const reworded = '这一句换了一种说法，现在可以读了。'
    expect(await patched(id, silent.id, { text: reworded })).toMatchObject({ version: 1, status: 'needs_repair' })
    await patched(id, refusedLine.id, { skip: true })
    const { items: voices } = await person.ok<{ items: Schemas['Voice'][] }>('GET', '/api/voices')
    const other = voices.find(({ provider }) => provider === 'elevenlabs')!
    await patched(id, third.id, { voiceId: other.id })
    await refused(await patch(id, third.id, { voiceId: 'nobody' }), 422, 'unknown-voice')
    await refused(await patch(id, third.id, { text: '。。。' }), 400, 'invalid-request')
    const { revision, lines: all } = await script(id)
    await refused(await put(id, revision, all.map(wanted).toReversed()), 409, 'wrong-state')
    expect(await called(), 'nothing is bought before the run goes on').toBe(before)

    const repair = () => person.ask('POST', `/api/episodes/${id}/repair`)
    const both = await Promise.all([repair(), repair()])
    expect(both.map((answer) => answer.status).toSorted(ascending)).toEqual([202, 409])
    const ready = await version(id, 1)
    expect(ready.versions).toHaveLength(1)
    expect((await called()) - before, 'one call a mended line').toBe(2)
    expect((await person.lines(id)).map((line) => line.status)).toEqual([
      'ready',
      'ready',
      'ready',
      'ready',
      'skipped',
      'ready',
      'ready',
      'ready',
    ])
    await refused(await repair(), 409, 'wrong-state')
    expect(await faults(product.run)).toEqual([])
  })

  it('cannot all be skipped when nothing else is left', async () => {
    const [only] = texts(1, '只有一句')
    await control('POST', 'next', { text: only, status: 400, times: 'all' })
    const { id } = await order([only!])
    await status(id, 'needs_repair')
    const [line] = await person.lines(id)
    await refused(await patch(id, line!.id, { skip: true }), 422, 'nothing-to-say')
    await control('POST', 'clear')
    // Marked to be tried again as it is, by nothing changed; an administrator lets it go on.
    await patched(id, line!.id, {})
    const path = `/api/admin/episodes/${id}/repair`
    await refused(await person.ask('POST', path), 403, 'forbidden')
    const admin = await Person.admin(product.run)
    expect((await admin.ask('POST', path)).status).toBe(202)
    await person.ready(id)
    await refused(await admin.ask('POST', path), 409, 'wrong-state')
    const audit = await rows<{ action: string }>(product.run, `SELECT action FROM audit_log WHERE subject = $1`, [
      `episode:${id}`,
    ])
    expect(audit).toEqual([{ action: 'episode.repair' }])
  })
})

describe('bad input', () => {
  let id: string
  let now: Schemas['Script']
  beforeAll(async () => {
    id = (await order(texts(3, '拒绝'))).id
    await person.ready(id)
    now = await script(id)
  })
  const replaced = (change: (line: Record<string, unknown>) => object) =>
    now.lines.map((line, index) => (index === 1 ? change(wanted(line)) : wanted(line)))

  it.each([
    ['a line without words', () => replaced((line) => ({ ...line, text: ' \n ' })), 400, 'invalid-request'],
    ['a line of signs', () => replaced((line) => ({ ...line, text: '……？！' })), 400, 'invalid-request'],
    ['a huge line', () => replaced((line) => ({ ...line, text: '字'.repeat(4_001) })), 400, 'invalid-request'],
    ['no line', () => [], 400, 'invalid-request'],
    ['a line twice', () => [...now.lines, now.lines[0]!].map(wanted), 400, 'invalid-request'],
    ['a section there is not', () => replaced((line) => ({ ...line, section: 7 })), 400, 'invalid-request'],
    ['an unknown speaker', () => replaced((line) => ({ ...line, speaker: '丙' })), 422, 'unknown-speaker'],
    ['an unknown voice', () => replaced((line) => ({ ...line, voiceId: 'nobody' })), 422, 'unknown-voice'],
    ['every line skipped', () => now.lines.map((line) => ({ ...wanted(line), skip: true })), 422, 'nothing-to-say'],
    ['a field too many', () => replaced((line) => ({ ...line, status: 'ready' })), 400, 'invalid-request'],
  ] as const)('%s is refused', async (_what, lines, code, problem) => {
    const body = lines()
    await refused(await put(id, now.revision, [...body]), code, problem)
    await refused(
      await person.ask('POST', `/api/episodes/${id}/script/estimate`, { revision: now.revision, lines: body }),
      code,
      problem,
    )
    expect((await script(id)).revision).toBe(now.revision)
    expect(await called()).toBe(0)
  })

  it('a line of nowhere is refused; its price is told, since who changes a script asks for it while lines come and go', async () => {
    const lines = replaced((line) => ({ ...line, id: '01890000-0000-7000-8000-000000000000' }))
    await refused(await put(id, now.revision, [...lines]), 400, 'invalid-request')
    expect(await estimate(id, now.revision, lines)).toMatchObject({ linesToVoice: 0, cost: { maxMicroUsd: 0, exact: true } })
    expect((await script(id)).revision).toBe(now.revision)
  })

  it('control characters and line breaks in a line become spaces', async () => {
    const line = now.lines[0]!
    const price = await person.ok<Schemas['Remake']>('POST', `/api/episodes/${id}/lines/${line.id}/estimate`, {
      text: ` ${line.text}\u0000\n`,
    })
    expect(price).toMatchObject({ lines: 0, linesToVoice: 0 })
  })

  it('what is appended is judged like an order', async () => {
    const append = (source: object) => person.ask('POST', `/api/episodes/${id}/append`, { source })
    await refused(await append({ type: 'script', text: '丙：我不是这一期的人，可是我想说话。' }), 422, 'unknown-speaker')
    await refused(await append({ type: 'text', text: '……' }), 422, 'nothing-to-say')
    await refused(await append({ type: 'url', url: 'http://127.0.0.1/' }), 422, 'url-refused')
    expect((await person.episode(id)).sources).toHaveLength(1)
  })

  it('whoever lost the right meanwhile changes nothing', async () => {
    const other = await Person.signUp(product.run)
    const { id: theirs } = await order(texts(2, '失去权利'), {}, other)
    await other.ready(theirs)
    const { revision, lines } = await other.ok<Schemas['Script']>('GET', `/api/episodes/${theirs}/script`)
    await rows(product.run, `UPDATE users SET banned = true WHERE id = (SELECT user_id FROM episodes WHERE id = $1)`, [theirs])
    const body = { revision, lines: lines.map(wanted).toReversed() }
    await refused(await other.ask('PUT', `/api/episodes/${theirs}/script`, body), 401, 'not-signed-in')
    await rows(product.run, `UPDATE users SET banned = false WHERE id = (SELECT user_id FROM episodes WHERE id = $1)`, [theirs])
    await other.ok('DELETE', `/api/episodes/${theirs}`)
    await refused(await other.ask('PUT', `/api/episodes/${theirs}/script`, body), 404, 'not-found')
    await refused(
      await other.ask('PATCH', `/api/episodes/${theirs}/lines/${lines[0]!.id}`, { text: '已经删掉了。' }),
      404,
      'not-found',
    )
  })
})

it('on screen: the script is read, changed and approved; a line is changed with its price; the version before comes back; a failed line is mended', async () => {
  const { run } = product
  const patience = { timeout: 30_000, interval: 300 }
  const demo = await Person.demo(run)
  const lines = texts(4, '屏幕上')
  const { id } = await order(lines, { review: true }, demo)
  await demo.until(id, (one) => one.status === 'review')
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })
    const complaints = complaintsOf(page)
    await page.request.post(new URL('/api/demo/sign-in', run.api).href, { headers: { origin: new URL(run.api).origin } })
    const edit = async (number: number, text: string) => {
      await page.getByRole('button', { name: `改第 ${number} 句` }).click()
      await page.getByRole('textbox', { name: /要说的话/ }).fill(text)
    }
    const more = async (number: number, deed: string) => {
      await page.getByRole('button', { name: `改第 ${number} 句` }).click()
      await page.getByRole('button', { name: '这一句还能怎样' }).click()
      await page.getByRole('menuitem', { name: deed }).click()
    }
    const made = (number: number) =>
      expect.poll(() => demo.episode(id), patience).toMatchObject({ status: 'ready', version: number })
    await page.goto(new URL(`/episodes/${id}`, run.web).href)
    await edit(1, '屏幕上改过的第一句，今天的天气更好了。')
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(390)
    await page.keyboard.press('Control+Enter')
    await page.locator('.edit').waitFor({ state: 'detached' })
    await page.getByText('屏幕上改过的第一句').waitFor()
    await more(2, '删掉这一句')
    await page.getByText('第 2 句删掉了。').waitFor()
    await page.getByRole('button', { name: '撤销' }).click()
    await expect
      .poll(async () => (await demo.lines(id)).map(({ text }) => text), patience)
      .toEqual(['屏幕上改过的第一句，今天的天气更好了。', ...lines.slice(1)])
    await page.locator('.line').nth(1).getByText(lines[1]!).waitFor()
    await more(3, '往上移')
    await expect.poll(async () => (await demo.lines(id))[1]!.text, patience).toBe(lines[2])
    expect(await called()).toBe(0)
    await page.getByRole('button', { name: /可以，开始配音.*US\$.*准确/ }).click()
    await demo.ready(id)
    expect(await called()).toBe(4)

    await edit(2, '做好以后又改了一句，看看价钱。')
    await page.getByRole('button', { name: /保存并重做.*US\$0\.0002.*准确/ }).click()
    await made(2)
    expect(await called()).toBe(5)
    await page.getByText('第 2 版做好了').waitFor()
    await page.getByRole('button', { name: '版本' }).click()
    await page.getByRole('button', { name: '恢复到这一版' }).click()
    await made(3)
    await page.locator('.line', { hasText: lines[2]! }).waitFor()
    expect(await called()).toBe(5)

    const bad = texts(3, '要修的')
    await control('POST', 'next', { route: 'openai-speech', text: bad[1], status: 400, times: 'all' })
    const broken = await order(bad, {}, demo)
    await demo.until(broken.id, (one) => one.status === 'needs_repair')
    await page.goto(new URL(`/episodes/${broken.id}`, run.web).href)
    await page.getByRole('button', { name: '改写法或换声音' }).click()
    await page.getByRole('textbox', { name: /要说的话/ }).fill('换一种说法，这一句就好了。')
    await page.getByRole('button', { name: '保存', exact: true }).click()
    await page.getByRole('button', { name: /接着做/ }).click()
    await demo.ready(broken.id)
    expect(complaints).toEqual([])
  } finally {
    await browser.close()
  }
})

it('a script that nobody comes to read is told in time, and ends with nothing spent', async () => {
  const seen = await person.episode(abandoned)
  if (seen.status === 'review') expect(await person.until(abandoned, ({ review }) => review?.endsSoon === true)).toBeTruthy()
  await expect
    .poll(() => person.episode(abandoned), { timeout: 60_000, interval: 500 })
    .toMatchObject({ status: 'failed', failure: { code: 'review_timed_out' }, costMicroUsd: 0 })
  expect((await script(abandoned)).lines).toHaveLength(3)
  const calls = await rows(product.run, `SELECT id FROM usage_logs WHERE episode_id = $1 AND step = 'speech'`, [abandoned])
  expect(calls).toEqual([])
  await refused(await person.ask('POST', `/api/episodes/${abandoned}/approve`), 409, 'wrong-state')
})
