import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { z } from 'zod'
import { problemSchema, problemStatus } from '../../api/http/problem.ts'
import { mayBeLeftOut } from '../../api/http/route.ts'
import type { Route } from '../../api/http/route.ts'
import { declaredRoutes } from '../../scripts/openapi.ts'
import { Person, readRun } from '../setup/person.ts'
import { raw } from '../setup/raw-request.ts'
import { rows } from '../setup/store.ts'

const run = readRun()
// Straight from the declarations: a route that is added tomorrow is tried too. What nobody need sign in for and is no JSON, pages and feeds, is
// asked in `sharing-bad-input.test.ts`.
const table = declaredRoutes().filter(({ path }) => path.startsWith('/api/'))
const name = ({ method, path }: Route) => `${method.toUpperCase()} ${path}`
const nobody = '01a00000-0000-7000-8000-000000000000'

let admin: Person
let cookie: string

beforeAll(async () => {
  // Somebody who gets past every door, so that it is the input that is refused.
  admin = await Person.signUp(run)
  await (await Person.admin(run)).ok('PATCH', `/api/admin/users/${(await admin.who()).id}`, { role: 'admin' })
  cookie = `better-auth.session_token=${admin.session()}`
})

/** What every refusal must be: a problem of the closed list under its own status, in under a second, with nothing of our inside. */
async function refused(what: string, answer: Promise<Response>, codes: (keyof typeof problemStatus)[]): Promise<void> {
  const before = performance.now()
  const got = await answer
  const text = await got.text()
  const { status, headers } = got
  expect(performance.now() - before, what).toBeLessThan(1000)
  expect(headers.get('content-type'), `${what} ${status} ${text.slice(0, 200)}`).toContain('application/problem+json')
  const problem = z.strictObject(problemSchema.shape).parse(JSON.parse(text))
  expect(codes, `${what}: ${text.slice(0, 300)}`).toContain(problem.code)
  expect([status, problem.status], what).toEqual([problemStatus[problem.code], problemStatus[problem.code]])
  expect(problem.requestId).toBe(headers.get('x-request-id'))
  expect(text, what).not.toMatch(/node_modules|\.ts:|at \w+ \(|prisma|SELECT |INSERT |postgres/i)
}

/** Everything stored, counted: nothing of what is refused may be among it. Who signed in when is no part of it. */
async function stored(): Promise<Record<string, string>> {
  const names = await rows<{ name: string }>(
    run,
    `SELECT relname AS name FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
       AND relname NOT IN ('sessions', '_prisma_migrations') ORDER BY 1`,
  )
  const counts = names.map(async (one) => {
    const [row] = await rows<{ count: string }>(run, `SELECT count(*)::text AS count FROM "${one.name}"`)
    return [one.name, row!.count] as const
  })
  return Object.fromEntries(await Promise.all(counts))
}

async function storesNothing(work: () => Promise<void>): Promise<void> {
  const before = await stored()
  await work()
  expect(await stored()).toEqual(before)
}

/** The address with an id in each place; `at` puts something else into one of them. */
const addressOf = (path: string, at?: { parameter: string; value: string }) =>
  path.replaceAll(/\{(\w+)\}/g, (_all, parameter: string) =>
    at?.parameter === parameter ? at.value : parameter === 'number' ? '1' : parameter === 'file' ? '0.mp3' : nobody,
  )
const parametersOf = ({ path }: Route) => [...path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter!)
const ask = (route: Route, address: string, body?: unknown, headers?: Record<string, string>) =>
  admin.ask(route.method.toUpperCase(), address, body, headers)

const bodied = table.filter(({ body }) => body)

describe('what a route does not name', () => {
  it('in a query is refused, at every route', async () => {
    expect(table.length).toBeGreaterThan(110)
    await storesNothing(async () => {
      for (const route of table) {
        if (route.upload) continue
        const answer = ask(route, `${addressOf(route.path)}?userId=another`, route.body ? {} : undefined)
        // Where the id is looked up first there is nobody; where a limit counts first it is the query all the same.
        await refused(name(route), answer, ['invalid-request'])
      }
    })
  })

  it('in a body is refused and named, at every route', async () => {
    expect(bodied.length).toBeGreaterThan(25)
    await storesNothing(async () => {
      for (const route of table.filter(({ method, upload }) => method !== 'get' && !upload)) {
        const least = route.body ? (sampleOf(schemaOf(route.body)) as object) : {}
        const answer = await ask(route, addressOf(route.path), { ...least, nobodyAskedForThis: 1 })
        const said = (await answer.clone().json()) as { errors?: { message: string }[] }
        await refused(name(route), Promise.resolve(answer), ['invalid-request'])
        expect(JSON.stringify(said.errors), name(route)).toContain('nobodyAskedForThis')
      }
    })
  })
})

describe('a body that has no one meaning', () => {
  const deep = (sign: string, end: string) => `${sign.repeat(10_000)}1${end.repeat(10_000)}`
  const bodies: [what: string, body: string | Uint8Array, code: keyof typeof problemStatus, type?: string][] = [
    ['nested 10,000 deep', deep('{"a":', '}'), 'invalid-json'],
    ['lists 10,000 deep', deep('[', ']'), 'invalid-json'],
    ['a key twice', '{"title":"a","title":"b"}', 'invalid-json'],
    ['a key twice, once escaped', '{"kind":"a","\\u006bind":"b"}', 'invalid-json'],
    ['no UTF-8', Uint8Array.of(...Buffer.from('{"title":"'), 0xff, 0xfe, ...Buffer.from('"}')), 'invalid-json'],
    [
      'a lone surrogate in UTF-8',
      Uint8Array.of(...Buffer.from('{"title":"'), 0xed, 0xa0, 0x80, ...Buffer.from('"}')),
      'invalid-json',
    ],
    ['cut off', '{"title":', 'invalid-json'],
    ['NaN', '{"targetMinutes":NaN}', 'invalid-json'],
    ['__proto__', '{"__proto__":{"isAdmin":true}}', 'invalid-request'],
    ['constructor', '{"constructor":{"prototype":{"isAdmin":true}}}', 'invalid-request'],
    ['a list', '[]', 'invalid-request'],
    ['null', 'null', 'invalid-request'],
    ['a text', '"a"', 'invalid-request'],
    ['nothing', '', 'invalid-request'],
    ['a form', 'title=a', 'unsupported-media-type', 'application/x-www-form-urlencoded'],
    ['XML', '<a/>', 'unsupported-media-type', 'text/xml'],
    ['JSON that calls itself text', '{}', 'unsupported-media-type', 'text/plain'],
    ['JSON in another coding', '{}', 'unsupported-media-type', 'application/json; charset=gbk'],
    ['JSON of no type', '{}', 'unsupported-media-type', ''],
  ]
  it.each(bodies)('%s is refused at every route that takes one', async (_what, body, code, type = 'application/json') => {
    await storesNothing(async () => {
      for (const route of bodied.filter((one) => body !== '' || !mayBeLeftOut(one.body)))
        await refused(name(route), ask(route, addressOf(route.path), body, { 'content-type': type }), [code])
    })
    expect(({} as { isAdmin?: boolean }).isAdmin).toBeUndefined()
  })

  it('is refused at the sign-in, too', async () => {
    const paths = ['sign-in/email', 'sign-up/email', 'reset-password', 'change-email', 'two-factor/verify-totp']
    await storesNothing(async () => {
      for (const [what, body, code, type = 'application/json'] of bodies) {
        if (!['invalid-json', 'unsupported-media-type'].includes(code)) continue
        for (const path of paths)
          await refused(`${what} at ${path}`, new Person(run).ask('POST', `/api/auth/${path}`, body, { 'content-type': type }), [
            code,
          ])
      }
    })
  })
})

/** A value of a schema for the fields beside the one that is tried: enough to be well formed. */
type Json = {
  type?: string
  properties?: Record<string, Json>
  required?: string[]
  items?: Json
  anyOf?: Json[]
  oneOf?: Json[]
  enum?: unknown[]
  const?: unknown
  format?: string
  minimum?: number
}
function schemaOf(shape: unknown): Json {
  const { $defs = {}, ...whole } = z.toJSONSchema(shape as z.ZodType, { io: 'input', unrepresentable: 'any' })
  const inlined = (part: unknown): unknown => {
    if (Array.isArray(part)) return part.map(inlined)
    if (typeof part !== 'object' || part === null) return part
    if ('$ref' in part) return inlined($defs[String(part.$ref).split('/').at(-1)!])
    return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, inlined(value)]))
  }
  return inlined(whole) as Json
}
const choices = ({ anyOf, oneOf }: Json) => anyOf ?? oneOf

