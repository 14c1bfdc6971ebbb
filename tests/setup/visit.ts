import type { Browser, BrowserContext, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { complaintsOf, cookiesOf, launchBrowser } from './browser.ts'
import type { Run } from './launch.ts'
import type { Person } from './person.ts'

export const desktop = { viewport: { width: 1440, height: 900 }, locale: 'zh-CN' }
export const phone = { viewport: { width: 390, height: 844 }, locale: 'en-US', hasTouch: true, isMobile: true }

/** The browser of this test file; where the present test is, once it has arrived. */
export let browser: Browser
export let context: BrowserContext
export let page: Page
let complaints: string[] = []
let runNow: () => Run

/** Gives a test file its browser. After each test its pages are closed, and a browser that complained fails it. `run` is asked on each arrival. */
export function opensBrowser(run: () => Run): void {
  runNow = run
  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())
  afterEach(async () => {
    await context?.close()
    expect(complaints, 'what the browser complained about').toEqual([])
  })
}

interface Arrival {
  /** Who is signed in; nobody when left out. */
  as?: Person
  /** What runs in every page before the app does. */
  before?: string
}

/** A browser as somebody brings it along, at a path of the web app or any other address. */
export async function arrive(look: BrowserContextOptions, path: string, { as, before }: Arrival = {}): Promise<void> {
  complaints = []
  context = await browser.newContext(look)
  if (before) await context.addInitScript(before)
  if (as) await context.addCookies(cookiesOf(as.cookies, runNow().web))
  page = await context.newPage()
  complaints = complaintsOf(page)
  await page.goto(at(path))
}

/** The whole address of a path of the web app. */
export const at = (path: string) => new URL(path, runNow().web).href

/** What the browser had to complain about, as a browser writes each refused request into its console. */
export function forgive(pattern: RegExp): void {
  complaints.splice(0, complaints.length, ...complaints.filter((line) => !pattern.test(line)))
}

export const shown = (name: string | RegExp, on = page) => on.getByRole('button', { name }).filter({ visible: true }).first()
/** By how many pixels the page can be pushed sideways. */
export const sideways = () => page.evaluate<number>('document.documentElement.scrollWidth - innerWidth')
/** The second of what sounds. */
export const currentTime = () => heardIn(page)
export const heardIn = (tab: Page) => tab.evaluate<number>(`document.querySelector('audio')?.currentTime ?? 0`)
