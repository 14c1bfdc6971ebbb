import { beforeAll, expect, it } from 'vitest'
import type { components } from '../../api/openapi.d.ts'
import { Person, readRun } from '../setup/person.ts'
import type { Problem } from '../setup/person.ts'
import { rows } from '../setup/store.ts'
import { script } from '../setup/texts.ts'

type Schemas = components['schemas']
interface List<T> {
  data: T[]
  total: number
}

const run = readRun()
let admin: Person
let me: { id: string; email: string }

beforeAll(async () => {
  admin = await Person.admin(run)
  me = await admin.who()
})

/** The records of acts on a thing, the newest first. */
async function recordsOf(subject: string): Promise<Schemas['AuditEntry'][]> {
  const filter = encodeURIComponent(JSON.stringify({ subject }))
  return (await admin.ok<List<Schemas['AuditEntry']>>('GET', `/api/admin/audit-log?filter=${filter}`)).data
}

async function recordOf(subject: string): Promise<Schemas['AuditEntry']> {
  const [newest] = await recordsOf(subject)
  expect(newest, subject).toBeDefined()
  expect(newest).toMatchObject({ actorId: me.id, actorEmail: me.email })
  return newest!
}

async function refusal(method: string, path: string, body?: unknown): Promise<Problem> {
  const answer = await admin.ask(method, path, body)
  expect(answer.ok, `${method} ${path} was not refused`).toBe(false)
  return (await answer.json()) as Problem
}

it('suspends a user: signed out at once, kept out, and let in again', async () => {
  const person = await Person.signUp(run)
  const { id, email } = await person.who()
  await admin.ok('PATCH', `/api/admin/users/${id}`, { banned: true, banReason: 'spam' }, { 'x-request-id': 'suspend-1234' })
  expect((await person.ask('GET', '/api/episodes')).status).toBe(401)
  const again = () => new Person(run).ask('POST', '/api/auth/sign-in/email', { email, password: 'a long password' })
  expect((await again()).status).toBe(403)
  expect(await recordOf(`user:${id}`)).toMatchObject({
    action: 'user.change',
    requestId: 'suspend-1234',
    before: { banned: false, banReason: null },
    after: { banned: true, banReason: 'spam' },
  })
  await admin.ok('PATCH', `/api/admin/users/${id}`, { banned: false })
  expect((await again()).status).toBe(200)
})

it('ends one session, then all of them', async () => {
  const person = await Person.signUp(run)
  const { id, email } = await person.who()
  const elsewhere = new Person(run)
  await elsewhere.ok('POST', '/api/auth/sign-in/email', { email, password: 'a long password' })
  const list = () => admin.ok<List<Schemas['Session']>>('GET', `/api/admin/users/${id}/sessions`)
  const { data, total } = await list()
  expect(total).toBe(2)
  expect(JSON.stringify(data), 'no token leaves the house').not.toContain('token')
  await admin.ok('DELETE', `/api/admin/users/${id}/sessions/${data[0]!.id}`)
  const alive = await Promise.all([person, elsewhere].map(async (one) => (await one.ask('GET', '/api/episodes')).status))
  expect(alive.toSorted((a, b) => a - b)).toEqual([200, 401])
  await admin.ok('DELETE', `/api/admin/users/${id}/sessions`)
  expect((await list()).total).toBe(0)
  expect(await recordOf(`user:${id}`)).toMatchObject({ action: 'user.sign-out', before: { sessions: 1 }, after: { sessions: 0 } })
  expect((await refusal('DELETE', `/api/admin/users/${id}/sessions/${data[0]!.id}`)).code).toBe('not-found')
})

it('shows the keys of a user without what they open with, and revokes one at once', async () => {
  const person = await Person.signUp(run)
  const { id } = await person.who()
  const made = await person.ok<Schemas['MadeApiKey']>('POST', '/api/keys', { name: 'a robot', scopes: ['read'] })
  const byKey = () =>
    fetch(new URL('/api/episodes', run.api), { headers: { 'x-api-key': made.key } }).then(({ status }) => status)
  expect(await byKey()).toBe(200)
  const { data } = await admin.ok<List<Schemas['ApiKey']>>('GET', `/api/admin/users/${id}/keys`)
  expect(data).toMatchObject([{ id: made.id, name: 'a robot', scopes: ['read'] }])
  expect(JSON.stringify(data)).not.toContain(made.key)
  await admin.ok('DELETE', `/api/admin/users/${id}/keys/${made.id}`)
  expect(await byKey()).toBe(401)
  expect(await recordOf(`user:${id}`)).toMatchObject({ action: 'user.revoke-key', before: { name: 'a robot' }, after: null })
  expect((await refusal('DELETE', `/api/admin/users/${id}/keys/${made.id}`)).code).toBe('not-found')
  expect((await refusal('DELETE', `/api/admin/users/${me.id}/keys/${made.id}`)).code).toBe('not-found')
})

