import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { complaintsOf, launchBrowser, openConsole } from '../setup/browser.ts'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { Person } from '../setup/person.ts'
import { rows } from '../setup/store.ts'
import { script } from '../setup/texts.ts'

const desktop = { viewport: { width: 1440, height: 900 }, locale: 'zh-CN' }
const phone = { viewport: { width: 390, height: 844 }, locale: 'en-US', hasTouch: true, isMobile: true }

let product: Product
let browser: Browser
let page: Page
let complaints: string[] = []
let person: Person
let alertmanager: Server
/** What Alertmanager rings for at the moment. */
let firing: object[] = []

beforeAll(async () => {
  // Speaks the one question of Alertmanager's API that the console asks.
  alertmanager = createServer((req, res) => {
    const isAsked = req.url?.startsWith('/api/v2/alerts?active=true&silenced=false&inhibited=false')
    res.writeHead(isAsked ? 200 : 404, { 'content-type': 'application/json' }).end(JSON.stringify(firing))
  })
  await new Promise<void>((resolve) => alertmanager.listen(0, '127.0.0.1', resolve))
  const ALERTMANAGER_URL = `http://127.0.0.1:${(alertmanager.address() as AddressInfo).port}`
  ;[product, browser] = await Promise.all([launchProduct(19_800, ['--fake'], { ALERTMANAGER_URL }), launchBrowser()])
  person = await Person.demo(product.run)
})
afterAll(async () => {
  await browser?.close()
  await product?.stop()
  alertmanager?.close()
})
afterEach(async () => {
  await page.context().close()
  expect(complaints, 'what the browser complained about').toEqual([])
})

async function open(look: BrowserContextOptions, who = product.run.admin): Promise<void> {
  page = await (await browser.newContext(look)).newPage()
  complaints = complaintsOf(page)
  await openConsole(page, product.run, who)
}

const heading = (name: string) => page.getByRole('heading', { level: 1, name }).waitFor()
const go = async (name: string) => {
  await page.getByRole('menuitem', { name, exact: true }).click()
  await heading(name)
}
const button = (name: string | RegExp) => page.getByRole('button', { name })
const dialog = () => page.getByRole('dialog')
const sideways = () => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')

async function ordered(title: string, lines: number, budgetMicroUsd?: number): Promise<string> {
  const speakers = ['甲', '乙'].map((name, index) => ({ name, voiceId: ['openai-nova', 'openai-onyx'][index] }))
  const sources = [{ type: 'script', text: script(lines, title) }]
  const brief = { kind: 'podcast', title, notice: false, speakers, sources, ...(budgetMicroUsd && { budgetMicroUsd }) }
  return (await person.order(brief)).id
}

it('shows how the house does, and what rings', async () => {
  const id = await ordered('总览里的一期', 4)
  await person.ready(id)
  firing = [
    {
      labels: { alertname: 'NoVerifiedBackup', severity: 'critical' },
      annotations: { summary: 'No verified backup for 26 h' },
      startsAt: '2026-03-01T08:00:00Z',
    },
  ]
  await open(desktop)
  await heading('总览')
  await page.getByRole('region', { name: '告警' }).getByText('No verified backup for 26 h').waitFor()
  const checks = await page.getByRole('region', { name: '依靠的服务' }).innerText()
  expect(checks).toMatch(/数据库\s+\d+ ?毫秒[^]*Redis\s+\d+ ?毫秒[^]*对象存储\s+\d+ ?毫秒[^]*Temporal\s+\d+ ?毫秒/)
  const today = await page.getByRole('region', { name: '今天（UTC）' }).innerText()
  expect(today).toMatch(/作品\s+1\s+完成 1，在做 0，等人 0[^]*成功率\s+100%[^]*首声，中位\s+\d[^]*花费\s+US\$0\.00\d+/)
  await page.getByRole('region', { name: '排队' }).first().getByText('openai').waitFor()
  await page
    .getByRole('region', { name: 'openai 出错率' })
    .getByText(/一小时内 \d+ 次调用，0 次没成/)
    .first()
    .waitFor()
  await page.getByRole('link', { name: '总览里的一期' }).waitFor()
  expect(await sideways()).toBe(0)
  firing = []
  await button('刷新').click()
  await page.getByText('没有告警在响。').waitFor({ timeout: 15_000 })
})

