import { afterAll, describe, expect, it } from 'vitest'
import { hashPassword as scrypt } from 'better-auth/crypto'
import { problemSchema, problemStatus } from '../../api/http/problem.ts'
import { ownApi } from '../deployment/own-api.ts'
import type { OwnApi } from '../deployment/own-api.ts'
import { codeOf } from '../setup/authenticator.ts'
import { mailTo, mailsTo, tokenIn } from '../setup/mail.ts'
import { moneyFaults } from '../setup/money.ts'
import { Person, readRun } from '../setup/person.ts'
import type { Problem } from '../setup/person.ts'
import { bucketOf, rows } from '../setup/store.ts'

const run = readRun()
const password = 'a long password'
const apis: OwnApi[] = []
afterAll(() => Promise.all(apis.map((api) => api.stop())))

async function open(changed: Record<string, string>): Promise<string> {
  const api = await ownApi(run, changed)
  apis.push(api)
  return api.url
}

const address = () => `${crypto.randomUUID()}@example.com`

async function signUp(language: 'zh' | 'en' = 'zh'): Promise<{ person: Person; email: string }> {
  const [person, email] = [new Person(run), address()]
  await person.ok('POST', '/api/auth/sign-up/email', { name: 'Somebody', email, password, language })
  return { person, email }
}

const signIn = (email: string, word = password, api = run.api) =>
  new Person({ ...run, api }).ask('POST', '/api/auth/sign-in/email', { email, password: word })

const userId = async (person: Person) => (await person.who()).id
const problemOf = async (answer: Response) => [answer.status, ((await answer.json()) as Problem).code]
const gone = async (person: Person) => (await person.ask('GET', '/api/account')).status

describe('an address', () => {
  it('is confirmed by the link of a mail in its owner’s language', async () => {
    const { person, email } = await signUp('en')
    const mail = await mailTo(run, email)
    expect(mail.subject).toBe('Confirm your address')
    expect(await person.ok('GET', '/api/account')).toMatchObject({ emailVerified: false, language: 'en' })
    await person.ok('GET', `/api/auth/verify-email?token=${encodeURIComponent(tokenIn(mail))}`)
    expect(await person.ok('GET', '/api/account')).toMatchObject({ emailVerified: true })
    const other = await signUp()
    expect((await mailTo(run, other.email)).subject).toBe('请确认你的邮箱')
    // Not the last character: it has bits that say nothing.
    const forged = tokenIn(mail).replace(/.(?=.{9}$)/, (one) => (one === 'A' ? 'B' : 'A'))
    expect((await other.person.ask('GET', `/api/auth/verify-email?token=${forged}`)).status).toBeGreaterThanOrEqual(400)
    expect(await other.person.ok('GET', '/api/account')).toMatchObject({ emailVerified: false })
  })

  it('is mailed once, and what the mail said is forgotten', async () => {
    const { person, email } = await signUp()
    await mailTo(run, email)
    const id = await userId(person)
    await expect
      .poll(() => rows(run, 'SELECT status::text, words FROM mails WHERE user_id = $1', [id]))
      .toEqual([{ status: 'done', words: {} }])
    expect(await mailsTo(run, email)).toHaveLength(1)
  })

  it('is changed when both addresses agree', async () => {
    const { person, email } = await signUp()
    await person.ok('GET', `/api/auth/verify-email?token=${encodeURIComponent(tokenIn(await mailTo(run, email)))}`)
    const next = address()
    await person.ok('POST', '/api/auth/change-email', { newEmail: next })
    const asked = await mailTo(run, email, 2)
    expect(asked.text).toContain(next)
    await person.ok('GET', `/api/auth/verify-email?token=${encodeURIComponent(tokenIn(asked))}`)
    expect(await person.ok('GET', '/api/account')).toMatchObject({ email })
    await person.ok('GET', `/api/auth/verify-email?token=${encodeURIComponent(tokenIn(await mailTo(run, next)))}`)
    expect(await person.ok('GET', '/api/account')).toMatchObject({ email: next })
    expect((await signIn(next)).status).toBe(200)
  })

  it('must be confirmed before the first sign-in where that is required, and nobody learns who has an account', async () => {
    const api = await open({ EMAIL_VERIFICATION: 'required' })
    const [visitor, email] = [new Person({ ...run, api }), address()]
    const join = () => visitor.ask('POST', '/api/auth/sign-up/email', { name: 'A', email, password, language: 'en' })
    const first = await join()
    const second = await join()
    const shape = async (answer: Response) => Object.keys(((await answer.json()) as { user: object }).user).sort()
    expect([first.status, second.status]).toEqual([200, 200])
    expect(await shape(second)).toEqual(await shape(first))
    expect((await signIn(email, password, api)).status).toBe(403)
    const told = await mailTo(run, email, 2)
    expect(new Set((await mailsTo(run, email)).map(({ subject }) => subject))).toEqual(
      new Set(['You have an account already', 'Confirm your address']),
    )
    const confirm = (await mailsTo(run, email)).find(({ text }) => text.includes('token='))!
    expect(told).toBeDefined()
    await visitor.ok('GET', `/api/auth/verify-email?token=${encodeURIComponent(tokenIn(confirm))}`)
    expect((await signIn(email, password, api)).status).toBe(200)
  })
})

