import type { components } from '../../api/openapi.d.ts'
import { expect, it } from 'vitest'
import { Person, readRun } from '../setup/person.ts'
import { chinese, english } from '../setup/texts.ts'

type Schemas = components['schemas']

const run = readRun()

async function withTwoWorks() {
  const person = await Person.signUp(run)
  const talk = await person.order({ kind: 'podcast', title: 'B 谈话', sources: [{ type: 'text', text: chinese }] })
  const reading = await person.order({ kind: 'narration', title: 'A reading', sources: [{ type: 'text', text: english }] })
  await Promise.all([person.ready(talk.id), person.ready(reading.id)])
  return { person, talk: talk.id, reading: reading.id }
}

it('a place in what is heard is kept for every device of its owner, until the end is heard', async () => {
  const { person, talk, reading } = await withTwoWorks()
  const places = async () => (await person.ok<Schemas['Listening']>('GET', '/api/listening')).items
  expect(await places()).toEqual([])
  await person.ok('PUT', `/api/episodes/${talk}/listening`, { positionMs: 7_000, device: 'phone' })
  await person.ok('PUT', `/api/episodes/${reading}/listening`, { positionMs: 3_000, device: 'computer' })
  await person.ok('PUT', `/api/episodes/${talk}/listening`, { positionMs: 9_000, device: 'computer' })
  expect((await places()).map(({ episode, positionMs, device }) => [episode.id, positionMs, device])).toEqual([
    [talk, 9_000, 'computer'],
    [reading, 3_000, 'computer'],
  ])
  expect((await person.episode(talk)).listening?.positionMs).toBe(9_000)
  const { items } = await person.ok<Schemas['EpisodeList']>('GET', '/api/episodes')
  expect(items.find(({ id }) => id === talk)?.listening?.positionMs).toBe(9_000)

  const { audio } = await person.episode(talk)
  await person.ok('PUT', `/api/episodes/${talk}/listening`, { positionMs: audio!.durationMs - 500, device: 'phone' })
  await person.ok('PUT', `/api/episodes/${reading}/listening`, { positionMs: 0, device: 'phone' })
  expect(await places()).toEqual([])
  expect((await person.episode(talk)).listening).toBeNull()

  const stranger = await Person.signUp(run)
  const foreign = await stranger.ask('PUT', `/api/episodes/${talk}/listening`, { positionMs: 5_000, device: 'phone' })
  expect(foreign.status).toBe(404)
  for (const body of [
    {},
    { positionMs: -1, device: 'phone' },
    { positionMs: 1.5, device: 'phone' },
    { positionMs: 1e12, device: 'phone' },
    { positionMs: 1, device: 'fridge' },
    { positionMs: 1, device: 'phone', more: 1 },
  ])
    expect((await person.ask('PUT', `/api/episodes/${talk}/listening`, body)).status, JSON.stringify(body)).toBe(400)
})

it('the list is filtered by kind and state, ordered as asked, page by page, and counted', async () => {
  const { person, talk, reading } = await withTwoWorks()
  const ids = async (query: string) =>
    (await person.ok<Schemas['EpisodeList']>('GET', `/api/episodes?${query}`)).items.map(({ id }) => id)
  expect(await ids('')).toEqual([reading, talk])
  expect(await ids('sort=oldest')).toEqual([talk, reading])
  expect(await ids('sort=title')).toEqual([reading, talk])
  expect(await ids('kind=podcast')).toEqual([talk])
  expect(await ids('kind=narration&status=ready')).toEqual([reading])
  await person.ok('PATCH', `/api/episodes/${talk}`, { title: 'C 谈话' })
  expect(await ids('sort=updated')).toEqual([talk, reading])

  for (const sort of ['newest', 'oldest', 'updated', 'title']) {
    const first = await person.ok<Schemas['EpisodeList']>('GET', `/api/episodes?sort=${sort}&limit=1`)
    const second = await person.ok<Schemas['EpisodeList']>('GET', `/api/episodes?sort=${sort}&limit=1&cursor=${first.nextCursor}`)
    expect([first.items[0]!.id, second.items[0]!.id].sort()).toEqual([talk, reading].sort())
    expect(second.nextCursor).toBeNull()
    const other = sort === 'title' ? 'newest' : 'title'
    expect((await person.ask('GET', `/api/episodes?sort=${other}&cursor=${first.nextCursor}`)).status).toBe(400)
  }
  expect(await person.ok('GET', '/api/episodes/counts')).toEqual({
    all: 2,
    making: 0,
    ready: 2,
    waiting: 0,
    stopped: 0,
    podcast: 1,
    narration: 1,
  })
})

it('a voice is liked and no longer, by its person alone', async () => {
  const [one, other] = [await Person.signUp(run), await Person.signUp(run)]
  const liked = async (person: Person) =>
    (await person.ok<Schemas['VoiceList']>('GET', '/api/voices')).items.filter(({ favourite }) => favourite).map(({ id }) => id)
  await one.ok('PUT', '/api/voices/local-zh-a/favourite')
  await one.ok('PUT', '/api/voices/local-zh-a/favourite')
  expect(await liked(one)).toEqual(['local-zh-a'])
  expect(await liked(other)).toEqual([])
  await one.ok('DELETE', '/api/voices/local-zh-a/favourite')
  expect(await liked(one)).toEqual([])
  expect((await one.ask('PUT', '/api/voices/nobody/favourite')).status).toBe(404)
})

it('strangers hear what was shared and featured, and no longer once it is shared no more', async () => {
  const { person, talk, reading } = await withTwoWorks()
  const admin = await Person.admin(run)
  const stranger = new Person(run)
  const featured = async () => (await stranger.ok<Schemas['Featured']>('GET', '/api/featured?language=zh')).items
  expect((await admin.ask('PUT', `/api/admin/episodes/${talk}/featured`)).status).toBe(409)
  expect((await person.ask('PUT', `/api/admin/episodes/${talk}/featured`)).status).toBe(403)

  for (const id of [talk, reading]) {
    await person.ok('POST', `/api/episodes/${id}/share`)
    await admin.ok('PUT', `/api/admin/episodes/${id}/featured`)
  }
  const shown = (await featured()).filter(({ id }) => id === talk || id === reading)
  // The language that was asked for comes first, though the other was chosen later.
  expect(shown.map(({ id }) => id)).toEqual([talk, reading])
  expect(shown[0]!.lines.length).toBeGreaterThan(2)
  expect(shown[0]!.lines[0]!.startMs).toBe(0)
  const sound = await stranger.ask('GET', shown[0]!.audioUrl)
  expect([200, 302]).toContain(sound.status)

  await person.ok('DELETE', `/api/episodes/${talk}/share`)
  await admin.ok('DELETE', `/api/admin/episodes/${reading}/featured`)
  expect((await featured()).filter(({ id }) => id === talk || id === reading)).toEqual([])
})