it('keeps the last administrator, also when two take the role from each other at once', async () => {
  // Administrators that other tests have left.
  await rows(run, `UPDATE users SET role = 'user' WHERE role = 'admin' AND id <> $1`, [me.id])
  expect((await refusal('PATCH', `/api/admin/users/${me.id}`, { role: 'support' })).detail).toContain('last administrator')
  expect((await refusal('PATCH', `/api/admin/users/${me.id}`, { banned: true })).code).toBe('wrong-state')
  const other = await Person.signUp(run)
  const { id } = await other.who()
  await admin.ok('PATCH', `/api/admin/users/${id}`, { role: 'admin' })
  const ends = await Promise.all([
    admin.ask('PATCH', `/api/admin/users/${id}`, { role: 'user' }),
    other.ask('PATCH', `/api/admin/users/${me.id}`, { role: 'user' }),
  ])
  const [count] = await rows<{ admins: number }>(run, `SELECT count(*)::int AS admins FROM users WHERE role = 'admin'`)
  // Whoever came second is no administrator any more, or is told that they would be the last.
  await rows(run, `UPDATE users SET role = CASE WHEN id = $1 THEN 'admin' ELSE 'user' END WHERE id IN ($1, $2)`, [me.id, id])
  expect(ends.filter(({ ok }) => ok).length).toBe(1)
  expect(count!.admins).toBe(1)
})

it('leaves the account of the house alone', async () => {
  expect((await refusal('PATCH', '/api/admin/users/house', { role: 'admin' })).code).toBe('wrong-state')
  expect((await refusal('PATCH', '/api/admin/users/nobody', { role: 'admin' })).code).toBe('not-found')
  expect((await refusal('PATCH', '/api/admin/users/house', { role: 'owner' })).code).toBe('invalid-request')
  expect((await refusal('PATCH', '/api/admin/users/house', {})).code).toBe('invalid-request')
})

it('adds a price that holds from now on, and never changes the past', async () => {
  const price = { provider: 'openai', model: 'tts-1', unit: 'character', microUsd: 16_000_000, perUnits: 1_000_000 }
  const listed = async () =>
    (
      await admin.ok<List<Schemas['Price']>>(
        'GET',
        `/api/admin/prices?perPage=200&filter=${encodeURIComponent('{"model":"tts-1"}')}`,
      )
    ).data
  const before = await listed()
  const later = new Date(Date.now() + 86_400_000).toISOString()
  const added = await admin.ok<Schemas['Price']>('POST', '/api/admin/prices', price)
  const coming = await admin.ok<Schemas['Price']>('POST', '/api/admin/prices', { ...price, microUsd: 1, effectiveFrom: later })
  expect((await listed()).map(({ holds }) => holds)).toEqual(['later', 'now', ...before.map(() => 'before')])
  expect(await recordOf('price:openai tts-1 character')).toMatchObject({
    action: 'price.add',
    before: { microUsd: 16_000_000 },
    after: { microUsd: 1 },
  })
  expect((await refusal('POST', '/api/admin/prices', { ...price, effectiveFrom: '2026-01-02T00:00:00Z' })).code).toBe(
    'invalid-request',
  )
  expect((await refusal('POST', '/api/admin/prices', { ...price, effectiveFrom: later })).code).toBe('wrong-state')
  expect((await refusal('POST', '/api/admin/prices', { ...price, model: 'tts-99' })).detail).toContain('nobody here knows')
  expect((await refusal('POST', '/api/admin/prices', { ...price, microUsd: 0 })).detail).toContain('held by no cap')
  expect((await refusal('DELETE', `/api/admin/prices/${added.id}`)).code).toBe('wrong-state')
  await admin.ok('DELETE', `/api/admin/prices/${coming.id}`)
  // Not even by hand: the database itself keeps what has held.
  await expect(rows(run, 'UPDATE prices SET micro_usd = 0 WHERE id = $1', [added.id])).rejects.toThrow('never changed')
  await expect(rows(run, 'DELETE FROM prices WHERE id = $1', [before[0]!.id])).rejects.toThrow('never changed')
  expect((await listed()).length).toBe(before.length + 1)
})

