import type { Browser, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest'
import { complaintsOf, launchBrowser, openConsole } from '../setup/browser.ts'
import { Person, readRun } from '../setup/person.ts'
import { script } from '../setup/texts.ts'

const run = readRun()
const TITLE = `控制台里看的一期 ${Date.now()}`
const LINES = 4

let browser: Browser
let page: Page
let complaints: string[]

beforeAll(async () => {
  browser = await launchBrowser()
  const person = await Person.demo(run)
  const { id } = await person.order({
    kind: 'podcast',
    title: TITLE,
    notice: false,
    sources: [{ type: 'script', text: script(LINES, String(Date.now())) }],
  })
  await person.ready(id)
})
afterAll(() => browser?.close())

beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
  complaints = complaintsOf(page)
})
afterEach(async () => {
  await page.close()
  expect(complaints, 'what the browser complained about').toEqual([])
})

/** The figures at the right of a card's title. */
const summaryOf = (card: string) => page.getByRole('region', { name: card, exact: true }).locator('h2 .meta').first().innerText()

it('shows an admin every episode, its steps, its calls and its run in Temporal', async () => {
  await openConsole(page, run)
  await page.getByRole('menuitem', { name: '作品' }).click()
  const row = page.getByRole('row').filter({ hasText: TITLE })
  await row.getByText('完成').waitFor()
  expect(await row.innerText()).toContain(run.demo.email)

  await row.getByRole('link', { name: TITLE }).click()
  await page.getByRole('heading', { level: 1, name: TITLE }).waitFor()
  for (const step of ['读来源', '写稿', '配音', '拼成片'])
    await page.locator('.timeline .name', { hasText: new RegExp(`^${step}$`) }).waitFor()
  expect(await page.locator('.timeline .bar.voiced').count()).toBeGreaterThanOrEqual(LINES)
  expect(await summaryOf('付费调用')).toMatch(/^\d+ 次，结清 [1-9]\d*，沿用 0，失败 0，下落不明 0，合计 US\$0\.00$/)
  expect(await summaryOf('每一句')).toBe(`共 ${LINES} 句，配好 ${LINES}，没配好 0，还没做 0`)

  const temporal = await page.getByRole('link', { name: '在 Temporal 里看' }).getAttribute('href')
  expect((await fetch(temporal!)).status).toBe(200)
})

it('lists users and every call to a provider, filtered', async () => {
  await openConsole(page, run)
  await page.getByRole('menuitem', { name: '用户' }).click()
  // Others came after, and stand before.
  await page.getByPlaceholder('找名字或邮箱').fill(run.demo.email)
  await page.getByRole('link', { name: run.demo.email }).click()
  await page.getByRole('heading', { level: 1, name: run.demo.email }).waitFor()
  await page.getByRole('link', { name: TITLE }).waitFor()

  await page.getByRole('link', { name: '看流水' }).click()
  await page.getByRole('heading', { level: 1, name: '用量流水' }).waitFor()
  await page.getByRole('cell', { name: '结清' }).first().waitFor()
  await page.getByLabel('结果').click()
  await page.getByRole('option', { name: '下落不明' }).click()
  await page.getByText('按现在的筛选没有找到用量流水').waitFor()
  await page.getByRole('button', { name: '清除筛选' }).click()
  await page.getByRole('cell', { name: '结清' }).first().waitFor()
})

it("stops somebody's episode, after asking", async () => {
  const person = await Person.demo(run)
  const { id } = await person.order({ kind: 'podcast', sources: [{ type: 'script', text: script(150, `停${Date.now()}`) }] })
  await person.until(id, ({ status }) => status === 'voicing')
  await openConsole(page, run)
  await page.getByRole('heading', { level: 1, name: '总览' }).waitFor()
  await page.goto(`${run.console}/episodes/${id}/show`)
  await page.getByRole('button', { name: '停止' }).click()
  await page.getByRole('dialog').getByText('不再花钱').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: '停止' }).click()
  await page.locator('.facts').getByText('已取消').waitFor()
  expect(await page.getByRole('button', { name: '停止' }).count()).toBe(0)
})

it('speaks English when asked, and stays so after a reload and after signing out', async () => {
  await openConsole(page, run)
  await page.getByRole('button', { name: 'English' }).click()
  await page.getByRole('heading', { level: 1, name: 'Dashboard' }).waitFor()
  await page.reload()
  await page.getByRole('heading', { level: 1, name: 'Dashboard' }).waitFor()
  expect(await page.locator('html').getAttribute('lang')).toBe('en')
  await page.getByRole('button', { name: 'Account' }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
  await page.getByRole('heading', { level: 1, name: 'Open the console' }).waitFor()
})

it('refuses a plain user in words, at sign-in and when one strays in from the web app', async () => {
  await openConsole(page, run, run.demo)
  await page.getByRole('alert').getByText('这个账号不是管理员').waitFor()
  expect(await page.getByRole('table').count()).toBe(0)

  await page.request.post(new URL('/api/demo/sign-in', run.api).href)
  await page.goto(`${run.console}/episodes`)
  await page.getByText(`你现在用 ${run.demo.email} 登录着`).waitFor()
  const session = await page.request.get(new URL('/api/auth/get-session', run.api).href)
  expect(await session.json(), 'still signed in to the web app').toMatchObject({ user: { email: run.demo.email } })
})

it('looks at the whole store when asked, and says what it found', async () => {
  await openConsole(page, run)
  await page.getByRole('menuitem', { name: '对账清理' }).click()
  await page.getByRole('heading', { level: 1, name: '对账清理' }).waitFor()
  await page.getByRole('button', { name: '现在查一遍' }).click()
  // Not just the first: one that somebody asked for earlier stands there until the list is read again.
  const row = page.getByRole('row').filter({ hasText: run.admin.email }).filter({ hasText: '只看不动' }).first()
  await row.getByText('查完了').waitFor()
  await page.getByRole('button', { name: '查并修好' }).click()
  await page.getByRole('dialog').getByText('一小时内动过的不碰').waitFor()
  await page.getByRole('dialog').getByRole('button', { name: '先不' }).click()
  await page.getByRole('dialog').waitFor({ state: 'hidden' })
})
