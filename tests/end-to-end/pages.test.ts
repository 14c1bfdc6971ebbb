import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect, it } from 'vitest'
import { violationsOf } from '../setup/axe.ts'
import { complaintsOf, launchBrowser } from '../setup/browser.ts'
import { Person, readRun } from '../setup/person.ts'
import { chinese, english } from '../setup/texts.ts'

const run = readRun()
const desktop = { viewport: { width: 1440, height: 900 }, locale: 'zh-CN' }
const phone = { viewport: { width: 390, height: 844 }, locale: 'en-US', hasTouch: true, isMobile: true }

let browser: Browser
let page: Page
let complaints: string[] = []

beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser?.close())
afterEach(async () => {
  await page.context().close()
  expect(complaints, 'what the browser complained about').toEqual([])
})

/** A browser as somebody brings it along, signed in as `person`, or as nobody. */
async function arrive(look: BrowserContextOptions, path: string, person?: Person): Promise<void> {
  const context = await browser.newContext(look)
  if (person) await context.addCookies(cookiesOf(person))
  page = await context.newPage()
  complaints = complaintsOf(page)
  await page.goto(new URL(path, run.web).href)
  await page.locator('main').first().waitFor()
}

const cookiesOf = (person: Person) =>
  person.cookies.split('; ').map((pair) => ({
    name: pair.slice(0, pair.indexOf('=')),
    value: pair.slice(pair.indexOf('=') + 1),
    url: run.web,
  }))
const visible = (name: string | RegExp) => page.getByRole('button', { name }).filter({ visible: true }).first()
const sideways = () => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
const box = () => page.locator('.make textarea')

async function withWork(title = '银河去哪儿了') {
  const person = await Person.signUp(run)
  const { id } = await person.order({ kind: 'narration', title, sources: [{ type: 'text', text: chinese }] })
  await person.ready(id)
  return { person, id }
}

it('a stranger hears a work at once, writes, signs up, and finds what was written', async () => {
  const { person, id } = await withWork('给陌生人听的')
  await person.ok('POST', `/api/episodes/${id}/share`)
  await (await Person.admin(run)).ok('PUT', `/api/admin/episodes/${id}/featured`)
  await arrive(desktop, '/')
  await page.getByRole('button', { name: '听《给陌生人听的》' }).click()
  await expect.poll(() => page.locator('.demo .times span').first().textContent(), { timeout: 20_000 }).not.toBe('0:00')
  await page.locator('.demo .around .playing').waitFor()
  await page.getByRole('button', { name: '暂停《给陌生人听的》' }).click()
  expect(await violationsOf(page)).toEqual([])

  await box().fill(chinese)
  await page.getByRole('button', { name: '开始制作' }).click()
  await page.getByRole('button', { name: '还没有账户？注册' }).click()
  await page.getByLabel('怎么称呼你').fill('小林')
  await page.getByLabel('邮箱').fill(`${crypto.randomUUID()}@example.com`)
  await page.getByLabel('密码').fill('a long password')
  await page.getByRole('button', { name: '注册', exact: true }).click()
  await page.getByRole('heading', { name: '今天想听什么？' }).waitFor()
  expect(await box().inputValue()).toBe(chinese)
  await page.getByText('准确').or(page.getByText('估算')).filter({ visible: true }).first().waitFor()
})

it('the box takes a text of 2 MB and fifty files, and says what it left out', async () => {
  await arrive(desktop, '/new', await Person.signUp(run))
  await box().fill('星'.repeat(2_000_000))
  await page.getByText('一次最多 300,000 字，现在有 2,000,000 字').waitFor()
  await box().fill('')

  const files = Array.from({ length: 50 }, (_, index) => ({
    name: `note-${index}.html`,
    mimeType: 'text/html',
    buffer: Buffer.from(`<html><body><p>${english} ${index}</p></body></html>`),
  }))
  await page.locator('input[type=file]').setInputFiles(files)
  await page.getByText('一次最多 20 份。多出来的 30 份没有收，也没有上传。').waitFor()
  await expect.poll(() => page.locator('.sources li').count(), { timeout: 60_000 }).toBe(20)
})

it('a draft is put aside, taken up again, dropped and brought back', async () => {
  await arrive(phone, '/new', await Person.signUp(run))
  await box().fill('The first thing I wanted to hear about, at some length.')
  await visible('Put this one aside').tap()
  expect(await box().inputValue()).toBe('')
  await box().fill('The second thing.')
  await page.reload()
  await page.getByRole('button', { name: /^The first thing/ }).tap()
  expect(await box().inputValue()).toMatch(/^The first thing/)
  await page.getByRole('button', { name: /^Delete the draft “The second/ }).tap()
  await visible('Undo').tap()
  await page.getByRole('button', { name: /^The second thing/ }).waitFor()
  expect(await sideways()).toBe(0)
})

