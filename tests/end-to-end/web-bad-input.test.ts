import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { violationsOf } from '../setup/axe.ts'
import { complaintsOf, launchBrowser } from '../setup/browser.ts'
import { Person, readRun } from '../setup/person.ts'
import { chinese } from '../setup/texts.ts'

// What hands, machines and networks do that nobody meant. A text of 2 MB, fifty files, a wrong kind and double clicks are in the other files of the web.

const run = readRun()
const desktop = { viewport: { width: 1440, height: 900 }, locale: 'zh-CN' }
const phone = { viewport: { width: 390, height: 844 }, locale: 'zh-CN', hasTouch: true, isMobile: true }

let browser: Browser
let context: BrowserContext
let page: Page
let person: Person
let complaints: string[] = []

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())
afterEach(async () => {
  await context?.close()
  expect(complaints, 'what the browser complained about').toEqual([])
})

/** Somebody new, signed in, at an address; `before` runs in every page before the app does. */
async function arrive(look: BrowserContextOptions, path: string, before?: string): Promise<void> {
  person = await Person.signUp(run)
  context = await browser.newContext(look)
  if (before) await context.addInitScript(before)
  await context.addCookies(
    person.cookies.split('; ').map((pair) => {
      const split = pair.indexOf('=')
      return { name: pair.slice(0, split), value: pair.slice(split + 1), url: run.web }
    }),
  )
  page = await context.newPage()
  complaints = complaintsOf(page)
  await page.goto(at(path))
}

const at = (path: string) => new URL(path, run.web).href
const shown = (name: string | RegExp) => page.getByRole('button', { name }).filter({ visible: true }).first()
const box = () => page.getByRole('textbox', { name: '文字或脚本' })
const sideways = () => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
const currentTime = () => page.evaluate<number>(`document.querySelector('audio')?.currentTime ?? 0`)
const episodes = async () => (await person.ok<{ items: { id: string; title: string }[] }>('GET', '/api/episodes')).items
async function writes(text: string) {
  await box().fill(text)
  await page.getByRole('radio', { name: '逐字朗读' }).click()
  await page.getByText('准确').filter({ visible: true }).first().waitFor()
}
async function narration(title: string, text = chinese): Promise<string> {
  const { id } = await person.order({
    kind: 'narration',
    title,
    language: 'zh',
    notice: false,
    sources: [{ type: 'text', text }],
  })
  await person.ready(id)
  return id
}

it('a folder dropped on the box gives its files, those within folders too, and none of the hidden', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dropped-'))
  mkdirSync(join(folder, '里面'))
  writeFileSync(join(folder, '一.html'), `<p>第一份。${chinese}</p>`)
  writeFileSync(join(folder, '里面', '二.html'), `<p>第二份。${chinese}</p>`)
  writeFileSync(join(folder, '.DS_Store'), 'hidden')
  try {
    await arrive(desktop, '/new')
    const { x, y } = (await box().boundingBox())!
    const session = await context.newCDPSession(page)
    const data = { items: [], files: [folder], dragOperationsMask: 1 }
    for (const type of ['dragEnter', 'dragOver', 'drop'] as const)
      await session.send('Input.dispatchDragEvent', { type, x: x + 40, y: y + 40, data })
    await expect.poll(() => page.locator('.sources li').count(), { timeout: 30_000 }).toBe(2)
    await page.locator('.sources li').filter({ hasText: '中文' }).nth(1).waitFor({ timeout: 30_000 })
  } finally {
    rmSync(folder, { recursive: true })
  }
})

