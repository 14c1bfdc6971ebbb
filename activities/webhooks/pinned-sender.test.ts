import { createServer } from 'node:http'
import type { Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { pinnedSender } from './pinned-sender.ts'
import type { Resolve } from './pinned-sender.ts'

let server: Server
let port: number
let connections = 0
let asked: string[] = []

const leadsTo =
  (...addresses: string[]): Resolve =>
  (hostname, give) => {
    asked.push(hostname)
    give(
      null,
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 })),
    )
  }
const message = (url: string) => ({ url, headers: { 'content-type': 'application/json' }, body: '{"说":"你好"}' })

beforeAll(async () => {
  server = createServer((req, res) => {
    if (req.url === '/silent') return
    req.resume().on('end', () => res.writeHead(429, { 'retry-after': '7' }).end('x'.repeat(1_000_000)))
  })
  server.on('connection', () => (connections += 1))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
})
beforeEach(() => {
  connections = 0
  asked = []
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

it.each([
  ['an inner address', ['127.0.0.1']],
  ['an inner one beside a public one', ['1.1.1.1', '127.0.0.1']],
  ['an inner one in the spelling of v6', ['::ffff:127.0.0.1']],
  ['the cloud’s own', ['169.254.169.254']],
  ['nothing', []],
])('connects to nobody when a name leads to %s', async (_what, addresses) => {
  const answer = await pinnedSender([], leadsTo(...addresses)).send(message(`https://hooks.example.com:${port}/`))
  expect(answer).toEqual({ status: null, failure: 'It is not on the open internet.' })
  expect(asked).toEqual(['hooks.example.com'])
  expect(connections).toBe(0)
})

it('does not even ask for a name where the address is refused as it stands', async () => {
  const answer = await pinnedSender([], leadsTo('127.0.0.1')).send(message(`https://127.0.0.1:${port}/`))
  expect(answer.failure).toBe('It is not on the open internet.')
  expect([asked, connections]).toEqual([[], 0])
})

it('tells a receiver of its own network, hears how long to wait, and does not read on', async () => {
  const answer = await pinnedSender([`127.0.0.1:${port}`]).send(message(`http://127.0.0.1:${port}/`))
  expect(answer).toEqual({ status: 429, failure: null, retryAfterMs: 7000 })
  expect(connections).toBe(1)
})

it('says in words why no answer came', async () => {
  const sender = pinnedSender(['127.0.0.1:1', `127.0.0.1:${port}`])
  expect((await sender.send(message('http://127.0.0.1:1/'))).failure).toBe('Nobody listens there.')
  expect((await sender.send(message(`https://127.0.0.1:${port}/`))).failure).toBe('The connection broke.')
  expect((await sender.send(message(`http://127.0.0.1:${port}/silent`))).failure).toBe('No answer within 15 seconds.')
})
