import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { ownApi } from '../deployment/own-api.ts'
import type { OwnApi } from '../deployment/own-api.ts'
import { Person, readRun } from '../setup/person.ts'

const run = readRun()
const web = 'https://aimake.cc'
let door: OwnApi

beforeAll(async () => {
  door = await ownApi(run, { PUBLIC_URL: 'https://api.aimake.cc', CORS_ORIGINS: web })
})
afterAll(() => door.stop())

const signIn = (origin: string) =>
  fetch(`${door.url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin },
    body: JSON.stringify(run.admin),
  })
const cookieOf = (answer: Response) =>
  answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0]!)
    .join('; ')

describe('the session cookie', () => {
  it('goes over TLS only, to no script and to no other site', async () => {
    const session = (await signIn(web)).headers.getSetCookie().find((one) => one.includes('session_token'))!
    expect(session).toMatch(/^__Secure-/)
    for (const word of ['Secure', 'HttpOnly', 'SameSite=Lax', 'Path=/']) expect(session).toContain(word)
    expect(session).not.toContain('Domain=')
  })

  it('is of no use to another page', async () => {
    const cookie = cookieOf(await signIn(web))
    const rename = (headers: Record<string, string>) =>
      fetch(`${door.url}/api/account`, {
        method: 'PATCH',
        headers: { cookie, 'content-type': 'application/json', ...headers },
        body: JSON.stringify({ mailNotices: true }),
      }).then(({ status }) => status)
    expect(await rename({ origin: web })).toBe(200)
    expect(await rename({ origin: 'https://evil.example' })).toBe(403)
    expect(await rename({ origin: 'https://aimake.cc.evil.example' })).toBe(403)
    expect(await rename({ origin: 'null' })).toBe(403)
    expect(await rename({ 'sec-fetch-site': 'cross-site' })).toBe(403)
    expect(await rename({ 'sec-fetch-site': 'same-site' })).toBe(403)
    expect(await rename({ 'sec-fetch-site': 'same-origin' })).toBe(200)
    const out = await fetch(`${door.url}/api/auth/sign-out`, {
      method: 'POST',
      headers: { cookie, origin: 'https://evil.example' },
    })
    expect(out.status).toBe(403)
    expect(await rename({ origin: web })).toBe(200)
  })

  it('that was signed with another secret, or not at all, is nobody', async () => {
    const cookie = cookieOf(await signIn(web))
    const ask = (sent: string) => fetch(`${door.url}/api/account`, { headers: { cookie: sent } }).then(({ status }) => status)
    expect(await ask(cookie)).toBe(200)
    expect(await ask(cookie.replace(/\.[^.;]+$/, ''))).toBe(401)
    expect(
      await ask(cookie.replace(/(session_token=)(.)/, (_all, name: string, first: string) => name + (first === 'a' ? 'b' : 'a'))),
    ).toBe(401)
  })
})

describe('other origins', () => {
  it('are let in by name, with their session, and no others', async () => {
    const ask = (origin: string, method: string) =>
      fetch(`${door.url}/api/episodes`, { method, headers: { origin, 'access-control-request-method': 'DELETE' } })
    const let_in = await ask(web, 'OPTIONS')
    expect(let_in.status).toBe(204)
    expect(let_in.headers.get('access-control-allow-origin')).toBe(web)
    expect(let_in.headers.get('access-control-allow-credentials')).toBe('true')
    expect(let_in.headers.get('vary')).toContain('Origin')
    for (const method of ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])
      expect(let_in.headers.get('access-control-allow-methods')).toContain(method)
    expect((await ask(web, 'GET')).headers.get('access-control-expose-headers')).toContain('ratelimit')
    for (const stranger of ['https://aimake.cc.evil.example', 'https://evilaimake.cc', 'http://aimake.cc', 'null', '*'])
      for (const method of ['OPTIONS', 'GET'])
        expect((await ask(stranger, method)).headers.get('access-control-allow-origin'), `${method} ${stranger}`).toBeNull()
  })
})

/** Nobody frames it, guesses what it is, learns where one came from, or comes without HTTPS. */
function expectGuarded(headers: Headers) {
  expect(headers.get('x-frame-options')).toBe('DENY')
  expect(headers.get('x-content-type-options')).toBe('nosniff')
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('strict-transport-security')).toMatch(/max-age=31536000/)
  expect(headers.get('permissions-policy')).toContain('camera=()')
  expect(headers.get('x-powered-by')).toBeNull()
}

describe('what a browser may do with our pages', () => {
  const policy = async (path: string, name: string) => {
    const { headers } = await fetch(`${door.url}${path}`)
    return new Map(
      headers
        .get('content-security-policy')!
        .split(';')
        .map((one) => one.trim().split(/\s+(.*)/s) as [string, string]),
    ).get(name)
  }
  it.each(['/', '/library', '/admin', '/s/anything', '/openapi.json'])(
    '%s: nobody frames it, no foreign script',
    async (path) => {
      const { headers } = await fetch(`${door.url}${path}`)
      expect(await policy(path, 'frame-ancestors')).toBe("'none'")
      expect(await policy(path, 'script-src')).toBe("'self'")
      expect(await policy(path, 'object-src')).toBe("'none'")
      expect(await policy(path, 'base-uri')).toBe("'self'")
      expect(await policy(path, 'form-action')).toBe("'self'")
      expect(await policy(path, 'default-src')).toBe("'self'")
      expectGuarded(headers)
    },
  )

  it.each(['/api/config', '/API/config'])('%s, an answer of the API, loads nothing and stands in no frame', async (path) => {
    const { headers } = await fetch(`${door.url}${path}`)
    for (const name of ['default-src', 'base-uri', 'form-action', 'frame-ancestors'])
      expect(await policy(path, name), name).toBe("'none'")
    expect(await policy(path, 'script-src')).toBeUndefined()
    expectGuarded(headers)
  })

  it('the page of the API has its one style and no script at all', async () => {
    expect(await policy('/docs', 'default-src')).toBe("'none'")
    expect(await policy('/docs', 'style-src')).toMatch(/^'sha256-[\w+/=]+'$/)
    expect(await policy('/docs', 'script-src')).toBeUndefined()
    expect(await policy('/docs', 'frame-ancestors')).toBe("'none'")
    expect(await (await fetch(`${door.url}/docs`)).text()).toContain('<code>/api/episodes/{id}</code>')
  })

  it('the embed player alone may be framed', async () => {
    expect(await policy('/embed/anything', 'frame-ancestors')).toBe('*')
    expect(await policy('/embed/anything', 'script-src')).toBe("'self'")
    expect((await fetch(`${door.url}/embed/anything`)).headers.get('x-frame-options')).toBeNull()
  })

  it('the web app and share pages have no inline style, and what is private is kept nowhere', async () => {
    expect(await policy('/', 'style-src')).toBe("'self'")
    expect(await policy('/s/anything', 'style-src')).toBe("'self'")
    const person = await Person.signUp(run)
    expect((await person.ask('GET', '/api/account')).headers.get('cache-control')).toBe('no-store')
  })
})
