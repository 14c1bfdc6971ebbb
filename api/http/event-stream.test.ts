import { createServer, get } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import express from 'express'
import { afterEach, expect, it } from 'vitest'
import { EventStream } from './event-stream.ts'

let server: Server
afterEach(() => {
  server.closeAllConnections()
  server.close()
})

interface Told {
  streams: EventStream[]
  rooms: number
  ends: number
  port: number
}

async function open(terms: { heartbeatMs: number; patienceMs: number }): Promise<Told> {
  const told: Told = { streams: [], rooms: 0, ends: 0, port: 0 }
  const app = express().get('/events', (_req, res) => {
    told.streams.push(new EventStream(res, terms, { onRoom: () => (told.rooms += 1), onEnd: () => (told.ends += 1) }))
  })
  server = createServer(app)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  told.port = (server.address() as AddressInfo).port
  return told
}

const listen = ({ port }: Told) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    get({ port, host: '127.0.0.1', path: '/events', agent: false }, resolve).on('error', reject)
  })

async function until(isSo: () => boolean): Promise<void> {
  for (const endMs = Date.now() + 50_000; !isSo(); await sleep(10)) if (Date.now() > endMs) throw new Error('it never came')
}

/** More than the buffers of a connection take. */
const large = Buffer.alloc(16 << 20, 'x')

it('says that the line lives, and what is said to all of them', async () => {
  const told = await open({ heartbeatMs: 30, patienceMs: 60_000 })
  const texts = await Promise.all(
    Array.from({ length: 50 }, async () => {
      const heard = { text: '' }
      const answer = await listen(told)
      expect(answer.headers['content-type']).toBe('text/event-stream; charset=utf-8')
      answer.setEncoding('utf8').on('data', (part: string) => (heard.text += part))
      return heard
    }),
  )
  for (const stream of told.streams) stream.say(Buffer.from('data: news\n\n'))
  await until(() => texts.every(({ text }) => text.includes(': still here\n\n') && text.includes('data: news\n\n')))
  for (const stream of told.streams) stream.end()
  await until(() => told.ends === 50)
})

it('cuts who does not read, after their time and not before', async () => {
  const told = await open({ heartbeatMs: 10, patienceMs: 300 })
  const answer = await listen(told)
  answer.on('error', () => undefined)
  const [stream] = told.streams as [EventStream]
  expect(stream.isBehind).toBe(false)
  const beganAt = performance.now()
  stream.say(large)
  expect(stream.isBehind).toBe(true)
  await until(() => told.ends === 1)
  expect(performance.now() - beganAt).toBeGreaterThanOrEqual(290)
  expect(stream).toMatchObject({ wasCut: true, isOpen: false, isBehind: false })
})

it('forgives who reads in the end, and says that there is room again', async () => {
  const told = await open({ heartbeatMs: 60_000, patienceMs: 20_000 })
  const answer = await listen(told)
  const [stream] = told.streams as [EventStream]
  stream.say(large)
  expect([stream.isBehind, told.rooms]).toEqual([true, 0])
  answer.resume()
  await until(() => told.rooms === 1)
  expect(stream).toMatchObject({ isBehind: false, isOpen: true, wasCut: false })
})

it('adds nothing for who is behind but what was said', async () => {
  const told = await open({ heartbeatMs: 5, patienceMs: 60_000 })
  const answer = await listen(told)
  const [stream] = told.streams as [EventStream]
  stream.say(large)
  await sleep(500)
  let bytes = 0
  let bytesOver: number | undefined
  answer.on('data', (part: Buffer) => {
    bytes += part.length
    if (bytes >= large.length) bytesOver ??= bytes - large.length
  })
  await until(() => bytesOver !== undefined)
  // A hundred heartbeats were due meanwhile.
  expect(bytesOver).toBeLessThan(20 * ': still here\n\n'.length)
})