it('Enter held down with Ctrl, and a button hammered, make one episode', async () => {
  await arrive(desktop, '/new')
  await writes(chinese)
  await box().focus()
  await page.keyboard.down('Control')
  // Without a keyup between them these are what a key that is held sends.
  for (let count = 0; count < 12; count += 1) await page.keyboard.down('Enter')
  await page.keyboard.up('Enter')
  await page.keyboard.up('Control')
  await page.waitForURL(/\/episodes\//)
  await page.locator('.line').first().waitFor()
  expect(await episodes()).toHaveLength(1)

  await page.goto(at('/new'))
  await writes(`${chinese} 再来一次。`)
  await page.evaluate(
    `[...document.querySelectorAll('.btn.go')].forEach((one) => { for (let i = 0; i < 9; i += 1) one.click() })`,
  )
  await page.waitForURL(/\/episodes\//)
  await page.locator('.line').first().waitFor()
  expect(await episodes()).toHaveLength(2)
})

it('"back" in the middle of everything loses nothing that was typed', async () => {
  await arrive(phone, '/library')
  const id = await narration('来回走')
  await page.getByRole('link', { name: '新建' }).filter({ visible: true }).first().tap()
  await box().fill('写到一半，手滑了')
  await page.goBack()
  await page.getByRole('heading', { name: '作品库' }).waitFor()
  await page.goForward()
  expect(await box().inputValue()).toBe('写到一半，手滑了')

  await page.goto(at(`/episodes/${id}`))
  await page.locator('main .line .tx').first().tap()
  await page.getByRole('dialog', { name: '第 1 句' }).getByRole('button', { name: '改这一句' }).tap()
  const words = page.locator('main .line').first().getByRole('textbox').first()
  await words.fill('改到一半的一句。')
  await page.getByRole('link', { name: '返回作品库' }).tap()
  await page.getByRole('heading', { name: '作品库' }).waitFor()
  await page.goBack()
  await page.locator('main .line .tx').first().tap()
  await page.getByRole('dialog', { name: '第 1 句' }).getByRole('button', { name: '改这一句' }).tap()
  expect(await words.inputValue()).toBe('改到一半的一句。')
  expect((await person.episode(id)).version).toBe(1)
})

it.each([
  ['ahead', 1],
  ['behind', -1],
])('a clock that is a day %s changes nothing', async (_name, days) => {
  const wrong = `(() => {
    const Right = Date
    const off = ${days * 86_400_000}
    globalThis.Date = class extends Right {
      constructor(...given) { given.length > 0 ? super(...given) : super(Right.now() + off) }
      static now() { return Right.now() + off }
    }
  })()`
  await arrive(desktop, '/new', wrong)
  await writes(chinese)
  await shown('开始朗读').click()
  await page.waitForURL(/\/episodes\//)
  await page.locator('.player .playb:enabled').filter({ visible: true }).click({ timeout: 60_000 })
  await expect.poll(currentTime, { timeout: 20_000 }).toBeGreaterThan(0.4)
  for (const path of ['/library', '/usage', '/settings']) {
    await page.goto(at(path))
    await page.locator('h1').first().waitFor()
    await page.locator('.sk').waitFor({ state: 'detached' })
    expect(await page.locator('main').innerText(), path).not.toMatch(/NaN|Invalid|undefined/)
  }
})

it.each([
  ['full', `Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError') }`],
  [
    'forbidden',
    `for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches'])
       Object.defineProperty(globalThis, name, { get() { throw new DOMException('no', 'SecurityError') } })`,
  ],
])('storage that is %s is done without', async (_name, before) => {
  await arrive(desktop, '/new', before)
  await writes(chinese)
  await page.getByRole('link', { name: '作品库' }).first().click()
  await page.getByRole('heading', { name: '作品库' }).waitFor()
  await page.goBack()
  // For as long as the page lasts.
  expect(await box().inputValue()).toBe(chinese)
  await shown('开始朗读').click()
  await page.waitForURL(/\/episodes\//)
  await page.locator('.player .playb:enabled').filter({ visible: true }).click({ timeout: 60_000 })
  await expect.poll(currentTime, { timeout: 20_000 }).toBeGreaterThan(0.4)
})

it('a title of 500 characters stays in its place, and what does not fit is not taken', async () => {
  await arrive(phone, '/library')
  const id = await narration('很短')
  await page.goto(at(`/episodes/${id}`))
  await shown('改标题').tap()
  const field = page.getByRole('textbox', { name: '标题' })
  await field.fill('')
  await page.keyboard.insertText('银河在城市的灯光里慢慢消失了'.repeat(36).slice(0, 500))
  expect((await field.inputValue()).length).toBeLessThanOrEqual(200)
  await shown('保存').tap()
  await page.locator('h1').filter({ hasText: '银河在城市的灯光里' }).waitFor()
  expect((await person.episode(id)).title).toHaveLength(200)
  for (const path of [`/episodes/${id}`, '/library', '/usage']) {
    await page.goto(at(path))
    await page.locator('h1').first().waitFor()
    await page.locator('.sk').waitFor({ state: 'detached' })
    expect(await sideways(), path).toBe(0)
    expect(await violationsOf(page), path).toEqual([])
  }
  const refused = await person.ask('PATCH', `/api/episodes/${id}`, { title: '银'.repeat(500) })
  expect(refused.status).toBe(400)
})

it('words from right to left, with marks upon marks, are shown and kept as they were written, in the one form of all text', async () => {
  const arabic = 'مرحبا بالعالم، هذه ليلة هادئة.'
  const marks = `Z${'\u0300\u0323\u035c'.repeat(12)}a${'\u0301'.repeat(30)}lgo`
  const title = `${arabic} ${marks} \u202e倒过来\u202c`
  await arrive(phone, '/library')
  // As far as the review: which voice can say it is another question.
  const script = { type: 'script', text: `甲：${marks} 今晚。\n乙：${arabic} 你好。` }
  const speakers = [{ name: '甲' }, { name: '乙' }]
  const { id } = await person.order({ kind: 'podcast', title, review: true, notice: false, speakers, sources: [script] })
  await person.until(id, ({ status }) => status === 'review')
  for (const path of [`/episodes/${id}`, '/library', '/usage']) {
    await page.goto(at(path))
    await page.locator('h1').first().waitFor()
    await page.locator('.sk').waitFor({ state: 'detached' })
    expect(await sideways(), path).toBe(0)
    expect(await violationsOf(page), path).toEqual([])
  }
  await page.goto(at('/library'))
  await page.locator('.work .n').first().waitFor()
  // All text has one form: composed, and without the invisible marks that turn what follows.
  expect(await page.locator('.work .n').first().textContent()).toBe(title.replace(/[\u202c\u202e]/g, '').normalize('NFC'))
  expect((await person.lines(id)).map(({ text }) => text).join()).toContain(arabic)
})

it('an answer that never comes is said; the order was taken once, however often it is pressed', async () => {
  await arrive(desktop, '/new')
  await writes(chinese)
  let lost = 0
  await page.route(
    (url) => url.pathname === '/api/episodes',
    async (route) => {
      if (route.request().method() !== 'POST' || lost > 0) return route.continue()
      lost += 1
      // The server hears it; its answer is lost on the way.
      await route.fetch()
    },
  )
  await shown('开始朗读').click()
  await expect.poll(episodes, { timeout: 20_000 }).toHaveLength(1)
  await page.getByRole('alert').getByText('没有连上服务器。写的都在，等网络好了再按一次。').waitFor({ timeout: 45_000 })
  expect(await box().inputValue()).toBe(chinese)
  await shown('开始朗读').click()
  await page.waitForURL(/\/episodes\//)
  const [only, ...others] = await episodes()
  expect(others).toEqual([])
  expect(page.url()).toContain(only!.id)
})

it('a list whose answer never comes says so, tries again by itself, and comes', async () => {
  await arrive(desktop, '/voices')
  let stuck = 0
  await page.route('**/api/shows?*', (route) => {
    stuck += 1
    return stuck > 3 ? route.continue() : undefined
  })
  await page.getByRole('link', { name: '节目' }).filter({ visible: true }).first().click()
  await page.getByText('服务器没有回应。').waitFor({ timeout: 120_000 })
  await page.getByRole('heading', { name: '还没有节目' }).waitFor({ timeout: 30_000 })
})
