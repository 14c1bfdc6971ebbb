import type { Browser } from 'playwright-core'
import { cookiesOf } from '../../tests/setup/browser.ts'
import type { Run } from '../../tests/setup/launch.ts'
import type { Look } from './looks.ts'
import type { Made } from './seed.ts'
import type { Shot } from './shots.ts'

interface Session {
  browser: Browser
  run: Run
  made: Made
  look: Look
  shots: readonly Shot[]
  fileOf: (name: string) => string
}

/** Takes each picture in a browser of its own; answers what went wrong, one sentence a picture. */
export async function takeAll({ browser, run, made, look, shots, fileOf }: Session): Promise<string[]> {
  const troubles: string[] = []
  for (const shot of shots) {
    // What a service worker asks for goes past what is set up to go wrong; only without a connection it has a part of its own.
    const context = await browser.newContext({ ...look.options, serviceWorkers: shot.isOffline ? 'allow' : 'block' })
    try {
      if (shot.as !== 'stranger') await context.addCookies(cookiesOf(made[shot.as].cookie, run.web))
      const page = await context.newPage()
      // A machine without any network but its own says that it is offline.
      if (!shot.isOffline) await page.addInitScript("Object.defineProperty(navigator, 'onLine', { get: () => true })")
      page.setDefaultTimeout(30_000)
      await shot.before?.(page, look.language)
      await page.goto(new URL(shot.path(made), run.web).href)
      await page.locator('main').first().waitFor()
      await shot.act?.(page, look.language)
      await page.evaluate('document.fonts.ready')
      // What was asked for has come, but for what never ends: events, and an answer that is held back.
      await page.waitForLoadState('networkidle', { timeout: 4000 }).catch(() => undefined)
      await page.waitForTimeout(shot.restMs ?? 400)
      // What hangs in its place would hang in the middle of a picture of the whole page.
      if (shot.screenOnly !== true) await page.evaluate('scrollTo(0, 0)')
      await page.screenshot({
        path: fileOf(shot.name),
        fullPage: shot.screenOnly !== true,
        animations: 'disabled',
        caret: 'hide',
      })
    } catch (error) {
      troubles.push(`${shot.name} ${look.name}: ${(error as Error).message.split('\n')[0]}`)
    } finally {
      await context.close()
    }
  }
  return troubles
}
