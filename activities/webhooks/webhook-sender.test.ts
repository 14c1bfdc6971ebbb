import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { isIP } from 'node:net'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { createSafeFetch } from '../../shared/safe-fetch/safe-fetch.ts'
import type { Resolve } from '../../shared/safe-fetch/safe-fetch.ts'
import { sendMessage } from './webhook-sender.ts'

let server: Server
let port: number
/** Where nobody listens. */
let closedPort: number
let connections = 0
let paths: string[] = []

const leadsTo =
  (...addresses: string[]): Resolve =>
  () =>
    Promise.resolve(addresses.map((address) => ({ address, family: isIP(address) })))
const message = (url: string) => ({ url, headers: { 'content-type': 'application/json' }, body: '{"说":"你好"}' })
const here = () => createSafeFetch({ named: new Set([`127.0.0.1:${closedPort}`, `127.0.0.1:${port}`]) })

async function listen(one: Server): Promise<number> {
  await new Promise<void>((resolve) => one.listen(0, '127.0.0.1', resolve))
  return (one.address() as AddressInfo).port
}

beforeAll(async () => {
  server = createServer((req, res) => {
    paths.push(req.url!)
    if (req.url === '/silent') return
    const [status, headers] = req.url === '/away' ? ([302, { location: '/elsewhere' }] as const) : ([429, {}] as const)
    req.resume().on('end', () => res.writeHead(status, { ...headers, 'retry-after': '7' }).end('x'.repeat(1_000_000)))
  })
  server.on('connection', () => (connections += 1))
  port = await listen(server)
  const other = createServer()
  closedPort = await listen(other)
  await new Promise((resolve) => other.close(resolve))
})
beforeEach(() => {
  connections = 0
  paths = []
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
  const fetchSafely = createSafeFetch({ resolve: leadsTo(...addresses) })
  const answer = await sendMessage(fetchSafely, message('https://hooks.example.com/'))
  expect(answer).toEqual({ status: null, failure: 'This name leads to an address that is not on the public internet.' })
  expect(connections).toBe(0)
})

it('hears how long to wait, does not read on, and follows nowhere', async () => {
  expect(await sendMessage(here(), message(`http://127.0.0.1:${port}/`))).toEqual({
    status: 429,
    failure: null,
    retryAfterMs: 7000,
  })
  expect(await sendMessage(here(), message(`http://127.0.0.1:${port}/away`))).toMatchObject({ status: 302, failure: null })
  expect(paths).toEqual(['/', '/away'])
})

it('says in words why no answer came', async () => {
  const failure = async (url: string) => (await sendMessage(here(), message(url))).failure
  expect(await failure(`http://127.0.0.1:${closedPort}/`)).toBe('Nobody listens there.')
  expect(await failure(`https://127.0.0.1:${port}/`)).toBe('The connection broke.')
  expect(await failure(`http://127.0.0.1:${port}/silent`)).toBe('Not whole within 15 seconds.')
})
