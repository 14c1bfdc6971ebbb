import express from 'express'
import type { Express, Request, Response } from 'express'
import type { z } from 'zod'
import { asHouse, asPerson } from '../../prisma/identity.ts'
import type { Limits } from './limits.ts'
import { HttpProblem } from './problem.ts'
import { scopeOf } from './route.ts'
import type { Access, Caller, Route } from './route.ts'

/** 1-255 visible characters, as the header's draft standard has it. */
const idempotencyKeyShape = /^[\x21-\x7e]{1,255}$/

interface Door {
  callerOf: (req: Request) => Promise<Caller | undefined>
  limits: Limits
  /** Reads the body, once it is known who sends it. */
  readBody: (req: Request, res: Response) => Promise<void>
  /** Told of whoever may have written something, before they are answered. */
  wrote: (userId: string) => Promise<void>
}

/** Gives each declared route its door: who may call, validation in, schema out. */
export function mountRoutes(app: Express, routes: Route[], { callerOf, limits, readBody, wrote }: Door): void {
  for (const route of routes) {
    const path = route.path.replaceAll(/\{(\w+)\}/g, ':$1')
    const reader = route.upload ? [express.raw({ type: route.upload.types, limit: route.upload.maxBytes })] : []
    app[route.method](path, ...reader, async (req, res) => {
      req.atRoute?.(route)
      const caller = await asHouse(() => admit(route, req, callerOf))
      await count(limits, route, caller, req, res)
      if (route.body) await readBody(req, res)
      const input = {
        caller: caller as Caller,
        params: parse(route.params, req.params),
        query: parse(route.query, req.query),
        body: parse(route.body, req.body),
        idempotencyKey: route.idempotent ? idempotencyKeyOf(req) : undefined,
        requestId: req.requestId,
        req,
        res,
      }
      const answer = await as(route, caller, () => route.handler(input)).finally(() =>
        caller && route.method !== 'get' ? wrote(caller.userId) : undefined,
      )
      if (answer) send(res, route, answer.status, answer.body)
    })
  }
}

/**
 * Whose rows a route finds in the database follows from who may call it. One for users finds its caller's own, whoever they are besides; the console is the house's;
 * and what anybody may call is about a token, which the house looks up.
 */
const as = <T>({ access }: Route, caller: Caller | undefined, work: () => T): T =>
  access === 'user' && caller ? asPerson(caller.userId, work) : asHouse(work)

const may: Record<Caller['role'], readonly Access[]> = {
  user: ['user'],
  support: ['user', 'support'],
  admin: ['user', 'support', 'admin'],
}
const refusals: Record<Access, string> = {
  anyone: '',
  user: '',
  support: 'Only administrators and support can read this.',
  admin: 'Only administrators can do this. Nothing was changed.',
}

async function admit(route: Route, req: Request, callerOf: (req: Request) => Promise<Caller | undefined>) {
  const { access } = route
  if (access === 'anyone') return undefined
  const caller = await callerOf(req)
  if (!caller) throw new HttpProblem('not-signed-in', 'Sign in first; what you typed is not lost.')
  if (!may[caller.role].includes(access)) throw new HttpProblem('forbidden', refusals[access])
  requireScope(route, caller)
  return caller
}

function requireScope(route: Route, { key }: Caller): void {
  if (!key) return
  const scope = scopeOf(route)
  if (scope === 'session') throw new HttpProblem('missing-scope', 'No API key opens this: sign in with a browser.')
  if (!key.scopes.includes(scope)) throw new HttpProblem('missing-scope', `This API key lacks the scope "${scope}".`)
}

/** Counts the caller, and once more what spends or signs in. */
async function count(limits: Limits, { limit }: Route, caller: Caller | undefined, req: Request, res: Response): Promise<void> {
  if (caller) await limits.take('user', { who: caller.userId, away: 'open' }, res)
  if (caller?.key) {
    const { id, requestsPerMinute } = caller.key
    const own = requestsPerMinute === null ? {} : { quota: { requests: requestsPerMinute, seconds: 60 } }
    await limits.take('key', { who: id, away: 'open', ...own }, res)
  }
  if (limit) await limits.take(limit, { who: caller?.userId ?? req.network, away: 'closed' }, res)
}

function parse(schema: unknown, value: unknown): undefined {
  return schema ? ((schema as z.ZodType).parse(value ?? {}) as undefined) : undefined
}

function idempotencyKeyOf(req: Request): string | undefined {
  const key = req.header('idempotency-key')
  if (key === undefined) return undefined
  if (!idempotencyKeyShape.test(key))
    throw new HttpProblem('invalid-request', 'Idempotency-Key: 1 to 255 visible ASCII characters.')
  return key
}

/** An answer leaves only through its schema: fields it does not name stay inside. */
function send(res: Response, route: Route, status: number, body: unknown): void {
  const answer = route.answers[status]
  if (!answer) throw new Error(`${route.method} ${route.path} does not declare status ${status}`)
  if (!answer.schema) return void res.status(status).end()
  res.status(status).json(answer.schema.parse(body))
}
