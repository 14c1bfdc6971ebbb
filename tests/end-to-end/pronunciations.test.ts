import { createHash } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { components } from '../../api/openapi.d.ts'
import { complaintsOf, launchBrowser } from '../setup/browser.ts'
import { decode } from '../setup/decode.ts'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { Person } from '../setup/person.ts'
import type { Problem } from '../setup/person.ts'
import { faults, rows } from '../setup/store.ts'

type EpisodeDictionary = components['schemas']['EpisodeDictionary']
type Remake = components['schemas']['Remake']

// A product of its own with made-up providers, whose counts say what was really asked for.
let product: Product
let person: Person

const control = async <T = unknown>(method: string, path: string, body?: unknown): Promise<T> => {
  const url = new URL(`/control/${path}`, product.run.settings['ELEVENLABS_BASE_URL'])
  const response = await fetch(url, { method, ...(body !== undefined && { body: JSON.stringify(body) }) })
  return (await response.json()) as T
}
const counts = () => control<{ total: number; texts: Record<string, number> }>('GET', 'counts')
const hashOf = (text: string) => createHash('sha256').update(text).digest('hex').slice(0, 32)

beforeAll(async () => {
  product = await launchProduct(19400, ['--fake'], { UNDO_SECONDS: '2' })
  person = await Person.signUp(product.run)
})
beforeEach(() => control('POST', 'clear'))
afterAll(() => product?.stop())

const speakers = [
  { name: '甲', voiceId: 'openai-nova' },
  { name: '乙', voiceId: 'openai-onyx' },
]
const order = (lines: string[]) => {
  const text = lines.map((line, index) => `${index % 2 ? '乙' : '甲'}：${line}`).join('\n')
  return person.order({ kind: 'podcast', notice: false, speakers, sources: [{ type: 'script', text }] })
}
const put = (id: string, entries: object[]) => person.ask('PUT', `/api/episodes/${id}/pronunciations`, { entries })
const saved = async (id: string, entries: object[]) => {
  const response = await put(id, entries)
  expect(response.status).toBe(200)
  return (await response.json()) as EpisodeDictionary
}
const estimate = (id: string, entries: object[]) =>
  person.ok<Remake>('POST', `/api/episodes/${id}/pronunciations/estimate`, { entries })
const problem = async (response: Response) => (await response.json()) as Problem
const version = (id: string, number: number) => person.until(id, (one) => one.status === 'ready' && one.version === number)

const plain = (index: number) => `这是第${index + 1}句，我们接着往下说，今天的天气很好，适合出门走走。`
const lineWith = (index: number) =>
  [3, 11].includes(index) ? `第${index + 1}句说到重庆和SQL，大家都听说过，也都用过。` : plain(index)
const script = Array.from({ length: 20 }, (_, index) => lineWith(index))

