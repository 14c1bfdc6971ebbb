import { request } from 'node:http'
import { connect } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { plantEpisodes } from '../../bench/plant-episodes.ts'
import { ownApi } from '../deployment/own-api.ts'
import type { OwnApi } from '../deployment/own-api.ts'
import { Gate, portOf, throughGate } from '../faults/gate.ts'
import { Person, readRun } from '../setup/person.ts'
import type { Problem } from '../setup/person.ts'
import { rows } from '../setup/store.ts'

const run = readRun()
const apis: OwnApi[] = []
let gate: Gate
let door: string
let twin: string

/** The limits of production, behind one proxy of ours: so a test may come from any address. */
async function open(changed: Record<string, string> = {}): Promise<string> {
  const api = await ownApi(run, { RATE_LIMIT_SCALE: '1', TRUSTED_PROXIES: '1', ...changed })
  apis.push(api)
  return api.url
}

beforeAll(async () => {
  gate = await Gate.before(portOf(run.settings.REDIS_URL!))
  ;[door, twin] = await Promise.all([open(), open()])
})
afterAll(async () => {
  await Promise.all(apis.map((api) => api.stop()))
  gate.close()
})

const from = (address: string, headers: Record<string, string> = {}) => ({ headers: { 'x-forwarded-for': address, ...headers } })
const look = (url: string, address: string) => fetch(`${url}/api/config`, from(address))

async function statuses(answers: Promise<Response>[]): Promise<Record<number, number>> {
  const counts: Record<number, number> = {}
  for (const answer of await Promise.all(answers)) {
    counts[answer.status] = (counts[answer.status] ?? 0) + 1
    await answer.arrayBuffer()
  }
  return counts
}

describe('a hundred requests a minute an address', () => {
  it('lets exactly 100 of 1,000 parallel requests through', async () => {
    const answers = Array.from({ length: 1000 }, () => look(door, '203.0.113.1'))
    expect(await statuses(answers)).toEqual({ 200: 100, 429: 900 })
  })

  it('counts for all copies of the door together', async () => {
    const answers = Array.from({ length: 400 }, (_, index) => look(index % 2 ? door : twin, '203.0.113.2'))
    expect(await statuses(answers)).toEqual({ 200: 100, 429: 300 })
  })

  it('says in the standard headers what is left, and when to come again', async () => {
    const first = await look(door, '203.0.113.3')
    expect(first.headers.get('ratelimit-policy')).toBe('"address";q=100;w=60')
    expect(first.headers.get('ratelimit')).toMatch(/^"address";r=99;t=(60|59)$/)
    await statuses(Array.from({ length: 99 }, () => look(door, '203.0.113.3')))
    const refused = await look(door, '203.0.113.3')
    const problem = (await refused.json()) as Problem
    expect([refused.status, problem.code]).toEqual([429, 'too-many-requests'])
    expect(refused.headers.get('ratelimit')).toMatch(/^"address";r=0;t=\d+$/)
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(Number(refused.headers.get('retry-after'))).toBeLessThanOrEqual(60)
  })

  it('never believes the left end of X-Forwarded-For', async () => {
    const answers = Array.from({ length: 150 }, (_, index) => look(door, `198.51.100.${index}, 203.0.113.4`))
    expect(await statuses(answers)).toEqual({ 200: 100, 429: 50 })
  })

  it('counts an IPv6 /64 as one, and an IPv4 address however it is written', async () => {
    const oneHome = Array.from({ length: 150 }, (_, index) => look(door, `2001:db8:1:2::${index.toString(16)}`))
    expect(await statuses(oneHome)).toEqual({ 200: 100, 429: 50 })
    expect((await look(door, '2001:db8:1:3::1')).status).toBe(200)
    const spelled = ['203.0.113.5', '::ffff:203.0.113.5', '::ffff:cb00:7105']
    const answers = Array.from({ length: 150 }, (_, index) => look(door, spelled[index % 3]!))
    expect(await statuses(answers)).toEqual({ 200: 100, 429: 50 })
  })

  it('counts a person too, wherever they come from', async () => {
    const person = (await Person.signUp(run)).at(door)
    const answers = Array.from({ length: 150 }, (_, index) =>
      person.ask('GET', '/api/account', undefined, { 'x-forwarded-for': `198.51.100.${index}` }),
    )
    expect(await statuses(answers)).toEqual({ 200: 100, 429: 50 })
  })

  it('counts what is answered out of memory as everything else, the address and the person', async () => {
    for (const counted of ['address', 'user']) {
      const somebody = await Person.signUp(run)
      const { id: userId } = await somebody.who()
      const person = somebody.at(door)
      const id = await plantEpisodes(run, userId, 1, 3)
      const address = (index: number) => (counted === 'user' ? `198.51.100.${index}` : '203.0.113.8')
      const ask = (index: number) => person.ask('GET', `/api/episodes/${id}`, undefined, { 'x-forwarded-for': address(index) })
      for (let time = 0; time < 2; time++) await (await ask(0)).arrayBuffer()
      const left = new RegExp(`"${counted}";r=(\\d+)`).exec((await ask(0)).headers.get('ratelimit')!)![1]
      await rows(run, 'UPDATE episodes SET title = $2 WHERE id = $1', [id, 'Changed behind its back'])
      expect(((await (await ask(0)).json()) as { title: string }).title).toBe('Episode 1')
      const passed = Number(left) - 1
      expect(await statuses(Array.from({ length: 150 }, (_, index) => ask(index)))).toEqual({ 200: passed, 429: 150 - passed })
    }
  })

  it('leaves health alone', async () => {
    const answers = Array.from({ length: 150 }, () => fetch(`${door}/health`, from('203.0.113.6')))
    expect(await statuses(answers)).toEqual({ 200: 150 })
  })
})

