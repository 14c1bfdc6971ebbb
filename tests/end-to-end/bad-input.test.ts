import { randomUUID } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { Person, readRun } from '../setup/person.ts'
import type { Problem } from '../setup/person.ts'
import { rows } from '../setup/store.ts'

const run = readRun()
const person = await Person.signUp(run)
const [{ id: userId }] = (await rows<{ id: string }>(run, 'SELECT id FROM users ORDER BY created_at DESC LIMIT 1')) as [
  { id: string },
]

const text = (words: string, more: object = {}) => ({ kind: 'podcast', sources: [{ type: 'text', text: words }], ...more })
const speakers = (count: number) => Array.from({ length: count }, (_, index) => ({ name: `某${index}` }))
const scriptOf = (words: string, more: object = {}) => ({ kind: 'podcast', sources: [{ type: 'script', text: words }], ...more })

const refused: [name: string, body: unknown, status: number, code: string][] = [
  ['empty text', text(''), 422, 'nothing-to-say'],
  ['spaces and line ends', text(' \n\t　 '), 422, 'nothing-to-say'],
  ['only emoji', text('😀🎉👨‍👩‍👧'), 422, 'nothing-to-say'],
  ['only punctuation', text('……！？，。--- ***'), 422, 'nothing-to-say'],
  ['only NUL and control characters', text('\u0000\u0001\u0002\u007f'), 422, 'nothing-to-say'],
  [
    'only lone surrogates',
    '{"kind":"podcast","sources":[{"type":"text","text":"\\ud83d\\ude"}]}'.replace('\\ude"', '\\udfff\\ud800"'),
    422,
    'nothing-to-say',
  ],
  ['1 MB of text', text('字'.repeat(350_000)), 400, 'invalid-request'],
  ['3 MB of JSON', text('字'.repeat(1_000_000)), 413, 'too-large'],
  ['an unknown language', text('你好', { language: 'xx' }), 400, 'invalid-request'],
  ['no speakers', text('你好', { speakers: [] }), 400, 'invalid-request'],
  ['seven speakers', text('你好', { speakers: speakers(7) }), 400, 'invalid-request'],
  ['a speaker without a name', text('你好', { speakers: [{ name: ' ' }] }), 400, 'invalid-request'],
  ['two speakers of one name', text('你好', { speakers: [{ name: '甲' }, { name: '甲' }] }), 400, 'invalid-request'],
  ['an unknown voice', text('你好', { speakers: [{ name: '甲', voiceId: 'nobody' }] }), 422, 'unknown-voice'],
  [
    'a script whose speaker is not declared',
    scriptOf('甲：你好\n丙：我来了', { speakers: [{ name: '甲' }, { name: '乙' }] }),
    422,
    'unknown-speaker',
  ],
  [
    'a script of seven',
    scriptOf(
      speakers(7)
        .map(({ name }) => `${name}：你好`)
        .join('\n'),
    ),
    422,
    'unknown-speaker',
  ],
  ['a script without speakers', scriptOf('只有一段话，没有人名'), 422, 'script-unreadable'],
  [
    'a script beside a text',
    {
      kind: 'podcast',
      sources: [
        { type: 'script', text: '甲：你好' },
        { type: 'text', text: '你好' },
      ],
    },
    400,
    'invalid-request',
  ],
  ['a narration of two', text('你好', { kind: 'narration', speakers: speakers(2) }), 400, 'invalid-request'],
  ['no sources', { kind: 'podcast', sources: [] }, 400, 'invalid-request'],
  [
    '21 sources',
    { kind: 'podcast', sources: Array.from({ length: 21 }, () => ({ type: 'text', text: '好' })) },
    400,
    'invalid-request',
  ],
  ['an unknown kind', text('你好', { kind: 'film' }), 400, 'invalid-request'],
  ['an unknown field', text('你好', { userId: 'another' }), 400, 'invalid-request'],
  ['a link that leads inside', { kind: 'podcast', sources: [{ type: 'url', url: 'http://127.0.0.1/' }] }, 422, 'url-refused'],
  ['a file that is none', { kind: 'podcast', sources: [{ type: 'file', uploadId: '../../etc/passwd' }] }, 400, 'invalid-request'],
  ['a file of nobody', { kind: 'podcast', sources: [{ type: 'file', uploadId: randomUUID() }] }, 422, 'upload-missing'],
  ['a budget of nothing', text('你好', { budgetMicroUsd: 0 }), 400, 'invalid-request'],
  ['a negative budget', text('你好', { budgetMicroUsd: -1 }), 400, 'invalid-request'],
  ['a budget of 10^18', text('你好', { budgetMicroUsd: 1e18 }), 400, 'invalid-request'],
  ['a length of nothing', text('你好', { targetMinutes: 0 }), 400, 'invalid-request'],
  ['broken JSON', '{"kind":', 400, 'invalid-json'],
  ['no JSON at all', '', 400, 'invalid-request'],
  ['a list', '[]', 400, 'invalid-request'],
]

