import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, openSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** run.json, as the launcher writes it once everything is ready. */
export interface Run {
  api: string
  web: string
  console: string
  temporalUi: string
  mail: string
  demo: { email: string; password: string }
  admin: { email: string; password: string }
  pids: Record<string, number>
  settings: Record<string, string>
}

export interface Product {
  run: Run
  runJson: string
  dataDirectory: string
  /** Stops it as Ctrl-C does; throws when it does not end well. */
  stop(): Promise<void>
}

const READY_MS = 180_000

/** Starts the whole product through its own launcher, on data of its own; `options` are the launcher's. */
export async function launchProduct(port: number, options: string[] = [], env: Record<string, string> = {}): Promise<Product> {
  const dataDirectory = mkdtempSync(join(tmpdir(), 'aimake-test-'))
  const log = join(dataDirectory, 'launcher.log')
  const output = openSync(log, 'a')
  const launcher = spawn(process.execPath, ['scripts/start.ts', '--no-samples', ...options], {
    env: {
      ...process.env,
      AIMAKE_DATA_DIR: dataDirectory,
      // Tests download nothing, and their sound must come at once.
      AIMAKE_NEURAL_VOICE: 'off',
      PORT: String(port),
      // All tests come from one address; those of the limits set their own.
      RATE_LIMIT_SCALE: '1000',
      NODE_ENV: undefined,
      VITEST: undefined,
      ...env,
    },
    stdio: ['ignore', output, output],
  })
  const ended = new Promise<number | null>((resolve) => launcher.once('exit', resolve))
  const runJson = join(dataDirectory, 'run.json')
  const until = Date.now() + READY_MS
  while (!existsSync(runJson)) {
    if (launcher.exitCode !== null || Date.now() > until)
      throw new Error(`the product did not start:\n${readFileSync(log, 'utf8')}`)
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return {
    run: JSON.parse(readFileSync(runJson, 'utf8')) as Run,
    runJson,
    dataDirectory,
    async stop() {
      launcher.kill('SIGTERM')
      const code = await ended
      if (code !== 0) throw new Error(`the launcher ended with ${code}:\n${readFileSync(log, 'utf8').slice(-4000)}`)
      rmSync(dataDirectory, { recursive: true, force: true })
    },
  }
}
