import { readFileSync } from 'node:fs'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { components } from '../../api/openapi.d.ts'
import { complaintsOf, launchBrowser, openConsole } from '../setup/browser.ts'
import { decode } from '../setup/decode.ts'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { Person, readRun } from '../setup/person.ts'
import type { Problem } from '../setup/person.ts'
import { faults, rows } from '../setup/store.ts'
import { chinese, english } from '../setup/texts.ts'

type Voice = components['schemas']['Voice']
type AdminVoice = components['schemas']['AdminVoice']

// A product of its own with made-up paid providers, for voices that cost money.
let product: Product
let person: Person
let admin: Person
let browser: Browser

beforeAll(async () => {
  product = await launchProduct(18900, ['--fake'])
  ;[person, admin, browser] = await Promise.all([Person.signUp(product.run), Person.admin(product.run), launchBrowser()])
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
})
beforeEach(() => control('POST', 'clear'))

const control = async (method: string, path: string, body?: unknown) => {
  const url = new URL(`/control/${path}`, product.run.settings['ELEVENLABS_BASE_URL'])
  const response = await fetch(url, { method, ...(body !== undefined && { body: JSON.stringify(body) }) })
  return (await response.json()) as { total: number }
}

const houseCalls = (provider: string) =>
  rows<{ status: string; cost_micro_usd: string | null; outcome: string }>(
    product.run,
    `SELECT status, cost_micro_usd, outcome FROM usage_logs WHERE user_id = 'house' AND provider = $1 ORDER BY started_at`,
    [provider],
  )

const voiceById = async (id: string) =>
  (await person.ok<{ items: Voice[] }>('GET', '/api/voices')).items.find((voice) => voice.id === id)!

/** Asks for a sample until it is there or refused. */
async function hear(id: string, who = person): Promise<Response> {
  for (;;) {
    const response = await who.ask('GET', `/api/voices/${id}/sample`)
    if (response.status !== 202) return response
    await new Promise((resolve) => setTimeout(resolve, 300))
  }
}

describe('the sample of a voice', () => {
  it('of a local voice is made by the first who asks, once for all who ask together', async () => {
    expect(await voiceById('local-zh-c')).toMatchObject({ sample: 'on-demand', sampleUrl: null })
    const answers = await Promise.all(Array.from({ length: 6 }, () => hear('local-zh-c')))
    expect(answers.map(({ status }) => status)).toEqual(Array(6).fill(200))
    expect(answers[0]!.headers.get('content-type')).toBe('audio/mpeg')
    const samples = decode(new Uint8Array(await answers[0]!.arrayBuffer()))
    expect(samples.length / 48_000).toBeGreaterThan(1.5)
    expect(samples.some((sample) => Math.abs(sample) > 1000)).toBe(true)
    expect(await houseCalls('local')).toEqual([{ status: 'settled', cost_micro_usd: '0', outcome: 'ok' }])
    expect(await voiceById('local-zh-c')).toMatchObject({ sample: 'ready', sampleUrl: '/api/voices/local-zh-c/sample' })
  })

  it('of a paid voice costs nobody anything until an administrator asks, and then one call', async () => {
    const refused = await hear('elevenlabs-sarah')
    expect(refused.status).toBe(404)
    expect(((await refused.json()) as Problem).code).toBe('no-sample')
    expect(await houseCalls('elevenlabs')).toEqual([])
    expect((await person.ask('POST', '/api/admin/voices/elevenlabs-sarah/sample')).status).toBe(403)

    const ask = () => admin.ok<AdminVoice>('POST', '/api/admin/voices/elevenlabs-sarah/sample')
    const [voice] = await Promise.all([ask(), ask(), ask()])
    const sound = await hear('elevenlabs-sarah')
    expect(sound.status).toBe(200)
    expect(decode(new Uint8Array(await sound.arrayBuffer())).length).toBeGreaterThan(48_000)
    await ask()
    expect(await houseCalls('elevenlabs')).toEqual([
      { status: 'settled', cost_micro_usd: String(voice.sampleCostMicroUsd), outcome: 'ok' },
    ])
    expect((await control('GET', 'counts')).total).toBe(1)
  })

  it('that was charged and cannot be used is not bought again before somebody asks anew', async () => {
    await control('POST', 'next', { fault: 'silent', times: 'all' })
    await admin.ok('POST', '/api/admin/voices/openai-onyx/sample')
    const failed = await hear('openai-onyx')
    expect(failed.status).toBe(404)
    expect(((await failed.json()) as Problem).detail).toContain('silent')
    expect((await control('GET', 'counts')).total).toBe(1)
    expect(await admin.ok<AdminVoice>('GET', '/api/admin/voices/openai-onyx')).toMatchObject({
      sample: 'none',
      sampleFailure: { code: 'silent' },
    })
    await control('POST', 'clear')
    await admin.ok('POST', '/api/admin/voices/openai-onyx/sample')
    expect((await hear('openai-onyx')).status).toBe(200)
    expect((await houseCalls('openai')).map(({ status }) => status)).toEqual(['failed', 'settled'])
    expect(await faults(product.run)).toEqual([])
  })

  it('of a voice that does not exist is a clear answer', async () => {
    const answer = await hear('nobody')
    expect(answer.status).toBe(404)
    expect((await answer.json()) as Problem).toMatchObject({ code: 'not-found', detail: 'There is no such voice.' })
  })
})

