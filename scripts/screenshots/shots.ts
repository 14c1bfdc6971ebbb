import type { Page } from 'playwright-core'
import { png } from '../../tests/setup/picture.ts'
import { chinese, english } from '../../tests/setup/texts.ts'
import { episodeShots } from './episode-shots.ts'
import { box, busy, never, pressShown } from './shot.ts'
import type { Shot } from './shot.ts'

const script = '林知远：昨晚你看见银河了吗？\n周棠：没有，城里太亮了。\n林知远：那我们出城去看。\n周棠：好，周末就去。'
const write = (text: string) => (page: Page) => box(page).fill(text)
const search = (words: string) => (page: Page) => page.getByRole('searchbox').fill(words)
const give = (files: { name: string; mimeType: string; buffer: Buffer }[]) => (page: Page) =>
  page.locator('input[type=file]').setInputFiles(files)
const html = (name: string, text: string) => ({ name, mimeType: 'text/html', buffer: Buffer.from(`<p>${text}</p>`) })

const enter = async (page: Page, email: string, password: string) => {
  await page.locator('.enter input[type=email]').fill(email)
  await page.locator('.enter input[type=password]').fill(password)
  await page.locator('.enter button[type=submit]').click()
}

/** As Chromium offers it to somebody who has been here a while. */
const offerToInstall = (page: Page) =>
  page.evaluate(`dispatchEvent(Object.assign(new Event('beforeinstallprompt', { cancelable: true }), { prompt() {} }))`)