describe('what signs in is bounded more strictly', () => {
  const signIn = (address: string, email: string) =>
    fetch(`${door}/api/auth/sign-in/email`, {
      method: 'POST',
      body: JSON.stringify({ email, password: 'not the password' }),
      ...from(address, { 'content-type': 'application/json', origin: door }),
    })

  it('ten a minute from an address, whoever they try', async () => {
    const answers = Array.from({ length: 25 }, (_, index) => signIn('203.0.113.20', `nobody-${index}@example.com`))
    expect(await statuses(answers)).toEqual({ 401: 10, 429: 15 })
  })

  it('ten a minute for an account, wherever they come from', async () => {
    const answers = Array.from({ length: 25 }, (_, index) => signIn(`198.51.100.${index}`, ' One@Example.com'.trim()))
    expect(await statuses(answers)).toEqual({ 401: 10, 429: 15 })
  })
})

describe('what takes a file is bounded by a limit of its own', () => {
  it('thirty a minute a person, announced files and links to be read together', async () => {
    const person = (await Person.signUp(run)).at(door)
    const announce = (index: number) =>
      person.ask('POST', '/api/uploads', { name: `${index}.txt`, bytes: 10 }, { 'x-forwarded-for': `198.51.100.${index}` })
    const read = (index: number) =>
      person.ask('POST', '/api/sources', { type: 'url', url: 'http://127.0.0.1/' }, { 'x-forwarded-for': `198.51.100.${index}` })
    expect(await statuses(Array.from({ length: 20 }, (_, index) => announce(index)))).toEqual({ 201: 20 })
    const links = await statuses(Array.from({ length: 20 }, (_, index) => read(index)))
    expect(links[429]).toBe(10)
  })
})

describe('while Redis is away', () => {
  let cut: string
  let person: Person
  beforeAll(async () => {
    cut = await open({ REDIS_URL: throughGate(run.settings.REDIS_URL!, gate) })
    person = (await Person.signUp(run)).at(cut)
    gate.shut()
  })
  afterAll(() => gate.open())

  it('reads go on under a limit of the process’s own', async () => {
    expect((await person.ask('GET', '/api/account')).status).toBe(200)
    const answers = Array.from({ length: 150 }, () => look(cut, '203.0.113.30'))
    expect(await statuses(answers)).toEqual({ 200: 100, 429: 50 })
  })

  it.each([
    ['an order', '/api/episodes', { kind: 'narration', sources: [{ type: 'text', text: 'Hello.' }] }],
    ['a file', '/api/uploads', { name: 'a.txt', bytes: 10 }],
    ['a link to read', '/api/sources', { type: 'url', url: 'https://example.com/' }],
    ['a sign-in', '/api/auth/sign-in/email', run.admin],
    ['a sign-up', '/api/auth/sign-up/email', { name: 'A', email: 'away@example.com', password: 'a long password' }],
    ['a reset', '/api/auth/request-password-reset', { email: 'away@example.com' }],
  ])('%s is refused with 503 and a time to come again', async (_name, path, body) => {
    const answer = await person.ask('POST', path, body)
    expect([answer.status, ((await answer.json()) as Problem).code]).toEqual([503, 'unavailable'])
    expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0)
  })

  it('what stops spending is not refused', async () => {
    const order = await person.at(run.api).order({ kind: 'narration', sources: [{ type: 'text', text: 'Hello again.' }] })
    expect((await person.ask('DELETE', `/api/episodes/${order.id}`)).status).toBe(204)
  })
})

describe('nobody holds the door', () => {
  it('sheds what is too much with 503 while health is still answered', async () => {
    const narrow = await open({ RATE_LIMIT_SCALE: '1000', MAX_REQUESTS: '5' })
    const slow = () =>
      fetch(`${narrow}/api/auth/sign-in/email`, {
        method: 'POST',
        body: JSON.stringify({ email: 'nobody@example.com', password: 'not the password' }),
        headers: { 'content-type': 'application/json', origin: narrow },
      })
    const counts = statuses(Array.from({ length: 60 }, slow))
    expect((await fetch(`${narrow}/health`)).status).toBe(200)
    const { 401: taken = 0, 503: shed = 0 } = await counts
    expect(taken + shed).toBe(60)
    expect(taken).toBeGreaterThanOrEqual(5)
    expect(shed).toBeGreaterThan(20)
    expect((await slow()).status).toBe(401)
  })

  it('answers 64 KB of headers and what is no HTTP with a problem, and goes on', async () => {
    const large = await new Promise<{ status: number; text: string }>((resolve, reject) => {
      const asked = request(`${door}/api/config`, { headers: { 'x-large': 'a'.repeat(64 * 1024) } }, (answer) => {
        let text = ''
        answer.setEncoding('utf8').on('data', (part: string) => (text += part))
        answer.on('end', () => resolve({ status: answer.statusCode!, text }))
      })
      asked.on('error', reject).end()
    })
    expect([large.status, (JSON.parse(large.text) as Problem).code]).toEqual([431, 'headers-too-large'])
    const said = await new Promise<string>((resolve, reject) => {
      const socket = connect(Number(new URL(door).port), '127.0.0.1', () => socket.write('this is not HTTP\r\n\r\n'))
      let text = ''
      socket.setEncoding('utf8').on('data', (part: string) => (text += part))
      socket.on('close', () => resolve(text)).on('error', reject)
    })
    expect(said).toMatch(/^HTTP\/1.1 400 /)
    expect(said).toContain('"code":"invalid-request"')
    expect((await look(door, '203.0.113.40')).status).toBe(200)
  })
})
