// npm run screenshots [-- --out FOLDER] [--only library,new] [--looks 390-zh,1440] [--run run.json] [--at-once 2]: every page and state of the web app as
// pictures, at two widths, in two languages, light and dark; or with `--readme` the ones that README.md shows. It starts a product of its own with made-up
// providers, unless `--run` names one.
import { mkdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { launchBrowser } from '../tests/setup/browser.ts'
import { launchProduct } from '../tests/setup/launch.ts'
import type { Run } from '../tests/setup/launch.ts'
import { findChromium } from './chromium.ts'
import { looks } from './screenshots/looks.ts'
import { readmePictures } from './screenshots/readme.ts'
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
    readme: { type: 'boolean', default: false },
  },
})
/** What is named by its beginning; everything when nothing is. */
const named = <T extends { name: string }>(all: readonly T[], words: string | undefined): T[] =>
  all.filter(({ name }) => !words || words.split(',').some((word) => name.startsWith(word)))
const out = resolve(values.out)
const pictures = values.readme
  ? readmePictures.map(({ shot, look, file }) => ({
      shots: shots.filter(({ name }) => name === shot),
      look: looks.find(({ name }) => name === look)!,
      fileOf: () => file,
    }))
  : named(looks, values.looks).map((look) => ({
      shots: named(shots, values.only).filter(({ only }) => only === undefined || only === look.size),
      look,
      fileOf: (name: string) => join(out, `${name}-${look.name}.png`),
    }))

process.env.CHROMIUM_PATH = await findChromium()
const product = values.run ? undefined : await launchProduct(18_200, ['--fake'])
try {
  const run = product?.run ?? (JSON.parse(readFileSync(values.run!, 'utf8')) as Run)
  const browser = await launchBrowser()
  if (!values.readme) mkdirSync(out, { recursive: true })
  try {
    const made = await seed(run)
    for (const picture of pictures) {
      const troubles = await takeAll({ browser, run, made, atOnce: Number(values['at-once']), ...picture })
      for (const trouble of troubles) {
        console.error(trouble)
        process.exitCode = 1
      }
      console.log(`${picture.look.name}: ${picture.shots.length - troubles.length} of ${picture.shots.length}`)
    }
  } finally {
    await browser.close()
  }
} finally {
  await product?.stop()
}