it('one goes on listening where one stopped on another device; what is deleted comes back', async () => {
  const { person, id } = await withWork('接着听的')
  await person.ok('PUT', `/api/episodes/${id}/listening`, { positionMs: 8_000, device: 'phone' })
  await arrive(desktop, '/library', person)
  await page.getByText('继续听，上次在手机上听到 0:08').waitFor()
  await page.getByRole('button', { name: '接着听《接着听的》，从 0:08' }).click()
  const heard = () => page.evaluate<number>(`document.querySelector('audio')?.currentTime ?? 0`)
  await expect.poll(heard, { timeout: 20_000 }).toBeGreaterThan(8.2)
  await page.evaluate(`document.querySelector('audio').pause()`)
  await expect.poll(async () => (await person.episode(id)).listening?.positionMs ?? 0).toBeGreaterThan(8_000)

  await page.getByRole('button', { name: /^播客\s*0$/ }).click()
  await page.getByRole('heading', { name: '这里还没有作品。' }).waitFor()
  await page.getByRole('button', { name: '看全部' }).click()
  await page.getByRole('searchbox').fill('全球三分之一')
  await page.locator('.hit mark').first().waitFor()
  await page.getByRole('button', { name: '清除' }).click()

  await page.getByRole('button', { name: '《接着听的》的更多操作' }).click()
  await page.getByRole('menuitem', { name: '删除' }).click()
  await page.getByRole('button', { name: '撤销' }).click()
  await page.locator('.work').filter({ hasText: '接着听的' }).waitFor()
})

it('a voice is starred, and stands first from then on', async () => {
  await arrive(phone, '/voices', await Person.signUp(run))
  const star = page.getByRole('button', { name: /^Star / }).first()
  const name = (await star.getAttribute('aria-label'))!.slice('Star '.length)
  await star.tap()
  await page.getByRole('heading', { name: 'Starred' }).waitFor()
  await page.reload()
  await page
    .getByRole('button', { name: `Unstar ${name}` })
    .first()
    .waitFor()
  expect(await sideways()).toBe(0)
})

it('whoever is signed out in the middle of writing finds it again, whatever the form', async () => {
  const person = await Person.signUp(run)
  await arrive(desktop, '/shows', person)
  await page.getByLabel('节目名').fill('写到一半的节目')
  const { email } = await person.who()
  await person.ok('POST', '/api/auth/sign-out', {})
  await page.getByRole('button', { name: '建立' }).click()
  await page.getByText('你在别处退出了登录。写到一半的都在，登录后接着写。').waitFor()
  await page.getByLabel('邮箱').fill(email)
  await page.getByLabel('密码').fill('a long password')
  await page.getByRole('button', { name: '登录', exact: true }).click()
  await expect.poll(() => page.getByLabel('节目名').inputValue()).toBe('写到一半的节目')
  // The refused request itself.
  complaints = complaints.filter((line) => !/status of 401/.test(line))
})

it('a busy server is waited for, and said', async () => {
  await arrive(phone, '/voices', await Person.signUp(run))
  let refusals = 0
  await page.route('**/api/shows?*', (route) => {
    refusals += 1
    return refusals > 3
      ? route.continue()
      : route.fulfill({ status: 503, headers: { 'retry-after': '2' }, json: { code: 'unavailable' } })
  })
  await page.getByRole('link', { name: 'Shows' }).filter({ visible: true }).tap()
  await page.getByText('The server is busy.').waitFor({ timeout: 30_000 })
  await page.getByRole('heading', { name: 'No shows yet' }).waitFor({ timeout: 30_000 })
  complaints = complaints.filter((line) => !/status of 503/.test(line))
})

it('an address that leads nowhere says so, and where to go', async () => {
  await arrive(desktop, '/nowhere', await Person.signUp(run))
  await page.getByRole('heading', { name: '没有这一页' }).waitFor()
  await page.getByRole('link', { name: '去作品库' }).click()
  await page.getByRole('heading', { name: '作品库' }).waitFor()
})

it.each([
  ['Chinese, desktop, light', { ...desktop, colorScheme: 'light' as const }],
  ['English, phone, dark', { ...phone, colorScheme: 'dark' as const }],
])('axe finds nothing on any page: %s', async (_name, look) => {
  const { person } = await withWork()
  const show = await person.ok<{ id: string }>('POST', '/api/shows', { title: '夜空', language: 'zh' })
  await arrive(look, '/new', person)
  for (const path of [
    '/new',
    '/library',
    '/shows',
    `/shows/${show.id}`,
    '/voices',
    '/usage',
    '/pronunciations',
    '/settings',
    '/nowhere',
  ]) {
    await page.goto(new URL(path, run.web).href)
    await page.locator('h1').first().waitFor()
    await page.locator('.sk').waitFor({ state: 'detached' })
    expect(await violationsOf(page), path).toEqual([])
    expect(await sideways(), path).toBe(0)
  }
  await page.goto(new URL('/new', run.web).href)
  await box().fill(chinese)
  await page.locator('.how .acts button[aria-expanded]').click()
  await page.locator('.options').waitFor()
  expect(await violationsOf(page), 'all options').toEqual([])
})
