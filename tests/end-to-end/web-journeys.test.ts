import { createServer } from 'node:http'
import type { BrowserContextOptions } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { pdfOf } from '../setup/pdf.ts'
import { Person } from '../setup/person.ts'
import { chinese, english } from '../setup/texts.ts'
import {
  arrive as arriveAs,
  at,
  browser,
  context,
  currentTime,
  desktop,
  forgive,
  heardIn,
  opensBrowser,
  page,
  phone,
  shown,
} from '../setup/visit.ts'

// What a person does with the web app from the first visit on, at both widths and in both languages.

const zh = {
  signUp: '还没有账户？注册',
  name: '怎么称呼你',
  email: '邮箱',
  password: '密码',
  doSignUp: '注册',
  signIn: '登录',
  box: '文字或脚本',
  narration: '逐字朗读',
  exact: '准确',
  make: '开始朗读',
  ready: '做好了',
  line: (number: number) => `第 ${number} 句`,
  change: '改这一句',
  changeLine: (number: number) => `改第 ${number} 句`,
  save: /^保存并重做/,
  takes: '录过 2 次',
  panel: '分享和下载',
  share: '分享这一期',
  sharePage: '打开分享页',
  close: '关闭',
  more: '更多',
  delete: '删除',
  undo: '撤销',
  file: '选文件',
  reword: '改写法或换声音',
  keep: '保存',
  goOn: /^接着做/,
  raise: /^提高到 US\$/,
  offline: '现在没有网络。写的东西留在这台设备上，连上后接着来。',
  conflict: '稿子刚在别处改过，已经换成最新的。你写的还在，再存一次就好。',
  ended: '你在别处退出了登录。写到一半的都在，登录后接着写。',
}
const en: typeof zh = {
  signUp: 'No account yet? Sign up',
  name: 'Your name',
  email: 'E-mail',
  password: 'Password',
  doSignUp: 'Sign up',
  signIn: 'Sign in',
  box: 'Text or script',
  narration: 'Read aloud',
  exact: 'exact',
  make: 'Read it aloud',
  ready: 'Ready',
  line: (number: number) => `Line ${number}`,
  change: 'Change this line',
  changeLine: (number: number) => `Change line ${number}`,
  save: /^Save and remake/,
  takes: 'Recorded 2 times',
  panel: 'Share and files',
  share: 'Share this episode',
  sharePage: 'Open the page',
  close: 'Close',
  more: 'More',
  delete: 'Delete',
  undo: 'Undo',
  file: 'Choose files',
  reword: 'Reword or change voice',
  keep: 'Save',
  goOn: /^Go on/,
  raise: /^Raise to \$/,
  offline: 'You’re offline. What you type stays on this device; it goes on when you’re back.',
  conflict: 'The script was just changed elsewhere and has been refreshed. What you typed is still here; save it again.',
  ended: 'You were signed out elsewhere. Your draft is kept; sign in to go on.',
}

interface Look {
  context: BrowserContextOptions
  words: typeof zh
  isPhone: boolean
}
const look = (size: BrowserContextOptions, words: typeof zh): Look => ({
  context: { ...size, locale: words === zh ? 'zh-CN' : 'en-US' },
  words,
  isPhone: size === phone,
})
const everyLook: [string, Look][] = [
  ['390 px, Chinese', look(phone, zh)],
  ['390 px, English', look(phone, en)],
  ['1440 px, Chinese', look(desktop, zh)],
  ['1440 px, English', look(desktop, en)],
]

const SITE_PORT = 18_791
const article = `<!doctype html><html><head><meta charset="utf-8"><title>银河去哪了</title></head><body><article>${chinese
  .split('\n\n')
  .map((words) => `<p>${words}</p>`)
  .join('')}</article></body></html>`
const site = createServer((_req, res) => void res.writeHead(200, { 'content-type': 'text/html' }).end(article))

let product: Product
/** Whoever a journey is not about: has signed up, and ordered what waits. */
let somebody: Person
let words: typeof zh
let isPhone: boolean

const control = async (path: string, body: object = {}) =>
  void (await fetch(new URL(`/control/${path}`, product.run.settings['OPENAI_BASE_URL']), {
    method: 'POST',
    body: JSON.stringify(body),
  }))

opensBrowser(() => product.run)
beforeAll(async () => {
  await new Promise<void>((resolve) => site.listen(SITE_PORT, '127.0.0.1', resolve))
  product = await launchProduct(19_900, ['--fake'], { SOURCE_TEST_SERVERS: `127.0.0.1:${SITE_PORT}` })
  somebody = await Person.signUp(product.run)
})
beforeEach(() => control('clear'))
afterAll(async () => {
  await product?.stop()
  site.closeAllConnections()
  await new Promise<void>((resolve) => site.close(() => resolve()))
})

