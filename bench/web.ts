// npm run bench:web: the built web app in a real browser. What of it is loaded first, how soon a press shows while an episode of a thousand lines
// is open and updated ten times a second, and whether its memory stays flat over an hour of such updates.
import type { CDPSession, Page } from 'playwright-core'
import { findChromium } from '../scripts/chromium.ts'
import { buildScreen, screens } from '../scripts/launcher/build.ts'
import { launchBrowser } from '../tests/setup/browser.ts'
import { atMost } from './judged.ts'
import { startPretendedApi } from './web/pretended-api.ts'

const LINES = 1_000
const UPDATES_A_SECOND = 10
const HOUR_UPDATES = 36_000
/** An hour's updates at this rate: what is kept of each is kept all the same. */
const RUSH_A_SECOND = Number(process.env['WEB_RUSH'] ?? 200)
const TARGETS = { kilobytes: 100, paintMs: 100, growth: 1.1 }
/**
 * Event Timing tells how long it took from a press to the next frame; 8 ms are its finest. A point that changes with every frame, as the player's bar does: where
 * nothing else changes, as by a key that only scrolls, Chromium draws no frame and counts to the next one there is, however late.
 */
const watchPaints = `(() => {
  window.paints = []
  const point = document.createElement('i')
  point.style.cssText = 'position:fixed;inset:0 auto auto 0;width:1px;height:1px'
  const change = (ms) => {
    point.style.background = 'rgb(0 0 ' + (Math.round(ms) % 256) + ')'
    requestAnimationFrame(change)
  }
  addEventListener('DOMContentLoaded', () => (document.body.append(point), change(0)))
  new PerformanceObserver((list) => {
    for (const entry of list.getEntries()) if (entry.interactionId) window.paints.push({ name: entry.name, ms: entry.duration, id: entry.interactionId })
  }).observe({ type: 'event', durationThreshold: 16, buffered: true })
})()`
const at = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0
const scrollTo = (page: Page, share: number) => page.evaluate(`scrollTo(0, document.documentElement.scrollHeight * ${share})`)

process.env['CHROMIUM_PATH'] ??= await findChromium(console.log)
await buildScreen(process.cwd(), screens[0])
const api = await startPretendedApi({ lines: LINES })
const browser = await launchBrowser()
try {
  const parts = { load: judgeFirstLoad, paint: judgeInteractions, memory: judgeMemory }
  // One alone by its name: `npm run bench:web -- load`.
  for (const [name, judge] of Object.entries(parts)) if (!process.argv[2] || process.argv[2] === name) await judge()
} finally {
  await browser.close()
  api.close()
}

/** Scripts that are there when a page can be used, as a server sends them; what is fetched later for the sound is told apart. */
async function judgeFirstLoad(): Promise<void> {
  for (const [name, path, isKnown] of [
    ['front page', '/', false],
    ['new', '/new', true],
    ['library', '/library', true],
    ['shows', '/shows', true],
    ['voices', '/voices', true],
    ['usage', '/usage', true],
    ['settings', '/settings', true],
    ['pronunciations', '/pronunciations', true],
    ['downloads', '/downloads', true],
    ['episode', '/episodes/1', true],
  ] as const) {
    api.signedIn(isKnown)
    const page = await browser.newPage({ locale: 'zh-CN' })
    const files = new Set<string>()
    page.on('response', (response) => response.url().endsWith('.js') && files.add(new URL(response.url()).pathname))
    await page.goto(api.url + path)
    await page.locator('main, .front').first().waitFor()
    await page.waitForTimeout(700)
    const first = [...files].filter((file) => !/hls|sw\.js/.test(file))
    const bytes = (list: string[]) => list.reduce((sum, file) => sum + api.brotliBytes(file), 0) / 1000
    const later = [...files].filter((file) => file.includes('hls'))
    if (later.length > 0) console.log(`        ${name}: ${bytes(later).toFixed(1)} kB more for the sound, once the page stands`)
    atMost(`first-load JavaScript in brotli, ${name}`, bytes(first), TARGETS.kilobytes, ' kB', 1)
    await page.close()
  }
  api.signedIn(true)
}

