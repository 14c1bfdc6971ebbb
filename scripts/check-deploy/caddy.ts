import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { run } from './tools.ts'
import type { Outcome } from './tools.ts'

const page = 'no-cache'
const kept = 'public, max-age=31536000, immutable'
const neither = null

/** What is asked, and what the answer must be: status, who may keep it, and its text. */
const expected: [path: string, status: number, cacheControl: string | null, text: string][] = [
  ['/', 200, page, 'the web app'],
  ['/episodes/7', 200, page, 'the web app'],
  ['/assets/a.js', 200, kept, 'its script'],
  ['/assets/gone.js', 404, neither, ''],
  ['/admin', 200, page, 'the console'],
  ['/admin/users', 200, page, 'the console'],
  ['/admin/assets/b.js', 200, kept, 'script of the console'],
  ['/admin/assets/gone.js', 404, neither, ''],
  ['/api/episodes', 200, neither, 'the API'],
  ['/health', 200, neither, 'the API'],
]

const onEveryAnswer = ['strict-transport-security', 'x-content-type-options']

/** Runs Caddy with our file, over two apps of one page each and an API of one answer, and asks it for what people ask. */
export async function caddyServes(): Promise<Outcome> {
  const name = 'deploy/caddy: pages, files, and what is gone'
  if (run('caddy', ['version']).missing) return { name, verdict: 'not installed' }
  const folder = mkdtempSync(join(tmpdir(), 'aimake-caddy-'))
  const api = createServer((_request, response) => response.end('the API')).listen(0, '127.0.0.1')
  await once(api, 'listening')
  const site = `http://127.0.0.1:${await freePort()}`
  const caddy = spawn('caddy', ['run', '--config', writeApps(folder), '--adapter', 'caddyfile'], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, ...addresses(site, api.address() as AddressInfo), XDG_DATA_HOME: folder, XDG_CONFIG_HOME: folder },
  })
  let log = ''
  caddy.stderr.on('data', (text) => (log += text))
  const ended = once(caddy, 'exit')
  try {
    if (!(await answers(site, caddy))) return { name, verdict: 'failed', said: log }
    const faults = await Promise.all(expected.map((row) => faultOf(site, row)))
    const said = faults.filter(Boolean).join('\n')
    return { name, verdict: said ? 'failed' : 'ok', said }
  } finally {
    caddy.kill()
    await ended
    api.close()
    rmSync(folder, { recursive: true })
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}

function writeApps(folder: string): string {
  const files = {
    'web/index.html': 'the web app',
    'web/assets/a.js': 'its script',
    'admin/index.html': 'the console',
    'admin/assets/b.js': 'script of the console',
  }
  for (const app of ['web', 'admin']) mkdirSync(join(folder, app, 'assets'), { recursive: true })
  for (const [path, text] of Object.entries(files)) writeFileSync(join(folder, path), text)
  const ours = readFileSync('deploy/caddy/Caddyfile', 'utf8').replaceAll('/srv/', `${folder}/`)
  const path = join(folder, 'Caddyfile')
  // Its admin door has one port for all Caddies of a machine.
  writeFileSync(path, ours.replace(/^\{$/m, '{\n\tadmin off'))
  return path
}

const addresses = (site: string, api: AddressInfo) => ({
  SITE_ADDRESS: site,
  API_ADDRESS: site.replace('127.0.0.1', 'api.localhost'),
  STORAGE_ADDRESS: site.replace('127.0.0.1', 's3.localhost'),
  API_UPSTREAM: `127.0.0.1:${api.port}`,
})

async function answers(site: string, caddy: ChildProcess): Promise<boolean> {
  for (let tries = 0; tries < 100 && caddy.exitCode === null; tries++) {
    if (await fetch(site).catch(() => undefined)) return true
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  return false
}

async function faultOf(site: string, [path, ...wanted]: (typeof expected)[number]): Promise<string | undefined> {
  const response = await fetch(`${site}${path}`)
  const found = [response.status, response.headers.get('cache-control'), await response.text()]
  // What is gone is answered over TLS too.
  const missing = onEveryAnswer.filter((name) => !response.headers.has(name))
  if (missing.length > 0) return `${path}: without ${missing.join(', ')}`
  return JSON.stringify(found) === JSON.stringify(wanted)
    ? undefined
    : `${path}: ${JSON.stringify(found)}, not ${JSON.stringify(wanted)}`
}
