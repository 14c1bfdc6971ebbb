import { scopeOf } from '../../api/http/route.ts'
import type { Route, Scope } from '../../api/http/route.ts'
import { PASSWORD } from './belongings.ts'
import type { Belongings, HouseThings } from './belongings.ts'
import { png } from './picture.ts'
import { DEAF_RECEIVER } from './product.ts'

/** Everybody who may stand at the door. A key belongs to somebody who may: then it is the scope that decides. */
export const callers = [
  'anonymous',
  'suspended',
  'suspended key',
  'key without scope',
  'other',
  'support',
  'admin',
  'owner',
  'key with scope',
] as const
export type CallerName = (typeof callers)[number]

/** What a cell of the matrix must be; `goes`: the door opens. */
export type Cell = 'goes' | { status: number; code: string }

/** Whose row a route acts on stands in its address; a voice is everybody's. */
export const namesARow = ({ access, path }: Route): boolean =>
  access === 'user' && path.includes('{') && !path.startsWith('/api/voices/')

const refused = (status: number, code: string): Cell => ({ status, code })

/** The cell of a route, by what it declares and nothing else. */
export function cellOf(route: Route, caller: CallerName): Cell {
  const { access } = route
  const scope = scopeOf(route)
  if (access === 'anyone') return 'goes'
  if (caller === 'anonymous' || caller === 'suspended') return refused(401, 'not-signed-in')
  if (caller === 'suspended key') return refused(401, 'wrong-credentials')
  if (caller === 'key without scope') return refused(403, 'missing-scope')
  if (caller === 'key with scope') return scope === 'session' ? refused(403, 'missing-scope') : 'goes'
  if (access === 'admin' && caller !== 'admin') return refused(403, 'forbidden')
  if (access === 'support' && caller !== 'support' && caller !== 'admin') return refused(403, 'forbidden')
  if (access === 'user' && caller !== 'owner' && namesARow(route)) return refused(404, 'not-found')
  return 'goes'
}

/** Their keys are an administrator's; those of all other routes the owner's. */
export const isConsole = ({ path }: Route): boolean => path.startsWith('/api/admin/')

/** The scopes of the key that has the one a route asks for and no other, or every one but that. */
export function scopesFor(route: Route, has: boolean): Scope[] {
  const needed = scopeOf(route)
  const all: Scope[] = ['read', 'write', 'create', ...(isConsole(route) ? (['admin'] as const) : [])]
  if (needed === 'session') return all
  return has ? [needed] : all.filter((scope) => scope !== needed)
}

export interface Asked {
  path: string
  body?: unknown
  type?: string
}

/** A question a route would answer, about these things. Throws for one that nobody has written down: so no route is left out. */
export function questionOf(route: Route, own: Belongings, house: HouseThings, email: string): Asked {
  const name = `${route.method} ${route.path}`
  const body = bodies(own, house, email)[name]
  if (body === undefined && (route.body || route.upload)) throw new Error(`${name}: nobody has written down what to send`)
  const query = queries(own)[name]
  return {
    path: fill(route.path, own, house) + (query ? `?${new URLSearchParams(query).toString()}` : ''),
    ...(body !== undefined && { body }),
    ...(route.upload && { type: route.upload.types[0]! }),
  }
}

function fill(path: string, own: Belongings, house: HouseThings): string {
  const values = { ...(path.startsWith('/api/admin/') ? consoleNames(path, house) : names(path, own)) }
  return path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`${path}: nobody has written down what ${name} is`)
    return encodeURIComponent(value)
  })
}

function names(path: string, own: Belongings): Record<string, string | undefined> {
  const of: Record<string, string> = {
    episodes: own.episode,
    shows: own.show,
    webhooks: own.webhook,
    sources: own.source,
    keys: own.key,
    account: own.session,
    voices: 'local-zh-a',
  }
  const isFeed = path.startsWith('/feeds/')
  return {
    id: of[path.split('/')[2]!],
    episodeId: own.episode,
    lineId: own.lines[0]!.id,
    feedId: own.feed,
    deliveryId: own.delivery,
    number: '1',
    token: isFeed ? own.feedToken : own.shareToken,
    file: isFeed ? 'v1.mp3' : path.startsWith('/s/') ? 'transcript.vtt' : '0.mp3',
  }
}

