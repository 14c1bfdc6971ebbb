import type { Page } from 'playwright-core'
import { heard, never, pressShown } from './shot.ts'
import type { Shot } from './shot.ts'
import type { Made } from './seed.ts'

type EpisodeState = 'ready' | 'review' | 'repair' | 'budget' | 'stopped'
const at =
  (state: EpisodeState) =>
  ({ person }: Made) =>
    `/episodes/${person[`${state}Id`]}`
const person = 'person' as const

/** What one does with a line: by a tap on its words where there are no tools beside it. */
const openLine = async (page: Page) => {
  const line = page.locator('main .line').nth(1)
  await line.waitFor()
  const tools = line.getByRole('button', { name: /^(改第 2 句|Change line 2)$/ })
  await line.hover()
  await ((await tools.isVisible()) ? tools : line.locator('.tx')).click()
}

/** The same line in its editor, with other words. */
const editLine = async (page: Page) => {
  await openLine(page)
  const field = page.locator('main .line textarea').first()
  const change = page.getByRole('dialog').getByRole('button', { name: /改这一句|Change this line/ })
  await field.or(change).first().waitFor()
  if (await change.isVisible()) await change.click()
  await field.fill('城里的灯太亮，银河就看不见了。')
  await page.locator('.edit .price').waitFor()
}

const openMenu = async (page: Page, item: RegExp) => {
  await page.locator('main .line').first().waitFor()
  await page
    .getByRole('button', { name: /^(更多|More)$/ })
    .filter({ visible: true })
    .first()
    .click()
  await page.getByRole('menuitem', { name: item }).click()
}

const openPanel = (page: Page, words: RegExp) => page.locator('.sheetbar').getByRole('button', { name: words }).click()

/** What stands in columns beside the script where there is room, as a panel of its own. */
const panels: Shot[] = (
  [
    ['voices', /^(声音|分段|章节|Voices|Sections|Chapters)/],
    ['source', /^(来源|Source)/],
    ['versions', /^(版本|Versions)/],
    ['receipt', /^(账单|Receipt)/],
    ['share', /^(分享和下载|Share and files)/],
    ['words', /^(读法|How words)/],
  ] as const
).map(([name, words]) => ({
  name: `episode-panel-${name}`,
  as: person,
  path: at('ready'),
  act: (page) => openPanel(page, words),
  until: 'dialog[open]',
  screenOnly: true,
  only: '390',
}))

/** The page of an episode, in each of its states. */
export const episodeShots: Shot[] = [
  { name: 'episode', as: person, path: at('ready'), until: '.line.ready' },
  { name: 'episode-review', as: person, path: at('review'), until: '.panel' },
  {
    name: 'episode-voicing',
    as: person,
    path: async ({ voicing }) => `/episodes/${await voicing.begin()}`,
    act: async (page) => {
      await pressShown(page, '.player .playb:enabled')
      await heard(page, 5)
    },
    until: '.line.playing .now',
    after: ({ voicing }) => voicing.stop(),
    screenOnly: true,
  },
  { name: 'episode-repair', as: person, path: at('repair'), until: '.panel' },
  { name: 'episode-budget', as: person, path: at('budget'), until: '.panel' },
  { name: 'episode-stopped', as: person, path: at('stopped'), until: '.panel.final' },
  {
    name: 'episode-failed',
    as: person,
    path: at('stopped'),
    before: async (page, { person: { stoppedId } }) => {
      await page.route(`**/api/episodes/${stoppedId}/events*`, () => {})
      await page.route(`**/api/episodes/${stoppedId}`, async (route) => {
        const answer = await route.fetch()
        const failure = { code: 'file-encrypted', detail: 'The file is encrypted.' }
        await route.fulfill({ json: { ...((await answer.json()) as object), status: 'failed', failure } })
      })
    },
    until: '.panel.final',
  },
  {
    name: 'episode-playing',
    as: person,
    path: at('ready'),
    act: async (page) => {
      await pressShown(page, '.player .playb:enabled')
      await heard(page, 4)
    },
    until: '.line.playing .now',
    screenOnly: true,
  },
  { name: 'episode-line', as: person, path: at('ready'), act: openLine, until: '.edit, dialog[open]', screenOnly: true },
  { name: 'episode-edit', as: person, path: at('ready'), act: editLine, until: '.edit .price', screenOnly: true },
  {
    name: 'episode-conflict',
    as: person,
    path: at('ready'),
    before: (page) =>
      page.route('**/api/episodes/*/lines/*', (route) =>
        route.request().method() === 'PATCH'
          ? route.fulfill({ status: 409, json: { code: 'revision-conflict', status: 409 } })
          : route.continue(),
      ),
    act: async (page) => {
      await editLine(page)
      await page.locator('.edit button[type=submit]:enabled').click()
    },
    until: '.edit .notice',
    screenOnly: true,
  },
  {
    name: 'episode-takes',
    as: person,
    path: at('ready'),
    act: (page) => pressShown(page, '.line .note .link[aria-expanded]'),
    until: '.takes li',
    screenOnly: true,
  },
  {
    name: 'episode-receipt-reading',
    as: person,
    path: at('ready'),
    before: never('**/api/episodes/*/receipt'),
    act: (page) => openPanel(page, /^(账单|Receipt)/),
    until: '.receipt .sk',
    isWaiting: true,
    screenOnly: true,
    only: '390',
  },
  {
    name: 'episode-changes',
    as: person,
    path: at('ready'),
    act: async (page) => {
      await page.locator('main .line').first().waitFor()
      const bar = page.locator('.sheetbar')
      if (await bar.isVisible()) await openPanel(page, /^(版本|Versions)/)
      await page
        .getByRole('button', { name: /^(看改动，第 2 版|Changes in version 2)$/ })
        .filter({ visible: true })
        .click()
    },
    until: '.changes ins',
    screenOnly: true,
  },
  {
    name: 'episode-reorder',
    as: person,
    path: at('ready'),
    act: async (page) => {
      await openMenu(page, /^(调整顺序|Reorder lines)$/)
      await page.getByRole('button', { name: /^(移动第 4 句|Move line 4)$/ }).press('ArrowUp')
      // It is held as by a hand.
      const grip = (await page.getByRole('button', { name: /^(移动第 2 句|Move line 2)$/ }).boundingBox())!
      await page.mouse.move(grip.x + 10, grip.y + 10)
      await page.mouse.down()
      await page.mouse.move(grip.x + 10, grip.y + 20, { steps: 3 })
    },
    until: '.reorder li',
    screenOnly: true,
  },
  {
    name: 'episode-keys',
    as: person,
    path: at('ready'),
    act: (page) => openMenu(page, /^(键盘快捷键|Keyboard shortcuts)$/),
    until: '.keylist',
    screenOnly: true,
    only: '1440',
  },
  {
    name: 'episode-offline',
    as: person,
    path: at('ready'),
    isOffline: true,
    act: async (page) => {
      await page.locator('main .line').first().waitFor()
      // All of the page is there, and only then the network goes.
      await page.waitForTimeout(3_000)
      await page.context().setOffline(true)
    },
    until: '.wire',
    screenOnly: true,
  },
  ...panels,
  {
    name: 'episode-not-found',
    as: person,
    path: () => '/episodes/7d5d2c4e-1111-4111-8111-111111111111',
    until: 'h1',
  },
]
