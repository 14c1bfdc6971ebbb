import { setTimeout as pause } from 'node:timers/promises'
import { Trouble } from '../checklist/checklist.ts'
import type { Visitor } from './visitor.ts'

const MAKE_MS = 180_000
const EVERY_MS = 500
const words = 'This is a test after a deployment. It is made once, listened to, and thrown away.'

type Voice = { id: string; provider: string; available: boolean; languages: string[]; priceMicroUsdPerThousandCharacters: number }
export type Made = { id: string; durationMs: number; bytes: number; seconds: number }
type Episode = {
  status: string
  failure: unknown
  progress: unknown
  audio: { durationMs: number; bytes: number } | null
}

/** Orders a short narration in the cheapest voice and waits until it is ready. */
export async function make(visitor: Visitor): Promise<Made> {
  const { items } = await visitor.json<{ items: Voice[] }>('GET', '/api/voices')
  const [voice] = items
    .filter(({ available, languages }) => available && languages.includes('en'))
    .sort((one, other) => one.priceMicroUsdPerThousandCharacters - other.priceMicroUsdPerThousandCharacters)
  if (!voice) throw new Trouble('no English voice is on offer', 'set a key of a provider, or start a worker with espeak-ng')
  const beganMs = Date.now()
  const brief = {
    kind: 'narration',
    language: 'en',
    title: 'Smoke test',
    sources: [{ type: 'text', text: words }],
    speakers: [{ name: 'Narrator', voiceId: voice.id }],
  }
  const { id } = await visitor.json<{ id: string }>('POST', '/api/episodes', brief, { 'idempotency-key': crypto.randomUUID() })
  const { audio } = await whenReady(visitor, id)
  if (!audio || audio.durationMs < 2000)
    throw new Trouble('it is ready and has next to no sound', 'look at the episode in the console')
  return { id, durationMs: audio.durationMs, bytes: audio.bytes, seconds: Math.round((Date.now() - beganMs) / 1000) }
}

async function whenReady(visitor: Visitor, id: string): Promise<Episode> {
  for (const endMs = Date.now() + MAKE_MS; ; await pause(EVERY_MS)) {
    const episode = await visitor.json<Episode>('GET', `/api/episodes/${id}`)
    if (episode.status === 'ready') return episode
    if (['failed', 'cancelled', 'needs_repair', 'paused_budget'].includes(episode.status))
      throw new Trouble(
        `it is ${episode.status}: ${JSON.stringify(episode.failure)}`,
        `open episode ${id} in the console: its step says why`,
      )
    if (Date.now() > endMs)
      throw new Trouble(
        `it is still ${episode.status} after ${MAKE_MS / 1000} s`,
        'is a worker running? npm run doctor says which queue nobody works at',
      )
  }
}

/** Plays as the web app does: the playlist, its first piece, and a part of the file. */
export async function play(visitor: Visitor, { id, durationMs }: Made): Promise<string> {
  const playlist = await follow(visitor, `/api/episodes/${id}/playlist.m3u8`)
  const text = await playlist.text()
  const pieces = text.split('\n').filter((line) => line && !line.startsWith('#'))
  const seconds = [...text.matchAll(/#EXTINF:([\d.]+)/g)].reduce((sum, [, length]) => sum + Number(length), 0)
  if (pieces.length === 0 || Math.abs(seconds * 1000 - durationMs) > 1000)
    throw new Trouble(
      `the playlist has ${pieces.length} pieces and ${seconds} s of ${durationMs / 1000}`,
      `open episode ${id} in the console`,
    )
  const piece = await follow(visitor, new URL(pieces[0]!, playlist.url || new URL(`/api/episodes/${id}/`, visitor.api)).href)
  if ((await piece.arrayBuffer()).byteLength === 0) throw new Trouble('the first piece is empty', 'look at the storage')
  const part = await follow(visitor, `/api/episodes/${id}/audio`, { range: 'bytes=0-99' })
  if (part.status !== 206 || (await part.arrayBuffer()).byteLength !== 100)
    throw new Trouble(
      `a part of the file was answered with ${part.status}`,
      'storage and CDN must answer Range requests, else no player can seek',
    )
  return `${pieces.length} pieces, ${seconds.toFixed(1)} s; any part can be asked for`
}

/** Downloads the whole file and looks whether it is the MP3 that was promised. */
export async function download(visitor: Visitor, { id, bytes }: Made): Promise<string> {
  const answer = await follow(visitor, `/api/episodes/${id}/audio`)
  const type = answer.headers.get('content-type')
  const file = Buffer.from(await answer.arrayBuffer())
  if (type !== 'audio/mpeg') throw new Trouble(`it comes as ${type}`, 'storage or CDN changes the content type')
  if (file.length !== bytes)
    throw new Trouble(`it has ${file.length} bytes of ${bytes}`, 'storage or CDN cuts it: compare with the object in the bucket')
  if (file.subarray(0, 3).toString('latin1') !== 'ID3')
    throw new Trouble('it does not begin as an MP3 with tags', 'something on the way rewrites it')
  return `${bytes >> 10} KB of audio/mpeg, whole`
}

/** An answer to the end of its redirects. What another host is asked for goes without the cookie. */
async function follow(visitor: Visitor, path: string, headers: Record<string, string> = {}): Promise<Response> {
  const here = new URL(path, visitor.api)
  const first =
    here.origin === new URL(visitor.api).origin
      ? await visitor.ask('GET', here.href, undefined, headers)
      : await fetch(here, { headers })
  const target = first.headers.get('location')
  const answer = target ? await fetch(new URL(target, here), { headers, signal: AbortSignal.timeout(60_000) }) : first
  if (!answer.ok)
    throw new Trouble(
      `${here.pathname} answered ${answer.status}`,
      'is the address of the storage one that can be reached from outside?',
    )
  return answer
}
