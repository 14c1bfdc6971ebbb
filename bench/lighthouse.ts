// npm run bench:lighthouse: what Lighthouse says of the built app on a phone (its own throttled one): front page, a shared page, an episode.
import lighthouse from 'lighthouse'
import type { Flags, Result } from 'lighthouse'
import { findChromium } from '../scripts/chromium.ts'
import { launchBrowser } from '../tests/setup/browser.ts'
import { launchProduct } from '../tests/setup/launch.ts'
import { Person } from '../tests/setup/person.ts'
import { script } from '../tests/setup/texts.ts'
import { judged, median } from './judged.ts'

const DEBUG_PORT = 19_333
const RUNS = Number(process.env['LIGHTHOUSE_RUNS'] ?? 3)
const WANTED = { performance: 95, accessibility: 100, 'best-practices': 100, seo: 100 } as const
const categories = Object.keys(WANTED) as (keyof typeof WANTED)[]

process.env['CHROMIUM_PATH'] ??= await findChromium(console.log)
const product = await launchProduct(19_300, ['--fake'])
const browser = await launchBrowser(`--remote-debugging-port=${DEBUG_PORT}`)
try {
  const person = await Person.demo(product.run)
  const sources = [{ type: 'script', text: script(40) }]
  const speakers = ['openai-nova', 'openai-onyx'].map((voiceId, index) => ({ name: index ? '乙' : '甲', voiceId }))
  const { id } = await person.order({ kind: 'podcast', title: '夜空', notice: false, speakers, sources })
  await person.ready(id)
  // As its owner wants it found: one that search engines are told to leave alone is bad for them on purpose.
  const share = await person.ok<{ url: string }>('POST', `/api/episodes/${id}/share`, { findable: true })
  const cookie = { Cookie: person.cookies }
  console.log(`page      ${categories.map((name) => name.padStart(16)).join('')}`)
  await judge('front', product.run.web)
  console.log('        the shared page is one that may be found; others say noindex')
  await judge('share', share.url)
  await judge('episode', new URL(`/episodes/${id}`, product.run.web).href, cookie)
} finally {
  await browser.close()
  await product.stop()
}

/** The middle of some runs, one score a category, and what is not perfect by name. */
async function judge(page: string, url: string, extraHeaders?: Record<string, string>): Promise<void> {
  const flags: Flags = { port: DEBUG_PORT, logLevel: 'error', onlyCategories: categories, ...(extraHeaders && { extraHeaders }) }
  const reports: Result[] = []
  for (let run = 0; run < RUNS; run += 1) reports.push((await lighthouse(url, flags))!.lhr)
  const scores = categories.map((name) =>
    median(reports.map((report) => Math.round((report.categories[name]?.score ?? 0) * 100))),
  )
  console.log(`${page.padEnd(10)}${scores.map((score) => String(score).padStart(16)).join('')}`)
  const last = reports.at(-1)!
  for (const name of categories.filter((one) => one !== 'performance'))
    for (const { id, weight } of last.categories[name]?.auditRefs ?? [])
      if (weight > 0 && (last.audits[id]?.score ?? 1) < 1) console.log(`        ${name}: ${last.audits[id]?.title}`)
  const times = ['first-contentful-paint', 'largest-contentful-paint', 'total-blocking-time', 'cumulative-layout-shift']
  console.log(`        ${times.map((name) => `${name} ${last.audits[name]?.displayValue}`).join(', ')}`)
  categories.forEach((name, index) =>
    judged(`Lighthouse ${name}, ${page} page`, String(scores[index]), `>= ${WANTED[name]}`, scores[index]! >= WANTED[name]),
  )
}