describe('a dictionary', () => {
  it('changed on a finished episode makes and pays only the lines with the word; the same address plays them', async () => {
    const { id } = await order(script)
    const first = await person.ready(id)
    expect((await counts()).total).toBe(20)
    await control('POST', 'clear')
    const entries = [
      { word: 'sql', say: 'sequel' },
      { word: '重庆', say: '虫庆' },
    ]
    const said = [3, 11].map((index) => lineWith(index).replace('重庆', '虫庆').replace('SQL', 'sequel'))
    const characters = said.reduce((sum, line) => sum + [...line].length, 0)
    const cost = { minMicroUsd: characters * 15, maxMicroUsd: characters * 15, exact: true }
    expect(await estimate(id, entries)).toEqual({ lines: 2, linesToVoice: 2, cost })
    expect((await counts()).total).toBe(0)
    const oldSound = await person.audio(id)

    const [one, other] = await Promise.all([saved(id, entries), saved(id, entries)])
    expect([one.version, other.version]).toEqual([2, 2])
    const second = await version(id, 2)
    const seen = await counts()
    expect(seen.total).toBe(2)
    expect(Object.keys(seen.texts).toSorted()).toEqual(said.map(hashOf).toSorted())
    expect(second.costMicroUsd - first.costMicroUsd).toBe(characters * 15)
    expect(second.versions.map(({ number }) => number)).toEqual([2, 1])
    expect(second.cost.reservedMicroUsd).toBe(0)

    const newSound = await person.audio(id)
    expect(newSound.bytes).not.toEqual(oldSound.bytes)
    const heardMs = (decode(newSound.bytes).length / 48_000) * 1000
    expect(Math.abs(heardMs - second.audio!.durationMs)).toBeLessThan(50)
    // The shown text stays.
    expect((await person.lines(id)).map(({ text }) => text)).toEqual(script)
    // Who began with the old version hears it to its end.
    const playlist = (number: number) =>
      person.ask('GET', `/api/episodes/${id}/playlist.m3u8?v=${number}`).then((answer) => answer.text())
    const before = await playlist(1)
    const after = await playlist(2)
    expect(before).toContain('#EXT-X-ENDLIST')
    expect(after).toContain('#EXT-X-ENDLIST')
    expect(await (await person.ask('GET', second.playlistUrl)).text()).toBe(after)
    const segment = async (number: number, index: number) =>
      Buffer.from(await (await person.ask('GET', `/api/episodes/${id}/segments/${index}.mp3?v=${number}`)).arrayBuffer())
    expect(await segment(1, 0)).toEqual(await segment(2, 0))
    const last = after.split('\n').filter((line) => line.includes('.mp3')).length - 1
    expect((await segment(2, last)).length).toBeGreaterThan(0)
    expect((await person.ask('GET', `/api/episodes/${id}/playlist.m3u8?v=9`)).status).toBe(404)

    // Saved again nothing happens; taken back, the old sound is there already.
    expect(await saved(id, entries)).toMatchObject({ version: 2, status: 'ready', remake: { lines: 0 } })
    expect(await estimate(id, [])).toMatchObject({ lines: 2, linesToVoice: 0, cost: { maxMicroUsd: 0 } })
    expect((await saved(id, [])).version).toBe(3)
    const third = await version(id, 3)
    expect(third.audio!.durationMs).toBe(first.audio!.durationMs)
    expect((await person.audio(id)).bytes).toEqual(oldSound.bytes)
    expect((await counts()).total).toBe(2)
    expect(await faults(product.run)).toEqual([])
  })

  it('of a person is spoken by from the first version on; an episode keeps the one it began with', async () => {
    const me = await Person.signUp(product.run)
    const list = (entries: object[]) => me.ok('PUT', '/api/pronunciations', { entries })
    await list([{ word: '阿房宫', say: '鹅旁宫' }])
    const text = '甲：我们先来说一说阿房宫的故事，它很长，也很有意思。\n乙：好，你请慢慢讲吧，大家都在听着呢。'
    const brief = { kind: 'podcast', notice: false, speakers, sources: [{ type: 'script', text }] }
    const { id } = await me.order(brief)
    await list([])
    await me.ready(id)
    expect((await counts()).texts).toHaveProperty(hashOf('我们先来说一说鹅旁宫的故事，它很长，也很有意思。'))
    // The person's list has changed meanwhile: the episode says so, and makes it anew only when told to.
    const now = await me.ok<EpisodeDictionary>('GET', `/api/episodes/${id}/pronunciations`)
    expect(now).toMatchObject({ entries: [], version: 1, remake: { lines: 1, linesToVoice: 1 } })
    expect(await me.ok('GET', '/api/pronunciations')).toEqual({ entries: [] })
  })

  it('cannot be changed while the episode is being made; a new version that is stopped takes nothing away', async () => {
    const lines = Array.from({ length: 14 }, (_, index) => `${plain(index)}说到的是贵阳。`)
    const { id } = await order(lines)
    const running = await put(id, [{ word: '贵阳', say: '桂阳' }])
    expect(running.status).toBe(409)
    expect((await problem(running)).code).toBe('wrong-state')
    const first = await person.ready(id)
    await control('POST', 'route', { route: 'openai-speech', latencyMs: 1500 })
    expect((await saved(id, [{ word: '贵阳', say: '桂阳' }])).version).toBe(2)
    const refused = await put(id, [{ word: '贵阳', say: '归阳' }])
    expect((await problem(refused)).code).toBe('wrong-state')
    // Meanwhile the files of the version before are given out.
    expect((await person.audio(id)).bytes.length).toBe(first.audio!.bytes)
    await person.ok('POST', `/api/episodes/${id}/cancel`)
    const back = await person.until(id, (one) => one.status === 'ready')
    expect(back).toMatchObject({ version: 1, audio: { bytes: first.audio!.bytes } })
    await control('POST', 'clear')
    await control('POST', 'route', { route: 'openai-speech', latencyMs: 0 })
    // What the stopped version paid for is used by the next.
    const voiced = await rows<{ count: string }>(
      product.run,
      `SELECT count(*) FROM lines l JOIN versions v ON v.id = l.version_id WHERE v.episode_id = $1 AND v.number = 2 AND l.segment_key IS NOT NULL`,
      [id],
    )
    expect((await saved(id, [{ word: '贵阳', say: '桂阳' }])).version).toBe(3)
    await version(id, 3)
    expect((await counts()).total).toBe(14 - Number(voiced[0]!.count))
    expect(await faults(product.run)).toEqual([])
  })

  it.each([
    ['an empty word', [{ word: '', say: 'x' }], 'entries.0.word'],
    ['a word without a letter', [{ word: '。。。', say: 'x' }], 'entries.0.word'],
    ['nothing to say', [{ word: 'a', say: ' ' }], 'entries.0.say'],
    ['a control character', [{ word: 'a\u0000b', say: 'x' }], 'entries.0.word'],
    ['a line break', [{ word: 'a', say: 'x\ny' }], 'entries.0.say'],
    ['a huge word', [{ word: '字'.repeat(61), say: 'x' }], 'entries.0.word'],
    ['a huge respelling', [{ word: 'a', say: 'y'.repeat(121) }], 'entries.0.say'],
    ['pinyin', [{ word: '重庆', say: 'chóng qìng' }], 'entries.0.say'],
    ['numbered pinyin', [{ word: '重庆', say: 'chong2 qing4' }], 'entries.0.say'],
    ['a word twice', ['SQL', 'sql'].map((word) => ({ word, say: 'a' })), 'entries.1.word'],
    ['an unknown language', [{ word: 'a', say: 'b', language: 'fr' }], 'entries.0.language'],
    ['too many words', Array.from({ length: 201 }, (_, index) => ({ word: `w${index}`, say: 'x' })), 'entries'],
  ])('with %s is refused, and the place is named', async (_what, entries, path) => {
    const response = await person.ask('PUT', '/api/pronunciations', { entries })
    expect(response.status).toBe(400)
    expect((await problem(response)).errors?.[0]?.path).toBe(path)
    expect(await person.ok('GET', '/api/pronunciations')).toEqual({ entries: [] })
  })

  it('of another person’s episode does not exist', async () => {
    const { id } = await order(['你好，今天的天气很好，我们出去走走吧。'])
    const stranger = await Person.signUp(product.run)
    for (const [method, path] of [
      ['GET', ''],
      ['PUT', ''],
      ['POST', '/estimate'],
    ] as const) {
      const body = method === 'GET' ? undefined : { entries: [] }
      expect((await stranger.ask(method, `/api/episodes/${id}/pronunciations${path}`, body)).status).toBe(404)
    }
    await person.ready(id)
  })
})

