import { randomBytes } from 'node:crypto'
import { afterAll, describe, expect, it } from 'vitest'
import { ownApi } from '../deployment/own-api.ts'
import type { OwnApi } from '../deployment/own-api.ts'
import { program } from '../deployment/program.ts'
import { readRun } from '../setup/person.ts'

const run = readRun()
const apis: OwnApi[] = []
afterAll(() => Promise.all(apis.map((api) => api.stop())))

async function start(changed: Record<string, string>): Promise<string> {
  const api = await ownApi(run, changed)
  apis.push(api)
  return api.url
}

/** The session cookie that a sign-in at `url` gives. */
async function signIn(url: string): Promise<string> {
  const answer = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: url },
    body: JSON.stringify(run.admin),
  })
  expect(answer.status).toBe(200)
  return answer.headers
    .getSetCookie()
    .map((one) => one.split(';')[0]!)
    .join('; ')
}

const whoAsks = (url: string, cookie: string) =>
  fetch(`${url}/api/episodes`, { headers: { cookie } }).then(({ status }) => status)

describe('the secret of sessions', () => {
  it('is changed while people are signed in: nobody is thrown out, and what the old one signs ends with it', async () => {
    const [first, second] = [run.settings.JWT_SECRET!, randomBytes(36).toString('base64url')]
    const before = await start({})
    const old = await signIn(before)
    // Every copy first learns the new secret as one that may also sign, so that a person may meet either copy.
    const between = await start({ JWT_SECRET: first, JWT_SECRET_PREVIOUS: second })
    const after = await start({ JWT_SECRET: second, JWT_SECRET_PREVIOUS: first })
    const fresh = await signIn(after)
    expect(await whoAsks(after, old)).toBe(200)
    expect(await whoAsks(between, fresh)).toBe(200)
    expect(await whoAsks(between, old)).toBe(200)

    const done = await start({ JWT_SECRET: second })
    expect(await whoAsks(done, fresh)).toBe(200)
    expect(await whoAsks(done, old)).toBe(401)
    const forged = old.replace(/[^.]+$/, encodeURIComponent(`${'A'.repeat(43)}=`))
    expect(await whoAsks(after, forged)).toBe(401)
  })
})

describe('settings that are wrong', () => {
  it.each(['api/main.ts', 'activities/worker.ts'])('%s names all of them at once, and never a value', async (entry) => {
    const bad = { DATABASE_URL: 'mysql://root:hunter2-hunter2@db/x', S3_ENDPOINT: 'not an address', LOG_LEVEL: 'loud-secret' }
    const { code, said } = await program([entry], bad)
    expect(code).not.toBe(0)
    for (const name of [
      'DATABASE_URL',
      'REDIS_URL: missing',
      'S3_ENDPOINT',
      'S3_ACCESS_KEY: missing',
      'S3_SECRET_KEY: missing',
      'LOG_LEVEL',
    ])
      expect(said).toContain(name)
    for (const value of ['hunter2', 'not an address', 'loud-secret']) expect(said).not.toContain(value)
  })

  it('come through a secret store that runs the program, as Doppler and Infisical do', async () => {
    const store = [
      '-e',
      `process.env.LOG_LEVEL = 'silent-as-a-fish'; process.argv.splice(1, 1); require('node:child_process').spawnSync(process.argv[1], process.argv.slice(2), { stdio: 'inherit' })`,
    ]
    const { said } = await program(
      [...store, 'run', '--', process.execPath, 'api/main.ts'].filter((word) => word !== '--'),
      {},
    )
    expect(said).toContain('LOG_LEVEL')
    expect(said).not.toContain('LOG_LEVEL: missing')
  })
})

describe('pages on a host of their own', () => {
  it('may call with a session when they are named, and no others', async () => {
    const api = await start({ CORS_ORIGINS: 'https://aimake.cc,https://www.aimake.cc' })
    const ask = (origin: string, method = 'OPTIONS') =>
      fetch(`${api}/api/episodes`, {
        method,
        headers: { origin, ...(method === 'OPTIONS' && { 'access-control-request-method': 'PATCH' }) },
      })
    const { status, headers } = await ask('https://aimake.cc')
    expect(status).toBe(204)
    expect(headers.get('access-control-allow-origin')).toBe('https://aimake.cc')
    expect(headers.get('access-control-allow-credentials')).toBe('true')
    expect(headers.get('access-control-allow-methods')).toContain('PATCH')
    expect((await ask('https://aimake.cc', 'GET')).headers.get('access-control-allow-origin')).toBe('https://aimake.cc')
    for (const stranger of ['https://aimake.cc.evil.example', 'null', 'http://aimake.cc'])
      expect((await ask(stranger)).headers.get('access-control-allow-origin')).toBeNull()
  })
})
