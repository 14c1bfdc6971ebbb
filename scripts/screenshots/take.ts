import { writeFileSync } from 'node:fs'
import type { Browser, Page } from 'playwright-core'
import { cookiesOf } from '../../tests/setup/browser.ts'
import type { Run } from '../../tests/setup/launch.ts'
import type { Look } from './looks.ts'
import type { Made } from './seed.ts'
import type { Shot } from './shot.ts'

interface Session {
  browser: Browser
  run: Run
  made: Made
  look: Look
  shots: readonly Shot[]
  fileOf: (name: string) => string
  /** How many pictures are taken side by side. */
  atOnce: number
}

/** Takes each picture in a browser of its own; answers what went wrong, one sentence a picture. */
export async function takeAll({ shots, atOnce, ...session }: Session): Promise<string[]> {
  const troubles: string[] = []
  const queue = shots.values()
  const work = async () => {
    for (const shot of queue)
      await takeOne(shot, session).catch((error: unknown) =>
        troubles.push(`${shot.name} ${session.look.name}: ${(error as Error).message.split('\n').slice(0, 3).join(' ')}`),
      )
  }
  await Promise.all(Array.from({ length: atOnce }, work))
  return troubles
}

async function takeOne(shot: Shot, { browser, run, made, look, fileOf }: Omit<Session, 'shots' | 'atOnce'>): Promise<void> {
  // What a service worker asks for goes past what is set up to go wrong; only without a connection it has a part of its own.
  const context = await browser.newContext({ ...look.options, serviceWorkers: shot.isOffline ? 'allow' : 'block' })
  try {
    if (shot.as !== 'stranger') await context.addCookies(cookiesOf(made[shot.as].cookie, run.web))
    const page = await context.newPage()
    // A machine without any network but its own says that it is offline.
    if (!shot.isOffline) await page.addInitScript("Object.defineProperty(navigator, 'onLine', { get: () => true })")
    page.setDefaultTimeout(60_000)
    await shot.before?.(page, made)
    await page.goto(new URL(await shot.path(made), run.web).href)
    await page.locator('main').first().waitFor()
    await shot.act?.(page, made, look.language)
    await page.locator(shot.until).first().waitFor()
    if (!shot.isWaiting) await settled(page)
    if (shot.screenOnly !== true) await growToPage(page)
    await keep(page, fileOf(shot.name))
  } finally {
    await context.close()
    await shot.after?.(made)
  }
}

/** Everything asked for has come: letters, pictures, answers. Events never end, and are not waited for. */
async function settled(page: Page): Promise<void> {
  await page.locator('.sk').waitFor({ state: 'detached' })
  await page.waitForLoadState('networkidle', { timeout: 1_500 }).catch(() => undefined)
  await page.evaluate(`Promise.all([
    document.fonts.ready,
    ...[...document.images].map((image) => { image.loading = 'eager'; return image.decode().catch(() => {}) }),
  ])`)
}

/** A screen as high as the page: what hangs at its end would hang in the middle of a picture of the whole page. */
async function growToPage(page: Page): Promise<void> {
  const { width, height } = page.viewportSize()!
  const whole = await page.evaluate<number>('document.documentElement.scrollHeight')
  await page.setViewportSize({ width, height: Math.max(height, whole) })
  await page.evaluate('scrollTo(0, 0)')
}

/** PNG by itself; WebP, smaller, where the name says so. */
async function keep(page: Page, file: string): Promise<void> {
  if (!file.endsWith('.webp')) return void (await page.screenshot({ path: file, animations: 'disabled', caret: 'hide' }))
  const session = await page.context().newCDPSession(page)
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: 85 })
  writeFileSync(file, Buffer.from(data, 'base64'))
}
