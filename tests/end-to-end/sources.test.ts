import { randomUUID } from 'node:crypto'
import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { Person, readRun } from '../setup/person.ts'
import type { Problem } from '../setup/person.ts'
import { bucketOf, faults, rows } from '../setup/store.ts'
import { chinese, english } from '../setup/texts.ts'

interface SourceRead {
  id: string
  status: string
  title: string | null
  format: string | null
  language: string | null
  characters: number | null
  firstWords: string
  leftOut: { what: string; count: number }[]
  failure: { code: string } | null
}

const run = readRun()
const person = await Person.signUp(run)
const { id: userId } = await person.who()
const site = 'http://127.0.0.1:18790'

/** A web site that the product may read though it is inside, as its settings name it. */
const pages = new Map<string, (req: IncomingMessage, res: ServerResponse) => void>()
const server = createServer((req, res) =>
  (pages.get(req.url!.split('?')[0]!) ?? ((_req, none) => void none.writeHead(404).end()))(req, res),
)
beforeAll(() => new Promise<void>((resolve) => server.listen(18790, '127.0.0.1', resolve)))
afterAll(() => {
  server.closeAllConnections()
  return new Promise<void>((resolve) => server.close(() => resolve()))
})

const paragraphs = (text: string) =>
  text
    .split('\n\n')
    .map((words) => `<p>${words}</p>`)
    .join('')
const article = (title: string, text: string, charset = 'utf-8') =>
  `<!doctype html><html><head><meta charset="${charset}"><title>${title}</title></head><body><nav>${'<a href="/">首页</a>'.repeat(20)}</nav><article><h1>${title}</h1>${paragraphs(text)}<img src="/a.png"></article></body></html>`
const html =
  (body: string | Buffer, type = 'text/html') =>
  (_req: IncomingMessage, res: ServerResponse) =>
    void res.writeHead(200, { 'content-type': type }).end(body)

async function read(source: object, whose = person): Promise<SourceRead> {
  let found = await whose.ok<SourceRead>('POST', '/api/sources', source)
  for (const end = Date.now() + 60_000; found.status === 'reading' && Date.now() < end;) {
    await new Promise((resolve) => setTimeout(resolve, 100))
    found = await whose.ok<SourceRead>('GET', `/api/sources/${found.id}`)
  }
  return found
}

async function upload(name: string, bytes: Uint8Array, whose = person): Promise<string> {
  const place = await whose.ok<{ uploadId: string; url: string; headers: Record<string, string> }>('POST', '/api/uploads', {
    name,
    bytes: bytes.length,
  })
  const sent = await fetch(place.url, { method: 'PUT', headers: place.headers, body: Buffer.from(bytes) })
  expect(sent.status).toBe(200)
  return place.uploadId
}