/** A browser of that look; signed in as `person`, or as nobody. */
async function arrive(as: Look, path: string, person?: Person): Promise<void> {
  ;({ words, isPhone } = as)
  await arriveAs(as.context, path, person && { as: person })
}

const box = () => page.getByRole('textbox', { name: words.box })
const line = (number: number, on = page) => on.locator('main .line').nth(number - 1)
const unmade = () => page.locator('.line.waiting, .line.voicing').count()
const seconds = (time: string) => time.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
/** How long a line lasts, by the times at its side and at that of the next one. */
async function secondsOf(number: number): Promise<number> {
  const [from, to] = await Promise.all([number, number + 1].map((one) => line(one).locator('.at').innerText()))
  return seconds(to!) - seconds(from!)
}
const idNow = () => new URL(page.url()).pathname.split('/').at(-1)!
const sees = (text: string, on = page) => on.locator('.status .say').getByText(text).waitFor({ timeout: 90_000 })

const speakers = [
  { name: '甲', voiceId: 'openai-nova' },
  { name: '乙', voiceId: 'openai-onyx' },
]
/** Words that nobody had voiced before: what is stored already is neither waited for nor paid. */
let told = 0
const unique = (mark: string) => `${mark}${(told += 1)}`
const texts = (count: number, mark: string) =>
  Array.from({ length: count }, (_, index) => `${mark}的第${index + 1}句，今天的天气很好，适合出门走走。`)
async function order(lines: string[], more: object = {}): Promise<string> {
  const text = lines.map((said, index) => `${index % 2 ? '乙' : '甲'}：${said}`).join('\n')
  const brief = { kind: 'podcast', language: 'zh', notice: false, speakers, sources: [{ type: 'script', text }], ...more }
  return (await somebody.order(brief)).id
}

/** Opens the editor of a line, as one does with this hand. */
async function edit(number: number, on = page) {
  if (!isPhone)
    return line(number, on)
      .getByRole('button', { name: words.changeLine(number), exact: true })
      .click()
  await line(number, on).locator('.tx').tap()
  await on
    .getByRole('dialog', { name: words.line(number), exact: true })
    .getByRole('button', { name: words.change })
    .tap()
}
const field = (number: number, on = page) => line(number, on).getByRole('textbox').first()
const sounds = (number: number) => expect.poll(() => line(number).getAttribute('class'), { timeout: 20_000 }).toContain('playing')

