import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { isGenuine } from '../../shared/neural-voice.ts'
import { run, withOwnNode } from '../launcher/run-program.ts'
import { StartError } from '../launcher/start-error.ts'
import type { VoicePackage } from './packages.ts'

const everyMs = 1000

const tarballOf = ({ name, version }: VoicePackage, folder: string) => join(folder, `${name}-${version}.tgz`)

/** How many bytes lie in a folder, as far as it exists. */
function bytesBelow(folder: string): number {
  if (!existsSync(folder)) return 0
  return readdirSync(folder, { recursive: true, withFileTypes: true }).reduce((sum, entry) => {
    // npm moves its files while we look.
    const stats = entry.isFile() ? statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false }) : undefined
    return sum + (stats?.size ?? 0)
  }, 0)
}

/**
 * The package as npm keeps it, fetched into `folder` unless it lies there whole; `onBytes` hears how much has come. npm is given a
 * store of its own, which shows the bytes while they come and leaves nothing behind. Throws a `StartError` when the network or the content is wrong.
 */
export async function fetchPackage(
  wanted: VoicePackage,
  { folder, onBytes, signal }: { folder: string; onBytes: (bytes: number) => void; signal?: AbortSignal },
): Promise<string> {
  const tarball = tarballOf(wanted, folder)
  if (!(await isGenuine(tarball, wanted.sha256))) {
    const workshop = join(folder, `${wanted.name}-coming`)
    rmSync(workshop, { recursive: true, force: true })
    mkdirSync(workshop, { recursive: true, mode: 0o755 })
    const store = join(workshop, 'npm')
    const watch = setInterval(() => onBytes(Math.min(bytesBelow(store), wanted.bytes)), everyMs)
    try {
      await pack(wanted, workshop, store, signal)
      const fetched = tarballOf(wanted, workshop)
      if (!(await isGenuine(fetched, wanted.sha256)))
        throw new StartError(`${wanted.name} ${wanted.version} is not the pinned one`, 'do not use this network or mirror')
      renameSync(fetched, tarball)
    } finally {
      clearInterval(watch)
      rmSync(workshop, { recursive: true, force: true })
    }
  }
  onBytes(wanted.bytes)
  return tarball
}

async function pack({ name, version }: VoicePackage, workshop: string, store: string, signal?: AbortSignal): Promise<void> {
  const quiet = ['--ignore-scripts', '--loglevel', 'error', '--no-audit', '--no-fund', '--no-update-notifier']
  const args = ['pack', `${name}@${version}`, '--pack-destination', workshop, '--cache', store, ...quiet]
  try {
    await run('npm', args, { cwd: workshop, env: withOwnNode(process.env), signal })
  } catch (error) {
    if (signal?.aborted) throw error
    const { message } = error as Error
    const why = /npm error code (\S+)/.exec(message)?.[1] ?? message
    throw new StartError(`${name} could not be downloaded (${why})`, "check the network and npm's settings")
  }
}
