import type { Request, Response } from 'express'
import type { z } from 'zod'
import type { ProblemCode } from './problem.ts'

/** Who may call: `user` and `admin` need a session; an admin may do what a user may. */
export type Access = 'anyone' | 'user' | 'admin'

export interface Caller {
  userId: string
  email: string
  name: string
  role: 'user' | 'admin'
}

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
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** OpenAPI spelling: `/api/episodes/{id}`. */
  path: string
  summary: string
  access: A
  params?: P
  query?: Q
  body?: B
  /** Takes an `Idempotency-Key` header. */
  idempotent?: boolean
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
  A extends Access,
  P extends Shape | undefined = undefined,
  Q extends Shape | undefined = undefined,
  B extends Shape | undefined = undefined,
>(declaration: Route<A, P, Q, B>): Route {
  return declaration
}
