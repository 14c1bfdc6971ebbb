import { afterAll, beforeAll, expect, it } from 'vitest'
import { startFakeProviders } from '../fake-providers/server.ts'
import type { FakeProviders } from '../fake-providers/server.ts'
import { launchProduct } from '../setup/launch.ts'
import type { Product } from '../setup/launch.ts'
import { Person } from '../setup/person.ts'
import { faults } from '../setup/store.ts'

// A product of its own that looks topics up, and whose talks a made-up model writes.
const PORT = 18_791
let search: FakeProviders
let product: Product
let person: Person

beforeAll(async () => {
  search = await startFakeProviders({ port: PORT })
  product = await launchProduct(19_100, ['--fake', '--without', 'web'], {
    SEARXNG_URL: search.url,
    SOURCE_TEST_SERVERS: `127.0.0.1:${PORT}`,
  })
  person = await Person.signUp(product.run)
})
afterAll(async () => {
  await product?.stop()
  await search?.close()
})

const brief = (topic: string) => ({
  kind: 'podcast',
  targetMinutes: 1,
  speakers: ['a', 'b'].map((letter) => ({ name: letter, voiceId: `local-en-${letter}` })),
  sources: [{ type: 'topic', topic }],
})

it('a topic is looked up, and the talk rests on the pages that were found', async () => {
  const { id } = await person.order(brief('The tides of the sea'))
  const episode = await person.ready(id)
  expect(episode.title).toBe('The tides of the sea')
  expect(episode.sources).toMatchObject([{ type: 'topic', status: 'read', leftOut: [{ what: 'unread-parts', count: 1 }] }])
  // Two pages of some 800 letters each, and not the topic alone.
  expect(episode.sources[0]!.characters).toBeGreaterThan(1_000)
  expect(search.counts.summary().routes['searxng']?.calls).toBe(1)
})

it('a search that is away for a moment is asked again; one that stays away ends the episode by its name, unpaid', async () => {
  search.script.next({ route: 'searxng', text: 'Comets', status: 503 })
  const comets = await person.order(brief('Comets'))
  await person.ready(comets.id)
  search.script.next({ route: 'searxng', text: 'Volcanoes', status: 503, times: 'all' })
  const volcanoes = await person.order(brief('Volcanoes'))
  const episode = await person.until(volcanoes.id, ({ status }) => status === 'failed')
  expect([episode.failure?.code, episode.cost.spentMicroUsd]).toEqual(['search-failed', 0])
})

it('left everything in order', async () => {
  expect(await faults(product.run)).toEqual([])
})
