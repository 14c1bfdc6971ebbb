import { beforeEach, expect, it } from 'vitest'
import source from './service-worker.js?raw'

const files = ['/index.html', '/assets/app.js']
const here = 'https://aimake.test'

interface Asked {
  url: string
  method: string
  mode: string
}

/** What the worker is given: a cache that is a map, a network that can be cut, and a way to send it events. */
function surroundings() {
  const stores = new Map<string, Map<string, Response>>()
  const listeners = new Map<string, (event: object) => void>()
  const asked: string[] = []
  let isOnline = true
  const urlOf = (request: Asked | string) => new URL(typeof request === 'string' ? request : request.url, here).href
  const open = (name: string) => {
    const store = stores.get(name) ?? new Map<string, Response>()
    stores.set(name, store)
    return Promise.resolve({
      put: (request: Asked | string, answer: Response) => Promise.resolve(void store.set(urlOf(request), answer)),
      addAll: (names: string[]) => Promise.resolve(names.forEach((one) => store.set(urlOf(one), new Response(`kept ${one}`)))),
    })
  }
  const caches = {
    open,
    keys: () => Promise.resolve([...stores.keys()]),
    delete: (name: string) => Promise.resolve(stores.delete(name)),
    // Every answer of the server says that it varies by origin: a look that minds that finds nothing.
    match: (request: Asked | string, { cacheName, ignoreVary }: { cacheName: string; ignoreVary?: boolean }) =>
      Promise.resolve(ignoreVary ? stores.get(cacheName)?.get(urlOf(request))?.clone() : undefined),
  }
  const fetch = (request: Asked) => {
    asked.push(request.url)
    return isOnline ? Promise.resolve(new Response(`new ${request.url}`)) : Promise.reject(new TypeError('Failed to fetch'))
  }
  // oxlint-disable-next-line typescript/no-implied-eval
  const run = new Function(
    'addEventListener',
    'caches',
    'fetch',
    'location',
    'skipWaiting',
    'clients',
    source.replace('__VERSION__', 'v2').replace('__FILES__', JSON.stringify(files)),
  )
  run(
    (name: string, listener: (event: object) => void) => listeners.set(name, listener),
    caches,
    fetch,
    new URL(here),
    () => undefined,
    { claim: () => undefined },
  )
  const wait = async (name: string) => {
    let work: Promise<unknown> = Promise.resolve()
    listeners.get(name)?.({ waitUntil: (promise: Promise<unknown>) => (work = promise) })
    await work
  }
  /** The worker's answer as words; null where it leaves the request to the browser; an error where nobody can answer. */
  const ask = async (path: string, { method = 'GET', mode = 'cors' } = {}) => {
    let answer: Promise<Response> | null = null
    listeners.get('fetch')?.({
      request: { url: new URL(path, here).href, method, mode },
      respondWith: (promise: Promise<Response>) => (answer = promise),
    })
    const given = answer as Promise<Response> | null
    return given === null ? null : given.then((response) => response.text()).catch((error: Error) => error.message)
  }
  const save = async (path: string, words: string) => (await open('aimake-saved-v1')).put(path, new Response(words))
  return { stores, asked, wait, ask, save, cut: () => (isOnline = false) }
}

let around: ReturnType<typeof surroundings>
beforeEach(async () => {
  around = surroundings()
  around.stores.set('aimake-shell-v1', new Map())
  await around.wait('install')
  await around.wait('activate')
})

it('keeps the files of this build and forgets those of the one before', () => {
  expect([...around.stores.keys()]).toEqual(['aimake-shell-v2'])
  expect([...around.stores.get('aimake-shell-v2')!.keys()]).toEqual(files.map((file) => here + file))
})

it('brings the page from the server, and as it was where there is none', async () => {
  expect(await around.ask('/episodes/1', { mode: 'navigate' })).toBe(`new ${here}/episodes/1`)
  around.cut()
  expect(await around.ask('/episodes/1', { mode: 'navigate' })).toBe('kept /index.html')
  expect(await around.ask('/assets/app.js')).toBe('kept /assets/app.js')
})

it('leaves the pages of the server, what changes anything, and other hosts to the browser', async () => {
  for (const path of ['/admin/users', '/s/abc', '/embed/abc', '/feeds/a.xml', '/docs', '/openapi.json', '/health'])
    expect(await around.ask(path, { mode: 'navigate' }), path).toBeNull()
  expect(await around.ask('/api/episodes/1', { method: 'PATCH' })).toBeNull()
  expect(await around.ask('/api/episodes?limit=20')).toBeNull()
  expect(await around.ask('/api/episodes/1/events')).toBeNull()
  expect(await around.ask('https://elsewhere.test/assets/app.js')).toBeNull()
})

it('plays what was saved without asking anybody, and asks for what was not', async () => {
  await around.save('/api/episodes/1/segments/0.mp3?v=1', 'sound')
  expect(await around.ask('/api/episodes/1/segments/0.mp3?v=1')).toBe('sound')
  expect(around.asked).toEqual([])
  expect(await around.ask('/api/episodes/1/segments/1.mp3?v=1')).toBe(`new ${here}/api/episodes/1/segments/1.mp3?v=1`)
})

it('tells the newest of an episode, what was saved without a connection, and who one is as it was last told', async () => {
  await around.save('/api/episodes/1', 'saved')
  expect(await around.ask('/api/episodes/1')).toBe(`new ${here}/api/episodes/1`)
  await around.ask('/api/auth/get-session')
  around.cut()
  expect(await around.ask('/api/episodes/1')).toBe('saved')
  expect(await around.ask('/api/auth/get-session')).toBe(`new ${here}/api/auth/get-session`)
  // Nothing else of the API is kept: what was never saved fails as it would without a worker.
  expect(await around.ask('/api/episodes/2')).toBe('Failed to fetch')
})
