import { afterEach, expect, it, vi } from 'vitest'
import { ask } from './api.ts'
import { forgetAhead } from './asked-ahead.ts'

const answers = (body: unknown) => Promise.resolve(new Response(JSON.stringify(body)))

afterEach(() => {
  vi.unstubAllGlobals()
  globalThis.askedAhead = undefined
})

it('an answer that was asked for ahead is taken once', async () => {
  const fetched = vi.fn((_url: string, _question: RequestInit) => answers('asked'))
  vi.stubGlobal('fetch', fetched)
  globalThis.askedAhead = new Map([['/api/a', answers('ahead')]])
  expect(await ask('/api/a')).toBe('ahead')
  expect(await ask('/api/a')).toBe('asked')
  expect(fetched).toHaveBeenCalledTimes(1)
})

it('only who reads takes it, and nobody does once something was changed', async () => {
  vi.stubGlobal('fetch', () => answers('after'))
  for (const changed of ['/api/a', '/api/b']) {
    globalThis.askedAhead = new Map([['/api/a', answers('before')]])
    expect(await ask(changed, { method: 'POST' })).toBe('after')
    expect(await ask('/api/a')).toBe('after')
  }
})

it('what was asked for as nobody is not told to who signs in', async () => {
  vi.stubGlobal('fetch', () => answers('mine'))
  globalThis.askedAhead = new Map([['/api/a', answers('of nobody')]])
  forgetAhead()
  expect(await ask('/api/a')).toBe('mine')
})

it('an answer ahead that never came is no connection', async () => {
  globalThis.askedAhead = new Map([['/api/a', Promise.reject(new TypeError('Failed to fetch'))]])
  await expect(ask('/api/a')).rejects.toMatchObject({ code: 'no-connection' })
})
