import createFetchClient from 'openapi-fetch'
import type { components, paths } from '../api/openapi.d.ts'

export type Episode = components['schemas']['Episode']
export type Brief = components['schemas']['Brief']
export type Problem = components['schemas']['Problem']

export interface ClientOptions {
  /** Where the API is, for example `https://api.aimake.cc`. */
  baseUrl: string
  /** A key of one's own, sent as `x-api-key`. */
  apiKey?: string
  /** A session instead, as the sign-in has set it: the whole `Cookie` header. */
  cookie?: string
  /** In place of the global one. */
  fetch?: (request: Request) => Promise<Response>
}

/** What the API refused: its problem answer, whose `code` is one of a closed list. */
export class AimakeError extends Error {
  readonly problem: Problem

  constructor(problem: Problem) {
    super(`${problem.code}: ${problem.detail}`)
    this.problem = problem
  }
}

/** Every route of the API by its path, with what goes in and comes out typed from its description: `client.GET('/api/episodes/{id}', ...)`. */
export function createClient({ baseUrl, apiKey, cookie, fetch }: ClientOptions) {
  const origin = new URL(baseUrl).origin
  return createFetchClient<paths>({
    baseUrl: baseUrl.replace(/\/$/, ''),
    headers: { ...(apiKey && { 'x-api-key': apiKey }), ...(cookie && { cookie, origin }) },
    ...(fetch && { fetch }),
  })
}

export type Client = ReturnType<typeof createClient>

/** The answer, or the problem thrown as an `AimakeError`. */
export async function answer<T>(call: Promise<{ data?: T; error?: Problem; response: Response }>): Promise<T> {
  const { data, error } = await call
  if (error) throw new AimakeError(error)
  return data as T
}

/** Orders an episode. With the same key asked again, however often, it is one order. */
export const order = (client: Client, brief: Brief, idempotencyKey: string = crypto.randomUUID()) =>
  answer(client.POST('/api/episodes', { body: brief, params: { header: { 'Idempotency-Key': idempotencyKey } } }))

const over = ['ready', 'failed', 'cancelled', 'needs_repair', 'paused_budget', 'review']

/**
 * Waits until an episode is finished or waits for a person, and answers it as it is then. `everyMs` between two looks (1000 when left out); an
 * aborted `signal` ends the waiting with its reason.
 */
export async function untilSettled(
  client: Client,
  id: string,
  { everyMs = 1000, signal }: { everyMs?: number; signal?: AbortSignal } = {},
): Promise<Episode> {
  for (;;) {
    signal?.throwIfAborted()
    const episode = await answer(client.GET('/api/episodes/{id}', { params: { path: { id } } }))
    if (over.includes(episode.status)) return episode
    await new Promise((resolve) => setTimeout(resolve, everyMs))
  }
}
