import { afterAll, beforeAll, expect, it } from 'vitest'
import { createSafeFetch } from '../../shared/safe-fetch/safe-fetch.ts'
import { startFakeProviders } from '../../tests/fake-providers/server.ts'
import type { FakeProviders } from '../../tests/fake-providers/server.ts'
import type { Deps } from '../deps.ts'
import { readInput } from '../sources/read-input.ts'
import type { SourceToRead } from '../sources/read-input.ts'
import { SearchFailed } from './port.ts'
import { createSearxng } from './searxng.ts'

let fake: FakeProviders
beforeAll(async () => {
  fake = await startFakeProviders()
})
afterAll(() => fake.close())

const signal = new AbortController().signal
const search = (topic: string) => createSearxng(fake.url).search(topic, { language: 'en', count: 2, signal })

it('answers with the best findings, as many as asked', async () => {
  expect(await search('tides')).toEqual([
    { title: 'tides one', url: `${fake.url}/found/tides%20one`, excerpt: '…tides…' },
    { title: 'tides two', url: `${fake.url}/found/tides%20two`, excerpt: '…tides…' },
  ])
})

it.each([
  ['no topic', '', true],
  ['a search that is too busy', 'status-429', false],
])('%s is a failure that says whether it lasts', async (_name, topic, isLasting) => {
  if (topic !== '') fake.script.next({ route: 'searxng', text: topic, status: 429 })
  const error = await search(topic).catch((reason: unknown) => reason)
  expect(error).toBeInstanceOf(SearchFailed)
  expect((error as SearchFailed).isLasting).toBe(isLasting)
})

it('a topic becomes the pages about it; what could not be read is counted', async () => {
  const deps = {
    search: createSearxng(fake.url),
    fetchSafely: createSafeFetch({ named: new Set([`127.0.0.1:${fake.port}`]) }),
  } as unknown as Deps
  const source = { kind: 'topic', input: 'The tides of the sea' } as SourceToRead
  const { title, text, leftOut } = await readInput(deps, source, signal)
  expect(title).toBe('The tides of the sea')
  expect(text).toMatch(/The tides of the sea one[\s\S]*still disputed[\s\S]*The tides of the sea two/)
  expect(text).not.toContain('Menu')
  expect(leftOut).toEqual([{ what: 'unread-parts', count: 1 }])
})

it('its findings lead nowhere inside', async () => {
  const deps = { search: createSearxng(fake.url), fetchSafely: createSafeFetch() } as unknown as Deps
  const source = { kind: 'topic', input: 'The tides of the sea' } as SourceToRead
  await expect(readInput(deps, source, signal)).rejects.toThrow('no page about it')
})
