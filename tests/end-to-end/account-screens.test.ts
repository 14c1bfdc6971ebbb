import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { codeOf } from '../setup/authenticator.ts'
import { complaintsOf, launchBrowser } from '../setup/browser.ts'
import { mailTo } from '../setup/mail.ts'
import { Person, readRun } from '../setup/person.ts'
import { rows } from '../setup/store.ts'

const run = readRun()
const password = 'a long password'
let browser: Browser
let page: Page
let complaints: string[] = []

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())
afterEach(() => page.context().close())

async function arrive(look: BrowserContextOptions): Promise<void> {
  page = await (await browser.newContext(look)).newPage()
  complaints = complaintsOf(page)
  await page.goto(run.web)
}

const button = (name: string) => page.getByRole('button', { name, exact: true }).filter({ visible: true }).first()
const linkIn = (text: string) => /https?:\/\/\S+/.exec(text)![0]

async function signUp(words: { turn: string; name: string; email: string; password: string; press: string }, email: string) {
  await button(words.turn).click()
  await page.getByLabel(words.name).fill('小林')
  await page.getByLabel(words.email).fill(email)
  await page.getByLabel(words.password).fill(password)
  await button(words.press).click()
}
const zh = { turn: '还没有账户？注册', name: '怎么称呼你', email: '邮箱', password: '密码', press: '注册' }
const en = { turn: 'No account yet? Sign up', name: 'Your name', email: 'E-mail', password: 'Password', press: 'Sign up' }

it('a stranger signs up, confirms the address, and makes their account safe', async () => {
  const email = `${crypto.randomUUID()}@example.com`
  await arrive({ locale: 'zh-CN' })
  await signUp(zh, email)
  await page.getByRole('textbox', { name: '文字或脚本' }).waitFor()
  await page.goto(linkIn((await mailTo(run, email)).text))
  await page.getByText('邮箱已确认。').waitFor()

  await page.goto(new URL('/settings', run.web).href)
  await page.getByRole('heading', { name: '账户设置' }).waitFor()
  await page.getByText(email).first().waitFor()
  expect(await page.getByText('还没有确认。').count()).toBe(0)
  await button('新建密钥').click()
  await page.getByLabel('用来做什么').fill('一个脚本')
  await button('新建密钥').click()
  const key = await page.getByText(/^aim_\S{43}$/).textContent()
  const asked = await new Person(run).ask('GET', '/api/episodes', undefined, { 'x-api-key': key! })
  expect(asked.status).toBe(200)
  await button('吊销').click()
  await expect
    .poll(async () => (await new Person(run).ask('GET', '/api/episodes', undefined, { 'x-api-key': key! })).status)
    .toBe(401)

  const second = page.locator('section').filter({ has: page.getByRole('heading', { name: '两步验证' }) })
  await second.getByRole('button', { name: '开启' }).click()
  await second.getByLabel('现在的密码').fill(password)
  await second.getByRole('button', { name: '开启' }).click()
  const secret = (await second.locator('code').first().textContent())!
  await second.getByLabel('验证器里的六位数字').fill(codeOf(secret))
  await second.getByRole('button', { name: '确认' }).click()
  await second.getByText('已开启。').waitFor()

  await page.getByRole('button', { name: '账户', exact: true }).click()
  await page.getByRole('menuitem', { name: '退出登录' }).click()
  await button('登录').waitFor()
  await page.getByLabel('邮箱').fill(email)
  await page.getByLabel('密码').fill(password)
  await button('登录').click()
  await page.getByLabel(/验证器里的六位数字/).fill(codeOf(secret))
  await button('确认').click()
  await page.getByRole('heading', { name: '账户设置' }).waitFor()
  expect(complaints, 'what the browser complained about').toEqual([])
})

it('whoever forgot the password chooses a new one, and whoever leaves is erased', async () => {
  const email = `${crypto.randomUUID()}@example.com`
  await new Person(run).ok('POST', '/api/auth/sign-up/email', { name: 'Lin', email, password, language: 'en' })
  await mailTo(run, email)
  await arrive({ locale: 'en-US', viewport: { width: 390, height: 844 } })
  await button('Forgot your password?').click()
  await page.getByLabel(en.email).fill(email)
  await button('Send a link').click()
  await page.getByText('the mail is on its way').waitFor()
  const mail = await mailTo(run, email, 2)
  expect(mail.subject).toBe('Choose a new password')
  await page.goto(linkIn(mail.text))
  await page.getByLabel('New password').fill('another password')
  await button('Save').click()
  await page.getByText('Your new password works.').waitFor()

  await page.goto(new URL('/settings', run.web).href)
  await page.getByLabel(en.email).fill(email)
  await page.getByLabel(en.password).fill('another password')
  await button('Sign in').click()
  await page.getByRole('heading', { name: 'Account settings' }).waitFor()
  expect(await page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')).toBeLessThanOrEqual(0)
  const data = page.locator('section').filter({ has: page.getByRole('heading', { name: 'Your data' }) })
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    data.getByRole('link', { name: 'Download everything' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('aimake-export.json')
  await data.getByRole('button', { name: 'Erase account' }).click()
  await data.getByLabel('Your e-mail once more').fill(email)
  await data.getByLabel('Present password').fill('another password')
  await data.getByRole('button', { name: 'Erase account' }).click()
  await button('Erase for good').click()
  await page.getByText('Your account is erased.').waitFor()
  await button('Sign in').waitFor()
  await expect.poll(() => rows(run, 'SELECT 1 FROM users WHERE email = $1', [email]), { timeout: 60_000 }).toEqual([])
})