/** Every page of the app, and its states that look different. */
export const shots: Shot[] = [
  { name: 'front', as: 'stranger', path: () => '/', until: '.demo, .enter' },
  {
    name: 'front-playing',
    as: 'stranger',
    path: () => '/',
    act: async (page) => {
      await page.locator('.demo .playb').first().click()
      await page.locator('.demo .times span').first().getByText('0:03').waitFor()
    },
    until: '.demo .around',
  },
  { name: 'front-typed', as: 'stranger', path: () => '/', act: write(chinese), until: '.make' },
  {
    name: 'front-files',
    as: 'stranger',
    path: () => '/',
    act: (page) =>
      page.evaluate(`(() => {
        const dataTransfer = new DataTransfer()
        dataTransfer.items.add(new File(['%PDF-1.7'], 'report.pdf', { type: 'application/pdf' }))
        document.body.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
      })()`),
    until: '.hero .notice',
  },
  {
    name: 'front-sign-up',
    as: 'stranger',
    path: () => '/',
    act: async (page) => {
      await page.locator('.enter .link').first().click()
      await page.locator('.enter input[autocomplete=name]').fill('沈一川')
      await enter(page, 'shen@', 'short')
    },
    until: '.enter [aria-invalid=true]',
  },
  {
    name: 'front-second-factor',
    as: 'stranger',
    path: () => '/',
    act: (page, { guarded }) => enter(page, guarded.email, guarded.password),
    until: '.enter input[autocomplete=one-time-code]',
  },
  { name: 'reset', as: 'stranger', path: () => '/reset?token=abc', until: '.enter input' },
  { name: 'verify', as: 'stranger', path: () => '/verify?token=abc', until: '.enter .btn' },
  { name: 'new', as: 'person', path: () => '/new', until: '.make' },
  { name: 'new-text', as: 'person', path: () => '/new', act: write(chinese), until: '.price b >> visible=true' },
  { name: 'new-script', as: 'person', path: () => '/new', act: write(script), until: '.price b >> visible=true' },
  {
    name: 'new-options',
    as: 'person',
    path: () => '/new',
    act: async (page) => {
      await box(page).fill(chinese)
      await page.locator('.how .acts button[aria-expanded]').click()
      await page.locator('.price b').filter({ visible: true }).first().waitFor()
    },
    until: '.options',
  },
  {
    name: 'new-voices',
    as: 'person',
    path: () => '/new',
    act: async (page) => {
      await box(page).fill(chinese)
      await pressShown(page, '.word[aria-haspopup=dialog]')
    },
    until: '.vc',
    screenOnly: true,
  },
  {
    name: 'new-files',
    as: 'person',
    path: () => '/new',
    act: give([html('银河.html', chinese), html('milky-way.html', english)]),
    until: '.price b >> visible=true',
  },
  {
    name: 'new-bad-files',
    as: 'person',
    path: () => '/new',
    act: async (page) => {
      const picture = { name: 'IMG_2031.png', mimeType: 'image/png', buffer: Buffer.from(png(8)) }
      const nothing = { name: '会议记录.docx', mimeType: 'application/octet-stream', buffer: Buffer.alloc(0) }
      await give([picture, nothing, html('银河.html', chinese)])(page)
      await page.locator('.sources .first').waitFor()
    },
    until: '.notice',
  },
  {
    name: 'new-drafts',
    as: 'person',
    path: () => '/new',
    act: async (page) => {
      await box(page).fill(chinese)
      await page.locator('.shelf .link').click()
      await box(page).fill('宋朝人的夜生活')
    },
    until: '.price b >> visible=true',
  },
  {
    name: 'new-not-made',
    as: 'person',
    path: () => '/new',
    before: busy('**/api/episodes'),
    act: async (page) => {
      await box(page).fill(chinese)
      await pressShown(page, '.btn.go')
    },
    until: '.notice',
  },
  {
    name: 'signed-out-elsewhere',
    as: 'person',
    path: () => '/new',
    before: (page) => page.route('**/api/voices', (route) => route.fulfill({ status: 401, json: { code: 'not-signed-in' } })),
    until: '.ended',
  },
  { name: 'library', as: 'person', path: () => '/library', until: '.works' },
  {
    name: 'library-menu',
    as: 'person',
    path: () => '/library',
    act: (page) => page.getByRole('button', { name: /^(账户|Account)$/ }).click(),
    until: '[role=menuitem]',
    screenOnly: true,
  },
  { name: 'library-search', as: 'person', path: () => '/library', act: search('银河'), until: '.hit mark' },
  { name: 'library-nothing', as: 'person', path: () => '/library', act: search('大海'), until: '.empty' },
  { name: 'library-empty', as: 'newcomer', path: () => '/library', until: '.empty' },
  { name: 'library-broken', as: 'person', path: () => '/library', before: busy('**/api/episodes?*'), until: '.empty' },
  {
    name: 'library-filtered-empty',
    as: 'person',
    path: () => '/library',
    act: async (page) => {
      await page.locator('.works').waitFor()
      await page.locator('.chip').nth(1).click()
    },
    until: '.works, .empty',
  },
  {
    name: 'library-offline',
    as: 'person',
    path: () => '/library',
    isOffline: true,
    act: (page) => page.context().setOffline(true),
    until: '.wire',
  },
  {
    name: 'library-loading',
    as: 'person',
    path: () => '/library',
    before: never('**/api/episodes?*'),
    until: '.sk',
    isWaiting: true,
  },
  { name: 'shows', as: 'person', path: () => '/shows', until: '.showrow' },
  {
    name: 'shows-no-cover',
    as: 'person',
    path: () => '/shows',
    before: (page) => page.route('**/cover*', (route) => route.abort()),
    until: '.nopicture',
  },
  { name: 'shows-empty', as: 'newcomer', path: () => '/shows', until: '.empty' },
  { name: 'show', as: 'person', path: ({ person }) => `/shows/${person.showId}`, until: '.address' },
  { name: 'voices', as: 'person', path: () => '/voices', until: 'main section' },
  {
    name: 'voices-no-stars',
    as: 'newcomer',
    path: () => '/voices',
    act: (page) => page.locator('.chip').nth(2).click(),
    until: '.none',
  },
  { name: 'voices-busy', as: 'person', path: () => '/voices', before: busy('**/api/voices'), until: '.empty' },
  { name: 'usage', as: 'person', path: () => '/usage', until: '.usage .sec' },
  { name: 'usage-empty', as: 'newcomer', path: () => '/usage', until: '.empty' },
  { name: 'pronunciations', as: 'person', path: () => '/pronunciations', until: 'main form' },
  { name: 'settings', as: 'person', path: () => '/settings', act: offerToInstall, until: '.settings .sec' },
  {
    name: 'settings-second-factor',
    as: 'newcomer',
    path: () => '/settings',
    act: async (page) => {
      const second = page.locator('.sec').filter({ has: page.getByRole('heading', { name: /^(两步验证|Two-factor)/ }) })
      await second.getByRole('button').click()
      await second.locator('input').fill('a long password')
      await second.locator('[type=submit]').click()
    },
    until: '.qr svg',
  },
  ...episodeShots,
  { name: 'share', as: 'stranger', path: ({ person }) => person.shareUrl, until: 'main' },
  { name: 'embed', as: 'stranger', path: ({ person }) => person.embedUrl, until: 'main', screenOnly: true },
  { name: 'downloads', as: 'person', path: () => '/downloads', act: offerToInstall, until: '.install' },
  {
    name: 'downloads-iphone',
    as: 'person',
    path: () => '/downloads',
    before: (page) =>
      page.addInitScript(`
        Object.defineProperty(navigator, 'standalone', { value: false })
        Object.defineProperty(navigator, 'maxTouchPoints', { value: 5 })`),
    until: '.install',
    only: '390',
  },
  { name: 'not-found', as: 'person', path: () => '/nowhere', until: 'h1' },
]