describe('a password', () => {
  it('is chosen anew by the link of a mail, once, and signs everybody else out', async () => {
    const { person, email } = await signUp()
    await mailTo(run, email)
    const ask = (who: string) => new Person(run).ask('POST', '/api/auth/request-password-reset', { email: who })
    const [known, unknown] = [await ask(email), await ask(address())]
    expect([known.status, await known.text()]).toEqual([unknown.status, await unknown.text()])
    const token = tokenIn(await mailTo(run, email, 2))
    const reset = () => new Person(run).ask('POST', '/api/auth/reset-password', { token, newPassword: 'another password' })
    expect((await reset()).status).toBe(200)
    expect((await reset()).status).toBe(400)
    expect(await gone(person)).toBe(401)
    expect((await signIn(email)).status).toBe(401)
    expect((await signIn(email, 'another password')).status).toBe(200)
  })

  it('is kept as Argon2id; one kept as scrypt still opens, and is kept anew', async () => {
    const { person, email } = await signUp()
    const id = await userId(person)
    const kept = async () =>
      (await rows<{ password: string }>(run, 'SELECT password FROM accounts WHERE user_id = $1', [id]))[0]!.password
    expect(await kept()).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    await rows(run, 'UPDATE accounts SET password = $2 WHERE user_id = $1', [id, await scrypt(password)])
    expect((await signIn(email, 'not the password')).status).toBe(401)
    expect(await kept()).not.toMatch(/^\$argon2id/)
    expect((await signIn(email)).status).toBe(200)
    expect(await kept()).toMatch(/^\$argon2id/)
    expect((await signIn(email)).status).toBe(200)
  })

  it('that is wrong takes as long as an address that nobody has', async () => {
    const { email } = await signUp()
    const time = async (who: string) => {
      const before = performance.now()
      expect((await signIn(who, 'not the password')).status).toBe(401)
      return performance.now() - before
    }
    const [known, unknown]: number[][] = [[], []]
    for (let round = 0; round < 9; round += 1) {
      known!.push(await time(email))
      unknown!.push(await time(address()))
    }
    const median = (times: number[]) => times.sort((a, b) => a - b)[4]!
    process.stdout.write(`sign-in: known ${median(known!).toFixed(0)} ms, unknown ${median(unknown!).toFixed(0)} ms\n`)
    expect(Math.min(...known!, ...unknown!)).toBeGreaterThanOrEqual(245)
    expect(Math.abs(median(known!) - median(unknown!))).toBeLessThan(25)
  })
})

describe('sessions', () => {
  it('are listed and ended, one or all others, without showing a token', async () => {
    const { person, email } = await signUp()
    const places = [new Person(run), new Person(run)] as const
    for (const place of places) await place.ok('POST', '/api/auth/sign-in/email', { email, password })
    type List = { items: { id: string; isThisOne: boolean; ipAddress: string | null }[] }
    const { items } = await person.ok<List>('GET', '/api/account/sessions')
    expect(items).toHaveLength(3)
    expect(items.filter(({ isThisOne }) => isThisOne)).toHaveLength(1)
    expect(JSON.stringify(items)).not.toContain('token')
    const mine = (await places[0].ok<List>('GET', '/api/account/sessions')).items.find(({ isThisOne }) => isThisOne)!
    expect((await person.ask('DELETE', `/api/account/sessions/${mine.id}`)).status).toBe(204)
    expect([await gone(places[0]), await gone(places[1])]).toEqual([401, 200])
    expect((await person.ask('DELETE', '/api/account/sessions')).status).toBe(204)
    expect([await gone(places[1]), await gone(person)]).toEqual([401, 200])
    const { person: stranger } = await signUp()
    expect((await stranger.ask('DELETE', `/api/account/sessions/${items.find(({ isThisOne }) => isThisOne)!.id}`)).status).toBe(
      404,
    )
  })
})

