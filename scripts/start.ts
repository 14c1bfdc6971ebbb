// Starts everything and keeps it running until Ctrl-C: npm start. See launcher/options.ts for what it takes.
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { LockHeld, takeLock } from './launcher/file-lock.ts'
import { cacheDirectory, openDataDirectory, postgresDirectory } from './launcher/folders.ts'
import { launch } from './launcher/launch.ts'
import { help, parseOptions } from './launcher/options.ts'
import { survivors } from './launcher/pid-files.ts'
import { readRunFile, removeRunFile, writeRunFile } from './launcher/run-file.ts'
import { StartError } from './launcher/start-error.ts'
import { say } from './launcher/steps.ts'
import { Supervisor, stopInOrder } from './launcher/supervisor.ts'
import type { Options } from './launcher/options.ts'
import type { RunFile } from './launcher/run-file.ts'

const checkout = fileURLToPath(new URL('..', import.meta.url))
const stopWithinMs = 8500

class Asked extends Error {}

/** Takes the data folder for this process, or throws saying who has it and where that runs. */
function takeDataDirectory(dataDirectory: string): () => void {
  try {
    return takeLock(join(dataDirectory, 'launcher.lock'))
  } catch (error) {
    if (!(error instanceof LockHeld)) throw error
    const running = readRunFile(dataDirectory)
    const where = running
      ? `web app ${running.web} · console ${running.console} · Temporal ${running.temporalUi}`
      : 'it is still starting or already stopping'
    throw new StartError(
      `AIMake already runs on ${dataDirectory} (process ${error.holder.pid}): ${where}`,
      `use that one, stop it with: kill ${error.holder.pid}, or start another with AIMAKE_DATA_DIR=/some/other/folder`,
    )
  }
}

async function stopLeftovers(dataDirectory: string): Promise<void> {
  removeRunFile(dataDirectory)
  const left = survivors(dataDirectory)
  if (!left.size) return
  say(`the last start was killed and left ${[...left.keys()].join(', ')} running: stopping them first`)
  await stopInOrder(left, new AbortController().signal, tellStopped)
  survivors(dataDirectory)
}

const tellStopped = (name: string, durationMs: number) => say(`stopped ${name} (${(durationMs / 1000).toFixed(1)} s)`)

function tellAddresses({ web, console: adminConsole, temporalUi, mail, demo, admin }: RunFile, dataDirectory: string): void {
  say(`
  web app      ${web}
  console      ${adminConsole}
  Temporal UI  ${temporalUi}${
    mail &&
    `
  mails        ${mail}`
  }

  demo sign-in   ${demo.email}  ${demo.password}
  admin sign-in  ${admin.email}  ${admin.password}

  data, logs and run.json are in ${dataDirectory}
  Ctrl-C stops everything; what was made is kept.
`)
}

/** Fires on the first request to stop; a second one, or too long a farewell, fires `hurry`. */
function listenForStop(stop: AbortController, hurry: AbortController): void {
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (stop.signal.aborted) hurry.abort()
      else stop.abort(new Asked(signal))
    })
  }
  stop.signal.addEventListener('abort', () => setTimeout(() => hurry.abort(), stopWithinMs).unref())
  // Our own mistake must not leave the others running without us.
  for (const mistake of ['uncaughtException', 'unhandledRejection'] as const) process.on(mistake, (error) => stop.abort(error))
  // A closed terminal must not stop us from stopping the others.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {})
}

async function runUntilStopped(options: Options, dataDirectory: string): Promise<void> {
  const stop = new AbortController()
  const hurry = new AbortController()
  const supervisor = new Supervisor(dataDirectory)
  listenForStop(stop, hurry)
  try {
    await stopLeftovers(dataDirectory)
    const cache = cacheDirectory(process.env)
    if (process.env.AIMAKE_CACHE_DIR && cache !== resolve(process.env.AIMAKE_CACHE_DIR))
      say(`AIMAKE_CACHE_DIR cannot be entered by the database's user: using ${cache}`)
    const postgres = postgresDirectory(dataDirectory)
    if (!postgres.startsWith(dataDirectory))
      say(`the database's user cannot enter ${dataDirectory}: its files are in ${postgres}`)
    const running = await launch({
      checkout,
      dataDirectory,
      cache,
      options,
      supervisor,
      signal: stop.signal,
      onDeath: (error) => stop.abort(error),
    })
    stop.signal.throwIfAborted()
    writeRunFile(dataDirectory, running)
    tellAddresses(running, dataDirectory)
    await new Promise((_, reject) => stop.signal.addEventListener('abort', () => reject(stop.signal.reason)))
  } catch (error) {
    const reason = stop.signal.aborted ? stop.signal.reason : error
    if (!stop.signal.aborted) stop.abort(reason)
    say(reason instanceof Asked ? '\nstopping' : `\n${describe(reason)}\nstopping the rest`)
    process.exitCode = reason instanceof Asked ? 0 : 1
  } finally {
    removeRunFile(dataDirectory)
    await supervisor.stopAll(hurry.signal, tellStopped)
    say('everything is stopped')
  }
}

function describe(error: unknown): string {
  if (error instanceof StartError) return `${error.message}\n  -> ${error.remedy}`
  return error instanceof Error
    ? error.name === 'ChildDied' || error.name === 'ProgramFailed'
      ? error.message
      : (error.stack ?? error.message)
    : String(error)
}

try {
  const options = parseOptions(process.argv.slice(2))
  if (options.help) {
    say(help)
    process.exit(0)
  }
  if (existsSync(join(checkout, '.env'))) process.loadEnvFile(join(checkout, '.env'))
  const dataDirectory = openDataDirectory(resolve(checkout, process.env.AIMAKE_DATA_DIR || '.data'))
  const release = takeDataDirectory(dataDirectory)
  await runUntilStopped(options, dataDirectory)
  release()
  process.exit()
} catch (error) {
  console.error(describe(error))
  process.exit(1)
}
