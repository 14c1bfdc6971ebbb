import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plantEpisodes } from '../../bench/plant-episodes.ts'
import { ownApi } from '../deployment/own-api.ts'
import type { OwnApi } from '../deployment/own-api.ts'
import { Person, readRun } from '../setup/person.ts'
import { rows } from '../setup/store.ts'

const run = readRun()
/** Nothing is kept longer (api/http/kept.ts). */
const LONGEST_MS = 60_000

let apis: [OwnApi, OwnApi]
beforeAll(async () => {
  apis = await Promise.all([ownApi(run, {}), ownApi(run, {})])
})
afterAll(() => Promise.all(apis?.map((api) => api.stop())))

/** Somebody whose finished episode the first copy of the API keeps in mind: what changes behind its back is not seen there. */
async function remembered() {
  const person = await Person.signUp(run)
  const { id: userId } = await person.who()
  const id = await plantEpisodes(run, userId, 1, 3)
  const [here, elsewhere] = apis.map(({ url }) => person.at(url)) as [Person, Person]
  const title = async () => (await here.episode(id)).title
  for (let look = 0; look < 3; look++) await title()
  await behind(id, 'Changed behind its back')
  expect(await title()).toBe('Episode 1')
  return { person, userId, id, here, elsewhere, title, status: async () => (await here.ask('GET', `/api/episodes/${id}`)).status }
}

/** A change that says nothing to anybody, as nothing of ours does. */
const behind = (id: string, title: string) => rows(run, 'UPDATE episodes SET title = $2 WHERE id = $1', [id, title])

describe('what was answered is kept', () => {
  it('until the person changes something, at whichever copy', async () => {
    const { id, elsewhere, title } = await remembered()
    await elsewhere.ok('PATCH', `/api/episodes/${id}`, { title: 'Theirs' })
    expect(await title()).toBe('Theirs')
    expect(await title()).toBe('Theirs')
    await behind(id, 'Behind again')
    expect(await title()).toBe('Theirs')
    await elsewhere.ok('DELETE', `/api/episodes/${id}`)
    await expect(title()).rejects.toThrow('404')
  })

  it('until somebody of the house changes something', async () => {
    const { id, title } = await remembered()
    await (await Person.admin(run)).at(apis[1].url).ok('POST', `/api/admin/notices`, {
      zh: '试一试',
      en: 'A try',
    })
    expect(await title()).toBe('Changed behind its back')
    expect(id).toBeTruthy()
  })

  it('for a while at most', async () => {
    const { title } = await remembered()
    await sleep(LONGEST_MS)
    expect(await title()).toBe('Changed behind its back')
  })

  it('for nobody else', async () => {
    const { id } = await remembered()
    const other = (await Person.signUp(run)).at(apis[0].url)
    for (let look = 0; look < 3; look++) expect((await other.ask('GET', `/api/episodes/${id}`)).status).toBe(404)
    expect((await new Person({ ...run, api: apis[0].url }).ask('GET', `/api/episodes/${id}`)).status).toBe(401)
  })

  it('and asked with more than its address it is looked at', async () => {
    const { id, here } = await remembered()
    expect((await here.ask('GET', `/api/episodes/${id}?x=1`)).status).toBe(400)
    expect((await here.ask('HEAD', `/api/episodes/${id}`)).status).toBe(200)
  })
})

describe('power that is lost is lost on the next request, though it was kept', () => {
  it('by signing out elsewhere', async () => {
    const { elsewhere, status } = await remembered()
    expect((await elsewhere.ask('POST', '/api/auth/sign-out', {})).status).toBe(200)
    expect(await status()).toBe(401)
  })

  it('by suspension', async () => {
    const { userId, status } = await remembered()
    await (await Person.admin(run)).at(apis[1].url).ok('PATCH', `/api/admin/users/${userId}`, { banned: true })
    expect(await status()).toBe(401)
  })

  it('by a new password, which ends the other sessions', async () => {
    const { person, status } = await remembered()
    const again = new Person({ ...run, api: apis[1].url })
    await again.ok('POST', '/api/auth/sign-in/email', { email: (await person.who()).email, password: 'a long password' })
    await again.ok('POST', '/api/auth/change-password', {
      currentPassword: 'a long password',
      newPassword: 'another long password',
      revokeOtherSessions: true,
    })
    expect(await status()).toBe(401)
  })

  it('by revoking the key, and by its end', async () => {
    const { id, here, elsewhere } = await remembered()
    const make = (more: object) =>
      here.ok<{ id: string; key: string }>('POST', '/api/keys', { name: 'a program', scopes: ['read'], ...more })
    const [revoked, short] = [await make({}), await make({})]
    const stranger = new Person({ ...run, api: apis[0].url })
    const by = async ({ key }: { key: string }) =>
      (await stranger.ask('GET', `/api/episodes/${id}`, undefined, { 'x-api-key': key })).status
    for (let look = 0; look < 3; look++) expect([await by(revoked), await by(short)]).toEqual([200, 200])
    expect((await elsewhere.ask('DELETE', `/api/keys/${revoked.id}`)).status).toBe(204)
    expect([await by(revoked), await by(short)]).toEqual([401, 200])
    await rows(run, `UPDATE api_keys SET expires_at = now() + interval '2 seconds' WHERE id = $1`, [short.id])
    await here.ok('PATCH', `/api/episodes/${id}`, { title: 'Looked at anew' })
    for (let look = 0; look < 3; look++) expect(await by(short)).toBe(200)
    await sleep(2100)
    expect(await by(short)).toBe(401)
  })
})
