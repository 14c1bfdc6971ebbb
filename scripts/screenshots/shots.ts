import type { Page } from 'playwright-core'
import { chinese } from '../../tests/setup/texts.ts'
import type { Made } from './seed.ts'

/** One page in one state. */
export interface Shot {
  name: string
  as: 'stranger' | 'person' | 'newcomer'
  path: (made: Made) => string
  /** Before the page is asked for: what shall go wrong, what lies on the device. */
  before?: (page: Page, language: 'zh' | 'en') => Promise<unknown>
  /** What a person does before the picture is taken. */
  act?: (page: Page, language: 'zh' | 'en') => Promise<unknown>
  /** Whether the network is gone. */
  isOffline?: boolean
  /** How long the page is left to settle. */
  restMs?: number
  /** The screen alone, not the whole page: for what hangs above it. */
  screenOnly?: boolean
}

const broken =
  (path: string, status = 503) =>
  (page: Page) =>
    page.route(path, (route) => route.fulfill({ status, json: { code: 'unavailable', requestId: 'req-7f3a', status } }))
const never = (path: string) => (page: Page) => page.route(path, () => {})
const script = '林知远：昨晚你看见银河了吗？\n周棠：没有，城里太亮了。\n林知远：那我们出城去看。\n周棠：好，周末就去。'
const box = (page: Page) => page.locator('.make textarea')

/** What one does with a line: by a tap on its words where there are no tools beside it. */
const openLine = async (page: Page) => {
  const line = page.locator('main .line').nth(1)
  await line.waitFor()
  const tools = line.getByRole('button', { name: /^(改第 2 句|Change line 2)$/ })
  await line.hover()
  await ((await tools.isVisible()) ? tools : line.locator('.tx')).click()
}

const makeIt = async (page: Page) => {
  await box(page).fill(chinese)
  await page.locator('.btn.go').filter({ visible: true }).first().click()
}

