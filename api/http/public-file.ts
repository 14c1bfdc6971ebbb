import type { Request, Response } from 'express'
import { toNumber } from '../../shared/money.ts'
import type { ObjectStore } from '../../shared/object-store.ts'
import { HttpProblem } from './problem.ts'

/** What of an episode can be had without signing in, by the ending of its address. */
export const publicEndings = ['mp3', 'vtt', 'srt', 'chapters.json', 'png'] as const
export type PublicEnding = (typeof publicEndings)[number]

interface PublicRender {
  mp3Key: string
  bytes: bigint
  transcriptKey: string
  srtKey: string | null
  chaptersKey: string | null
  coverKey: string | null
}

const kinds = {
  vtt: { key: 'transcriptKey', type: 'text/vtt; charset=utf-8' },
  srt: { key: 'srtKey', type: 'application/x-subrip; charset=utf-8' },
  'chapters.json': { key: 'chaptersKey', type: 'application/json+chapters' },
  png: { key: 'coverKey', type: 'image/png' },
} as const

/**
 * Players on other pages read transcripts and chapters, so any page may, but never with somebody's session. Nobody keeps an answer without asking again: what
 * was revoked is gone with the next request.
 */
export function openToAll(res: Response): void {
  res.removeHeader('access-control-allow-credentials')
  res.set({
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'no-cache',
  })
}

/**
 * One public file of a finished episode. Sound is redirected to where it lies, Range included; a HEAD is answered here, because a signed link takes
 * none and directories ask. Throws `not-found` for what was not made.
 */
export async function sendPublicFile(
  store: ObjectStore,
  req: Request,
  res: Response,
  render: PublicRender,
  ending: PublicEnding,
): Promise<void> {
  openToAll(res)
  if (ending === 'mp3') return sendSound(store, req, res, render)
  const { key: column, type } = kinds[ending]
  const key = render[column]
  if (!key) throw new HttpProblem('not-found', 'It was not made for this episode.')
  await sendObject(store, req, res, key, type)
}

/** Says that the asker has it already (RFC 9110, 13.1), and answers 304 then; without regard to `Cache-Control`, which some programs send with every question. */
export function isUnchanged(req: Request, res: Response, etag: string, changed?: Date): boolean {
  res.set({ etag, ...(changed && { 'last-modified': changed.toUTCString() }) })
  const known = req.header('if-none-match')
  const since = Date.parse(req.header('if-modified-since') ?? '')
  const isKnown = known === undefined ? changed && Math.floor(changed.getTime() / 1000) * 1000 <= since : names(known, etag)
  if (isKnown) res.status(304).end()
  return isKnown ?? false
}

const names = (known: string, etag: string): boolean =>
  known.split(',').some((one) => ['*', etag].includes(one.trim().replace(/^W\//, '')))

/** An object under a key that only its bytes can have: the key is its ETag. */
export async function sendObject(store: ObjectStore, req: Request, res: Response, key: string, type: string): Promise<void> {
  if (isUnchanged(req, res, `"${key}"`)) return
  res.set('content-type', type).send(Buffer.from(await store.get(key)))
}

async function sendSound(store: ObjectStore, req: Request, res: Response, { mp3Key, bytes }: PublicRender): Promise<void> {
  if (req.method !== 'HEAD') return res.redirect(302, await store.link(mp3Key))
  res
    .set({ 'content-type': 'audio/mpeg', 'content-length': String(toNumber(bytes)), 'accept-ranges': 'bytes' })
    .status(200)
    .end()
}