describe('a line above what its model takes', () => {
  const limit = (most: number) =>
    rows(product.run, `UPDATE models SET max_characters = $1 WHERE provider = 'openai' AND model = 'gpt-4o-mini-tts'`, [most])
  afterAll(() => limit(4096))

  it('is asked for in pieces at its sentence ends, joined into one; a bad piece does not buy the others again', async () => {
    await limit(40)
    await control('POST', 'next', { text: '第二句在这里', fault: 'silent' })
    const pieces = [
      '第一句在这里，它说的是天气很好，我们都很高兴。',
      '第二句在这里，它说的是要出门去，看一看花开！',
      '第三句在这里，它说的是😀回家了，吃一顿晚饭？',
    ]
    const after = '短的一句不用分开，一次就说完了。'
    const { id } = await order([pieces.join(''), after])
    const episode = await person.ready(id)
    const { texts, total } = await counts()
    expect(pieces.map((piece) => texts[hashOf(piece)])).toEqual([1, 2, 1])
    expect(total).toBe(5)
    const [long, short] = await person.lines(id)
    expect([long!.text, short!.text]).toEqual([pieces.join(''), after])
    // Six characters a second: some ten seconds, of three pieces with a breath between.
    expect(long!.durationMs).toBeGreaterThan(9_000)
    expect(long!.durationMs).toBeLessThan(13_000)
    const calls = await rows<{ status: string; units: number; line_id: string; answer_key: string | null }>(
      product.run,
      `SELECT status, units, line_id, answer_key FROM usage_logs WHERE episode_id = $1 AND step = 'speech'`,
      [id],
    )
    expect(calls.map(({ status }) => status).toSorted()).toEqual(['failed', 'settled', 'settled', 'settled', 'settled'])
    expect(calls.every(({ status, answer_key: key }) => status === 'failed' || key === null)).toBe(true)
    expect(episode.cost.spentMicroUsd).toBe(calls.reduce((sum, { units }) => sum + units * 15, 0))
    expect(await faults(product.run)).toEqual([])
  })

  it('10,000 characters without a stop, surrogates and clusters among them', async () => {
    await limit(50)
    const family = '👩‍👩‍👧‍👦'
    const endless = `没有停顿的话𠮷${family}`.repeat(540)
    const { id } = await order([endless])
    await person.until(id, (one) => one.status === 'ready', 170_000)
    const lines = await person.lines(id)
    expect(lines.map(({ text }) => text).join('')).toBe(endless)
    expect(lines.every(({ text, status }) => text.isWellFormed() && status === 'ready')).toBe(true)
    expect(await faults(product.run)).toEqual([])
  })
})