function consoleNames(path: string, house: HouseThings): Record<string, string | undefined> {
  const of: Record<string, string> = {
    notices: house.notice,
    episodes: house.episode,
    users: house.user,
    prices: house.price,
    voices: 'local-zh-a',
    schedules: 'reconcile-nightly',
    backups: house.backup,
  }
  return { id: of[path.split('/')[3]!], sessionId: house.session, keyId: house.key, name: 'openai' }
}

const queries = (own: Belongings): Record<string, Record<string, string>> => ({
  'get /api/search': { q: 'tea' },
  'get /oembed': { url: own.shareUrl },
})

const text = { type: 'text', text: 'Tea is a drink.' }
const brief = { kind: 'narration', notice: false, sources: [text] }
const entries = { entries: [{ word: 'zyx', say: 'abc' }] }

function bodies(own: Belongings, house: HouseThings, email: string): Record<string, unknown> {
  const script = { revision: own.revision, lines: own.lines }
  const price = { provider: 'openai', model: 'tts-1', unit: 'character', microUsd: 15, perUnits: 1 }
  return {
    'patch /api/account': { name: 'Somebody' },
    'delete /api/account': { email, password: PASSWORD },
    'post /api/keys': { name: 'another', scopes: ['read'] },
    'post /api/episodes/estimate': brief,
    'post /api/episodes': brief,
    'patch /api/episodes/{id}': { title: 'Of tea' },
    'put /api/episodes/{id}/script': script,
    'put /api/episodes/{id}/listening': { positionMs: 1000, device: 'phone' },
    'post /api/episodes/{id}/script/estimate': script,
    'post /api/episodes/{id}/approve': {},
    'patch /api/episodes/{id}/lines/{lineId}': { text: own.lines[0]!.text },
    'post /api/episodes/{id}/lines/{lineId}/estimate': { text: 'Tea.' },
    'post /api/episodes/{id}/append': { source: text },
    'post /api/episodes/{id}/append/estimate': { source: text },
    'post /api/episodes/{id}/budget': { budgetMicroUsd: 5_000_000 },
    'post /api/uploads': { name: 'a.txt', bytes: 10 },
    'post /api/episodes/{id}/share': { findable: false },
    'post /api/sources': { type: 'url', url: 'https://example.com/tea' },
    'post /api/webhooks': { url: DEAF_RECEIVER, events: ['episode.ready'] },
    'patch /api/webhooks/{id}': { events: ['episode.ready'] },
    'post /api/shows': { title: 'Tea', language: 'en' },
    'patch /api/shows/{id}': { title: 'More tea' },
    'put /api/shows/{id}/cover': png(1400),
    'put /api/shows/{id}/episodes/{episodeId}': { published: true },
    'post /api/shows/{id}/feeds': { kind: 'private' },
    'put /api/pronunciations': entries,
    'post /api/episodes/{id}/pronunciations/estimate': entries,
    'put /api/episodes/{id}/pronunciations': entries,
    'post /api/admin/notices': { zh: '维护', en: 'Maintenance' },
    'post /api/admin/episodes/{id}/budget': { budgetMicroUsd: 5_000_000 },
    'patch /api/admin/users/{id}': { monthlyLimitMicroUsd: 20_000_000 },
    'post /api/admin/prices': {
      ...price,
      effectiveFrom: new Date(Date.now() + 3e9 + Math.floor(Math.random() * 1e9)).toISOString(),
    },
    'patch /api/admin/providers/{name}': { concurrency: 10 },
    'patch /api/admin/voices/{id}': { enabled: true },
    'patch /api/admin/settings': { spendingStopped: false },
    'post /api/admin/reconcile': {},
  }
}
