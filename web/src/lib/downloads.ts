import { address, ask } from './api.ts'
import { createStore } from './store.ts'
import { readStored, writeStored } from './stored.ts'
import type { Episode } from './types.ts'

/** The service worker looks there where nobody answers. */
export const savedCache = 'aimake-saved-v1'

/** An episode that can be heard on this device without a connection. */
export interface Download {
  id: string
  title: string
  language: Episode['language']
  version: number
  durationMs: number
  bytes: number
  urls: string[]
}

export interface Saving {
  id: string
  done: number
  total: number
}

function stored(): Download[] {
  try {
    return JSON.parse(readStored('downloads') ?? '[]') as Download[]
  } catch {
    return []
  }
}

const downloads = createStore<readonly Download[]>(stored())
const saving = createStore<Saving | null>(null)

export const useDownloads = downloads.use
export const useSaving = saving.use

/** Whether this browser can keep sound at all. */
export const canSave = () => 'caches' in globalThis && 'serviceWorker' in navigator

const write = (list: readonly Download[]) => {
  downloads.set(list)
  writeStored('downloads', JSON.stringify(list))
}

/** Saves the sound and the script of a finished episode. Throws where it cannot be kept; nothing of it stays then. Safe to repeat. */
export async function saveEpisode(episode: Episode): Promise<void> {
  const { id, title, language, version, playlistUrl, coverUrl } = episode
  const cache = await caches.open(savedCache)
  const base = `/api/episodes/${id}`
  const playlist = await take(cache, playlistUrl)
  const segments = (await playlist.text())
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => `${base}/${line.trim()}`)
  const others = [base, `${base}/script`, ...(coverUrl === null ? [] : [coverUrl])]
  const urls = [playlistUrl, ...others, ...segments]
  let bytes = 0
  try {
    saving.set({ id, done: 0, total: segments.length })
    for (const url of others) await take(cache, url)
    for (const [index, url] of segments.entries()) {
      bytes += (await (await take(cache, url)).arrayBuffer()).byteLength
      saving.set({ id, done: index + 1, total: segments.length })
    }
    write([
      ...downloads.get().filter((one) => one.id !== id),
      { id, title, language, version, durationMs: episode.durationMs ?? 0, bytes, urls },
    ])
    void navigator.storage?.persist?.().catch(() => false)
  } catch (error) {
    for (const url of urls) await cache.delete(address(url))
    throw error
  } finally {
    saving.set(null)
  }
}

async function take(cache: Cache, url: string): Promise<Response> {
  const answer = await fetch(address(url), { credentials: 'include' })
  // The one way of all requests says what was refused, in its own words.
  if (!answer.ok) await ask(url)
  await cache.put(address(url), answer.clone())
  return answer
}

/** Takes it off this device; the episode itself stays. */
export async function dropDownload(id: string): Promise<void> {
  const one = downloads.get().find((download) => download.id === id)
  write(downloads.get().filter((download) => download !== one))
  const cache = await caches.open(savedCache)
  for (const url of one?.urls ?? []) await cache.delete(address(url))
}

/** Whoever comes next on this device finds nothing of who was here. */
export function forgetDownloads() {
  write([])
  void globalThis.caches?.delete(savedCache).catch(() => undefined)
}
