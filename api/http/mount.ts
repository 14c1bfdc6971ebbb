import express from 'express'
import type { Express, Request, RequestHandler, Response } from 'express'
import { z } from 'zod'
import { asHouse, asPerson } from '../../prisma/identity.ts'
import { claimsOf } from './count-address.ts'
import type { Kept, Words } from './kept.ts'
import type { Limits } from './limits.ts'
import type { OpenStreams } from './open-streams.ts'
import { HttpProblem } from './problem.ts'
import { isStream, mayBeLeftOut, scopeOf } from './route.ts'
import type { Access, Answer, Caller, Route } from './route.ts'
import { onTheLine, sendJson } from './send-json.ts'

/** 1-255 visible characters, as the header's draft standard has it. */
const idempotencyKeyShape = /^[\x21-\x7e]{1,255}$/

interface Door {
  callerOf: (req: Request) => Promise<Caller | undefined>
  kept: Kept
  limits: Limits
  streams: OpenStreams
  /** Reads a JSON body, once it is known who sends it. */
  readBody: (req: Request, res: Response) => Promise<void>
  /** Told of whoever may have written something, before they are answered. */
  wrote: (userId: string) => Promise<void>
}

/** Gives each declared route its door: who may call, validation in, schema out. */
export function mountRoutes(app: Express, routes: Route[], door: Door): void {
  for (const [path, those] of bySharpness(routes)) {
    for (const route of those) mountRoute(app, path, route, door)
    app.all(path, refuseMethod(those.map(({ method }) => method)))
  }
}

/** Routes by their path, those first that leave less open: else a word in a path would be taken for somebody's id. */
function bySharpness(routes: Route[]): [string, Route[]][] {
  const open = (path: string) => path.split('/:').length
  return [...Map.groupBy(routes, pathOf)].toSorted(([one], [other]) => open(one) - open(other))
}

function mountRoute(app: Express, path: string, route: Route, door: Door): void {
  const { callerOf, kept, limits, streams, readBody } = door
  const reader = route.upload ? [express.raw({ type: route.upload.types, limit: route.upload.maxBytes })] : []
  app[route.method](path, ...reader, async (req, res) => {
    req.atRoute?.(route)
    const words = await wordsFor(route, req, kept)
    const whoCalls = () => asHouse(() => callerOf(req))
    const caller = await admit(route, () => (words ? kept.callerOf(req, words, whoCalls) : whoCalls()))
    await count(limits, route, caller, req, res)
    if (caller && route.kept) kept.keepCaller(req, caller, words)
    if (caller && isStream(route)) streams.admit(caller.userId, res, () => isLetIn(() => admit(route, whoCalls)))
    if (route.method !== 'get' && !route.upload) await readBody(req, res)
    const input = {
      caller: caller as Caller,
      params: parse(route.params, plain(req.params)),
      query: parse(route.query ?? (isPage(route) ? undefined : nothing), req.query),
      body: bodyOf(route, req.body),
      idempotencyKey: route.idempotent ? idempotencyKeyOf(req) : undefined,
      requestId: req.requestId,
      req,
      res,
    }
    const work = async () => {
      const answer = await as(route, caller, () => route.handler(input)).finally(() => noted(route, caller, door))
      return answer && written(route, answer)
    }
    const answer = await (words ? kept.answerOf(req, words, work) : work())
    if (!answer) return
    if (words && caller && answer.isFinal) kept.keepAnswer(req, words, { caller, route, body: onTheLine(answer.json!) })
    res.status(answer.status)
    if (answer.json === undefined) res.end()
    else sendJson(res, answer.json)
  })
}

/** What must be known before anything is looked at, for an answer that may be kept. */
async function wordsFor({ kept: rule }: Route, req: Request, kept: Kept): Promise<Words | undefined> {
  return rule && !req.originalUrl.includes('?') ? kept.wordsFor(req, rule.by(req.params as Record<string, string>)) : undefined
}

/** Says of everything that may have written what it may have changed. */
async function noted({ method, path, access }: Route, caller: Caller | undefined, { kept, wrote }: Door): Promise<void> {
  if (method === 'get') return
  const isAboutOthers = access === 'anyone' || path.startsWith('/api/admin/')
  await Promise.all([isAboutOthers ? kept.changedForAll() : kept.changed(caller!.userId), caller && wrote(caller.userId)])
}

