import { readFileSync } from 'node:fs'
import { randomUUID } from 'node:crypto'
import type { components } from '../../api/openapi.d.ts'
import type { Run } from './launch.ts'

export type Episode = components['schemas']['Episode']
export type Line = components['schemas']['Line']
export type Problem = components['schemas']['Problem']

export const readRun = (path = process.env.AIMAKE_RUN_JSON!): Run => JSON.parse(readFileSync(path, 'utf8')) as Run

/** A person at the front door: an HTTP client that keeps its cookie. */
export class Person {
  private readonly base: string
  private cookie = ''

  constructor(run: Run) {
    this.base = run.api
  }

  /** Somebody new, signed up by e-mail. */
  static async signUp(run: Run): Promise<Person> {
    const person = new Person(run)
    const email = `${randomUUID()}@example.com`
    await person.ok('POST', '/api/auth/sign-up/email', { name: 'Somebody', email, password: 'a long password' })
    return person
  }

  static async demo(run: Run): Promise<Person> {
    const person = new Person(run)
    await person.ok('POST', '/api/demo/sign-in')
    return person
  }

  static async admin(run: Run): Promise<Person> {
    const person = new Person(run)
    await person.ok('POST', '/api/auth/sign-in/email', run.admin)
    return person
  }

  /** Their id and address, as the sign-in knows them. */
  async who(): Promise<{ id: string; email: string; role: string }> {
    const { user } = await this.ok<{ user: { id: string; email: string; role: string } }>('GET', '/api/auth/get-session')
    return user
  }

  /** The cookie they carry, as a browser would send it. */
  get carried(): string {
    return this.cookie
  }

  /** The same person, signed in as they are, at another door. */
  at(api: string): Person {
    const there = new Person({ api } as Run)
    there.cookie = this.cookie
    return there
  }

  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const raw = typeof body === 'string' || body instanceof Uint8Array
    const response = await fetch(new URL(path, this.base), {
      method,
      redirect: 'manual',
      headers: {
        origin: new URL(this.base).origin,
        ...(this.cookie && { cookie: this.cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: raw ? (body as string) : JSON.stringify(body) }),
    })
    const set = response.headers.getSetCookie().map((one) => one.split(';')[0]!)
    if (set.length > 0) this.cookie = set.join('; ')
    return response
  }

  /** The JSON answer of a request that must succeed. */
  async ok<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T> {
    const response = await this.ask(method, path, body, headers)
    const text = await response.text()
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text.slice(0, 500)}`)
    return (text ? JSON.parse(text) : undefined) as T
  }

  order(brief: unknown, idempotencyKey?: string): Promise<{ id: string; version: number; status: string }> {
    return this.ok('POST', '/api/episodes', brief, idempotencyKey ? { 'idempotency-key': idempotencyKey } : {})
  }

  episode(id: string): Promise<Episode> {
    return this.ok('GET', `/api/episodes/${id}`)
  }

  async lines(id: string): Promise<Line[]> {
    const { lines } = await this.ok<components['schemas']['Script']>('GET', `/api/episodes/${id}/script`)
    return lines
  }

  /** Waits until the episode is as wanted; a run that ends otherwise fails at once. */
  async until(id: string, wanted: (episode: Episode) => boolean, withinMs = 90_000, everyMs = 100): Promise<Episode> {
    const end = Date.now() + withinMs
    for (;;) {
      const episode = await this.episode(id)
      if (wanted(episode)) return episode
      const over = ['ready', 'failed', 'cancelled'].includes(episode.status)
      if (over || Date.now() > end)
        throw new Error(
          `the episode is ${episode.status}: ${JSON.stringify(episode.progress)} ${JSON.stringify(episode.failure)}`,
        )
      await new Promise((resolve) => setTimeout(resolve, everyMs))
    }
  }

  ready(id: string): Promise<Episode> {
    return this.until(id, ({ status }) => status === 'ready')
  }

  /** The finished MP3, as the download button brings it. */
  async audio(id: string): Promise<{ bytes: Uint8Array; contentType: string; url: string }> {
    const redirect = await this.ask('GET', `/api/episodes/${id}/audio`)
    const url = redirect.headers.get('location')!
    const response = await fetch(url)
    return { bytes: new Uint8Array(await response.arrayBuffer()), contentType: response.headers.get('content-type')!, url }
  }
}