/** Every place in a body where there may be a value of one type, with a way to write one there. */
function placesOf(shape: Json, type: string, path: string[] = []): { path: string[]; write: (value: unknown) => unknown }[] {
  const all = choices(shape)
  if (all) return all.flatMap((one) => placesOf(one, type, path))
  if (shape.type === 'array' && shape.items)
    return placesOf(shape.items, type, [...path, '0']).map(({ path: at, write }) => ({
      path: at,
      write: (value) => [write(value)],
    }))
  if (shape.properties)
    return Object.entries(shape.properties).flatMap(([key, field]) =>
      placesOf(field, type, [...path, key]).map((place) => ({
        path: place.path,
        write: (value: unknown) => ({ ...(sampleOf(shape) as object), [key]: place.write(value) }),
      })),
    )
  return (type === 'number' ? ['number', 'integer'] : [type]).includes(shape.type ?? '') &&
    !shape.enum &&
    shape.const === undefined
    ? [{ path, write: (value) => value }]
    : []
}

/** The least a body may be. */
function sampleOf(shape: Json): unknown {
  const all = choices(shape)
  if (all) return sampleOf(all[0]!)
  if (shape.const !== undefined) return shape.const
  if (shape.enum) return shape.enum[0]
  if (shape.type === 'object')
    return Object.fromEntries((shape.required ?? []).map((key) => [key, sampleOf(shape.properties![key]!)]))
  if (shape.type === 'array') return shape.items ? [sampleOf(shape.items)] : []
  if (shape.type === 'boolean') return false
  if (shape.type === 'number' || shape.type === 'integer') return Math.max(1, shape.minimum ?? 1)
  return shape.format === 'uuid' ? nobody : 'a'
}