describe('the voices on offer', () => {
  it('change when an administrator says so, and the audit log remembers', async () => {
    await admin.ok('PATCH', '/api/admin/voices/openai-echo', { enabled: false })
    expect(await voiceById('openai-echo')).toBeUndefined()
    const brief = {
      kind: 'narration',
      sources: [{ type: 'text', text: chinese }],
      speakers: [{ name: '甲', voiceId: 'openai-echo' }],
    }
    expect((await person.ask('POST', '/api/episodes/estimate', brief)).status).toBe(422)
    await admin.ok('PATCH', '/api/admin/voices/openai-echo', { enabled: true })
    expect(await voiceById('openai-echo')).toMatchObject({ available: true, needsKey: null })
    const entries = await rows(
      product.run,
      `SELECT before, after FROM audit_log WHERE subject = 'voice:openai-echo' ORDER BY created_at`,
    )
    expect(entries).toEqual([
      { before: { enabled: true }, after: { enabled: false } },
      { before: { enabled: false }, after: { enabled: true } },
    ])
    expect((await admin.ask('PATCH', '/api/admin/voices/openai-echo', { enabled: 'no' })).status).toBe(400)
    expect((await admin.ask('PATCH', '/api/admin/voices/nobody', { enabled: true })).status).toBe(404)
    expect((await person.ask('GET', '/api/admin/voices')).status).toBe(403)
  })
})

