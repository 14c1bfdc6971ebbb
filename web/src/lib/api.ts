// The way to the API: same origin, cookie session, problem answers.

import { forgetAhead, takeAhead } from './asked-ahead.ts'

const base = import.meta.env.VITE_API_URL ?? ''
const timeoutMs = 30_000

/** Fired when an answer says that nobody is signed in any more. */
export const signedOutEvent = 'aimake:signed-out'

/** An address of the API as the browser must ask for it, also where web and API live on two hosts. */
export const address = (path: string) => (path.startsWith('/') ? base + path : path)

/** What the API refused and why. `no-connection`: there was no answer at all. */
export class Refusal extends Error {
  readonly code: string
  readonly status: number
  readonly requestId: string | undefined
  readonly retryAfterSeconds: number | undefined

  constructor(code: string, status: number, detail: string, more: { requestId?: string; retryAfterSeconds?: number } = {}) {
    super(detail)
    this.code = code
    this.status = status
    this.requestId = more.requestId
    this.retryAfterSeconds = more.retryAfterSeconds
  }
}

interface Question {
  method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  body?: unknown
  headers?: Record<string, string>
  signal?: AbortSignal
  /** It is sent to its end though the page goes away. */
  keepalive?: boolean
}

export async function ask<T>(path: string, question: Question = {}): Promise<T> {
  const reads = question.method === undefined || question.method === 'GET'
  // What was asked before something was changed is no answer after it.
  if (!reads) forgetAhead()
  const ahead = reads ? takeAhead(path) : undefined
  const answer = await heard(ahead ?? send(path, question), question)
  if (!answer.ok) throw await refusalOf(answer)
  // An answer that begins and never ends is none.
  const words = await heard(answer.text(), question)
  return (words === '' ? undefined : JSON.parse(words)) as T
}

function send(path: string, { method = 'GET', body, headers, signal, keepalive = false }: Question) {
  const patience = AbortSignal.timeout(timeoutMs)
  return fetch(address(path), {
    method,
    credentials: base ? 'include' : 'same-origin',
    keepalive,
    headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
    signal: signal ? AbortSignal.any([signal, patience]) : patience,
    ...(body === undefined ? {} : { body: body instanceof Blob ? body : JSON.stringify(body) }),
  })
}

async function heard<T>(wait: Promise<T>, { signal }: Question): Promise<T> {
  try {
    return await wait
  } catch (error) {
    if (signal?.aborted) throw error
    throw new Refusal('no-connection', 0, error instanceof Error ? error.message : String(error))
  }
}

interface ProblemLike {
  code?: string
  detail?: string
  requestId?: string
}

async function refusalOf(answer: Response) {
  // A proxy answers HTML perhaps: never a failure of its own.
  const said = (await answer.json().catch(() => ({}))) as ProblemLike
  if (answer.status === 401 && said.code === 'not-signed-in') dispatchEvent(new Event(signedOutEvent))
  const retryAfter = Number(answer.headers.get('retry-after'))
  return new Refusal(said.code ?? `http-${answer.status}`, answer.status, said.detail ?? answer.statusText, {
    ...(said.requestId ? { requestId: said.requestId } : {}),
    ...(retryAfter > 0 ? { retryAfterSeconds: retryAfter } : {}),
  })
}
