import { chromium } from 'playwright-core'
import type { Browser, Page } from 'playwright-core'
import type { Run } from './launch.ts'

/** Without these Chromium calls home at every start, and does not run as root. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

export const launchBrowser = (...moreFlags: string[]): Promise<Browser> =>
  chromium.launch({ executablePath: process.env.CHROMIUM_PATH!, args: [...flags, ...moreFlags] })

/** Everything a page complains about from now on: console warnings and errors, and errors nobody caught. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = []
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) complaints.push(`${message.text()} ${message.location().url}`)
  })
  page.on('pageerror', (error) => complaints.push(String(error)))
  return complaints
}

/** What a person's HTTP client was given as cookies, for a browser. */
export const cookiesOf = (cookies: string, url: string) =>
  cookies.split('; ').map((pair) => {
    const split = pair.indexOf('=')
    return { name: pair.slice(0, split), value: pair.slice(split + 1), url }
  })

/** Opens the console in Chinese, as its administrator unless somebody else is named. */
export async function openConsole(page: Page, run: Run, who: { email: string; password: string } = run.admin): Promise<void> {
  await page.goto(run.console)
  await page.getByLabel('邮箱').fill(who.email)
  await page.getByLabel('密码').fill(who.password)
  await page.getByRole('button', { name: '登录' }).click()
}
