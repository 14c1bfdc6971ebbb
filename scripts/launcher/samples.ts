import { readFileSync } from 'node:fs'
import type { Settings } from './environment.ts'

const timeoutMs = 90_000
// The neural voice speaks about as fast as one listens, and nobody waits for it.
const unhurriedTimeoutMs = 900_000
const newsEveryMs = 3000
// The launcher is counted as whoever sits at this machine: it leaves them most of what an address may ask in a minute.
const looksEveryMs = { first: 2000, neural: 10_000 }
const samples = [
  {
    key: 'loushi',
    kind: 'narration',
    language: 'zh',
    title: '《陋室铭》',
    file: 'loushi.md',
    people: [{ name: '旁白', gender: 'female' }],
  },
  {
    key: 'en',
    kind: 'podcast',
    language: 'en',
    title: 'Where the Milky Way went',
    file: 'en.md',
    people: [
      { name: 'Alex', gender: 'male' },
      { name: 'Maya', gender: 'female' },
    ],
  },
  {
    key: 'zh',
    kind: 'podcast',
    language: 'zh',
    title: '银河去哪儿了',
    file: 'zh.md',
    people: [
      { name: '林知远', gender: 'male' },
      { name: '周棠', gender: 'female' },
    ],
  },
] as const
type Sample = (typeof samples)[number]
const freeProviders = new Set(['neural', 'local'])

type Episode = { status: string; progress?: { linesTotal?: number; linesDone?: number } }
type News = (text: string) => void

const ended = new Set(['failed', 'cancelled', 'needs_repair', 'paused_budget'])

type Init = Omit<RequestInit, 'headers'> & { headers?: Record<string, string> }

async function request<T>(settings: Settings, path: string, init: Init): Promise<{ body: T; response: Response }> {
  const headers = { origin: settings.PUBLIC_URL!, 'content-type': 'application/json', ...init.headers }
  const response = await fetch(`http://127.0.0.1:${settings.PORT}${path}`, { ...init, headers })
  const text = await response.text()
  if (!response.ok) throw new Error(`${init.method ?? 'GET'} ${path} answered ${response.status}: ${text.slice(0, 300)}`)
  return { body: (text ? JSON.parse(text) : undefined) as T, response }
}

async function signIn(settings: Settings, signal: AbortSignal, who: 'DEMO' | 'ADMIN' = 'DEMO'): Promise<string> {
  const body = JSON.stringify({ email: settings[`${who}_EMAIL`], password: settings[`${who}_PASSWORD`] })
  const { response } = await request(settings, '/api/auth/sign-in/email', { method: 'POST', body, signal })
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ')
}

type Voice = { id: string; provider: string; gender: string; languages: string[] }

async function voicesOf(settings: Settings, headers: Record<string, string>, signal: AbortSignal): Promise<Voice[]> {
  const { body } = await request<{ items: Voice[] }>(settings, '/api/voices', { headers, signal })
  return body.items
}

/** Waits until voices of this provider can be chosen; `false` when that takes longer than `withinMs`. */
export async function areVoicesThere(
  settings: Settings,
  provider: string,
  withinMs: number,
  signal: AbortSignal,
): Promise<boolean> {
  const cookie = await signIn(settings, signal)
  for (const until = performance.now() + withinMs; performance.now() < until;) {
    if ((await voicesOf(settings, { cookie }, signal)).some((voice) => voice.provider === provider)) return true
    await new Promise((resolve) => setTimeout(resolve, looksEveryMs.first))
  }
  return false
}

/** Voices that cost nothing, the best first: nobody pays for samples that were not asked for, whatever keys are set. */
async function freeSpeakers(
  settings: Settings,
  headers: Record<string, string>,
  { language, people }: Sample,
  signal: AbortSignal,
) {
  const voices = await voicesOf(settings, headers, signal)
  const free = voices.filter(({ provider, languages }) => freeProviders.has(provider) && languages.includes(language))
  return people.map(({ name, gender }) => ({ name, voiceId: free.find((voice) => voice.gender === gender)?.id }))
}

