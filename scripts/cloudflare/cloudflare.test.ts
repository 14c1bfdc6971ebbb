import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'

/** Cloudflare's answers for one zone, kept in memory: what is set is told again, and nothing else is understood. */
const zone = {
  settings: {} as Record<string, unknown>,
  records: [] as Record<string, unknown>[],
  rulesets: {} as Record<string, unknown>,
  domains: [] as unknown[],
}
let calls: string[] = []
let server: Server
let url: string

type Reply = { status: number; result: unknown }
const ok = (result: unknown): Reply => ({ status: 200, result })
const none: Reply = { status: 404, result: null }

function reply(method: string, path: string, query: URLSearchParams, body: Record<string, unknown>): Reply {
  if (method === 'GET' && path === '/zones') return ok(query.get('name') === 'aimake.cc' ? [{ id: 'z1' }] : [])
  const [, setting] = /^\/zones\/z1\/settings\/(\w+)$/.exec(path) ?? []
  if (setting)
    return ok({
      id: setting,
      value: method === 'PATCH' ? (zone.settings[setting] = body.value) : (zone.settings[setting] ?? 'off'),
    })
  const [, phase] = /^\/zones\/z1\/rulesets\/phases\/(\w+)\/entrypoint$/.exec(path) ?? []
  if (phase && method === 'PUT')
    zone.rulesets[phase] = { rules: (body.rules as object[]).map((rule, index) => ({ ...rule, id: `r${index}`, version: '1' })) }
  if (phase) return zone.rulesets[phase] ? ok(zone.rulesets[phase]) : none
  if (path.startsWith('/zones/z1/dns_records')) return dns(method, path, query, body)
  if (path === '/accounts/a1/r2/buckets/aimake-audio/domains/custom') {
    if (method === 'POST') zone.domains.push(body)
    return ok({ domains: zone.domains })
  }
  return none
}

function dns(method: string, path: string, query: URLSearchParams, body: Record<string, unknown>): Reply {
  if (method === 'GET') return ok(zone.records.filter(({ name }) => name === query.get('name')))
  if (method === 'POST') zone.records.push({ ...body, id: `d${zone.records.length}` })
  else
    Object.assign(
      zone.records.find(({ id }) => path.endsWith(`/${String(id)}`))!,
      body,
    )
  return ok(body)
}

beforeAll(async () => {
  server = createServer((req, res) => {
    const parts: Buffer[] = []
    req
      .on('data', (part: Buffer) => parts.push(part))
      .on('end', () => {
        const { pathname, searchParams } = new URL(req.url!, 'http://host')
        if (req.method !== 'GET') calls.push(`${req.method} ${pathname}`)
        const isKnown = req.headers.authorization === 'Bearer t1'
        const text = Buffer.concat(parts).toString()
        const { status, result } = isKnown
          ? reply(req.method!, pathname, searchParams, text ? JSON.parse(text) : {})
          : { status: 403, result: null }
        const errors = status === 200 ? [] : [{ code: 1, message: isKnown ? 'not found' : 'Authentication error' }]
        res
          .writeHead(status, { 'content-type': 'application/json' })
          .end(JSON.stringify({ success: status === 200, result, errors }))
      })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})
afterAll(() => server.close())

function cloudflare(args: string[], env: NodeJS.ProcessEnv = {}): Promise<{ code: number; said: string }> {
  const names = { CLOUDFLARE_API_URL: url, CLOUDFLARE_API_TOKEN: 't1', CLOUDFLARE_ACCOUNT_ID: 'a1', DOMAIN: 'aimake.cc' }
  const targets = { WEB_TARGET: 'cname.vercel-dns.com', CONSOLE_TARGET: 'cname.vercel-dns.com', API_TARGET: 'abc.up.railway.app' }
  calls = []
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['scripts/cloudflare.ts', ...args],
      { env: { ...process.env, ...names, ...targets, ...env } },
      (error, out, err) => resolve({ code: error ? Number(error.code) : 0, said: out + err }),
    )
  })
}

test('what is missing is said, then set, then nothing is left to do', async () => {
  const before = await cloudflare([])
  expect(before).toMatchObject({ code: 1, said: expect.stringContaining('open  setting ssl') })
  expect(calls).toEqual([])

  expect((await cloudflare(['--apply'])).code).toBe(0)
  expect(calls).toContain('PATCH /zones/z1/settings/ssl')
  expect(calls).toContain('PUT /zones/z1/rulesets/phases/http_ratelimit/entrypoint')
  expect(zone.settings).toMatchObject({ ssl: 'strict', security_header: { strict_transport_security: { max_age: 31_536_000 } } })
  expect(zone.records.map(({ name, content, proxied }) => [name, content, proxied])).toContainEqual([
    'api.aimake.cc',
    'abc.up.railway.app',
    true,
  ])

  const after = await cloudflare([])
  expect(after).toMatchObject({ code: 0, said: expect.stringContaining('nothing to do') })
})

test('what somebody changed by hand is put back, with that one call, and other records stay', async () => {
  zone.settings.ssl = 'flexible'
  zone.records.push({ id: 'mx', type: 'MX', name: 'aimake.cc', content: 'mail.example', proxied: false })
  Object.assign(
    zone.records.find(({ name }) => name === 'api.aimake.cc')!,
    { proxied: false },
  )
  expect((await cloudflare(['--apply'])).code).toBe(0)
  expect(calls).toEqual(['PATCH /zones/z1/settings/ssl', expect.stringMatching(/^PUT \/zones\/z1\/dns_records\/d\d$/)])
  expect(zone.records).toContainEqual({ id: 'mx', type: 'MX', name: 'aimake.cc', content: 'mail.example', proxied: false })
})

test('a refused token and missing names are said, and nothing is called', async () => {
  expect(await cloudflare(['--apply'], { CLOUDFLARE_API_TOKEN: 'wrong-token' })).toMatchObject({
    code: 1,
    said: expect.stringContaining('Authentication error'),
  })
  const { code, said } = await cloudflare(['--apply'], { API_TARGET: '', DOMAIN: 'a b' })
  expect(code).toBe(1)
  expect(said).toContain('API_TARGET: missing')
  expect(said).toContain('DOMAIN: a host name')
  expect(calls).toEqual([])
})