it('raises the budget of one episode, and it goes on; makes a stopped one again for the price that was said', async () => {
  const held = await ordered('等预算的一期', 6, 1_300)
  await person.until(held, ({ status }) => status === 'paused_budget')
  await open(desktop)
  await heading('总览')
  await page.goto(`${product.run.console}/episodes/${held}/show`)
  await button('改上限').click()
  await dialog().getByLabel('上限，美元').fill('nan')
  await dialog().getByText('写成一个金额').waitFor()
  expect(await dialog().getByRole('button', { name: '保存' }).isDisabled()).toBe(true)
  await dialog().getByLabel('上限，美元').fill('0.5')
  await dialog().getByRole('button', { name: '保存' }).click()
  await page.locator('.facts').getByText('完成').waitFor()
  await page
    .getByRole('region', { name: '账单' })
    .locator('h2 .meta')
    .getByText(/合计 US\$0\.00\d+，\d+ 次调用/)
    .waitFor()
  await person.ready(held)

  const stopped = await ordered('停下来的一期', 60)
  await person.until(stopped, ({ progress }) => progress.linesDone >= 3)
  await person.ok('POST', `/api/episodes/${stopped}/cancel`)
  const { cost } = await person.until(stopped, ({ status }) => status === 'cancelled')
  await page.goto(`${product.run.console}/episodes/${stopped}/show`)
  const retry = button(/^重做，US\$0\.0\d+$/)
  const price = Number((await retry.innerText()).split('US$')[1])
  await retry.click()
  await dialog()
    .getByText(/已经配好的 \d+ 句不再花钱/)
    .waitFor()
  await dialog().getByRole('button', { name: '重做' }).click()
  await page.getByText('已经开始重做。').waitFor()
  const { cost: whole } = await person.ready(stopped)
  expect(whole.spentMicroUsd - cost.spentMicroUsd).toBeLessThanOrEqual(Math.round(price * 1e6))
  await page.locator('.facts').getByText('完成').waitFor()
})

it('calls a provider once, for the price that was said, and switches it off and on', async () => {
  await open(desktop)
  await go('服务商')
  const row = page.getByRole('row').filter({ hasText: 'openai' })
  const offer = await row.getByRole('button', { name: /^试呼一次/ }).innerText()
  await row.getByRole('button', { name: /^试呼一次/ }).click()
  await dialog().getByText('记在平台自己的账上').waitFor()
  await dialog().getByRole('button', { name: '试呼一次' }).click()
  await row.getByText('有回应，声音正常').waitFor()
  const calls = await rows<{ user_id: string; cost_micro_usd: string; status: string }>(
    product.run,
    `SELECT user_id, cost_micro_usd, status FROM usage_logs WHERE step = 'test'`,
  )
  expect(calls).toEqual([
    { user_id: 'house', cost_micro_usd: String(Math.round(Number(offer.split('US$')[1]) * 1e6)), status: 'settled' },
  ])

  await row.getByRole('button', { name: '关闭' }).click()
  await dialog().getByRole('button', { name: '关闭' }).click()
  await row.getByText('已关闭', { exact: true }).waitFor()
  await row.getByRole('button', { name: '打开' }).click()
  await row.getByText('正常', { exact: true }).waitFor()
  await row.getByRole('button', { name: '改限额' }).click()
  await dialog().getByLabel('同时最多').fill('0')
  await dialog().getByText('写成 1 到 1000 的整数').waitFor()
  await dialog().getByLabel('同时最多').fill('7')
  await dialog().getByLabel('每秒最多').fill('2.5')
  await dialog().getByRole('button', { name: '保存' }).click()
  await row.getByRole('cell', { name: '2.5' }).waitFor()

  await go('审计')
  const limits = page.getByRole('row').filter({ hasText: 'requestsPerSecond' }).first()
  expect(await limits.innerText()).toMatch(/改服务商[^]*concurrency\s+10\s+7\s+requestsPerSecond\s+null\s+2\.5/)
})