/** The first samples, or those that are made again once there is a better voice. */
export type Edition = 'first' | 'neural'

/** What is put behind the title once it is made: before, it would be read aloud. */
const editions: Record<Edition, { key: string; mark?: { zh: string; en: string } }> = {
  first: { key: 'sample' },
  neural: { key: 'sample-neural', mark: { zh: '（神经语音）', en: ' (neural voice)' } },
}

async function makeOne(
  settings: Settings,
  cookie: string,
  edition: Edition,
  sample: Sample,
  news: News,
  signal: AbortSignal,
): Promise<string> {
  const { language, title, file, kind } = sample
  const { key, mark } = editions[edition]
  const text = readFileSync(new URL(`../samples/${file}`, import.meta.url), 'utf8')
  const speakers = await freeSpeakers(settings, { cookie }, sample, signal)
  const body = JSON.stringify({ kind, language, title, speakers, sources: [{ type: 'text', text }] })
  const headers = { cookie, 'idempotency-key': `${key}-${sample.key}` }
  const {
    body: { id },
  } = await request<{ id: string }>(settings, '/api/episodes', { method: 'POST', headers, body, signal })
  for (let told = '', toldAtMs = 0, looks = 1; ; looks += 1) {
    const { body: episode } = await request<Episode>(settings, `/api/episodes/${id}`, { headers: { cookie }, signal })
    const { linesDone = 0, linesTotal = 0 } = episode.progress ?? {}
    const state = `"${title}" ${episode.status}${linesTotal ? `, ${linesDone} of ${linesTotal} lines` : ''}`
    if (state !== told && (episode.status === 'ready' || performance.now() - toldAtMs > newsEveryMs)) {
      news(state)
      told = state
      toldAtMs = performance.now()
    }
    if (episode.status === 'ready') {
      const marked = JSON.stringify({ title: title + mark?.[language] })
      if (mark) await request(settings, `/api/episodes/${id}`, { method: 'PATCH', headers: { cookie }, body: marked, signal })
      return id
    }
    if (ended.has(episode.status)) throw new Error(`"${title}" ended as ${episode.status}`)
    await new Promise((resolve) => setTimeout(resolve, Math.min(250 * looks, looksEveryMs[edition])))
  }
}

/** Shares what was made and lets strangers hear it, one after the other: the front page shows the last chosen first. */
async function feature(settings: Settings, cookie: string, ids: string[], signal: AbortSignal): Promise<void> {
  const admin = await signIn(settings, signal, 'ADMIN')
  for (const id of ids) {
    await request(settings, `/api/episodes/${id}/share`, { method: 'POST', headers: { cookie }, signal })
    await request(settings, `/api/admin/episodes/${id}/featured`, { method: 'PUT', headers: { cookie: admin }, signal })
  }
}

/**
 * Makes the sample episodes as the demo user, waits until one can hear them, at most 90 s, and puts them on the front page. Never throws, except when `signal` fires:
 * a start without samples is still a good start; with `edition` they are made behind the start's back, with more time. Says in words how it went.
 * Repeating it makes no second ones.
 */
export async function makeSamples(settings: Settings, news: News, signal: AbortSignal, edition?: Edition): Promise<string> {
  const limited = AbortSignal.any([signal, AbortSignal.timeout(edition ? unhurriedTimeoutMs : timeoutMs)])
  try {
    const cookie = await signIn(settings, limited)
    const outcomes = await Promise.allSettled(
      samples.map((sample) => makeOne(settings, cookie, edition ?? 'first', sample, news, limited)),
    )
    const failed = outcomes.filter((outcome) => outcome.status === 'rejected')
    signal.throwIfAborted()
    for (const { reason } of failed) news(`warning: ${(reason as Error).message}`)
    const made = outcomes.flatMap((outcome) => (outcome.status === 'fulfilled' ? [outcome.value] : []))
    await feature(settings, cookie, made, limited)
    return `${samples.length - failed.length} of ${samples.length} ready to hear`
  } catch (error) {
    signal.throwIfAborted()
    return `warning, none made: ${(error as Error).message}`
  }
}