const secretIn = (uri: string) => new URL(uri).searchParams.get('secret')!

describe('a second factor', () => {
  it('is asked for once it is on, and a backup code opens once', async () => {
    const { person, email } = await signUp()
    const made = await person.ok<{ totpURI: string; backupCodes: string[] }>('POST', '/api/auth/two-factor/enable', { password })
    await person.ok('POST', '/api/auth/two-factor/verify-totp', { code: codeOf(secretIn(made.totpURI)) })
    expect(await person.ok('GET', '/api/account')).toMatchObject({ twoFactor: true })

    const half = new Person(run)
    expect(await half.ok('POST', '/api/auth/sign-in/email', { email, password })).toMatchObject({ twoFactorRedirect: true })
    expect(await gone(half)).toBe(401)
    const wrong = String((Number(codeOf(secretIn(made.totpURI))) + 1) % 1_000_000).padStart(6, '0')
    expect((await half.ask('POST', '/api/auth/two-factor/verify-totp', { code: wrong })).status).toBe(401)
    await half.ok('POST', '/api/auth/two-factor/verify-totp', { code: codeOf(secretIn(made.totpURI)) })
    expect(await gone(half)).toBe(200)

    const byCode = async () => {
      const lost = new Person(run)
      await lost.ok('POST', '/api/auth/sign-in/email', { email, password })
      return (await lost.ask('POST', '/api/auth/two-factor/verify-backup-code', { code: made.backupCodes[0] })).status
    }
    expect([await byCode(), await byCode()]).toEqual([200, 401])
    await person.ok('POST', '/api/auth/sign-in/email', { email, password })
  })
})

it('a second factor outlives the secret it was made with', async () => {
  const { person, email } = await signUp()
  const { totpURI } = await person.ok<{ totpURI: string }>('POST', '/api/auth/two-factor/enable', { password })
  await person.ok('POST', '/api/auth/two-factor/verify-totp', { code: codeOf(secretIn(totpURI)) })
  const next = 'a secret of the next year, forty letters long'
  const opens = async (changed: Record<string, string>) => {
    const there = new Person({ ...run, api: await open(changed) })
    await there.ok('POST', '/api/auth/sign-in/email', { email, password })
    return (await there.ask('POST', '/api/auth/two-factor/verify-totp', { code: codeOf(secretIn(totpURI)) })).status
  }
  expect(await opens({ JWT_SECRET: next, JWT_SECRET_PREVIOUS: run.settings.JWT_SECRET! })).toBe(200)
  expect(await opens({ JWT_SECRET: next })).toBe(200)
  // Back again, so that the product's own door reads what everybody else has.
  expect(await opens({ JWT_SECRET: run.settings.JWT_SECRET!, JWT_SECRET_PREVIOUS: next })).toBe(200)
})

interface Made {
  id: string
  key: string
}