describe('from a thought to something worth hearing', () => {
  it.each(everyLook)('signs up, pastes, hears it while it is made, mends a line, shares, deletes: %s', async (_name, as) => {
    await control('route', { route: 'openai-speech', latencyMs: 1_500 })
    await arrive(as, '/')
    await shown(words.signUp).click()
    await page.getByLabel(words.name).fill('小林')
    await page.getByLabel(words.email).fill(`${crypto.randomUUID()}@example.com`)
    await page.getByLabel(words.password).fill('a long password')
    await page.getByRole('button', { name: words.doSignUp, exact: true }).click()

    const lines = texts(24, unique('边听边做'))
    await box().fill(lines.join('\n'))
    await page.getByRole('radio', { name: words.narration }).click()
    await page.getByText(words.exact).filter({ visible: true }).first().waitFor()
    await shown(words.make).click()
    await page.waitForURL(/\/episodes\//)

    // Heard before the last line is made, and it goes on.
    await page.locator('.player .playb:enabled').filter({ visible: true }).click({ timeout: 90_000 })
    await expect.poll(currentTime, { timeout: 30_000, interval: 50 }).toBeGreaterThan(0.4)
    const early = await currentTime()
    await expect.poll(currentTime, { timeout: 10_000, interval: 50 }).toBeGreaterThan(early + 0.5)
    expect(await unmade()).toBeGreaterThan(0)
    await control('clear')
    await sees(words.ready)
    await page.locator('.player .playb').filter({ visible: true }).click()

    // One line is said otherwise, and the new words are what sounds. The first one may be the notice that voices are made.
    const said = `${unique('换了说法')}。`
    const before = await secondsOf(2)
    await edit(2)
    await field(2).fill(said)
    await page.getByText(/^(只重做这一句|Remakes this line only)$/).waitFor()
    await shown(words.save).click()
    await line(2).getByText(words.takes).waitFor({ timeout: 30_000 })
    await sees(words.ready)
    expect(await line(2).locator('.tx').innerText()).toBe(said)
    const sound = page.waitForRequest(/playlist\.m3u8\?v=2$/)
    await line(2).locator('.at').click()
    await sound
    await sounds(2)
    const start = seconds(await line(2).locator('.at').innerText())
    await sounds(3)
    // The line has become short, and so the next one begins early.
    expect(before).toBeGreaterThanOrEqual(3)
    expect((await currentTime()) - start).toBeLessThan(3.2)
    await page.locator('.player .playb').filter({ visible: true }).click()

    const id = idNow()
    if (isPhone) await shown(words.panel).tap()
    await shown(words.share).click()
    const url = await page.getByRole('link', { name: words.sharePage }).getAttribute('href')
    if (isPhone) await shown(words.close).tap()
    const stranger = await browser.newContext(as.context)
    const there = await stranger.newPage()
    await there.goto(url!)
    await there.getByText(said).first().waitFor()
    // A shared page speaks the language of what is shared.
    await there.getByRole('button', { name: '播放' }).filter({ visible: true }).first().click()
    await expect.poll(() => heardIn(there), { timeout: 20_000 }).toBeGreaterThan(0.4)
    await stranger.close()

    await page.getByRole('button', { name: words.more, exact: true }).filter({ visible: true }).click()
    await page.getByRole('menuitem', { name: words.delete }).click()
    await page.waitForURL(/\/library$/)
    const row = page.locator(`.work a[href="/episodes/${id}"]`).first()
    // Not the way back from the new version, which may still stand there.
    await page
      .getByText(/^(已删除|Deleted)/)
      .first()
      .waitFor()
    await shown(words.undo).click()
    await row.waitFor()
    await page.reload()
    await row.click()
    await sees(words.ready)
  })

  it.each(everyLook)('a link and a PDF become something to hear: %s', async (_name, as) => {
    await arrive(as, '/new', somebody)
    await box().fill(`http://127.0.0.1:${SITE_PORT}/galaxy`)
    await page.locator('.sources li').getByText('银河去哪了').waitFor({ timeout: 30_000 })
    await page.getByRole('radio', { name: words.narration }).click()
    await page.getByText(words.exact).filter({ visible: true }).first().waitFor()
    await shown(words.make).click()
    await page.waitForURL(/\/episodes\//)
    await sees(words.ready)
    expect(await page.locator('main .line .tx').allInnerTexts()).toContainEqual(expect.stringContaining('银河'))

    await page.goto(at('/new'))
    const lines = english.split(/(?<=[.?]) |\n\n/)
    await page
      .locator('input[type=file]')
      .setInputFiles({ name: 'milky-way.pdf', mimeType: 'application/pdf', buffer: pdfOf(lines) })
    // Read, and not only on its way: its row still grows until then, and what is below it moves.
    await page.locator('.sources li .first').waitFor({ timeout: 60_000 })
    await page.getByRole('radio', { name: words.narration }).click()
    await page.getByText(words.exact).filter({ visible: true }).first().waitFor()
    await shown(words.make).click()
    await page.waitForURL(/\/episodes\//)
    await sees(words.ready)
    await page.locator('.player .playb:enabled').filter({ visible: true }).click()
    await expect.poll(currentTime, { timeout: 20_000 }).toBeGreaterThan(0.4)
    expect((await page.locator('main .line .tx').allInnerTexts()).join(' ')).toContain('Milky Way')
  })
})

describe('what waits for a person', () => {
  // One for each look, all made side by side before the first of them is looked at.
  let failed: string[]
  let atLimit: string[]
  beforeAll(async () => {
    const fail = async () => {
      const mark = unique('要修的')
      await control('next', { route: 'openai-speech', text: `${mark}的第1句`, times: 'all', fault: 'silent' })
      return order(texts(4, mark), { title: mark })
    }
    const reachLimit = () => order(texts(6, unique('上限')), { title: '上限', budgetMicroUsd: 1_300 })
    failed = await Promise.all(everyLook.map(fail))
    atLimit = await Promise.all(everyLook.map(reachLimit))
    for (const id of failed) await somebody.until(id, ({ status }) => status === 'needs_repair')
    for (const id of atLimit) await somebody.until(id, ({ status }) => status === 'paused_budget')
  })

  it.each(everyLook)('a line that failed is worded otherwise, and the same run goes on: %s', async (_name, as) => {
    const id = failed.pop()!
    await arrive(as, `/episodes/${id}`, somebody)
    await page.locator('.panel').waitFor()
    await line(1).getByRole('button', { name: words.reword }).click()
    await field(1).fill(`${unique('修好了的一句')}。`)
    await line(1).getByRole('button', { name: words.keep, exact: true }).click()
    await page.locator('.panel').getByRole('button', { name: words.goOn }).click()
    await sees(words.ready)
    expect((await somebody.lines(id)).map(({ status }) => status)).toEqual(['ready', 'ready', 'ready', 'ready'])
    expect((await somebody.episode(id)).version).toBe(1)
  })

  it.each(everyLook)('a budget that is reached is raised at one press: %s', async (_name, as) => {
    const id = atLimit.pop()!
    await arrive(as, `/episodes/${id}`, somebody)
    await page.locator('.panel').getByRole('button', { name: words.raise }).click()
    await sees(words.ready)
    expect((await somebody.episode(id)).progress).toMatchObject({ linesTotal: 6, linesDone: 6 })
  })
})

describe('a connection and a session that come and go', () => {
  it.each(everyLook)('without a connection in the middle of the making, and back: %s', async (_name, as) => {
    await control('route', { route: 'openai-speech', latencyMs: 1_000 })
    const id = await order(texts(12, unique('断线')), { title: '断线' })
    await arrive(as, `/episodes/${id}`, somebody)
    await page.locator('.line.ready').first().waitFor()
    await context.setOffline(true)
    await page.getByText(words.offline).waitFor()
    // The making goes on without anybody who looks.
    await control('clear')
    await somebody.ready(id)
    await context.setOffline(false)
    await page.getByText(words.offline).waitFor({ state: 'detached' })
    await sees(words.ready)
    await expect.poll(() => page.locator('.line.ready').count()).toBe(12)
    await page.locator('.player .playb:enabled').filter({ visible: true }).click()
    await expect.poll(currentTime, { timeout: 20_000 }).toBeGreaterThan(0.4)
    // A browser writes each request that failed into its console.
    forgive(/ERR_INTERNET_DISCONNECTED|ERR_FAILED/)
  })

  it.each(everyLook)('two tabs show the same, and neither undoes the other unseen: %s', async (_name, as) => {
    await control('route', { route: 'openai-speech', latencyMs: 600 })
    const id = await order(texts(6, unique('两个窗口')), { title: '两个窗口' })
    await arrive(as, `/episodes/${id}`, somebody)
    const other = await context.newPage()
    await other.goto(at(`/episodes/${id}`))
    await control('clear')
    await sees(words.ready)
    await sees(words.ready, other)

    await edit(1, other)
    await field(1, other).fill('另一个窗口里写的。')
    await edit(1)
    await field(1).fill('这个窗口里先存的。')
    await shown(words.save).click()
    await expect.poll(async () => (await somebody.episode(id)).version, { timeout: 20_000 }).toBe(2)
    await somebody.ready(id)
    // Whoever is later is told, keeps their words, and decides.
    await shown(words.save, other).click()
    await other.getByText(words.conflict).waitFor({ timeout: 20_000 })
    expect(await field(1, other).inputValue()).toBe('另一个窗口里写的。')
    expect((await somebody.lines(id))[0]!.text).toBe('这个窗口里先存的。')
    await shown(words.save, other).click()
    await expect.poll(async () => (await somebody.episode(id)).version, { timeout: 20_000 }).toBe(3)
    await somebody.ready(id)
    expect((await somebody.lines(id))[0]!.text).toBe('另一个窗口里写的。')
  })

  it.each(everyLook)('whose session ended elsewhere signs in and makes what was typed: %s', async (_name, as) => {
    const person = await Person.signUp(product.run)
    const { email } = await person.who()
    await arrive(as, '/new', person)
    await box().fill(chinese)
    await page.getByRole('radio', { name: words.narration }).click()
    await page.getByText(words.exact).filter({ visible: true }).first().waitFor()
    await person.ok('POST', '/api/auth/sign-out', {})
    await shown(words.make).click()
    await page.getByText(words.ended).waitFor()
    await page.getByLabel(words.email).fill(email)
    await page.getByLabel(words.password).fill('a long password')
    await page.getByRole('button', { name: words.signIn, exact: true }).click()
    await expect.poll(() => box().inputValue()).toBe(chinese)
    await shown(words.make).click()
    await page.waitForURL(/\/episodes\//)
    await sees(words.ready)
    // The refused request itself.
    forgive(/status of 401/)
  })
})
