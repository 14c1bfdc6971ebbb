import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, request } from 'node:http'
import type { IncomingMessage, Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { brotliCompressSync, brotliDecompressSync } from 'node:zlib'
import express from 'express'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { packedFiles } from './packed-files.ts'

let server: Server

beforeAll(async () => {
  const folder = mkdtempSync(join(tmpdir(), 'aimake-packed-'))
  mkdirSync(join(folder, 'assets'))
  writeFileSync(join(folder, 'assets/app-1.js'), 'plain()')
  writeFileSync(join(folder, 'assets/app-1.js.br'), brotliCompressSync('plain()'))
  writeFileSync(join(folder, 'assets/alone.css'), 'a{}')
  writeFileSync(join(folder, 'secret.js.br'), 'not here')
  server = createServer(express().use(packedFiles(folder), express.static(folder)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
})
afterAll(() => server.close())

const ask = (path: string, encoding: string) =>
  new Promise<IncomingMessage>((resolve, reject) => {
    const { port } = server.address() as AddressInfo
    request({ port, path, headers: { 'accept-encoding': encoding } }, resolve)
      .on('error', reject)
      .end()
  })

it('sends the packed copy to who reads it, under the name and kind of the file', async () => {
  const answer = await ask('/assets/app-1.js?v=2', 'gzip, br')
  expect([answer.statusCode, answer.headers['content-encoding'], answer.headers['vary']]).toEqual([200, 'br', 'accept-encoding'])
  expect(answer.headers['content-type']).toBe('text/javascript; charset=utf-8')
  const parts: Buffer[] = []
  for await (const part of answer as AsyncIterable<Buffer>) parts.push(part)
  expect(brotliDecompressSync(Buffer.concat(parts)).toString()).toBe('plain()')
})

it.each([
  ['/assets/app-1.js', 'identity', 'plain()'],
  ['/assets/app-1.js', 'gzip', 'plain()'],
  ['/assets/alone.css', 'br', 'a{}'],
])('sends %s as it is to %s', async (path, encoding, content) => {
  const answer = await ask(path, encoding)
  expect([answer.headers['content-encoding'], await text(answer)]).toEqual([undefined, content])
})

it.each(['/assets/..%2fsecret.js', '/secret.js', '/assets/gone.js', '/assets/../secret.js'])(
  'has nothing at %s',
  async (path) => {
    expect((await ask(path, 'br')).statusCode).toBe(404)
  },
)