describe('on screen', () => {
  const desktop = { viewport: { width: 1440, height: 900 }, locale: 'zh-CN' }
  const phone = { viewport: { width: 390, height: 844 }, locale: 'en-US', hasTouch: true, isMobile: true }
  let page: Page
  let complaints: string[]
  afterEach(async () => {
    await page.context().close()
    expect(complaints, 'what the browser complained about').toEqual([])
  })

  async function open(look: BrowserContextOptions, text: string, run = product.run): Promise<void> {
    page = await (await browser.newContext(look)).newPage()
    complaints = complaintsOf(page)
    await page.goto(run.web)
    await page
      .getByRole('button', { name: /直接试用|Try it now/ })
      .filter({ visible: true })
      .first()
      .click()
    await page.getByRole('textbox', { name: /文字或脚本|Text or script/ }).fill(text)
    await page.getByRole('button', { name: /全部选项|All options/ }).click()
    await page.locator('.options').waitFor()
  }
  const price = () => page.locator('.price b').filter({ visible: true }).first().innerText()
  /** The lower end of a price. */
  const dollars = (words: string) => Number(/[\d.]+/.exec(words)?.[0])
  const sideways = () => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')

  it('everything can be chosen, the price follows, and a reload forgets nothing', async () => {
    await open(desktop, chinese)
    await page.getByText('估算').filter({ visible: true }).waitFor()
    const dear = await price()
    await page.getByRole('radio', { name: '访谈' }).click()
    await page.getByRole('slider', { name: '长度' }).fill('2')
    await page.getByRole('textbox', { name: '风格' }).fill('平实，少讲笑话')
    await page.getByRole('textbox', { name: '第 1 个人的名字' }).fill('主持人')
    await page.getByRole('textbox', { name: '主持人是什么样的人' }).fill('爱追问')
    for (const [name, voice] of [
      ['主持人', 'Nova'],
      ['周棠', 'Onyx'],
    ] as const) {
      await page
        .locator('.options')
        .getByRole('button', { name: new RegExp(`^${name}的声音`) })
        .click()
      const sheet = page.getByRole('dialog')
      expect(await sheet.innerText()).toContain('US$0.30 / 千字')
      await sheet.getByRole('button', { name: new RegExp(`^${voice} [女男]声`) }).click()
    }
    await expect.poll(async () => dollars(await price())).toBeLessThan(dollars(dear))
    const chosen = await price()
    await page.getByRole('switch', { name: '开头说明' }).click()
    await page.getByRole('switch', { name: 'M4A' }).click()

    await page.reload()
    await page.locator('.options').waitFor()
    expect(await page.getByRole('radio', { name: '访谈' }).getAttribute('aria-checked')).toBe('true')
    expect(await page.getByRole('switch', { name: '开头说明' }).isChecked()).toBe(false)
    expect(await page.getByRole('switch', { name: 'M4A' }).isChecked()).toBe(true)
    await expect.poll(price).toBe(chosen)
    await page.getByRole('button', { name: '做成播客' }).filter({ visible: true }).click()

    await page.waitForURL(/\/episodes\//)
    const id = page.url().split('/').at(-1)!
    const [row] = await rows<{ brief: object }>(product.run, 'SELECT brief FROM episodes WHERE id = $1', [id])
    expect(row!.brief).toMatchObject({
      format: 'interview',
      targetMinutes: 2,
      style: '平实，少讲笑话',
      notice: false,
      m4a: true,
      speakers: [
        { name: '主持人', voiceId: 'openai-nova', role: '爱追问' },
        { name: '周棠', voiceId: 'openai-onyx' },
      ],
    })
    await page.locator('.status .say').getByText('做好了').waitFor({ timeout: 120_000 })
    await page.locator('.along img').waitFor()
    for (const [name, ending] of [
      ['MP3', '.mp3'],
      ['M4A', '.m4a'],
      ['文字稿', '.vtt'],
      ['字幕', '.srt'],
      ['章节', '.chapters.json'],
      ['封面', '.png'],
    ] as const) {
      const link = page.locator('.along').getByRole('link', { name })
      const [download] = await Promise.all([page.waitForEvent('download'), link.click()])
      expect(download.suggestedFilename()).toMatch(/[\u4e00-\u9fff]/)
      expect(download.suggestedFilename().endsWith(ending), download.suggestedFilename()).toBe(true)
      expect(readFileSync(await download.path()).length).toBeGreaterThan(100)
    }
    const times = page.locator('.left .toc button')
    const last = await times.count()
    await times.nth(last - 1).click()
    const heard = () =>
      page.evaluate<{ at: number; playing: boolean }>(
        `(({ currentTime = 0, paused = true } = {}) => ({ at: currentTime, playing: !paused }))(document.querySelector('audio') ?? undefined)`,
      )
    await expect.poll(async () => (await heard()).playing, { timeout: 20_000 }).toBe(true)
  })

  it('a voice is heard by the keyboard alone, and one without a sample says so', async () => {
    await open(desktop, chinese)
    await page
      .locator('.options')
      .getByRole('button', { name: /的声音/ })
      .first()
      .press('Enter')
    const sheet = page.getByRole('dialog')
    await sheet.waitFor()
    expect(await sheet.getByRole('button', { name: 'Matilda还没有试听' }).isDisabled()).toBe(true)
    const hearIt = sheet.getByRole('button', { name: '试听高扬' })
    await hearIt.focus()
    await page.keyboard.press('Enter')
    await sheet.getByRole('button', { name: '停止试听高扬' }).waitFor({ timeout: 30_000 })
    // It ends by itself.
    await hearIt.waitFor({ timeout: 15_000 })
    await page.keyboard.press('Escape')
    await sheet.waitFor({ state: 'detached' })
    expect(await page.evaluate('document.activeElement.ariaLabel'), 'the focus is back').toMatch(/的声音/)
  })

  it('a missing name is said where one types, and nothing is sent', async () => {
    await open(desktop, chinese)
    await page.getByRole('textbox', { name: '第 2 个人的名字' }).fill('')
    await page.getByRole('alert').getByText('每个人都要有名字').waitFor()
    await page.getByRole('textbox', { name: '第 2 个人的名字' }).fill('林知远')
    await page.getByRole('alert').getByText('两个人同名').waitFor()
    await page.getByRole('textbox', { name: '第 2 个人的名字' }).fill('周棠')
    await expect.poll(() => page.getByRole('alert').count()).toBe(0)
  })

  it('on a phone, in English, in the dark', async () => {
    await open({ ...phone, colorScheme: 'dark' }, english)
    await page.getByRole('button', { name: 'Add a speaker' }).tap()
    expect(await page.locator('.spk').count()).toBe(3)
    expect(await sideways()).toBe(0)
    await page
      .locator('.options')
      .getByRole('button', { name: /^Voice of/ })
      .first()
      .tap()
    const sheet = page.getByRole('dialog')
    await sheet.getByRole('button', { name: /^Clear/ }).tap()
    await sheet.waitFor({ state: 'detached' })
    expect(await sideways()).toBe(0)
    await page.getByRole('button', { name: 'Back to defaults' }).tap()
    await expect.poll(() => page.locator('.spk').count()).toBe(2)
  })

  it('in the console an administrator has a sample made and hides a voice', async () => {
    page = await browser.newPage(desktop)
    complaints = complaintsOf(page)
    await openConsole(page, product.run)
    await page.getByRole('menuitem', { name: '声音' }).click()
    const row = page.getByRole('row').filter({ hasText: 'George' })
    await row.getByRole('button', { name: '做试听，US$0.0198' }).click()
    await page.getByRole('dialog').getByText('只买这一次').waitFor()
    await page.getByRole('dialog').getByRole('button', { name: '做', exact: true }).click()
    await row.locator('audio').waitFor({ timeout: 30_000 })
    await row.getByRole('switch').click()
    await row.getByText('不给选').waitFor()
    expect(await voiceById('elevenlabs-george')).toBeUndefined()
    await row.getByRole('switch').click()
    await row.getByText('让人选').waitFor()
    await page.getByRole('menuitem', { name: '价格' }).click()
    await page.getByRole('cell', { name: 'tts-1-hd' }).waitFor()
  })

  it('without keys the paid voices are seen, with their price and the key they need, and cannot be taken', async () => {
    const keyless = readRun()
    const somebody = await Person.signUp(keyless)
    const { items } = await somebody.ok<{ items: Voice[] }>('GET', '/api/voices')
    expect(items.find(({ id }) => id === 'openai-nova')).toMatchObject({
      available: false,
      needsKey: 'OPENAI_API_KEY',
      sample: 'none',
    })
    expect(items.find(({ id }) => id === 'local-zh-a')).toMatchObject({ available: true, needsKey: null })
    const brief = {
      kind: 'narration',
      sources: [{ type: 'text', text: chinese }],
      speakers: [{ name: '甲', voiceId: 'openai-nova' }],
    }
    expect((await somebody.ask('POST', '/api/episodes', brief)).status).toBe(422)
    expect((await (await Person.admin(keyless)).ask('POST', '/api/admin/voices/openai-nova/sample')).status).toBe(409)

    await open(desktop, chinese, keyless)
    await page.getByText('还没有接语言模型').waitFor()
    await page
      .locator('.options')
      .getByRole('button', { name: /的声音/ })
      .first()
      .click()
    const sheet = page.getByRole('dialog')
    const row = sheet.locator('.vc').filter({ hasText: 'Nova' })
    expect(await row.innerText()).toMatch(/需要 OPENAI_API_KEY[^]*US\$0\.015 \/ 千字/)
    expect(await row.locator('.pick').isDisabled()).toBe(true)
  })

  it('says when the voices cannot be read, and an episode can be ordered all the same', async () => {
    // What a service worker asks for is not seen by a route.
    page = await (await browser.newContext({ ...desktop, serviceWorkers: 'block' })).newPage()
    complaints = []
    await page.goto(product.run.web)
    await page.route('**/api/voices', (route) => route.abort())
    await page.getByRole('button', { name: '直接试用' }).filter({ visible: true }).first().click()
    await page.getByRole('textbox', { name: '文字或脚本' }).fill(chinese)
    await page.getByText('声音列表没有读出来').waitFor({ timeout: 30_000 })
    expect(await page.getByRole('button', { name: '做成播客' }).filter({ visible: true }).isEnabled()).toBe(true)
    await page.unroute('**/api/voices')
    await page.getByRole('button', { name: '现在重试' }).click()
    await page.locator('.sentence').waitFor()
  })
})
