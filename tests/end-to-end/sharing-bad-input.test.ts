import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import type { components } from '../../api/openapi.d.ts'
import { Person, readRun } from '../setup/person.ts'
import type { Problem } from '../setup/person.ts'
import { rows } from '../setup/store.ts'

const run = readRun()
let person: Person
let showId: string

beforeAll(async () => {
  person = await Person.signUp(run)
  showId = (await person.ok<components['schemas']['Show']>('POST', '/api/shows', { title: '一档节目', language: 'zh' })).id
})

/** Refused with a stable code in under a second, with nothing of our inside. */
async function refused(method: string, path: string, body: unknown, statuses: number[]): Promise<void> {
  const before = performance.now()
  const response = await person.ask(method, path, body)
  const text = await response.text()
  expect(performance.now() - before).toBeLessThan(1000)
  expect(statuses, `${method} ${path} ${text.slice(0, 300)}`).toContain(response.status)
  expect(text).not.toMatch(/node_modules|\.ts:|at \w+ \(|SELECT|INSERT/)
  if (response.headers.get('content-type')?.startsWith('application/problem+json'))
    expect((JSON.parse(text) as Problem).code).toMatch(/^[a-z-]+$/)
}

const ids = [
  'none',
  '../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  '%00',
  "'; DROP TABLE shows; --",
  '00000000-0000-0000-0000-00000000000g',
  '9'.repeat(4000),
]
const paths = [
  '/api/shows/ID',
  '/api/shows/ID/episodes',
  '/api/shows/ID/feeds',
  '/api/shows/ID/check',
  '/api/shows/ID/cover',
  '/api/webhooks/ID/deliveries',
  '/api/episodes/ID/share',
  '/api/episodes/ID/package.zip',
  '/feeds/ID.xml',
  '/feeds/ID/cover',
  '/s/ID',
  '/embed/ID',
  `/s/${'a'.repeat(32)}/ID`,
  `/feeds/${'a'.repeat(32)}/${randomUUID()}/ID`,
  `/feeds/${'a'.repeat(32)}/ID/v1.mp3`,
]

describe('an id that is none', () => {
  it.each(paths)('at %s', async (path) => {
    // Encoded or not: a client folds `..` itself, and what it then asks for is another page, never a file.
    for (const id of ids)
      await refused('GET', path.replace('ID', encodeURIComponent(decodeURIComponent(id))), undefined, [400, 404, 414, 431])
  })
})

describe('a body that is none', () => {
  const show = { title: '节目', language: 'zh' }
  const hook = { url: 'https://example.com/', events: ['episode.ready'] }
  const bodies: [what: string, path: string, body: unknown][] = [
    ['an unknown field', '/api/shows', { ...show, userId: 'another' }],
    ['__proto__', '/api/shows', '{"title":"a","language":"zh","__proto__":{"userId":"another"}}'],
    ['a title of spaces', '/api/shows', { ...show, title: ' \t\n' }],
    ['a title of nothing that can be kept', '/api/shows', { ...show, title: '\u0000\u0001\ud800' }],
    ['a title too long', '/api/shows', { ...show, title: 'a'.repeat(201) }],
    ['a language nobody speaks here', '/api/shows', { ...show, language: 'xx' }],
    ['a category of nobody', '/api/shows', { ...show, category: 'Anything' }],
    ['a subcategory of another', '/api/shows', { ...show, category: 'Arts', subcategory: 'Tennis' }],
    ['seven voices', '/api/shows', { ...show, defaultVoices: Array.from({ length: 7 }, () => ({ name: 'a' })) }],
    ['a number for a name', '/api/shows', { ...show, title: 1e308 }],
    ['a depth of 10,000', '/api/shows', `${'{"a":'.repeat(10_000)}1${'}'.repeat(10_000)}`],
    ['a feed of no kind', '/api/shows/SHOW/feeds', { kind: 'secret' }],
    ['a label too long', '/api/shows/SHOW/feeds', { kind: 'private', label: 'a'.repeat(81) }],
    ['no events', '/api/webhooks', { ...hook, events: [] }],
    ['an event twice', '/api/webhooks', { ...hook, events: ['episode.ready', 'episode.ready'] }],
    ['an event of nobody', '/api/webhooks', { ...hook, events: ['*'] }],
    ['a secret of one’s own', '/api/webhooks', { ...hook, secret: 'whsec_AAAA' }],
    ['an address of 3,000', '/api/webhooks', { ...hook, url: `https://example.com/${'a'.repeat(3000)}` }],
    ['no JSON', '/api/webhooks', '{"url":'],
    ['a word for yes', `/api/episodes/${randomUUID()}/share`, { findable: 'yes' }],
    ['nothing for yes or no', `/api/episodes/${randomUUID()}/share`, { findable: null }],
    ['a token of one’s own', `/api/episodes/${randomUUID()}/share`, { token: 'a'.repeat(32) }],
    ['a list for a share', `/api/episodes/${randomUUID()}/share`, [true]],
  ]
  it.each(bodies)('%s', (_what, path, body) => refused('POST', path.replace('SHOW', showId), body, [400]))

  it('has stored nothing', async () => {
    const { id } = await person.who()
    expect(await rows(run, 'SELECT id::text FROM shows WHERE user_id = $1', [id])).toEqual([{ id: showId }])
    expect(await rows(run, 'SELECT 1 FROM webhooks WHERE user_id = $1', [id])).toEqual([])
    expect(await rows(run, 'SELECT 1 FROM feeds WHERE show_id = $1', [showId])).toEqual([])
  })
})

describe('a cursor made up', () => {
  const cursors = [
    'x',
    '%7B%7D',
    Buffer.from('{}').toString('base64url'),
    Buffer.from(`{"createdAt":"${'9'.repeat(50)}","id":"x"}`).toString('base64url'),
    Buffer.from('[1,2]').toString('base64url'),
    'A'.repeat(5000),
  ]
  it.each(['/api/shows?cursor=', '/api/shows/SHOW/episodes?cursor=', '/api/search?q=a&cursor='])('%s', async (path) => {
    for (const cursor of cursors) await refused('GET', path.replace('SHOW', showId) + cursor, undefined, [400])
  })
})

it('what can be cleaned is taken: NUL, control characters and lone surrogates among words', async () => {
  const shown = await person.ok<components['schemas']['Show']>('PATCH', `/api/shows/${showId}`, {
    title: '一\u0000档\u0007节\ud800目\u202e',
    defaultVoices: [{ name: '甲\u0000' }],
  })
  expect([shown.title, shown.defaultVoices]).toEqual(['一档节目', [{ name: '甲' }]])
  const feed = await person.ok<components['schemas']['Feed']>('POST', `/api/shows/${showId}/feeds`, {
    kind: 'private',
    label: 'a\u0000\r\nset-cookie: x=1',
  })
  const answer = await fetch(feed.url)
  expect([answer.status, answer.headers.get('set-cookie')]).toEqual([200, null])
})

it('an address with control characters in it is refused, not cleaned: others would read it differently', async () => {
  const answer = await person.ask('POST', '/api/webhooks', {
    url: 'https://example.com/a\u0000\r\nhost: inside',
    events: ['episode.ready'],
  })
  expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual([422, 'webhook-address-refused'])
})