it('equal lines are bought once, however many wait for their place', async () => {
  await control('POST', 'route', { route: 'openai-speech', latencyMs: 300 })
  const { id } = await person.order({
    kind: 'podcast',
    notice: false,
    speakers: [speakers[0]],
    sources: [{ type: 'script', text: '甲：对，就是这样说的，没有错。\n'.repeat(30) }],
  })
  await person.ready(id)
  expect((await counts()).total).toBe(1)
  await control('POST', 'route', { route: 'openai-speech', latencyMs: 0 })
})

it('what was deleted for good can be made again', async () => {
  const { id } = await order(['删掉以后再来一次，还是同样的一句话。'])
  await person.ready(id)
  await person.ok('DELETE', `/api/episodes/${id}`)
  await expect.poll(() => rows(product.run, 'SELECT id FROM episodes WHERE id = $1', [id]), { timeout: 20_000 }).toEqual([])
  await control('POST', 'clear')
  const again = await order(['删掉以后再来一次，还是同样的一句话。'])
  await person.ready(again.id)
  expect((await counts()).total).toBe(1)
  expect(await faults(product.run)).toEqual([])
})

it.each(['openai-nova', 'local-zh-a'])('mixed scripts, code, tables and formulas become sound with %s', async (voiceId) => {
  const lines = [
    '我们用 TypeScript 写了 3.14 版，日本語も少し，и немного русского，它们都在同一句里。',
    'for (let i = 0; i < 10; i++) { sum += a[i] * 2; } 这是一段代码。',
    '| 城市 | 人口 | 面积 | 北京 | 2,189万 | 16,410 km² |',
    '质能方程是 E = mc²，勾股定理是 a² + b² = c²，π ≈ 3.14159。',
    '2026年11月23日 12:30，气温 -3~5℃，涨了12.5%，共 ¥3.5万。',
    '请访问 https://www.example.com/a/b?c=1 或写信给 team@aimake.cc。',
  ]
  const { id } = await person.order({
    kind: 'podcast',
    notice: false,
    speakers: [{ name: '甲', voiceId }],
    sources: [{ type: 'script', text: lines.map((line) => `甲：${line}`).join('\n') }],
  })
  const ended = await person.until(id, ({ status }) => status === 'ready' || status === 'needs_repair')
  const made = await person.lines(id)
  expect(made.filter(({ status }) => status !== 'ready').map(({ text, failure }) => [text, failure])).toEqual([])
  expect(ended.status).toBe('ready')
})

it('on screen: a word is written beside the script, its price is seen, and pressing makes only its lines', async () => {
  const { run } = product
  const demo = await Person.demo(run)
  const lines = [0, 1, 2, 3].map((index) => (index === 2 ? '第三句说到了蚌埠，它在淮河边上。' : `屏幕上的${plain(index)}`))
  const text = lines.map((line, index) => `${index % 2 ? '乙' : '甲'}：${line}`).join('\n')
  const { id } = await demo.order({ kind: 'podcast', notice: false, speakers, sources: [{ type: 'script', text }] })
  await demo.ready(id)
  await control('POST', 'clear')
  const browser = await launchBrowser()
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: 'zh-CN' })
    const complaints = complaintsOf(page)
    await page.request.post(new URL('/api/demo/sign-in', run.api).href, { headers: { origin: new URL(run.api).origin } })
    await page.goto(new URL(`/episodes/${id}`, run.web).href)
    await page.getByRole('button', { name: '读法' }).click()
    const box = page.locator('.box.saying')
    const write = async (say: string) => {
      await box.getByLabel('词', { exact: true }).fill('蚌埠')
      await box.getByLabel('念成', { exact: true }).fill(say)
      await box.getByRole('button', { name: '加上' }).click()
    }
    await box.getByRole('button', { name: '加一个词' }).click()
    await write('bèng bù')
    expect(await box.getByRole('alert').textContent()).toContain('拼音')
    await write('泵不')
    const make = box.getByRole('button', { name: /重做 1 句.*US\$0\.0002.*准确/ })
    await make.waitFor()
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(390)
    expect((await counts()).total).toBe(0)
    await make.click()
    await expect.poll(async () => (await demo.episode(id)).version).toBe(2)
    await demo.ready(id)
    expect((await counts()).texts).toEqual({ [hashOf('第三句说到了泵不，它在淮河边上。')]: 1 })
    // Taken back, it says that nothing is to be paid.
    await box.getByRole('button', { name: '去掉“蚌埠”' }).click()
    await box.getByText('不花钱').waitFor()
    await box.getByRole('button', { name: '不改了' }).click()
    expect(complaints).toEqual([])
  } finally {
    await browser.close()
  }
})
