// npm run screenshots [-- --out FOLDER] [--only library,new] [--looks 390-zh,1440] [--run run.json] [--at-once 2]: every page and state of the web app as pictures,
// at two widths, in two languages, light and dark. It starts a product of its own with made-up providers, unless `--run` names one.
import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { launchBrowser } from '../tests/setup/browser.ts'
import { launchProduct } from '../tests/setup/launch.ts'
import type { Run } from '../tests/setup/launch.ts'
import { findChromium } from './chromium.ts'
import { looks } from './screenshots/looks.ts'
import { seed } from './screenshots/seed.ts'
import { shots } from './screenshots/shots.ts'
import { takeAll } from './screenshots/take.ts'

const { values } = parseArgs({
  options: {
    out: { type: 'string', default: 'screenshots' },
    only: { type: 'string' },
    looks: { type: 'string' },
    run: { type: 'string' },
    'at-once': { type: 'string', default: '2' },
  },
})
/** What is named by its beginning; everything when nothing is. */
const named = <T extends { name: string }>(all: readonly T[], words: string | undefined): T[] =>
  all.filter(({ name }) => !words || words.split(',').some((word) => name.startsWith(word)))
const out = resolve(values.out)
const wanted = named(shots, values.only)
const seenAs = named(looks, values.looks)

process.env.CHROMIUM_PATH = await findChromium()
const product = values.run ? undefined : await launchProduct(18_200, ['--fake'])
try {
  const run = product?.run ?? (JSON.parse(readFileSync(values.run!, 'utf8')) as Run)
  const browser = await launchBrowser()
  mkdirSync(out, { recursive: true })
  try {
    const made = await seed(run)
    let taken = 0
    for (const look of seenAs) {
      const here = wanted.filter(({ only }) => only === undefined || only === look.size)
      const troubles = await takeAll({
        browser,
        run,
        made,
        look,
        shots: here,
        atOnce: Number(values['at-once']),
        fileOf: (name) => join(out, `${name}-${look.name}.png`),
      })
      for (const trouble of troubles) {
        console.error(trouble)
        process.exitCode = 1
      }
      taken += here.length - troubles.length
      console.log(`${look.name}: ${here.length - troubles.length} of ${here.length}`)
    }
    console.log(`${taken} pictures in ${out}`)
  } finally {
    await browser.close()
  }
} finally {
  await product?.stop()
}