it('tells all users something until it is over or taken down', async () => {
  const shown = async () => (await new Person(run).ok<{ items: Schemas['PublicNotice'][] }>('GET', '/api/notices')).items
  const end = new Date(Date.now() + 2_000).toISOString()
  const short = await admin.ok<Schemas['Notice']>('POST', '/api/admin/notices', { zh: '马上结束', en: 'Over soon', endsAt: end })
  const { id } = await admin.ok<Schemas['Notice']>('POST', '/api/admin/notices', { zh: '今晚维护', en: 'Maintenance tonight' })
  expect((await shown()).map((one) => one.id)).toEqual(expect.arrayContaining([id, short.id]))
  expect(Object.keys((await shown())[0]!).toSorted(), 'not who wrote it').toEqual(['en', 'id', 'zh'])
  await admin.ok('DELETE', `/api/admin/notices/${id}`)
  await expect.poll(async () => (await shown()).filter((one) => [id, short.id].includes(one.id)), { timeout: 10_000 }).toEqual([])
  expect(await recordOf(`notice:${id}`)).toMatchObject({ action: 'notice.take-down', before: { endsAt: null } })
  expect((await refusal('DELETE', `/api/admin/notices/${id}`)).code).toBe('not-found')
  expect((await refusal('POST', '/api/admin/notices', { zh: '', en: 'x' })).code).toBe('invalid-request')
  expect((await refusal('POST', '/api/admin/notices', { zh: 'x', en: 'x', endsAt: '2020-01-01T00:00:00Z' })).code).toBe(
    'invalid-request',
  )
})

it('pauses a schedule, resumes it, and runs it now', async () => {
  const of = async () => {
    const { data } = await admin.ok<List<Schemas['Schedule']>>('GET', '/api/admin/schedules')
    return data.find(({ id }) => id === 'reconcile-nightly')!
  }
  const deed = (name: string) => admin.ok<Schemas['Schedule']>('POST', `/api/admin/schedules/reconcile-nightly/${name}`)
  expect(await deed('pause')).toMatchObject({ paused: true, nextAt: [] })
  expect(await recordOf('schedule:reconcile-nightly')).toMatchObject({ before: { paused: false }, after: { paused: true } })
  expect((await deed('resume')).nextAt.length).toBeGreaterThan(0)
  const { runs } = await of()
  await deed('run-now')
  await expect.poll(async () => (await of()).runs, { timeout: 20_000 }).toBe(runs + 1)
  const last = (await of()).last!
  expect((await fetch(last.workflowUrl!)).status).toBe(200)
  // What it began is a look at the store like every other one.
  await expect
    .poll(async () => (await admin.ok<List<Schemas['ReconcileRun']>>('GET', '/api/admin/reconcile')).data[0]?.endedAt, {
      timeout: 60_000,
    })
    .toBeTruthy()
  expect((await refusal('POST', '/api/admin/schedules/nothing/pause')).code).toBe('not-found')
})