async function judgeInteractions(): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
  await page.addInitScript(watchPaints)
  await page.goto(`${api.url}/episodes/1`)
  await page
    .locator('.line')
    .nth(LINES - 1)
    .waitFor({ state: 'attached' })
  api.update(UPDATES_A_SECOND)
  let presses = 0
  const press = async (deed: () => Promise<unknown>) => {
    await deed()
    presses += 1
    await page.waitForTimeout(120)
  }
  for (let round = 0; round < 4; round += 1) {
    await scrollTo(page, (round + 0.5) / 5)
    await press(() => page.keyboard.press('ArrowDown'))
    await press(() => page.keyboard.press('ArrowDown'))
    await press(() => page.keyboard.press('ArrowUp'))
    await press(() => page.getByRole('button', { name: '更多', exact: true }).filter({ visible: true }).click())
    await press(() => page.keyboard.press('Escape'))
    await press(() =>
      page
        .getByRole('button', { name: /^播放速度/ })
        .filter({ visible: true })
        .click(),
    )
    await press(() => page.keyboard.press('Escape'))
    await press(() => page.keyboard.press('?'))
    await press(() => page.keyboard.press('Escape'))
    await press(() => page.getByRole('button', { name: '改标题' }).click())
    for (const letter of ' abc') await press(() => page.keyboard.press(letter))
    await press(() => page.keyboard.press('Escape'))
    await press(() => page.getByRole('slider', { name: '选择播放位置' }).filter({ visible: true }).press('ArrowRight'))
  }
  api.update(0)
  await page.waitForTimeout(300)
  const paints = await page.evaluate<{ name: string; ms: number; id: number }[]>('window.paints')
  // One interaction is several events: the longest of them is what a person waited.
  const waits = [...Map.groupBy(paints, ({ id }) => id).values()].map((events) => Math.max(...events.map(({ ms }) => ms)))
  const sorted = [...Array.from({ length: Math.max(0, presses - waits.length) }, () => 8), ...waits].toSorted((a, b) => a - b)
  const slowest = paints.toSorted((a, b) => b.ms - a.ms).slice(0, 3)
  console.log(
    `        ${presses} presses while ${api.updates()} updates came: half within ${at(sorted, 0.5)} ms, the slowest ${slowest.map(({ name, ms }) => `${name} ${ms} ms`).join(', ')}`,
  )
  atMost(
    'interaction to next paint (98th percentile), 1,000 lines at 10 updates a second',
    at(sorted, 0.98),
    TARGETS.paintMs,
    ' ms',
    0,
  )
  await page.close()
}

async function judgeMemory(): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 }, locale: 'zh-CN' })
  await page.goto(`${api.url}/episodes/1`)
  await page
    .locator('.line')
    .nth(LINES - 1)
    .waitFor({ state: 'attached' })
  const session = await page.context().newCDPSession(page)
  const before = api.updates()
  api.update(RUSH_A_SECOND)
  const until = async (updates: number) => {
    while (api.updates() - before < updates) await page.waitForTimeout(250)
  }
  // The first tenth warms up: what is made once is made by then.
  await until(HOUR_UPDATES / 10)
  const early = await heapOf(session)
  await until(HOUR_UPDATES)
  api.update(0)
  const late = await heapOf(session)
  console.log(
    `        heap ${early.megabytes.toFixed(1)} MB and ${early.nodes} nodes after ${HOUR_UPDATES / 10} updates, ${late.megabytes.toFixed(1)} MB and ${late.nodes} nodes after ${HOUR_UPDATES}`,
  )
  atMost('memory after an hour of updates against after six minutes', late.megabytes / early.megabytes, TARGETS.growth, 'x')
  atMost('nodes after an hour of updates against after six minutes', late.nodes / early.nodes, TARGETS.growth, 'x')
  await page.close()
}

async function heapOf(session: CDPSession): Promise<{ megabytes: number; nodes: number }> {
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  const { nodes } = await session.send('Memory.getDOMCounters')
  return { megabytes: usedSize / 1e6, nodes }
}