/** Every page of the app, and its states that look different. */
export const shots: Shot[] = [
  { name: 'front', as: 'stranger', path: () => '/' },
  {
    name: 'front-playing',
    as: 'stranger',
    path: () => '/',
    act: async (page) => {
      await page.locator('.demo .playb').first().click()
      await page.locator('.demo .around').waitFor()
    },
    restMs: 4000,
  },
  { name: 'front-typed', as: 'stranger', path: () => '/', act: (page) => box(page).fill(chinese) },
  { name: 'new', as: 'person', path: () => '/new' },
  { name: 'new-text', as: 'person', path: () => '/new', act: (page) => box(page).fill(chinese), restMs: 1500 },
  { name: 'new-script', as: 'person', path: () => '/new', act: (page) => box(page).fill(script), restMs: 1500 },
  {
    name: 'new-options',
    as: 'person',
    path: () => '/new',
    act: async (page) => {
      await box(page).fill(chinese)
      await page.locator('.how .acts button[aria-expanded]').click()
      await page.locator('.options').waitFor()
    },
    restMs: 1500,
  },
  { name: 'library', as: 'person', path: () => '/library' },
  {
    name: 'library-search',
    as: 'person',
    path: () => '/library',
    act: (page) => page.getByRole('searchbox').fill('银河'),
    restMs: 1500,
  },
  {
    name: 'library-nothing',
    as: 'person',
    path: () => '/library',
    act: (page) => page.getByRole('searchbox').fill('大海'),
    restMs: 1500,
  },
  { name: 'library-empty', as: 'newcomer', path: () => '/library' },
  { name: 'library-broken', as: 'person', path: () => '/library', before: broken('**/api/episodes?*'), restMs: 6000 },
  {
    name: 'library-filtered-empty',
    as: 'person',
    path: () => '/library',
    act: (page) => page.locator('.chip').nth(1).click(),
    restMs: 1200,
  },
  {
    name: 'library-offline',
    as: 'person',
    path: () => '/library',
    isOffline: true,
    act: (page) => page.context().setOffline(true),
  },
  { name: 'library-loading', as: 'person', path: () => '/library', before: never('**/api/episodes?*') },
  {
    name: 'new-drafts',
    as: 'person',
    path: () => '/new',
    act: async (page) => {
      await box(page).fill(chinese)
      await page.locator('.shelf .link').click()
      await box(page).fill('宋朝人的夜生活')
    },
    restMs: 1200,
  },
  { name: 'new-not-made', as: 'person', path: () => '/new', before: broken('**/api/episodes', 503), act: makeIt, restMs: 1500 },
  {
    name: 'signed-out-elsewhere',
    as: 'person',
    path: () => '/new',
    before: (page) => page.route('**/api/voices', (route) => route.fulfill({ status: 401, json: { code: 'not-signed-in' } })),
    restMs: 1500,
  },
  { name: 'shows', as: 'person', path: () => '/shows' },
  { name: 'shows-empty', as: 'newcomer', path: () => '/shows' },
  { name: 'show', as: 'person', path: ({ person }) => `/shows/${person.showId}`, restMs: 1200 },
  { name: 'voices', as: 'person', path: () => '/voices' },
  { name: 'voices-no-stars', as: 'newcomer', path: () => '/voices', act: (page) => page.locator('.chip').nth(2).click() },
  { name: 'voices-busy', as: 'person', path: () => '/voices', before: broken('**/api/voices'), restMs: 6000 },
  { name: 'usage', as: 'person', path: () => '/usage' },
  { name: 'usage-empty', as: 'newcomer', path: () => '/usage' },
  { name: 'pronunciations', as: 'person', path: () => '/pronunciations' },
  { name: 'settings', as: 'person', path: () => '/settings', restMs: 1000 },
  { name: 'episode', as: 'person', path: ({ person }) => `/episodes/${person.readyId}`, restMs: 1200 },
  { name: 'episode-review', as: 'person', path: ({ person }) => `/episodes/${person.reviewId}`, restMs: 1200 },
  {
    name: 'episode-voicing',
    as: 'person',
    path: ({ person }) => `/episodes/${person.voicingId}`,
    restMs: 1200,
    screenOnly: true,
  },
  { name: 'episode-repair', as: 'person', path: ({ person }) => `/episodes/${person.repairId}`, restMs: 1200 },
  { name: 'episode-budget', as: 'person', path: ({ person }) => `/episodes/${person.budgetId}`, restMs: 1200 },
  { name: 'episode-stopped', as: 'person', path: ({ person }) => `/episodes/${person.stoppedId}`, restMs: 1200 },
  {
    name: 'episode-playing',
    as: 'person',
    path: ({ person }) => `/episodes/${person.readyId}`,
    act: (page) => page.locator('.player .playb:enabled').filter({ visible: true }).click(),
    restMs: 4000,
    screenOnly: true,
  },
  {
    name: 'episode-edit',
    as: 'person',
    path: ({ person }) => `/episodes/${person.readyId}`,
    act: async (page) => {
      await openLine(page)
      const change = page.getByRole('dialog').getByRole('button', { name: /改这一句|Change this line/ })
      if ((await change.count()) > 0) await change.click()
      await page.locator('main .line textarea').first().fill('城里的灯太亮，银河就看不见了。')
    },
    restMs: 1800,
    screenOnly: true,
  },
  { name: 'episode-line', as: 'person', path: ({ person }) => `/episodes/${person.readyId}`, act: openLine, screenOnly: true },
  ...[1, 2, 3, 4].map((panel) => ({
    name: `episode-panel-${panel}`,
    as: 'person' as const,
    path: ({ person }: Made) => `/episodes/${person.readyId}`,
    act: async (page: Page) => {
      await page.locator('h1').first().waitFor()
      const button = page.locator('.sheetbar button').nth(panel)
      if (await button.isVisible()) await button.click()
    },
    restMs: 1000,
    screenOnly: true,
  })),
  { name: 'share', as: 'stranger', path: ({ person }) => person.shareUrl, restMs: 1000 },
  { name: 'embed', as: 'stranger', path: ({ person }) => person.embedUrl, restMs: 1000, screenOnly: true },
  { name: 'downloads', as: 'person', path: () => '/downloads' },
  { name: 'episode-not-found', as: 'person', path: () => '/episodes/7d5d2c4e-1111-4111-8111-111111111111' },
  { name: 'not-found', as: 'person', path: () => '/nowhere' },
]
