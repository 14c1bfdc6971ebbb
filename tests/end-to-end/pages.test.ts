import { expect, it } from 'vitest'
import { violationsOf } from '../setup/axe.ts'
import { Person, readRun } from '../setup/person.ts'
import { chinese } from '../setup/texts.ts'
import { arrive, currentTime, desktop, forgive, opensBrowser, page, phone, shown, sideways } from '../setup/visit.ts'

const run = readRun()
opensBrowser(() => run)

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

it('a draft is put aside, taken up again, dropped and brought back', async () => {
  await arrive(phone, '/new', { as: await Person.signUp(run) })
  await box().fill('The first thing I wanted to hear about, at some length.')
  await shown('Put this one aside').tap()
  expect(await box().inputValue()).toBe('')
  await box().fill('The second thing.')
  await page.reload()
  await page.getByRole('button', { name: /^The first thing/ }).tap()
  expect(await box().inputValue()).toMatch(/^The first thing/)
  await page.getByRole('button', { name: /^Delete the draft “The second/ }).tap()
  await shown('Undo').tap()
  await page.getByRole('button', { name: /^The second thing/ }).waitFor()
  expect(await sideways()).toBe(0)
})

it('one goes on listening where one stopped on another device; what is deleted comes back', async () => {
  const { person, id } = await withWork('接着听的')
  await person.ok('PUT', `/api/episodes/${id}/listening`, { positionMs: 8_000, device: 'phone' })
  await arrive(desktop, '/library', { as: person })
  await page.getByText('继续听，上次在手机上听到 0:08').waitFor()
  await page.getByRole('button', { name: '接着听《接着听的》，从 0:08' }).click()
  await expect.poll(currentTime, { timeout: 20_000 }).toBeGreaterThan(8.2)
  await page.evaluate(`document.querySelector('audio').pause()`)
  await expect.poll(async () => (await person.episode(id)).listening?.positionMs ?? 0).toBeGreaterThan(8_000)

  await page.getByRole('radio', { name: /^播客\s*0$/ }).click()
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
  await arrive(phone, '/voices', { as: await Person.signUp(run) })
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
  await arrive(desktop, '/shows', { as: person })
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
  forgive(/status of 401/)
})

it('a busy server is waited for, and said', async () => {
  await arrive(phone, '/voices', { as: await Person.signUp(run) })
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
  forgive(/status of 503/)
})

it('an address that leads nowhere says so, and where to go', async () => {
  await arrive(desktop, '/nowhere', { as: await Person.signUp(run) })
  await page.getByRole('heading', { name: '没有这一页' }).waitFor()
  await page.getByRole('link', { name: '去作品库' }).click()
  await page.getByRole('heading', { name: '作品库' }).waitFor()
})

it('the app is installed when one asks for it, and the browser asks once', async () => {
  await arrive(desktop, '/downloads', { as: await Person.signUp(run) })
  const session = await page.context().newCDPSession(page)
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors')
  // Every page of a test is a private one.
  expect(installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito')).toEqual([])
  const row = page.locator('.install')
  await page.getByRole('heading', { name: '已下载的' }).waitFor()
  expect(await row.count()).toBe(0)
  // As Chromium offers it to somebody who has been here a while.
  const held = await page.evaluate<boolean>(`(() => {
    const offer = new Event('beforeinstallprompt', { cancelable: true })
    offer.prompt = async () => { window.asked = (window.asked ?? 0) + 1; return { outcome: 'dismissed' } }
    return !dispatchEvent(offer)
  })()`)
  expect(held, 'the browser shows nothing of its own').toBe(true)
  await row.getByText('像应用一样从桌面打开').waitFor()
  expect(await violationsOf(page)).toEqual([])
  await page.getByRole('button', { name: '账户', exact: true }).click()
  await page.getByRole('menuitem', { name: '账户设置' }).click()
  await row.getByRole('button', { name: '安装' }).click()
  await row.waitFor({ state: 'detached' })
  expect(await page.evaluate('window.asked')).toBe(1)
})

it('on an iPhone, where no browser offers it, it says how to install the app; once installed it says nothing', async () => {
  const iPhone = (isInstalled: boolean) =>
    `Object.defineProperty(navigator, 'standalone', { value: ${isInstalled} }); Object.defineProperty(navigator, 'maxTouchPoints', { value: 5 })`
  const as = await Person.signUp(run)
  await arrive(phone, '/downloads', { as, before: iPhone(false) })
  await page.getByText('Tap Share in your browser, then choose “Add to Home Screen”.').waitFor()
  expect(await sideways()).toBe(0)
  await page.context().close()
  await arrive(phone, '/downloads', { as, before: iPhone(true) })
  await page.getByRole('heading', { name: 'Saved' }).waitFor()
  expect(await page.locator('.install').count()).toBe(0)
})

it.each([
  ['Chinese, desktop, light', { ...desktop, colorScheme: 'light' as const }],
  ['English, phone, dark', { ...phone, colorScheme: 'dark' as const }],
])('axe finds nothing on any page: %s', async (_name, look) => {
  const { person } = await withWork()
  const show = await person.ok<{ id: string }>('POST', '/api/shows', { title: '夜空', language: 'zh' })
  await arrive(look, '/new', { as: person })
  for (const path of [
    '/new',
    '/library',
    '/downloads',
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