describe('API keys', () => {
  const makeKey = (person: Person, more: object = {}) =>
    person.ok<Made>('POST', '/api/keys', { name: 'a program', scopes: ['read'], ...more })
  const withKey = (key: string, method: string, path: string, body?: unknown) =>
    new Person(run).ask(method, path, body, { 'x-api-key': key })
  const order = { kind: 'narration', notice: false, sources: [{ type: 'text', text: 'Hello from a program.' }] }

  it('open what their scopes say and nothing else', async () => {
    const { person } = await signUp()
    const [read, create] = [await makeKey(person), await makeKey(person, { scopes: ['create'] })]
    expect((await withKey(read.key, 'GET', '/api/episodes')).status).toBe(200)
    expect(await problemOf(await withKey(read.key, 'POST', '/api/episodes', order))).toEqual([403, 'missing-scope'])
    expect(await problemOf(await withKey(create.key, 'GET', '/api/episodes'))).toEqual([403, 'missing-scope'])
    const made = await withKey(create.key, 'POST', '/api/episodes', order)
    expect(made.status).toBe(202)
    const { id } = (await made.json()) as { id: string }
    expect(await problemOf(await withKey(read.key, 'DELETE', `/api/episodes/${id}`))).toEqual([403, 'missing-scope'])
    const everything = await makeKey(person, { scopes: ['read', 'write', 'create'] })
    for (const [method, path] of [
      ['GET', '/api/keys'],
      ['GET', '/api/account'],
      ['GET', '/api/account/export'],
    ] as const)
      expect(await problemOf(await withKey(everything.key, method, path))).toEqual([403, 'missing-scope'])
    expect(await problemOf(await withKey(everything.key, 'GET', '/api/admin/users'))).toEqual([403, 'forbidden'])
    expect(await problemOf(await person.ask('POST', '/api/keys', { name: 'x', scopes: ['admin'] }))).toEqual([403, 'forbidden'])
    const shown = await person.ok('GET', '/api/keys')
    expect(JSON.stringify(shown)).not.toContain(read.key)
    const stored = await rows(run, 'SELECT * FROM api_keys WHERE id = $1', [read.id])
    expect(JSON.stringify(stored)).not.toContain(read.key)
  })

  it('have a limit of their own', async () => {
    const { person } = await signUp()
    const { key } = await makeKey(person, { requestsPerMinute: 3 })
    const answers = await Promise.all(Array.from({ length: 10 }, () => withKey(key, 'GET', '/api/episodes')))
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(3)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(7)
  })

  it('end with their time, their revocation, their owner’s suspension; power goes with the role', async () => {
    const { person } = await signUp()
    const admin = await Person.admin(run)
    const id = await userId(person)
    const [short, revoked, kept] = [await makeKey(person, { expiresInDays: 1 }), await makeKey(person), await makeKey(person)]
    await rows(run, `UPDATE api_keys SET expires_at = now() - interval '1 second' WHERE id = $1`, [short.id])
    expect(await problemOf(await withKey(short.key, 'GET', '/api/episodes'))).toEqual([401, 'wrong-credentials'])
    expect((await withKey(revoked.key, 'GET', '/api/episodes')).status).toBe(200)
    expect((await person.ask('DELETE', `/api/keys/${revoked.id}`)).status).toBe(204)
    expect((await withKey(revoked.key, 'GET', '/api/episodes')).status).toBe(401)
    await expect
      .poll(() => rows(run, `SELECT 1 FROM tombstones WHERE kind = 'key' AND subject_id = $1`, [revoked.id]), { timeout: 20_000 })
      .toHaveLength(1)

    await admin.ok('PATCH', `/api/admin/users/${id}`, { role: 'admin' })
    const { key } = await makeKey(person, { scopes: ['admin'] })
    expect((await withKey(key, 'GET', '/api/admin/users')).status).toBe(200)
    await admin.ok('PATCH', `/api/admin/users/${id}`, { role: 'user' })
    expect((await withKey(key, 'GET', '/api/admin/users')).status).toBe(403)
    expect((await person.ask('GET', '/api/admin/users')).status).toBe(403)
    await admin.ok('PATCH', `/api/admin/users/${id}`, { banned: true })
    expect([(await withKey(kept.key, 'GET', '/api/episodes')).status, await gone(person)]).toEqual([401, 401])
  })

  it.each(['', 'aim_', 'aim_' + 'A'.repeat(43), "' OR 1=1 --", 'a'.repeat(8000), 'Bearer x'])(
    '%.50s opens nothing',
    async (key) => {
      expect((await withKey(key, 'GET', '/api/episodes')).status).toBe(401)
    },
  )
})

