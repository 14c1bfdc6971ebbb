// npm test: brings what the tests need (servers, ffmpeg, Chromium), runs them all, and ends with one plain line.
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium } from './chromium.ts'
import { generateClient } from './launcher/build.ts'
import { cacheDirectory } from './launcher/folders.ts'
import { StartError } from './launcher/start-error.ts'
import { findSchemathesis } from './schemathesis.ts'
import { findPrograms } from './servers/programs.ts'
import { servers } from './servers/table.ts'

interface Report {
  numPassedTests: number
  numFailedTests: number
  numPendingTests: number
  numFailedTestSuites: number
}

const news = (text: string) => console.log(`aimake: ${text}`)
const cache = cacheDirectory(process.env)
const programs = await findPrograms(servers, { cache, news })
await generateClient(join(import.meta.dirname, '..'))
// Its own test fails without it and says why; all others go on.
const schemathesis = await findSchemathesis({ cache, news }).catch((error: Error) => {
  news(`${error.message}${error instanceof StartError ? `\n        ${error.remedy}` : ''}`)
  return undefined
})

const folder = mkdtempSync(join(tmpdir(), 'aimake-report-'))
const file = join(folder, 'report.json')
const { status } = spawnSync(
  process.execPath,
  [
    'node_modules/vitest/vitest.mjs',
    'run',
    '--reporter=default',
    '--reporter=json',
    `--outputFile.json=${file}`,
    ...process.argv.slice(2),
  ],
  {
    stdio: 'inherit',
    env: {
      ...process.env,
      FFMPEG_PATH: process.env.FFMPEG_PATH || programs['ffmpeg'],
      TEMPORAL_CLI_PATH: programs['temporal'],
      SCHEMATHESIS_PYTHON: schemathesis,
      CHROMIUM_PATH: await findChromium(news),
    },
  },
)
const report = readReport()
rmSync(folder, { recursive: true })
// A file that could not even be loaded has no tests to count, and has failed all the same.
const failed = Math.max(report.numFailedTests, status === 0 ? 0 : 1)
console.log(
  `${report.numPassedTests} passed, ${failed} failed${report.numPendingTests ? `, ${report.numPendingTests} skipped` : ''}`,
)
process.exit(failed === 0 && status === 0 ? 0 : 1)

function readReport(): Report {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Report
  } catch {
    return { numPassedTests: 0, numFailedTests: 1, numPendingTests: 0, numFailedTestSuites: 1 }
  }
}