describe('bad input is a clear answer, and nothing is stored or started', () => {
  it.each(refused)('%s', async (_name, body, status, code) => {
    const before = performance.now()
    const response = await person.ask('POST', '/api/episodes', body, { 'idempotency-key': randomUUID() })
    const problem = (await response.json()) as Problem
    expect(performance.now() - before).toBeLessThan(1000)
    expect([response.status, problem.code]).toEqual([status, code])
    expect(response.headers.get('content-type')).toContain('application/problem+json')
    expect(problem).toMatchObject({ status, title: expect.any(String), requestId: response.headers.get('x-request-id') })
    expect(problem.detail.length).toBeGreaterThan(10)
    expect(JSON.stringify(problem)).not.toMatch(/node_modules|\.ts:|at \w+ \(/)
  })

  it('stored nothing and started nothing', async () => {
    for (const table of ['episodes', 'sources', 'reservations', 'usage_logs']) {
      expect(await rows(run, `SELECT 1 FROM ${table} WHERE user_id = $1`, [userId]), table).toEqual([])
    }
    expect(await rows(run, `SELECT 1 FROM outbox WHERE payload->>'userId' = $1`, [userId])).toEqual([])
  })

  it('takes what can be cleaned: NUL, control characters and lone surrogates among words', async () => {
    const { id } = await person.order({
      kind: 'narration',
      notice: false,
      sources: [{ type: 'text', text: '你\u0000好\u0007，\ud800世界。\u202e' }],
    })
    await person.ready(id)
    expect((await person.lines(id)).map((line) => line.text).join('')).toBe('你好，世界。')
  })

  it.each([
    ['an id that is none', '/api/episodes/none', 400],
    ['an id nobody has', `/api/episodes/${randomUUID()}`, 404],
    ['a made-up cursor', '/api/episodes?cursor=%7B%7D', 400],
    ['a page of a million', '/api/episodes?limit=1000000', 400],
    ['a path that leads out', '/api/episodes/..%2f..%2fetc', 400],
    ['nothing there', '/api/nothing', 404],
  ])('%s', async (_name, path, status) => {
    const response = await person.ask('GET', path)
    expect([response.status, response.headers.get('content-type')?.split(';')[0]]).toEqual([status, 'application/problem+json'])
  })

  it('refuses sign-in with a wrong password and sign-up twice, in words', async () => {
    const email = `${randomUUID()}@example.com`
    const visitor = new Person(run)
    await visitor.ok('POST', '/api/auth/sign-up/email', { name: 'A', email, password: 'a long password' })
    expect((await visitor.ask('POST', '/api/auth/sign-up/email', { name: 'A', email, password: 'a long password' })).status).toBe(
      422,
    )
    expect((await new Person(run).ask('POST', '/api/auth/sign-in/email', { email, password: 'another password' })).status).toBe(
      401,
    )
    expect(
      (await new Person(run).ask('POST', '/api/auth/sign-up/email', { name: 'A', email: 'none', password: 'short' })).status,
    ).toBe(400)
  })
})
