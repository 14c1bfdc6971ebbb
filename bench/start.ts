// Measures `npm start`: from empty caches, a second time, and a second time without any network; with the memory of each process.
// Works on a copy of this checkout, so that nothing of it is touched: npm run bench:start
import { spawn, spawnSync } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { RunFile } from '../scripts/launcher/run-file.ts'

const checkout = fileURLToPath(new URL('..', import.meta.url))
const targets = { emptyMs: 180_000, secondMs: 10_000, stopMs: 10_000 }
const giveUpMs = 600_000

type Measure = { name: string; durationMs: number; targetMs: number }

/** A copy of what git knows of the checkout, and of what it would add: what a fresh clone would hold after the next commit. */
function freshCopy(home: string): string {
  const copy = join(home, 'checkout')
  const { stdout } = spawnSync('git', ['ls-files', '-co', '--exclude-standard', '-z'], {
    cwd: checkout,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  for (const file of stdout.split('\0').filter((name) => name && existsSync(join(checkout, name))))
    cpSync(join(checkout, file), join(copy, file))
  return copy
}

/** The environment of somebody who has nothing of ours yet: own caches, no settings, no programs from this checkout on PATH. */
function newcomer(home: string): NodeJS.ProcessEnv {
  const path = (process.env.PATH ?? '')
    .split(delimiter)
    .filter((folder) => !folder.startsWith(checkout) && folder !== dirname(process.execPath))
  const foreign = /^(npm_|AIMAKE_|INIT_CWD|NODE$|DATABASE_|REDIS_|S3_|TEMPORAL_|PORT$|FFMPEG_PATH)/
  const inherited = Object.entries(process.env).filter(([name]) => !foreign.test(name))
  return {
    ...Object.fromEntries(inherited),
    PATH: path.join(delimiter),
    // What is measured is the start; the voice's weights come after it.
    AIMAKE_NEURAL_VOICE: 'off',
    AIMAKE_CACHE_DIR: join(home, 'cache'),
    AIMAKE_DATA_DIR: join(home, 'data'),
    npm_config_cache: join(home, 'npm-cache'),
  }
}

/** As root the network is really taken away; otherwise every program is told to go through a proxy that is not there. */
function withoutNetwork(command: string, env: NodeJS.ProcessEnv): { command: string; env: NodeJS.ProcessEnv; how: string } {
  const canCut = spawnSync('unshare', ['-n', 'true']).status === 0
  if (canCut) return { command: `unshare -n sh -c 'ip link set lo up; exec ${command}'`, env, how: 'network cut' }
  const nowhere = 'http://127.0.0.1:9'
  return {
    command,
    env: { ...env, http_proxy: nowhere, https_proxy: nowhere, npm_config_offline: 'true', PIP_NO_INDEX: '1' },
    how: 'proxies to nowhere',
  }
}

async function start(
  command: string,
  env: NodeJS.ProcessEnv,
  copy: string,
  log: string,
): Promise<{ child: ChildProcess; run: RunFile; durationMs: number }> {
  const startedMs = performance.now()
  const out = openSync(log, 'a')
  const child = spawn('sh', ['-c', `exec ${command}`], { cwd: copy, env, stdio: ['ignore', out, out] })
  const path = join(env.AIMAKE_DATA_DIR!, 'run.json')
  while (performance.now() - startedMs < giveUpMs && child.exitCode === null && child.signalCode === null) {
    if (existsSync(path)) return { child, run: JSON.parse(readFileSync(path, 'utf8')), durationMs: performance.now() - startedMs }
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  child.kill('SIGTERM')
  throw new Error(`it did not get ready:\n${readFileSync(log, 'utf8').slice(-4000)}`)
}

async function stop({ child, run }: { child: ChildProcess; run: RunFile }): Promise<number> {
  const askedMs = performance.now()
  const ended = once(child, 'exit')
  process.kill(run.pids.launcher!, 'SIGINT')
  await ended
  return performance.now() - askedMs
}

/** Resident memory by process number, with its children's added, from /proc. */
function residentBytes(pids: Record<string, number>): Record<string, number> {
  const status = (pid: string) => {
    try {
      const text = readFileSync(`/proc/${pid}/status`, 'utf8')
      return {
        pid: Number(pid),
        parent: Number(/^PPid:\s+(\d+)/m.exec(text)?.[1]),
        bytes: Number(/^VmRSS:\s+(\d+)/m.exec(text)?.[1] ?? 0) * 1024,
      }
    } catch {
      return undefined
    }
  }
  const all = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => status(name) ?? [])
  const named = new Set(Object.values(pids))
  const below = (pid: number): number =>
    all
      .filter(({ parent, pid: own }) => parent === pid && !named.has(own))
      .reduce((sum, { pid: own, bytes }) => sum + bytes + below(own), 0)
  return Object.fromEntries(
    Object.entries(pids).map(([name, pid]) => [name, (all.find((one) => one.pid === pid)?.bytes ?? 0) + below(pid)]),
  )
}

const seconds = (durationMs: number) => `${(durationMs / 1000).toFixed(1)} s`.padStart(9)
const megabytes = (bytes: number) => `${(bytes / 1e6).toFixed(0)} MB`.padStart(9)

function report(measures: Measure[], memory: Record<string, number>): void {
  console.log(`\n${'from npm start until'.padEnd(52)}${'took'.padStart(9)}${'at most'.padStart(10)}`)
  for (const { name, durationMs, targetMs } of measures) {
    console.log(
      `${name.padEnd(52)}${seconds(durationMs)} ${seconds(targetMs)}  ${durationMs <= targetMs ? 'met' : 'MISSED'} (ratio ${(durationMs / targetMs).toFixed(2)})`,
    )
  }
  const entries = Object.entries(memory)
  if (!entries.length) return
  console.log(`\nmemory when ready (resident; shared pages count in each)`)
  for (const [name, bytes] of entries) console.log(`${name.padEnd(52)}${megabytes(bytes)}`)
  console.log(`${'all'.padEnd(52)}${megabytes(entries.reduce((sum, [, bytes]) => sum + bytes, 0))}`)
}

const home = mkdtempSync(join(tmpdir(), 'aimake-bench-start-'))
chmodSync(home, 0o755)
mkdirSync(join(home, 'data'))
const env = newcomer(home)
const copy = freshCopy(home)
const options = process.argv.slice(2).join(' ')
const command = options ? `npm start -- ${options}` : 'npm start'
const log = join(home, 'output.txt')
const measures: Measure[] = []
const measure = (name: string, durationMs: number, targetMs: number) => {
  measures.push({ name, durationMs, targetMs })
  console.log(`${name}: ${seconds(durationMs).trim()}`)
}

let memory: Record<string, number> = {}
try {
  console.log(`a copy without node_modules, empty caches, empty data, in ${home}`)
  const first = await start(command, env, copy, log)
  measure('ready, with empty caches', first.durationMs, targets.emptyMs)
  measure('stopped, after Ctrl-C', await stop(first), targets.stopMs)
  const second = await start(command, env, copy, log)
  measure('ready, the second time', second.durationMs, targets.secondMs)
  memory = existsSync('/proc/self/status') ? residentBytes(second.run.pids) : {}
  measure('stopped, the second time', await stop(second), targets.stopMs)
  const cut = withoutNetwork(command, env)
  const third = await start(cut.command, cut.env, copy, log)
  measure(`ready, the third time (${cut.how})`, third.durationMs, targets.secondMs)
  measure('stopped, the third time', await stop(third), targets.stopMs)
} finally {
  console.log(`\n${readFileSync(log, 'utf8')}`)
  rmSync(home, { recursive: true, force: true })
}
report(measures, memory)
process.exitCode = measures.every(({ durationMs, targetMs }) => durationMs <= targetMs) ? 0 : 1