describe('somebody’s data', () => {
  it('is given to them whole, without what would let somebody in', async () => {
    const { person } = await signUp()
    await person.ok('POST', '/api/keys', { name: 'a program', scopes: ['read'] })
    const { id } = await person.order({
      kind: 'narration',
      notice: false,
      sources: [{ type: 'text', text: 'What I gave stays mine.' }],
    })
    await person.ready(id)
    const show = await person.ok<{ id: string }>('POST', '/api/shows', { title: 'What I make', language: 'en' })
    await person.ok('POST', `/api/shows/${show.id}/feeds`, { kind: 'private', label: 'mine' })
    const answer = await person.ask('GET', '/api/account/export')
    expect(answer.headers.get('content-disposition')).toContain('attachment')
    const text = await answer.text()
    const all = JSON.parse(text) as Record<string, { id: string; versions: { lines: object[]; audioUrl: string }[] }[]>
    expect(all.episodes!.map((episode) => episode.id)).toEqual([id])
    expect(all.episodes![0]!.versions[0]!.lines.length).toBeGreaterThan(0)
    expect((await fetch(all.episodes![0]!.versions[0]!.audioUrl)).status).toBe(200)
    expect(text).toContain('What I gave stays mine.')
    for (const name of ['sessions', 'apiKeys', 'sources', 'shows', 'usage']) expect(all[name]!.length, name).toBeGreaterThan(0)
    expect(text).not.toMatch(/"(token|hash|password|secret|backupCodes)":/)
  })

  it('is erased for good: rows, objects and keys; what was spent stays as nobody’s', async () => {
    const { person, email } = await signUp()
    const id = await userId(person)
    const { key } = await person.ok<Made>('POST', '/api/keys', { name: 'a program', scopes: ['read'] })
    const text = `Nobody else has ever said ${crypto.randomUUID()}.`
    const { id: ready } = await person.order({ kind: 'narration', notice: false, sources: [{ type: 'text', text }] })
    await person.ready(ready)
    await person.order({
      kind: 'narration',
      notice: false,
      sources: [{ type: 'text', text: `${text} And then some more, to be stopped.` }],
    })
    const keys = (
      await rows<{ key: string }>(
        run,
        'SELECT mp3_key AS key FROM segments WHERE user_id = $1 UNION SELECT text_key FROM sources WHERE user_id = $1 AND text_key IS NOT NULL',
        [id],
      )
    ).map((row) => row.key)
    expect(keys.length).toBeGreaterThan(1)
    const file = { name: 'never read.txt', bytes: 4 }
    const place = await person.ok<{ uploadId: string; url: string; headers: Record<string, string> }>(
      'POST',
      '/api/uploads',
      file,
    )
    expect((await fetch(place.url, { method: 'PUT', headers: place.headers, body: 'Mine' })).status).toBe(200)
    keys.push(`uploads/${id}/${place.uploadId}`)
    await person.ok('POST', '/api/shows', { title: 'Mine', language: 'en' })
    const calls = (await rows(run, 'SELECT id FROM usage_logs WHERE user_id = $1', [id])).length
    expect(calls).toBeGreaterThan(0)

    expect(await problemOf(await person.ask('DELETE', '/api/account', { email, password: 'not the password' }))).toEqual([
      401,
      'wrong-credentials',
    ])
    expect((await person.ask('DELETE', '/api/account', { email, password })).status).toBe(202)
    expect(await gone(person)).toBe(401)
    expect((await new Person(run).ask('GET', '/api/episodes', undefined, { 'x-api-key': key })).status).toBe(401)
    await expect.poll(() => rows(run, 'SELECT id FROM users WHERE id = $1', [id]), { timeout: 60_000 }).toEqual([])
    for (const table of [
      'episodes',
      'sources',
      'uploads',
      'shows',
      'segments',
      'usage_logs',
      'sessions',
      'accounts',
      'api_keys',
      'mails',
      'reservations',
    ])
      expect(await rows(run, `SELECT 1 FROM ${table} WHERE user_id = $1`, [id]), table).toEqual([])
    expect(await rows(run, 'SELECT 1 FROM spending_accounts WHERE account LIKE $1', [`user:${id}:%`])).toEqual([])
    expect(await rows(run, `SELECT 1 FROM tombstones WHERE kind = 'user' AND subject_id = $1`, [id])).toHaveLength(1)
    expect((await signIn(email)).status).toBe(401)
    const bucket = bucketOf(run)
    for (const one of keys) expect(await bucket.size(one), one).toBeUndefined()
    bucket.close()
    expect(await moneyFaults((sql) => rows(run, sql))).toEqual([])
  })
})

