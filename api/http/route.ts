import type { Request, Response } from 'express'
import type { z } from 'zod'
import type { PersonId } from './authorized.ts'
import type { LimitName } from './limit-settings.ts'
import type { ProblemCode } from './problem.ts'

/** Who may call; each may do what those before it may. `support` reads in the console, `admin` changes there. */
export type Access = 'anyone' | 'user' | 'support' | 'admin'

/** Who may call a route of the console follows from what it does, so a wrong or forgotten word for it does not compile. */
type AccessOf<Path extends string, M extends Method> = Path extends `/api/admin/${string}`
  ? M extends 'get'
    ? 'support'
    : 'admin'
  : 'anyone' | 'user'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

export interface Caller {
  userId: PersonId
  email: string
  name: string
  role: 'user' | 'support' | 'admin'
  /** In the account that everybody may enter: it makes, and changes nothing of itself. */
  isDemo: boolean
  /** When the session or key that they call with ends by itself. */
  endsAt?: Date
  /** By a browser: which of its sign-ins. */
  sessionId?: string
  /** By a program: which key, and what it may. */
  key?: { id: string; scopes: Scope[]; requestsPerMinute: number | null }
}

/** What a key may: `read`; `write`, which changes but never spends; `create`, which spends; `admin`, the console, for those whose it is. */
export const scopes = ['read', 'write', 'create', 'admin'] as const
export type Scope = (typeof scopes)[number]
export const isScope = (word: string): word is Scope => (scopes as readonly string[]).includes(word)

/**
 * The scope a route asks of a key follows from what it does, so none can be forgotten; `session`: no key opens it, whatever it may. Taking a file spends
 * nothing, however strictly it is counted.
 */
export function scopeOf({ method, path, limit }: Pick<Route, 'method' | 'path' | 'limit'>): Scope | 'session' {
  if (/^\/api\/(account|keys)\b/.test(path)) return 'session'
  if (path.startsWith('/api/admin/')) return 'admin'
  if (limit && limit !== 'upload') return 'create'
  return method === 'get' ? 'read' : 'write'
}

/** Whether it is answered by events, for as long as somebody listens. */
export const isStream = ({ answers }: Pick<Route, 'answers'>): boolean => answers[200]?.contentType === 'text/event-stream'

/** Whether a body may be missing: its schema has something to put in its place. */
export const mayBeLeftOut = (body: unknown): boolean => (body as z.ZodType).safeParse(undefined).success

type Shape = z.ZodType
type Out<S> = S extends Shape ? z.output<S> : undefined

export interface RouteInput<P, Q, B> {
  params: Out<P>
  query: Out<Q>
  body: Out<B>
  idempotencyKey: string | undefined
  requestId: string
  req: Request
  res: Response
}

/**
 * One declaration a route: handler, validation, OpenAPI and who may call.
 * `answers` names each status with its schema; `null` marks an answer the handler writes itself (a stream, a redirect).
 */
export interface Route<A extends Access = Access, P = unknown, Q = unknown, B = unknown> {
  method: Method
  /** OpenAPI spelling: `/api/episodes/{id}`. */
  path: string
  summary: string
  access: A
  params?: P
  query?: Q
  body?: B
  /** Takes bytes of one of these types instead of JSON; `req.body` is a Buffer then, or missing when they were of another type. */
  upload?: { types: string[]; maxBytes: number }
  /** Takes an `Idempotency-Key` header. */
  idempotent?: boolean
  /** Spends, signs in or takes an upload: counted by a stricter limit of its own, and refused while nobody can count. */
  limit?: Extract<LimitName, 'create' | 'upload' | 'sign-in'>
  /** Its answer may be kept: `by` names in Redis what changes with it, `when` tells whether this one is final enough. */
  kept?: { by: (params: Record<string, string>) => string; when: (body: unknown) => boolean }
  answers: Record<number, { description: string; schema: Shape | null; contentType?: string }>
  problems?: ProblemCode[]
  handler: (
    input: RouteInput<P, Q, B> & (A extends 'anyone' ? { caller?: Caller } : { caller: Caller }),
  ) => Promise<Answer | undefined>
}

export interface Answer {
  status: number
  body?: unknown
}

/** Ties a handler's types to the schemas beside it. */
export function route<
  const M extends Method,
  const Path extends string,
  A extends AccessOf<Path, M>,
  P extends Shape | undefined = undefined,
  Q extends Shape | undefined = undefined,
  B extends Shape | undefined = undefined,
>(declaration: Route<A, P, Q, B> & { method: M; path: Path }): Route {
  return declaration
}
