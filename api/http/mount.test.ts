import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import express from 'express'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { answerErrors } from './errors.ts'
import { jsonReader } from './json-body.ts'
import type { Kept } from './kept.ts'
import type { Limits } from './limits.ts'
import { OpenStreams } from './open-streams.ts'
import { mountRoutes } from './mount.ts'
import type { Problem } from './problem.ts'
import { route } from './route.ts'
import { wholeNumber } from './whole-number.ts'

const seen: unknown[] = []
const answers = { 200: { description: '', schema: z.object({ told: z.string() }) } }
const handler = async ({ body, query, params }: { body: unknown; query: unknown; params: unknown }) => {
  seen.push({ body, query, params })
  return { status: 200, body: { told: 'this', secret: 'that' } }
}
const common = { summary: '', access: 'anyone', answers, handler } as const
const routes = [
  route({ ...common, method: 'post', path: '/api/things', body: z.strictObject({ name: z.string() }) }),
  route({ ...common, method: 'post', path: '/api/maybe', body: z.strictObject({ name: z.string().optional() }).default({}) }),
  route({ ...common, method: 'get', path: '/api/things/{id}', params: z.object({ id: z.string().max(100) }) }),
  route({ ...common, method: 'post', path: '/api/things/{id}/cancel', params: z.object({ id: z.string() }) }),
  route({ ...common, method: 'get', path: '/api/list', query: z.strictObject({ limit: wholeNumber(1, 100).default(20) }) }),
  route({ ...common, method: 'get', path: '/s/{token}', params: z.object({ token: z.string() }) }),
]

let server: Server
let base: string

beforeAll(async () => {
  const app = express()
  app.use((req, _res, next) => {
    req.requestId = 'a-request'
    next()
  })
  mountRoutes(app, routes, {
    callerOf: async () => undefined,
    kept: { changedForAll: async () => undefined } as unknown as Kept,
    limits: { take: async () => undefined } as unknown as Limits,
    streams: new OpenStreams({ each: 1, recheckMs: 1000 }),
    readBody: jsonReader('1kb'),
    wrote: async () => undefined,
  })
  app.use(answerErrors)
  server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => new Promise((resolve) => server.close(resolve)))

async function ask(method: string, path: string, body?: string, type = 'application/json') {
  seen.length = 0
  const answer = await fetch(base + path, { method, ...(body !== undefined && { body, headers: { 'content-type': type } }) })
  const text = await answer.text()
  return { status: answer.status, allow: answer.headers.get('allow'), said: (text ? JSON.parse(text) : {}) as Partial<Problem> }
}

describe('a declared route', () => {
  it('answers nothing that its schema does not name', async () => {
    const { status, said } = await ask('POST', '/api/things', '{"name":"a"}')
    expect([status, said]).toEqual([200, { told: 'this' }])
  })

  it.each([
    ['a field nobody asked for', '{"name":"a","userId":"b"}', 'application/json', 400, 'invalid-request'],
    ['a key twice', '{"name":"a","name":"b"}', 'application/json', 400, 'invalid-json'],
    ['no JSON', '{"name":', 'application/json', 400, 'invalid-json'],
    ['null', 'null', 'application/json', 400, 'invalid-request'],
    ['another type', '{"name":"a"}', 'text/plain', 415, 'unsupported-media-type'],
    ['another coding', '{"name":"a"}', 'application/json; charset=gbk', 415, 'unsupported-media-type'],
    ['2 KB', `{"name":"${'a'.repeat(2000)}"}`, 'application/json', 413, 'too-large'],
    ['nothing', '', 'application/json', 400, 'invalid-request'],
  ])('does nothing with %s', async (_what, body, type, status, code) => {
    const answer = await ask('POST', '/api/things', body, type)
    expect([answer.status, answer.said.code, seen]).toEqual([status, code, []])
  })

  it('takes no body for one that may be left out, and none where there is none to be had', async () => {
    expect((await ask('POST', '/api/maybe')).status).toBe(200)
    expect(seen).toMatchObject([{ body: {} }])
    expect((await ask('POST', '/api/maybe', '{"other":1}')).status).toBe(400)
    expect((await ask('POST', '/api/things/1/cancel')).status).toBe(200)
    expect((await ask('POST', '/api/things/1/cancel', '{}')).status).toBe(200)
    expect((await ask('POST', '/api/things/1/cancel', '{"force":true}')).said.code).toBe('invalid-request')
  })

  it('refuses words in its query that it does not know; a page that is handed about does not', async () => {
    expect((await ask('GET', '/api/things/1?userId=2')).said.code).toBe('invalid-request')
    expect((await ask('GET', '/s/token?utm_source=mail')).status).toBe(200)
  })

  it('takes a number for one only in decimal digits and within its bounds', async () => {
    expect((await ask('GET', '/api/list')).status).toBe(200)
    expect(seen).toMatchObject([{ query: { limit: 20 } }])
    expect((await ask('GET', '/api/list?limit=7')).status).toBe(200)
    expect(seen).toMatchObject([{ query: { limit: 7 } }])
    for (const odd of ['0', '101', '0x10', '1e1', '', '+5', '5.0', 'NaN', '9'.repeat(30), '1&limit=2'])
      expect((await ask('GET', `/api/list?limit=${odd}`)).said.code, odd).toBe('invalid-request')
  })

  it('takes no control character in its address', async () => {
    for (const id of ['a%00b', '%0d%0aset-cookie:x=1', '%ff', 'a'.repeat(200)])
      expect((await ask('GET', `/api/things/${id}`)).said.code, id).toBe('invalid-request')
  })

  it('says which methods there are when it is asked by another', async () => {
    const refused = await ask('DELETE', '/api/things/1')
    expect([refused.status, refused.said.code, refused.allow]).toEqual([405, 'method-not-allowed', 'GET, HEAD, OPTIONS'])
    expect((await ask('OPTIONS', '/api/things')).allow).toBe('POST, OPTIONS')
  })
})