it('makes again what was stopped: what is voiced stays, the rest is made, and it happens once', async () => {
  const person = await Person.signUp(run)
  const { id } = await person.order({
    kind: 'podcast',
    notice: false,
    sources: [{ type: 'script', text: script(24, `重做${Date.now()}`) }],
  })
  await person.until(id, ({ progress }) => progress.linesDone >= 2)
  await person.ok('POST', `/api/episodes/${id}/cancel`)
  await person.until(id, ({ status }) => status === 'cancelled')
  const plan = await admin.ok<Schemas['Retry']>('GET', `/api/admin/episodes/${id}/retry`)
  expect(plan).toMatchObject({ exact: true, maxMicroUsd: 0 })
  expect(plan.linesKept).toBeGreaterThanOrEqual(2)
  const ends = await Promise.all([1, 2].map(() => admin.ask('POST', `/api/admin/episodes/${id}/retry`)))
  expect(ends.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([202, 409])
  await person.ready(id)
  const { versions } = await admin.ok<Schemas['Receipt']>('GET', `/api/admin/episodes/${id}/receipt`)
  expect(versions).toHaveLength(2)
  expect(versions[1]).toMatchObject({ number: 2, lines: 24 })
  expect(versions[1]!.reused.length).toBe(plan.linesKept)
  expect(await recordOf(`episode:${id}`)).toMatchObject({
    action: 'episode.retry',
    before: { status: 'cancelled', version: 1 },
    after: { version: 2 },
  })
  expect((await refusal('POST', `/api/admin/episodes/${id}/retry`)).code).toBe('wrong-state')
  const { items } = await person.ok<{ items: { number: number; reason: string }[] }>('GET', `/api/episodes/${id}/versions`)
  expect(items.find(({ number }) => number === 2)?.reason).toBe('retry')
})

it('makes again what was stopped before its script was there', async () => {
  const person = await Person.signUp(run)
  const text = Array.from({ length: 400 }, (_, index) => `第 ${index} 段，${Date.now()}，说的是城里的灯和天上的星星。`).join(
    '\n\n',
  )
  const { id } = await person.order({ kind: 'narration', notice: false, sources: [{ type: 'text', text }] })
  await person.ok('POST', `/api/episodes/${id}/cancel`)
  await person.until(id, ({ status }) => status === 'cancelled')
  await admin.ok('POST', `/api/admin/episodes/${id}/retry`)
  await person.until(id, ({ status, progress }) => status === 'voicing' && progress.linesDone > 0)
  await Promise.all([1, 2].map(() => admin.ok('POST', `/api/admin/episodes/${id}/cancel`)))
  await person.until(id, ({ status }) => status === 'cancelled')
  // Who came second stopped nothing, and there is no record of it.
  const records = await recordsOf(`episode:${id}`)
  expect(records.map(({ action, after }) => [action, after?.['status']])).toEqual([
    ['episode.cancel', 'cancelling'],
    ['episode.retry', 'queued'],
  ])
})

it('hands out the calls as a table: all that match, nothing that a spreadsheet would run', async () => {
  const { id } = await Person.signUp(run).then((person) => person.who())
  await rows(
    run,
    `INSERT INTO usage_logs (id, user_id, step, provider, model, content_key, attempt, status, unit, price_micro_usd, price_per_units, outcome, started_at, ended_at)
     SELECT gen_random_uuid(), $1, 'speech', 'local', 'espeak-ng', 'csv-' || n, 'x:1', 'failed', 'character', 0, 1, '=HYPERLINK("http://evil"),' || n,
       now() - make_interval(secs => n), now() FROM generate_series(1, 2500) n`,
    [id],
  )
  const filter = encodeURIComponent(JSON.stringify({ userId: id }))
  const answer = await admin.ask('GET', `/api/admin/usage-logs.csv?filter=${filter}`)
  expect(answer.headers.get('content-type')).toBe('text/csv; charset=utf-8')
  expect(answer.headers.get('content-disposition')).toContain('attachment')
  const lines = (await answer.text()).trimEnd().split('\r\n')
  expect(lines[0]).toContain('startedAt,userEmail')
  expect(lines).toHaveLength(2501)
  expect(new Set(lines).size).toBe(2501)
  expect(lines[1]).toContain(`"'=HYPERLINK(""http://evil""),1"`)
  const none = encodeURIComponent(JSON.stringify({ userId: id, to: '2020-01-01' }))
  expect(
    (await (await admin.ask('GET', `/api/admin/usage-logs.csv?filter=${none}`)).text()).trimEnd().split('\r\n'),
  ).toHaveLength(1)
  expect((await refusal('GET', '/api/admin/usage-logs.csv?filter=nonsense')).code).toBe('invalid-request')
  await rows(run, `DELETE FROM usage_logs WHERE content_key LIKE 'csv-%'`)
})

it('writes every act down with how it was before and after, and lets nobody touch the record', async () => {
  const limit = (monthlyLimitMicroUsd: number | null) => admin.ok('PATCH', `/api/admin/users/${me.id}`, { monthlyLimitMicroUsd })
  await limit(7_000_000)
  expect(await recordOf(`user:${me.id}`)).toMatchObject({
    before: { monthlyLimitMicroUsd: null },
    after: { monthlyLimitMicroUsd: 7_000_000 },
  })
  await limit(null)
  const settings = await admin.ok<Schemas['Settings']>('GET', '/api/admin/settings')
  await admin.ok('PATCH', '/api/admin/settings', { dailyCapMicroUsd: 123_000_000 })
  await admin.ok('PATCH', '/api/admin/settings', { dailyCapMicroUsd: settings.dailyCapMicroUsd })
  expect(await recordOf('settings:house')).toMatchObject({
    before: { dailyCapMicroUsd: 123_000_000 },
    after: { dailyCapMicroUsd: settings.dailyCapMicroUsd },
  })
  const provider = await admin.ok<Schemas['Provider']>('PATCH', '/api/admin/providers/openai', { concurrency: 3 })
  await admin.ok('PATCH', '/api/admin/providers/openai', { concurrency: 10 })
  expect(provider.concurrency).toBe(3)
  expect(await recordOf('provider:openai')).toMatchObject({ before: { concurrency: 3 }, after: { concurrency: 10 } })
  const [role] = await rows<{ may: boolean }>(
    run,
    `SELECT bool_or(has_table_privilege(role, 'audit_log', 'UPDATE') OR has_table_privilege(role, 'audit_log', 'DELETE')) AS may
       FROM unnest(ARRAY['aimake_app', 'aimake_house']) AS role`,
  )
  expect(role!.may).toBe(false)
})

it('says in words that a provider without a key cannot be tested, and calls nobody', async () => {
  const before = await rows(run, `SELECT id FROM usage_logs WHERE step = 'test'`)
  expect((await refusal('POST', '/api/admin/providers/openai/test-call')).detail).toContain('Nothing was charged')
  expect((await refusal('POST', '/api/admin/providers/nobody/test-call')).code).toBe('not-found')
  expect(await rows(run, `SELECT id FROM usage_logs WHERE step = 'test'`)).toEqual(before)
})