it('shows the keys of a user, and revokes one after asking', async () => {
  const email = `keys-${Date.now()}@example.com`
  const owner = new Person(product.run)
  await owner.ok('POST', '/api/auth/sign-up/email', { name: '小程', email, password: 'a long password' })
  await owner.ok('POST', '/api/keys', { name: '每晚的脚本', scopes: ['read', 'create'], expiresInDays: 30 })
  await open(desktop)
  await go('用户')
  await page.getByRole('link', { name: email }).click()
  const row = page.getByRole('row').filter({ hasText: '每晚的脚本' })
  expect(await row.innerText()).toMatch(/aim_\S+…[^]*查看、制作（会花钱）[^]*还没用过/)
  await row.getByRole('button', { name: '吊销' }).click()
  await dialog().getByText('下一次请求就会被拒绝').waitFor()
  await dialog().getByRole('button', { name: '吊销' }).click()
  await page.getByText('还没有密钥。').waitFor()
  expect(await owner.ok('GET', '/api/keys')).toEqual({ items: [] })
  await go('审计')
  await page.getByRole('row').filter({ hasText: '吊销密钥' }).first().waitFor()
})

it('gives a user the role of support, who then sees everything and finds nothing to press', async () => {
  const email = `support-${Date.now()}@example.com`
  const newcomer = new Person(product.run)
  await newcomer.ok('POST', '/api/auth/sign-up/email', { name: '小客', email, password: 'a long password' })
  const { id } = await newcomer.who()
  await open(desktop)
  await go('用户')
  await page.getByRole('link', { name: email }).click()
  await button('改身份').click()
  await dialog().getByLabel('身份').selectOption({ label: '客服' })
  await dialog().getByText('什么都能看，什么都不能改').waitFor()
  await dialog().getByRole('button', { name: '保存' }).click()
  await page.locator('.facts').getByText('客服').waitFor()
  await page.getByRole('region', { name: '登录着的地方' }).first().getByRole('button', { name: '让它退出' }).waitFor()
  await page.context().close()

  await open(desktop, { email, password: 'a long password' })
  await heading('总览')
  await page.getByRole('note').getByText('你的身份是客服').waitFor()
  const pages = ['作品', '用户', '用量流水', '声音', '价格', '服务商', '定时', '对账清理', '审计', '设置']
  const deeds =
    /停止|重做|改上限|停用|改身份|退出|试呼|关闭|改限额|暂停|恢复|现在做一次|现在查|修好|加一个价格|发一条公告|撤下|保存|做试听/
  for (const name of pages) {
    await go(name)
    await page.waitForLoadState('networkidle')
    expect(await page.getByRole('main').getByRole('button', { name: deeds }).count(), name).toBe(0)
    await page.getByRole('note').waitFor()
  }
  await page.goto(`${product.run.console}/users/${encodeURIComponent(id)}/show`)
  await heading(email)
  expect(await page.getByRole('main').getByRole('button', { name: deeds }).count()).toBe(0)
})

it('suspends a user with a reason, and lets them in again', async () => {
  const newcomer = await Person.signUp(product.run)
  const { id, email } = await newcomer.who()
  await open(desktop)
  await heading('总览')
  await page.goto(`${product.run.console}/users/${id}/show`)
  await button('停用').click()
  await dialog().getByLabel('为什么').fill('发垃圾')
  await dialog().getByRole('button', { name: '停用' }).click()
  await page.locator('.facts').getByText('发垃圾').waitFor()
  expect((await newcomer.ask('GET', '/api/episodes')).status).toBe(401)
  await page.getByText('现在没有在任何地方登录').waitFor()
  await button('恢复').click()
  await dialog().getByText(email).waitFor()
  await dialog().getByRole('button', { name: '恢复' }).click()
  await page.locator('.facts').getByText('正常').waitFor()
})