describe('numbers', () => {
  const numbers = ['-1', '-1e308', '1e308', '1e400', '-9007199254740993', '9007199254740993', '1e18', '"1"', 'true', '[1]', '{}']
  it('that are negative, huge or none are refused in every field of every body', async () => {
    const places = bodied.flatMap((route) => placesOf(schemaOf(route.body), 'number').map((place) => ({ route, place })))
    expect(places.length).toBeGreaterThan(8)
    await storesNothing(async () => {
      for (const { route, place } of places)
        for (const number of numbers) {
          const body = JSON.stringify(place.write('NUMBER')).replace('"NUMBER"', number)
          await refused(`${name(route)} ${place.path.join('.')}=${number}`, ask(route, addressOf(route.path), body), [
            'invalid-request',
          ])
        }
    })
  })

  it('that are negative, huge or none are refused in every query and every path', async () => {
    const odd = ['-1', '0x10', '1e308', 'Infinity', 'NaN', '99999999999999999999', '1.5', '', ' ', '1,2', "1' OR '1'='1", '٣']
    for (const route of table.filter(({ query }) => query)) {
      for (const { path } of placesOf(schemaOf(route.query), 'number'))
        for (const value of odd)
          await refused(
            `${name(route)} ${path.join('.')}=${value}`,
            ask(route, `${addressOf(route.path)}?${path[0]}=${encodeURIComponent(value)}`),
            ['invalid-request'],
          )
    }
    for (const route of table.filter(({ path }) => path.includes('{number}')))
      for (const value of odd.filter((one) => one.trim()))
        await refused(
          `${name(route)} ${value}`,
          ask(route, addressOf(route.path, { parameter: 'number', value: encodeURIComponent(value) })),
          ['invalid-request'],
        )
  })
})

describe('an id', () => {
  const tricks = [
    '..',
    '../..',
    '../../../../etc/passwd',
    '....//',
    '/etc/passwd',
    '\\..\\..',
    'C:\\',
    `${nobody}/../x`,
    `${nobody}%00`,
    `${nobody}.json`,
    'a\u0000b',
    'a\r\nset-cookie: x=1',
    "' OR '1'='1",
    '$(id)',
    '%2e%2e%2f',
    '．．／',
    'a'.repeat(4000),
    'null',
    '*',
    '%',
  ]
  it('that leads elsewhere is refused in every place of every address', async () => {
    await storesNothing(async () => {
      for (const route of table.filter(({ path }) => path.includes('{')))
        for (const parameter of parametersOf(route))
          for (const value of tricks) {
            const address = addressOf(route.path, { parameter, value: encodeURIComponent(value) })
            // Those that a URL would fold are sent as they stand.
            const answer = raw(run.api, {
              method: route.method.toUpperCase(),
              path: address,
              cookie,
              ...(route.body ? { body: JSON.stringify(sampleOf(schemaOf(route.body))) } : {}),
            })
            await refused(`${name(route)} ${parameter}=${value.slice(0, 40)}`, answer, [
              'invalid-request',
              'not-found',
              'unsupported-media-type',
            ])
          }
    })
  })

  it('is never a path of ours, however it is written', async () => {
    for (const path of [
      '/../../etc/passwd',
      '/..%2f..%2fetc%2fpasswd',
      '/%2e%2e/%2e%2e/package.json',
      '/assets/../../../package.json',
      '/assets/..%5c..%5cpackage.json',
      '/admin/%2e%2e/%2e%2e/package.json',
      '//etc/passwd',
      '/.env',
      '/admin/.env',
      '/assets/%00',
    ])
      expect(await (await raw(run.api, { method: 'GET', path, cookie })).text(), path).not.toMatch(
        /root:|"dependencies"|DATABASE_URL|SECRET/,
      )
  })

  it('that cannot be read is refused as everything else is', async () => {
    const answer = await raw(run.api, { method: 'GET', path: 'http://[::1/api/episodes' })
    const problem = problemSchema.parse(await answer.json())
    expect([answer.status, problem.code, problem.requestId]).toEqual([400, 'invalid-request', answer.headers.get('x-request-id')])
  })
})

