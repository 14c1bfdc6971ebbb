import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, expect, test } from 'vitest'
import { identify } from '../../scripts/launcher/process-identity.ts'
import type { RunFile } from '../../scripts/launcher/run-file.ts'

const checkout = new URL('../..', import.meta.url)
const readyTimeoutMs = 60_000
const started: ChildProcess[] = []
const folders: string[] = []

/** A data folder of its own, with a space in its name, which the database's user may enter when the tests run as root. */
function dataFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'aimake launcher '))
  chmodSync(folder, 0o755)
  folders.push(folder)
  return folder
}

type Launcher = { child: ChildProcess; said: () => string; ready: () => Promise<RunFile>; exited: Promise<number | null> }

function startLauncher(data: string, env: NodeJS.ProcessEnv = {}): Launcher {
  const child = spawn(process.execPath, ['scripts/start.ts', '--without', 'api', '--without', 'worker', '--no-samples'], {
    cwd: checkout,
    env: { ...process.env, ...env, AIMAKE_DATA_DIR: data },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  started.push(child)
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (part: string) => (text += part))
  const exited = once(child, 'close').then(([code]) => code as number | null)
  return { child, said: () => text, exited, ready: () => whenReady(child, data, () => text) }
}

/** The run.json that this very launcher wrote, not one that a killed predecessor left. */
async function whenReady(child: ChildProcess, data: string, said: () => string): Promise<RunFile> {
  const untilMs = performance.now() + readyTimeoutMs
  while (performance.now() < untilMs && child.exitCode === null && child.signalCode === null) {
    const path = join(data, 'run.json')
    const run = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as RunFile) : undefined
    if (run?.pids.launcher === child.pid) return run!
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`the launcher did not get ready:\n${said()}`)
}

const alive = (run: RunFile) =>
  Object.entries(run.pids)
    .filter(([name, pid]) => name !== 'launcher' && identify(pid))
    .map(([name]) => name)

async function query(run: RunFile, sql: string): Promise<Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: run.settings.DATABASE_OWNER_URL })
  await client.connect()
  return (await client.query(sql).finally(() => client.end())).rows
}

afterAll(async () => {
  for (const child of started.filter(({ exitCode, signalCode }) => exitCode === null && signalCode === null)) {
    child.kill('SIGTERM')
    await once(child, 'exit')
  }
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

test(
  'a second start says that one runs and where; Ctrl-C ends all within ten seconds and leaves nothing',
  { timeout: 90_000 },
  async () => {
    const data = dataFolder()
    const first = startLauncher(data)
    const run = await first.ready()
    expect(alive(run).sort()).toEqual(['postgres', 'seaweedfs', 'temporal', 'valkey'])
    for (const file of ['run.json', 'secrets.json']) expect(statSync(join(data, file)).mode & 0o777).toBe(0o600)

    const second = startLauncher(data)
    expect(await second.exited).toBe(1)
    expect(second.said()).toContain(`process ${first.child.pid}`)
    expect(second.said()).toContain(run.web)

    const askedMs = performance.now()
    first.child.kill('SIGINT')
    expect(await first.exited).toBe(0)
    expect(performance.now() - askedMs).toBeLessThan(10_000)
    expect(alive(run)).toEqual([])
    expect(existsSync(join(data, 'run.json'))).toBe(false)
  },
)

test('after kill -9 of the launcher the next start stops what it left and loses nothing', { timeout: 120_000 }, async () => {
  const data = dataFolder()
  const killed = startLauncher(data)
  const before = await killed.ready()
  await query(before, "CREATE TABLE kept (word text); INSERT INTO kept VALUES ('银河')")
  killed.child.kill('SIGKILL')
  await killed.exited
  expect(alive(before)).toHaveLength(4)

  const next = startLauncher(data)
  const after = await next.ready()
  expect(next.said()).toContain('stopping them first')
  expect(alive(before)).toEqual([])
  expect(await query(after, 'SELECT word FROM kept')).toEqual([{ word: '银河' }])
  expect(after.settings.S3_SECRET_KEY).toBe(before.settings.S3_SECRET_KEY)

  next.child.kill('SIGTERM')
  next.child.kill('SIGINT')
  expect(await next.exited).toBe(0)
  expect(alive(after)).toEqual([])
})

test(
  'a taken port is named and passed over; a server that dies is named with its last lines and the rest stops',
  { timeout: 90_000 },
  async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as { port: number }
    const launcher = startLauncher(dataFolder(), { PORT: String(port) })
    const run = await launcher.ready()
    expect(launcher.said()).toContain(`port ${port} for api is taken by`)
    expect(run.settings.PORT).not.toBe(String(port))

    process.kill(run.pids.valkey!, 'SIGKILL')
    expect(await launcher.exited).toBe(1)
    expect(launcher.said()).toContain('valkey ended by itself (signal SIGKILL)')
    expect(launcher.said()).toContain('Ready to accept connections')
    expect(alive(run)).toEqual([])
    other.close()
  },
)
