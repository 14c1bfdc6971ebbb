import { beforeAll, expect, it } from 'vitest'
import { declaredRoutes } from '../../scripts/openapi.ts'
import { everything, quiet } from '../setup/everything.ts'
import { Person, readRun } from '../setup/person.ts'
import { script } from '../setup/texts.ts'

const run = readRun()
// Straight from the declarations: a route that is added tomorrow is tried too.
const table = declaredRoutes().filter(({ path }) => path.startsWith('/api/admin/'))
const reads = table.filter(({ method }) => method === 'get')
const writes = table.filter(({ method }) => method !== 'get')

let admin: Person
let support: Person
let user: Person

beforeAll(async () => {
  ;[admin, support, user] = await Promise.all([Person.admin(run), Person.signUp(run), Person.signUp(run)])
  await admin.ok('PATCH', `/api/admin/users/${(await support.who()).id}`, { role: 'support' })
  // The newest episode is one that was stopped: the only kind that has an answer to every question.
  const { id } = await user.order({ kind: 'podcast', sources: [{ type: 'script', text: script(24, `停${Date.now()}`) }] })
  await user.until(id, ({ status }) => status === 'voicing')
  await user.ok('POST', `/api/episodes/${id}/cancel`)
  await user.until(id, ({ status }) => status === 'cancelled')
  // Whatever is still being made or kept by earlier tests would look like a change.
  await quiet(run, admin)
})

interface Addressed {
  address: string
  /** The list it comes from has no row: there is nothing to find. */
  isEmpty: boolean
}

/** The route's address with real names in it, from the list of its own resource. */
async function addressOf(path: string): Promise<Addressed> {
  const [list, ...rest] = path.split('/{')
  if (rest.length === 0) return { address: path, isEmpty: false }
  const { data } = await admin.ok<{ data: { id: string }[] }>('GET', list!)
  const id = data[0]?.id ?? '01a00000-0000-7000-8000-000000000000'
  return { address: path.replaceAll(/\{\w+\}/g, encodeURIComponent(id)), isEmpty: data.length === 0 }
}

it('answers support every read', async () => {
  expect(reads.length).toBeGreaterThan(15)
  for (const { path } of reads) {
    const { address, isEmpty } = await addressOf(path)
    const { status } = await support.ask('GET', address)
    expect(isEmpty ? [200, 404] : [200], `GET ${address} answers ${status}`).toContain(status)
  }
})

it('refuses support every write, and changes nothing', async () => {
  expect(writes.length).toBeGreaterThan(15)
  const before = await everything(run, admin)
  for (const { method, path } of writes) {
    const { address } = await addressOf(path)
    for (const body of [{}, sensible]) {
      const answer = await support.ask(method.toUpperCase(), address, body)
      expect(answer.status, `${method} ${address}`).toBe(403)
      expect(await answer.json()).toMatchObject({ code: 'forbidden' })
    }
  }
  expect(await everything(run, admin)).toEqual(before)
})

it('refuses a plain user and a stranger everything', async () => {
  const stranger = new Person(run)
  for (const { method, path } of table) {
    const { address } = await addressOf(path)
    const body = method === 'get' ? undefined : sensible
    expect((await user.ask(method.toUpperCase(), address, body)).status, `${method} ${address}`).toBe(403)
    expect((await stranger.ask(method.toUpperCase(), address, body)).status, `${method} ${address}`).toBe(401)
  }
})

it('has no other way to the same power', async () => {
  const { id } = await support.who()
  const before = await everything(run, admin)
  const ways = [
    ['POST', '/api/auth/admin/set-role', { userId: id, role: 'admin' }],
    ['POST', '/api/auth/admin/impersonate-user', { userId: id }],
    ['GET', '/api/auth/admin/list-users', undefined],
    ['POST', '/api/auth/update-user', { role: 'admin' }],
  ] as const
  for (const person of [support, admin])
    for (const [method, path, body] of ways.slice(0, 3)) expect((await person.ask(method, path, body)).status, path).toBe(404)
  await support.ask(...ways[3])
  expect((await support.who()).role).toBe('support')
  const { users: usersBefore, ...othersBefore } = before
  const { users, ...others } = await everything(run, admin)
  expect(others).toEqual(othersBefore)
  expect(users?.split(' ')[0]).toBe(usersBefore?.split(' ')[0])
})

it('lets support in and out as soon as the role is given and taken', async () => {
  const person = await Person.signUp(run)
  const { id } = await person.who()
  const status = async () => (await person.ask('GET', '/api/admin/dashboard')).status
  expect(await status()).toBe(403)
  await admin.ok('PATCH', `/api/admin/users/${id}`, { role: 'support' })
  expect(await status()).toBe(200)
  await admin.ok('PATCH', `/api/admin/users/${id}`, { role: 'user' })
  expect(await status()).toBe(403)
})

/** What some route or other would take from an administrator. */
const sensible = {
  role: 'admin',
  banned: true,
  enabled: false,
  concurrency: 1,
  spendingStopped: true,
  apply: true,
  budgetMicroUsd: 5_000_000,
  zh: '维护',
  en: 'Maintenance',
  provider: 'openai',
  model: 'tts-1',
  unit: 'character',
  microUsd: 1,
  perUnits: 1,
}