it('adds a price, tells everybody something, and the web app shows it in the reader’s language', async () => {
  await open(desktop)
  await go('价格')
  await button('加一个价格').click()
  await dialog().getByLabel('服务商').fill('openai')
  await dialog().getByLabel('模型').fill('tts-1-hd')
  await dialog().getByLabel('价格，美元').fill('31')
  await dialog().getByRole('button', { name: '加一个价格' }).click()
  await page.getByRole('row').filter({ hasText: 'US$31.00' }).getByText('现在算数').waitFor()
  await page.getByRole('row').filter({ hasText: 'tts-1-hd' }).filter({ hasText: 'US$30.00' }).getByText('以前的').waitFor()

  await go('设置')
  await button('发一条公告').click()
  await dialog().getByLabel('中文').fill('今晚 2 点维护 10 分钟。')
  expect(await dialog().getByRole('button', { name: '发出' }).isDisabled(), 'in one language only').toBe(true)
  await dialog().getByLabel('英文').fill('Ten minutes of maintenance at 2 tonight.')
  await dialog().getByRole('button', { name: '发出' }).click()
  await page.getByRole('region', { name: '给所有人的公告' }).first().getByText('正在显示', { exact: true }).waitFor()

  const reader = await (await browser.newContext(phone)).newPage()
  const moans = complaintsOf(reader)
  await reader.goto(product.run.web)
  await reader.getByRole('status', { name: 'Notices' }).getByText('Ten minutes of maintenance at 2 tonight.').waitFor()
  expect(await reader.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBe(0)
  await reader.getByRole('button', { name: 'Got it, put it away' }).tap()
  await reader.reload()
  await reader.getByRole('status', { name: 'Notices' }).waitFor({ state: 'attached' })
  await reader.waitForLoadState('networkidle')
  expect(await reader.getByText('Ten minutes of maintenance').count(), 'put away on this device').toBe(0)
  await reader.context().close()
  expect(moans).toEqual([])

  await button('撤下').click()
  await dialog().getByRole('button', { name: '撤下' }).click()
  await page.getByText('已结束').waitFor()
  expect((await new Person(product.run).ok<{ items: [] }>('GET', '/api/notices')).items).toEqual([])
})

it('pauses and resumes what begins by itself, and takes the calls along as a table', async () => {
  await open(desktop)
  await go('定时')
  const row = page.getByRole('row').filter({ hasText: 'reconcile-nightly' })
  await row.getByRole('button', { name: '暂停' }).click()
  await row.getByText('已暂停').waitFor()
  await row.getByRole('button', { name: '恢复' }).click()
  await row.getByText('等到点').waitFor()
  await go('用量流水')
  await page
    .getByRole('region', { name: '每天花费（UTC）' })
    .getByRole('img', { name: /最高一天 US\$0\.0/ })
    .waitFor()
  const [download] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: /下载/ }).click()])
  expect(download.suggestedFilename()).toBe('usage-logs.csv')
})

it('is whole on a phone, in English, page by page', async () => {
  await open(phone)
  await heading('总览')
  await page.getByRole('button', { name: 'English' }).tap()
  await heading('Dashboard')
  const pages = {
    episodes: 'Episodes',
    users: 'Users',
    'usage-logs': 'Usage logs',
    voices: 'Voices',
    prices: 'Prices',
    providers: 'Providers',
    schedules: 'Schedules',
    reconcile: 'Clean-up',
    'audit-log': 'Audit log',
    settings: 'Settings',
  }
  for (const [path, title] of Object.entries(pages)) {
    await page.goto(`${product.run.console}/${path}`)
    await heading(title)
    await page.waitForLoadState('networkidle')
    expect(await sideways(), path).toBe(0)
    expect(await page.getByRole('main').innerText(), path).not.toMatch(/console\.[a-z_]+\.|resources\.[a-z-]+\./)
  }
})