describe('a link', () => {
  it('is read before anything is ordered, and then its price is exact', async () => {
    pages.set('/galaxy', html(article('银河去哪了', chinese)))
    const source = { type: 'url', url: `${site}/galaxy` }
    const found = await read(source)
    expect(found).toMatchObject({ status: 'read', title: '银河去哪了', format: 'html', language: 'zh', failure: null })
    expect(found.firstWords).toContain('银河')
    expect(found.leftOut).toEqual(expect.arrayContaining([{ what: 'images', count: 1 }]))
    const brief = { kind: 'narration', notice: false, sources: [source] }
    const estimate = await person.ok<{ characters: number; cost: { exact: boolean } }>('POST', '/api/episodes/estimate', brief)
    expect(estimate).toMatchObject({ characters: found.characters, cost: { exact: true } })
    const { id } = await person.order(brief)
    const episode = await person.ready(id)
    expect(episode).toMatchObject({
      title: '银河去哪了',
      language: 'zh',
      sources: [{ type: 'url', title: '银河去哪了', status: 'read' }],
    })
    const said = (await person.lines(id)).map(({ text }) => text).join('')
    expect(said).toContain('银河没有消失，只是我们把它盖住了。')
    expect(said).not.toContain('首页')
  })

  it('is read when it is ordered unread: title, language and voices follow what it says', async () => {
    pages.set('/milky-way', html(article('Where the Milky Way went', english)))
    const { id } = await person.order({ kind: 'narration', sources: [{ type: 'url', url: `${site}/milky-way` }] })
    const episode = await person.ready(id)
    expect(episode).toMatchObject({ title: 'Where the Milky Way went', language: 'en' })
    const lines = await person.lines(id)
    expect(lines.map(({ voiceId }) => voiceId).every((voiceId) => /en/.test(voiceId))).toBe(true)
    expect(lines[0]?.text).toMatch(/Milky Way/)
  })

  it('in GBK, which its server does not say, is read right', async () => {
    // 今天天气很好，我们去爬山。 as Python's codecs write it.
    const words = Buffer.from('bdf1ccecccecc6f8badcbac3a3acced2c3c7c8a5c5c0c9bda1a3', 'hex')
    const body = Buffer.concat([
      Buffer.from('<html><head><meta charset="gbk"><title>x</title></head><body><p>'),
      words,
      Buffer.from('</p></body></html>'),
    ])
    pages.set('/gbk', html(body))
    expect((await read({ type: 'url', url: `${site}/gbk` })).firstWords).toContain('今天天气很好，我们去爬山。')
  })

  it.each([
    [
      'leads inside',
      'url-address',
      (_req: IncomingMessage, res: ServerResponse) =>
        void res.writeHead(302, { location: 'http://169.254.169.254/latest/meta-data/' }).end(),
    ],
    [
      'leads to the product itself',
      'url-port',
      (_req: IncomingMessage, res: ServerResponse) => void res.writeHead(302, { location: `${run.api}/health` }).end(),
    ],
    [
      'leads in circles',
      'url-redirects',
      (_req: IncomingMessage, res: ServerResponse) => void res.writeHead(302, { location: '/leads' }).end(),
    ],
    ['is not there', 'url-status', (_req: IncomingMessage, res: ServerResponse) => void res.writeHead(410).end()],
    [
      'is a picture',
      'file-unknown',
      html(Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex'), 'image/png'),
    ],
    ['has no words', 'nothing-to-say', html('<html><body><p>……</p></body></html>')],
  ])('that %s says so, and an order with it is refused', async (name, code, page) => {
    const path = name === 'leads in circles' ? '/leads' : `/${randomUUID()}`
    pages.set(path, page)
    const source = { type: 'url', url: site + path }
    expect(await read(source)).toMatchObject({ status: 'failed', failure: { code } })
    const refused = await person.ask('POST', '/api/episodes', { kind: 'podcast', sources: [source] })
    expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([422, 'source-unreadable'])
  })

  it('ordered unread, that cannot be read ends the episode by its name, and nothing was paid', async () => {
    const { id } = await person.order({ kind: 'podcast', sources: [{ type: 'url', url: `${site}/${randomUUID()}` }] })
    const episode = await person.until(id, ({ status }) => status === 'failed')
    expect([episode.failure?.code, episode.cost.spentMicroUsd, episode.cost.reservedMicroUsd]).toEqual(['url-status', 0, 0])
  })
})

const hostile = [
  'http://127.0.0.1/',
  'http://127.1/',
  'http://0x7f000001/',
  'http://2130706433/',
  'http://017700000001/',
  'http://１２７.０.０.１/',
  'http://[::1]/',
  'http://[::ffff:127.0.0.1]/',
  'http://[64:ff9b::a9fe:a9fe]/',
  'http://[2002:7f00:1::]/',
  'http://169.254.169.254/',
  'http://10.0.0.1/',
  'http://localhost/',
  'http://metadata.google.internal/',
  'http://user:secret@example.com/',
  'http://example.com@127.0.0.1/',
  'http://example.com:6379/',
  'file:///etc/passwd',
  'gopher://127.0.0.1/',
  'javascript:alert(1)',
  'http://',
  'http:127.0.0.1',
  'http://127.0.0.1:18791/',
  'not an address',
]

describe('what may not be read', () => {
  it.each(hostile)('%s', async (url) => {
    for (const [path, body] of [
      ['/api/sources', { type: 'url', url }],
      ['/api/episodes', { kind: 'podcast', sources: [{ type: 'url', url }] }],
    ] as const) {
      const begun = performance.now()
      const response = await person.ask('POST', path, body)
      const problem = (await response.json()) as Problem
      expect([response.status, problem.code]).toEqual([422, 'url-refused'])
      expect(performance.now() - begun).toBeLessThan(1000)
      expect(JSON.stringify(problem)).not.toMatch(/node_modules|\.ts:|at \w+ \(/)
    }
  })

  it('stored nothing', async () => {
    const stored = await rows<{ input: string }>(run, 'SELECT input FROM sources WHERE user_id = $1', [userId])
    expect(stored.filter(({ input }) => !input.startsWith(`${site}/`))).toEqual([])
  })
})

describe('a file', () => {
  it('is sent to a place of its own, read by what it is and not by its name, and then gone from there', async () => {
    const uploadId = await upload('C:\\my files\\河流.pdf', Buffer.from(`# 河流的故事\n\n${chinese}\n\n![图](a.png)`))
    const source = { type: 'file', uploadId }
    const found = await read(source)
    expect(found).toMatchObject({
      status: 'read',
      title: '河流的故事',
      format: 'markdown',
      language: 'zh',
      leftOut: [{ what: 'images', count: 1 }],
    })
    expect(await bucketOf(run).size(`uploads/${userId}/${uploadId}`)).toBeUndefined()
    const { id } = await person.order({ kind: 'narration', notice: false, sources: [source] })
    expect((await person.ready(id)).title).toBe('河流的故事')
  })

  it('of too many bytes, of other bytes than announced, of somebody else, or never sent, is refused', async () => {
    const code = async (response: Response) => [response.status, ((await response.json()) as Problem).code]
    expect(await code(await person.ask('POST', '/api/uploads', { name: 'a', bytes: 51 * 1024 * 1024 }))).toEqual([
      400,
      'invalid-request',
    ])
    expect(await code(await person.ask('POST', '/api/uploads', { name: 'a', bytes: 0 }))).toEqual([400, 'invalid-request'])
    const place = await person.ok<{ uploadId: string; url: string; headers: Record<string, string> }>('POST', '/api/uploads', {
      name: 'a',
      bytes: 10,
    })
    const longer = await fetch(place.url, { method: 'PUT', headers: place.headers, body: 'more than ten bytes' })
    expect(longer.status).toBe(403)
    const elsewhere = await fetch(place.url.replace(place.uploadId, randomUUID()), {
      method: 'PUT',
      headers: place.headers,
      body: '0123456789',
    })
    expect(elsewhere.status).toBe(403)
    const unsent = { type: 'file', uploadId: place.uploadId }
    expect(await code(await person.ask('POST', '/api/sources', unsent))).toEqual([422, 'upload-missing'])
    const theirs = { type: 'file', uploadId: await upload('a.txt', Buffer.from(chinese), await Person.signUp(run)) }
    expect(await code(await person.ask('POST', '/api/sources', theirs))).toEqual([422, 'upload-missing'])
    expect(await code(await person.ask('POST', '/api/episodes', { kind: 'narration', sources: [theirs] }))).toEqual([
      422,
      'upload-missing',
    ])
  })

  it.each([
    [
      'that is a scan',
      '%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\ntrailer<</Root 1 0 R>>',
      'file-scanned',
    ],
    ['that is a program', '\x7fELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x02\0\x3e\0', 'file-unknown'],
    ['that is no archive', 'PK\x03\x04 and nothing more', 'file-damaged'],
    ['without a word', '... --- ...', 'nothing-to-say'],
  ])('%s says so', async (_name, text, code) => {
    const uploadId = await upload('file.txt', Buffer.from(text, 'latin1'))
    expect(await read({ type: 'file', uploadId })).toMatchObject({ status: 'failed', failure: { code } })
  })

  it('may be announced forty times, not more', async () => {
    const many = await Person.signUp(run)
    const answers = await Promise.all(
      Array.from({ length: 60 }, () => many.ask('POST', '/api/uploads', { name: 'a', bytes: 10 })),
    )
    expect(answers.filter(({ status }) => status === 201)).toHaveLength(40)
    expect(answers.filter(({ status }) => status === 429)).toHaveLength(20)
  })
})

it('a topic without anybody who could write about it is refused', async () => {
  const refused = await person.ask('POST', '/api/sources', { type: 'topic', topic: '潮汐' })
  expect([refused.status, ((await refused.json()) as Problem).code]).toEqual([422, 'source-kind-unavailable'])
})

it('somebody else’s source is none', async () => {
  pages.set('/mine', html(article('我的', chinese)))
  const { id } = await read({ type: 'url', url: `${site}/mine` })
  expect((await (await Person.signUp(run)).ask('GET', `/api/sources/${id}`)).status).toBe(404)
})

it('left no object without a row, and the books balance', async () => {
  expect(await faults(run)).toEqual([])
})