const pathOf = ({ path }: Route) => path.replaceAll(/\{(\w+)\}/g, ':$1')

/** Known here, but not to be done so (RFC 9110, 15.5.6). */
function refuseMethod(methods: Route['method'][]): RequestHandler {
  const allowed = [
    ...methods.map((method) => method.toUpperCase()),
    ...(methods.includes('get') ? ['HEAD'] : []),
    'OPTIONS',
  ].join(', ')
  return (req, res) => {
    res.setHeader('allow', allowed)
    if (req.method === 'OPTIONS') return void res.status(204).end()
    throw new HttpProblem('method-not-allowed', `${req.method} is not possible here, only ${allowed}.`)
  }
}

const nothing = z.strictObject({})

/** Addresses that are handed about by people and apps, who hang words of their own on them. */
const isPage = ({ path }: Route) => !path.startsWith('/api/')

function bodyOf({ body, upload }: Route, sent: unknown): undefined {
  if (body && sent === undefined && !mayBeLeftOut(body))
    throw new HttpProblem('invalid-request', 'Send a JSON body. Nothing was done.')
  if (upload || (!body && sent === undefined)) return undefined
  return checked(body ?? nothing, sent)
}

/** Names are no place for what no name has, and no database keeps. */
function plain(params: Request['params']): Request['params'] {
  // oxlint-disable-next-line no-control-regex -- control characters are what is looked for
  if (Object.values(params).some((one) => /[\u0000-\u001f\u007f]|\p{Cs}/u.test(String(one))))
    throw new HttpProblem('invalid-request', 'The address holds a control character.')
  return params
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

async function admit(route: Route, whoCalls: () => Promise<Caller | undefined>) {
  const { access } = route
  if (access === 'anyone') return undefined
  const caller = await whoCalls()
  if (!caller) throw new HttpProblem('not-signed-in', 'Sign in first; what you typed is not lost.')
  if (!may[caller.role].includes(access)) throw new HttpProblem('forbidden', refusals[access])
  requireScope(route, caller)
  return caller
}

/** Whether it lets somebody in: any other failure than a refusal is thrown. */
async function isLetIn(whoCalls: () => Promise<unknown>): Promise<boolean> {
  try {
    await whoCalls()
    return true
  } catch (error) {
    if (error instanceof HttpProblem) return false
    throw error
  }
}

function requireScope(route: Route, { key }: Caller): void {
  if (!key) return
  const scope = scopeOf(route)
  if (scope === 'session') throw new HttpProblem('missing-scope', 'No API key opens this: sign in with a browser.')
  if (!key.scopes.includes(scope)) throw new HttpProblem('missing-scope', `This API key lacks the scope "${scope}".`)
}

/** Counts the caller, and once more what spends or signs in. */
async function count(limits: Limits, { limit }: Route, caller: Caller | undefined, req: Request, res: Response): Promise<void> {
  for (const claim of caller ? claimsOf(caller) : []) await limits.take(claim.name, claim, res)
  if (limit) await limits.take(limit, { who: caller?.userId ?? req.network, away: 'closed' }, res)
}

const parse = (schema: unknown, value: unknown) => (schema ? checked(schema, value) : undefined)

const checked = (schema: unknown, value: unknown) => (schema as z.ZodType).parse(value) as undefined

function idempotencyKeyOf(req: Request): string | undefined {
  const key = req.header('idempotency-key')
  if (key === undefined) return undefined
  if (!idempotencyKeyShape.test(key))
    throw new HttpProblem('invalid-request', 'Idempotency-Key: 1 to 255 visible ASCII characters.')
  return key
}

/** An answer leaves only through its schema: fields it does not name stay inside. */
function written(route: Route, { status, body }: Answer) {
  const answer = route.answers[status]
  if (!answer) throw new Error(`${route.method} ${route.path} does not declare status ${status}`)
  if (!answer.schema) return { status, json: undefined, isFinal: false }
  return { status, json: JSON.stringify(answer.schema.parse(body)), isFinal: status === 200 && route.kept?.when(body) === true }
}