describe('a cursor', () => {
  const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')
  const cursors = [
    'x',
    '%',
    '..',
    '{}',
    encoded({}),
    encoded([]),
    encoded(null),
    encoded({ createdAt: '9'.repeat(50), id: nobody }),
    encoded({ createdAt: '2026-01-01T00:00:00Z', id: "' OR 1=1 --" }),
    encoded({ createdAt: '+275760-09-13T00:00:00.001Z', id: nobody }),
    encoded({ createdAt: '2026-01-01T00:00:00Z', id: nobody, userId: 'another' }),
    'A'.repeat(5000),
  ]
  it('that nobody gave out is refused at every list', async () => {
    const lists = table.filter(({ query }) => query && 'cursor' in ((schemaOf(query).properties ?? {}) as object))
    expect(lists.length).toBeGreaterThanOrEqual(5)
    const [show, hook] = await Promise.all([
      admin.ok<{ id: string }>('POST', '/api/shows', { title: 'a', language: 'en' }),
      admin.ok<{ id: string }>('POST', '/api/webhooks', { url: 'https://example.com/', events: ['episode.ready'] }),
    ])
    for (const route of lists)
      for (const cursor of cursors) {
        const address = route.path.replace('/shows/{id}', `/shows/${show.id}`).replace('/webhooks/{id}', `/webhooks/${hook.id}`)
        const needed = route.path === '/api/search' ? 'q=a&' : ''
        await refused(
          `${name(route)} ${cursor.slice(0, 60)}`,
          ask(route, `${address}?${needed}cursor=${encodeURIComponent(cursor)}`),
          ['invalid-request'],
        )
      }
  })
})

describe('the problems', () => {
  it('are a closed list, each with its status, and the document has the same', () => {
    expect(problemSchema.shape.code.options).toEqual(Object.keys(problemStatus))
    for (const [code, status] of Object.entries(problemStatus))
      expect([code, status >= 400 && status < 600]).toEqual([code, true])
  })

  it('are what the sign-in answers, too', async () => {
    const visitor = new Person(run)
    const email = `${randomUUID()}@example.com`
    const password = 'a long password'
    const cases: [path: string, body: unknown, code: keyof typeof problemStatus][] = [
      ['sign-in/email', { email, password }, 'wrong-credentials'],
      ['sign-in/email', { email: 'none', password }, 'email-invalid'],
      ['sign-up/email', { name: 'A', email, password: 'short' }, 'password-too-short'],
      ['sign-up/email', { name: 'A', email, password: 'a'.repeat(129) }, 'password-too-long'],
      ['sign-up/email', { name: 'A', email: run.demo.email, password }, 'email-taken'],
      ['sign-up/email', { name: 'A', email, password, role: 'admin' }, 'invalid-request'],
      ['sign-up/email', {}, 'invalid-request'],
      ['reset-password', { token: 'made up', newPassword: password }, 'link-over'],
      ['two-factor/verify-totp', { code: '123456' }, 'not-signed-in'],
      ['change-password', { currentPassword: password, newPassword: password }, 'not-signed-in'],
      ['nothing', {}, 'not-found'],
      ['admin/set-role', {}, 'not-found'],
    ]
    for (const [path, body, code] of cases)
      await refused(`${path} ${code}`, visitor.ask('POST', `/api/auth/${path}`, body), [code])
    await refused('a forged link', visitor.ask('GET', '/api/auth/verify-email?token=made-up'), ['link-over'])
    await refused(
      'a wrong password',
      admin.ask('POST', '/api/auth/change-password', { currentPassword: 'not it at all', newPassword: password }),
      ['wrong-credentials'],
    )
  })

  it('say which methods there are where one is not possible', async () => {
    const paths = new Set(table.map(({ path }) => path))
    for (const path of paths) {
      const known = table.filter((route) => route.path === path).map(({ method }) => method.toUpperCase())
      const answer = await admin.ask('PROPFIND', addressOf(path), undefined).catch(() => undefined)
      if (!answer) continue
      expect([path, answer.status]).toEqual([path, 405])
      for (const method of known) expect(answer.headers.get('allow')).toContain(method)
      await answer.arrayBuffer()
    }
  })
})

