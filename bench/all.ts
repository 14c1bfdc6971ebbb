// npm run bench: every benchmark, one after the other, and one table of their figures. Ends with 1 when a target is missed or a benchmark breaks.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { cacheDirectory } from '../scripts/launcher/folders.ts'
import { findPrograms } from '../scripts/servers/programs.ts'
import { servers } from '../scripts/servers/table.ts'

/** In the order they run. One that is not there, or lacks what it needs and says so with exit code 2, is named and passed over. */
const benches = [
  'assembly',
  'loudness',
  'voice',
  'first-sound',
  'schedule',
  'fairness',
  'edit',
  'crash',
  'backup',
  'long-episode',
  'workers',
  'reconcile',
  'watching',
  'api',
  'web',
  'lighthouse',
]
const SKIPPED = 2

interface Figure {
  bench: string
  name: string
  figure: string
  limit: string
  ok: string
}

const programs = await findPrograms(servers, { cache: cacheDirectory(process.env), news: console.log })
const env = { ...process.env, FFMPEG_PATH: process.env['FFMPEG_PATH'] || programs['ffmpeg'] }
const figures: Figure[] = []
for (const bench of benches) {
  if (!existsSync(join(import.meta.dirname, `${bench}.ts`))) continue
  console.log(`\n── ${bench}`)
  const { code, output } = await run(bench)
  const found = figuresOf(bench, output)
  figures.push(...found)
  const missed = found.some(({ ok }) => ok === 'no')
  if (code === SKIPPED) figures.push({ bench, name: 'passed over', figure: '', limit: '', ok: '-' })
  else if (code !== 0 && !missed) figures.push({ bench, name: `ended with ${code}`, figure: '', limit: '', ok: 'no' })
}
console.log('\n')
console.table(figures)
if (figures.some(({ ok }) => ok === 'no')) process.exitCode = 1

/** Runs a benchmark as `npm run bench:<name>` does, and shows what it says while it runs. */
function run(bench: string): Promise<{ code: number | null; output: string }> {
  const child = spawn(process.execPath, [join('bench', `${bench}.ts`)], { env, stdio: ['ignore', 'pipe', 'inherit'] })
  let output = ''
  child.stdout.on('data', (chunk: Buffer) => {
    output += chunk.toString('utf8')
    process.stdout.write(chunk)
  })
  return new Promise((resolve) => child.once('close', (code) => resolve({ code, output })))
}

/** Lines of the form `met     name: figure (target limit)`. */
function figuresOf(bench: string, output: string): Figure[] {
  return [...output.matchAll(/^(met|MISSED)\s+(.+): (.+) \(target (.+)\)$/gm)].map(([, verdict, name, figure, limit]) => ({
    bench,
    name: name!,
    figure: figure!,
    limit: limit!,
    ok: verdict === 'met' ? 'yes' : 'no',
  }))
}
