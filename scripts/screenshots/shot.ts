import type { Page } from 'playwright-core'
import type { Look } from './looks.ts'
import type { Made } from './seed.ts'

/** One page in one state. */
export interface Shot {
  name: string
  as: 'stranger' | 'person' | 'newcomer'
  path: (made: Made) => string | Promise<string>
  /** Before the page is asked for: what shall go wrong, what lies on the device. */
  before?: (page: Page, made: Made) => Promise<unknown>
  /** What a person does before the picture is taken. */
  act?: (page: Page, made: Made, language: Look['language']) => Promise<unknown>
  /** What stands on the page then. */
  until: string
  /** When it is taken. */
  after?: (made: Made) => Promise<unknown>
  /** Whether the network is gone. */
  isOffline?: boolean
  /** Whether something is still awaited on the picture. */
  isWaiting?: boolean
  /** The screen alone, not the whole page: for what hangs above it. */
  screenOnly?: boolean
  /** Where the state is at all; everywhere when left out. */
  only?: Look['size']
}

/** The API answers that it is busy. */
export const busy = (path: string) => (page: Page) =>
  page.route(path, (route) => route.fulfill({ status: 503, json: { code: 'unavailable', requestId: 'req-7f3a', status: 503 } }))
/** The API never answers. */
export const never = (path: string) => (page: Page) => page.route(path, () => {})

/** Waits until the sound of an episode has come so far. */
export async function heard(page: Page, seconds: number): Promise<void> {
  for (let left = 600; left > 0; left -= 1) {
    if ((await page.evaluate<number>(`document.querySelector('audio')?.currentTime ?? 0`)) >= seconds) return
    await page.waitForTimeout(100)
  }
  throw new Error('nothing is heard')
}

export const box = (page: Page) => page.locator('.make textarea')
export const pressShown = (page: Page, selector: string) => page.locator(selector).filter({ visible: true }).first().click()
