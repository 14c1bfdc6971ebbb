import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { listeningSockets } from './port-holder.ts'
import { PortBook } from './ports.ts'

const home = mkdtempSync(join(tmpdir(), 'aimake-ports-'))
afterAll(() => rmSync(home, { recursive: true }))

const folder = () => mkdtempSync(join(home, 'data-'))

async function occupy(): Promise<{ port: number; free: () => void }> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { port: (server.address() as AddressInfo).port, free: () => server.close() }
}

test('a taken port is told with its holder and the next free one is used, then remembered', async () => {
  const data = folder()
  const taken: unknown[] = []
  const other = await occupy()
  const book = new PortBook(data, (...facts) => taken.push(facts))
  const chosen = await book.choose('api', other.port)
  expect(chosen).toBeGreaterThan(other.port)
  expect(taken).toEqual([['api', other.port, expect.stringContaining(`(process ${process.pid})`), chosen]])
  book.remember()
  await book.release(['api'])
  other.free()
  expect(await new PortBook(data, () => {}).choose('api', other.port)).toBe(chosen)
})

test('two books opened at the same time never choose the same port', async () => {
  const start = await occupy()
  const [a, b] = [new PortBook(folder(), () => {}), new PortBook(folder(), () => {})]
  expect(await a.choose('api', start.port)).not.toBe(await b.choose('api', start.port))
  await Promise.all([a.release(['api']), b.release(['api'])])
  start.free()
})

test('only listening sockets of that very port count', () => {
  const table = [
    '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
    '   0: 0100007F:1F40 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 1111 1',
    '   1: 0100007F:1F40 0100007F:9999 01 00000000:00000000 00:00000000 00000000     0        0 2222 1',
    '   2: 0100007F:1F41 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 3333 1',
  ].join('\n')
  expect(listeningSockets(table, 8000)).toEqual(['1111'])
})