describe('a text', () => {
  const mark = `hostile${randomUUID().slice(0, 8)}`
  const texts = [
    `${mark}'; DROP TABLE users; --`,
    `${mark}" OR 1=1 /*`,
    `${mark}\\'); SELECT pg_sleep(5); --`,
    `${mark}\r\nset-cookie: hostile=1\r\n\r\n<script>`,
    `${mark}\u0000\ud800`,
    `${mark}\${jndi:ldap://127.0.0.1/}{{7*7}}%s%n`,
  ]
  /** The same bodies as their estimates, and each would be made: it is a text like any other. */
  const made = new Set(['POST /api/episodes', 'POST /api/episodes/{id}/append'])

  it('that would be SQL, a header or a command elsewhere is refused or a mere text, in every field of every body', async () => {
    const places = bodied
      .filter((route) => !made.has(name(route)))
      .flatMap((route) => placesOf(schemaOf(route.body), 'string').map((place) => ({ route, place })))
    expect(places.length).toBeGreaterThan(60)
    const users = await rows<{ count: string }>(run, 'SELECT count(*)::text AS count FROM users')
    for (const { route, place } of places)
      for (const text of texts)
        await harmless(`${name(route)} ${place.path.join('.')}=${text}`, ask(route, addressOf(route.path), place.write(text)))
    expect(await rows(run, 'SELECT count(*)::text AS count FROM users')).toEqual(users)
  })

  it('is as harmless in every query and every header', async () => {
    for (const route of table.filter(({ query, method }) => query && method === 'get'))
      for (const { path } of placesOf(schemaOf(route.query), 'string'))
        for (const text of [...texts, JSON.stringify({ q: texts[0] }), '{"userId":"\\u0000"}', '{"q":"\\ud800"}']) {
          const needed = route.path === '/api/search' && path[0] !== 'q' ? 'q=a&' : ''
          const address = `${addressOf(route.path)}?${needed}${path[0]}=${encodeURIComponent(text.toWellFormed())}`
          await harmless(`${name(route)} ${path[0]}=${text}`, ask(route, address))
        }
    for (const header of [
      'x-request-id',
      'idempotency-key',
      'last-event-id',
      'x-forwarded-for',
      'if-none-match',
      'range',
      'accept-language',
    ])
      for (const text of texts.slice(0, 3))
        await harmless(`${header}: ${text}`, admin.ask('GET', '/api/episodes', undefined, { [header]: text }))
  })

  async function harmless(what: string, asked: Promise<Response>): Promise<void> {
    const before = performance.now()
    const answer = await asked
    const said = await answer.text()
    expect(performance.now() - before, what).toBeLessThan(1000)
    expect(answer.status, `${what}: ${said.slice(0, 300)}`).toBeLessThan(500)
    expect(answer.headers.get('set-cookie') ?? '', what).not.toContain('hostile=')
    if (answer.status < 400) return
    const problem = problemSchema.parse(JSON.parse(said))
    expect(problemStatus[problem.code], what).toBe(answer.status)
    expect(said, what).not.toMatch(/node_modules|\.ts:|at \w+ \(|syntax error|relation "/)
  }

  afterAll(async () => {
    // What was taken as a text is taken away again: others look at these lists.
    await rows(run, 'DELETE FROM notices WHERE text_zh LIKE $1 OR text_en LIKE $1', [`%${mark}%`])
    const { data } = await admin.ok<{ data: { id: string; model: string; provider: string }[] }>(
      'GET',
      '/api/admin/prices?perPage=200',
    )
    for (const { id, model, provider } of data)
      if (`${model}${provider}`.includes(mark)) await admin.ask('DELETE', `/api/admin/prices/${id}`)
  })
})

it('nothing of this was our fault', async () => {
  expect((await fetch(`${run.api}/health/ready`)).status).toBe(200)
})