describe('the demo account', () => {
  it('cannot be changed by who is in it', async () => {
    const demo = await Person.demo(run)
    const refused: [string, string, unknown][] = [
      ['PATCH', '/api/account', { name: 'Mine' }],
      ['DELETE', '/api/account', { email: run.demo.email, password: run.demo.password }],
      ['POST', '/api/keys', { name: 'x', scopes: ['read'] }],
      ['POST', '/api/auth/change-password', { currentPassword: run.demo.password, newPassword: 'mine from now on' }],
      ['POST', '/api/auth/change-email', { newEmail: address() }],
      ['POST', '/api/auth/two-factor/enable', { password: run.demo.password }],
      ['POST', '/api/auth/update-user', { name: 'Mine' }],
    ]
    for (const [method, path, body] of refused)
      expect(await problemOf(await demo.ask(method, path, body)), path).toEqual([403, 'forbidden'])
  })

  it.each<Record<string, string>>([{ DEMO_ACCOUNT: 'off' }, { ENVIRONMENT: 'production' }])(
    'is nobody with %o',
    async (changed) => {
      const api = await open(changed)
      const demo = (await Person.demo(run)).at(api)
      expect(await gone(demo)).toBe(401)
      expect((await demo.ask('POST', '/api/demo/sign-in')).status).toBe(404)
      expect(await (await fetch(`${api}/api/config`)).json()).toMatchObject({ demo: false })
    },
  )
})

describe('other ways to sign in', () => {
  it('are offered when their settings are there', async () => {
    const api = await open({ GOOGLE_CLIENT_ID: 'an-id', GOOGLE_CLIENT_SECRET: 'a-secret', GITHUB_CLIENT_ID: 'another-id' })
    expect(await (await fetch(`${api}/api/config`)).json()).toMatchObject({ signInWith: ['google'] })
    const answer = await new Person({ ...run, api }).ok<{ url: string }>('POST', '/api/auth/sign-in/social', {
      provider: 'google',
      callbackURL: '/',
    })
    const url = new URL(answer.url)
    expect(url.hostname).toBe('accounts.google.com')
    expect(url.searchParams.get('client_id')).toBe('an-id')
    expect(url.searchParams.get('redirect_uri')).toBe(`${api}/api/auth/callback/google`)
    expect(url.searchParams.get('code_challenge')).toBeTruthy()
    const back = await fetch(`${api}/api/auth/callback/google?error=access_denied&state=${url.searchParams.get('state')}`, {
      redirect: 'manual',
    })
    const told = new URL(back.headers.get('location')!)
    expect([back.status, told.origin, told.pathname, told.searchParams.has('error')]).toEqual([
      302,
      new URL(api).origin,
      '/',
      true,
    ])
    expect(await (await fetch(`${run.api}/api/config`)).json()).toMatchObject({ signInWith: [] })
  })
})

describe('bad input at the sign-in is a clear answer', () => {
  const email = address()
  it.each<[string, string, unknown, Record<string, string>, number]>([
    ['broken JSON', '/sign-in/email', '{"email":', {}, 400],
    ['a form', '/sign-in/email', 'email=a&password=b', { 'content-type': 'application/x-www-form-urlencoded' }, 415],
    ['no JSON', '/sign-up/email', '<user/>', { 'content-type': 'text/xml' }, 415],
    ['a name with a NUL', '/sign-up/email', { name: 'a\u0000b', email, password }, {}, 400],
    ['a name with a line end', '/sign-up/email', { name: 'a\r\nBcc: all@example.com', email, password }, {}, 400],
    [
      'an address with a header',
      '/sign-up/email',
      { name: 'a', email: 'a@example.com\r\nBcc: b@example.com', password },
      {},
      400,
    ],
    ['a name of 3,000 characters', '/sign-up/email', { name: 'a'.repeat(3000), email, password }, {}, 400],
    ['100 KB', '/sign-up/email', { name: 'a'.repeat(100_000), email, password }, {}, 413],
    ['a language nobody speaks here', '/sign-up/email', { name: 'a', email, password, language: 'xx' }, {}, 400],
    ['a password that is an object', '/sign-in/email', { email, password: { $ne: null } }, {}, 400],
    ['a made-up reset token', '/reset-password', { token: "' OR 1=1 --", newPassword: password }, {}, 400],
    ['a redirect to another house', '/request-password-reset', { email, redirectTo: 'https://evil.example/' }, {}, 403],
    ['somebody who makes themself an administrator', '/sign-up/email', { name: 'a', email, password, role: 'admin' }, {}, 400],
  ])('%s', async (_name, path, body, headers, status) => {
    const answer = await new Person(run).ask('POST', `/api/auth${path}`, body, headers)
    const said = problemSchema.parse(await answer.json())
    expect([answer.status, said.status, problemStatus[said.code]]).toEqual([status, status, status])
    expect(JSON.stringify(said)).not.toMatch(/node_modules|\.ts:|at \w+ \(/)
    expect(await rows(run, 'SELECT 1 FROM users WHERE email = $1', [email])).toEqual([])
  })
})
