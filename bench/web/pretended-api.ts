import { readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { extname, join } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import type { components } from '../../api/openapi.d.ts'

type Schemas = components['schemas']

const dist = join(import.meta.dirname, '../../web/dist')
const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
}

const statuses = ['waiting', 'voicing', 'ready'] as const

/** The built web app with an API that knows one long episode and changes it as often as it is told: only the browser is measured. */
export async function startPretendedApi({ lines: count }: { lines: number }) {
  const lines = Array.from({ length: count }, (_, index) => lineOf(index, index < count / 2 ? 'ready' : 'waiting'))
  const listeners = new Set<ServerResponse>()
  const packed = new Map<string, number>()
  let isKnown = true
  let told = 0
  let timer: NodeJS.Timeout | undefined

  const episode = (): Schemas['Episode'] => episodeOf(lines, told)
  const script = (): Schemas['Script'] => ({ version: 1, revision: '1.1', sections: sections.map((title) => ({ title })), lines })
  const answers: Record<string, () => unknown> = {
    '/api/auth/get-session': () =>
      isKnown ? { user: { id: '1', name: '沈', email: 'someone@example.com', role: 'user' } } : null,
    '/api/config': () => ({
      environment: 'production',
      demo: true,
      maxSourceCharacters: 300_000,
      modelWrites: true,
      signInWith: [],
      mustVerify: false,
      topics: true,
      maxUploadBytes: 1,
    }),
    '/api/notices': () => ({ items: [] }),
    '/api/account': (): Schemas['Account'] => ({
      id: '1',
      name: '沈',
      email: 'someone@example.com',
      emailVerified: true,
      language: 'zh',
      role: 'user',
      isDemo: false,
      mailNotices: true,
      twoFactor: false,
      hasPassword: true,
      signInWith: [],
      createdAt: '2027-01-01T00:00:00.000Z',
    }),
    '/api/account/sessions': () => ({ items: [] }),
    '/api/keys': () => ({ items: [] }),
    '/api/webhooks': () => ({ items: [] }),
    '/api/voices': () => ({ items: [], nextCursor: null }),
    '/api/shows': () => ({ items: [], nextCursor: null }),
    '/api/episodes': () => ({ items: [], nextCursor: null }),
    '/api/episodes/1': episode,
    '/api/episodes/1/script': script,
    '/api/episodes/1/receipt': () => ({
      episodeId: '1',
      budgetMicroUsd: null,
      totals: { calls: 0, unknownCalls: 0, costMicroUsd: 0 },
      versions: [],
      calls: [],
    }),
    '/api/episodes/1/pronunciations': () => ({ items: [] }),
  }
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://here')
    if (pathname === '/api/episodes/1/events') {
      response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
      listeners.add(response)
      response.on('close', () => listeners.delete(response))
      return
    }
    if (pathname.startsWith('/api/')) {
      const answer = answers[pathname]
      response.writeHead(answer ? 200 : 404, { 'content-type': 'application/json' })
      response.end(JSON.stringify(answer ? answer() : { code: 'not-found', detail: 'not here' }))
      return
    }
    const file = extname(pathname) ? pathname : '/index.html'
    try {
      response
        .writeHead(200, { 'content-type': types[extname(file)] ?? 'application/octet-stream' })
        .end(readFileSync(join(dist, file)))
    } catch {
      response.writeHead(404).end()
    }
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))

  const send = (type: string, data: unknown) => {
    for (const listener of listeners) listener.write(`event: ${type}\ndata: ${JSON.stringify(data)}\n\n`)
  }
  /** One line goes a step on; every tenth time the episode's own numbers do. */
  const step = () => {
    told += 1
    const index = (told * 7) % count
    const old = lines[index]
    if (!old) return
    const status = statuses[(statuses.indexOf(old.status as (typeof statuses)[number]) + 1) % statuses.length] ?? 'ready'
    lines[index] = lineOf(index, status)
    send('line', lines[index])
    if (told % 10 === 0) send('episode', episode())
  }
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    /** Whether somebody is signed in from now on. */
    signedIn: (yes: boolean) => void (isKnown = yes),
    /** So many changes a second from now on. */
    update(aSecond: number) {
      clearInterval(timer)
      if (aSecond === 0) return
      const everyMs = Math.max(10, 1000 / aSecond)
      timer = setInterval(() => {
        for (let sent = 0; sent < Math.round((aSecond * everyMs) / 1000); sent += 1) step()
      }, everyMs)
    },
    updates: () => told,
    /** How large a built file is as a server sends it. */
    brotliBytes(path: string): number {
      const known = packed.get(path) ?? brotliCompressSync(readFileSync(join(dist, path))).length
      packed.set(path, known)
      return known
    },
    close() {
      clearInterval(timer)
      for (const listener of listeners) listener.end()
      server.close()
      server.closeAllConnections()
    },
  }
}

const sections = Array.from({ length: 10 }, (_, index) => `第${index + 1}章`)

function lineOf(index: number, status: Schemas['Line']['status']): Schemas['Line'] {
  const id = `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`
  const isReady = status === 'ready'
  return {
    id,
    originId: id,
    passages: 0,
    takes: isReady ? 1 : 0,
    section: Math.floor(index / 100),
    position: index,
    speaker: index % 3 ? '周棠' : '林知远',
    voiceId: 'v',
    text: `这是第${index + 1}句。2016 年有一项研究，把卫星图和地面测光拼成一张世界地图，结论是：全球三分之一的人，在自己住的地方看不到银河。`,
    direction: null,
    status,
    durationMs: isReady ? 4_200 : null,
    pauseAfterMs: 300,
    levels: isReady ? '468973568975436785432' : null,
    failure: null,
    tries: [],
  }
}

function episodeOf(lines: readonly Schemas['Line'][], told: number): Schemas['Episode'] {
  const at = new Date(1_800_000_000_000 + told * 100).toISOString()
  const linesDone = lines.filter(({ status }) => status === 'ready').length
  return {
    id: '1',
    kind: 'podcast',
    language: 'zh',
    title: '银河是怎么从城市里消失的',
    status: 'voicing',
    version: 1,
    createdAt: at,
    updatedAt: at,
    durationMs: null,
    progress: { linesTotal: lines.length, linesDone, linesFailed: 0, playableMs: 60_000, etaMs: 90_000 },
    costMicroUsd: told,
    speakers: [
      { name: '林知远', voiceId: 'v' },
      { name: '周棠', voiceId: 'v' },
    ],
    levels: '',
    failure: null,
    listening: null,
    cost: { spentMicroUsd: told, reservedMicroUsd: 0, budgetMicroUsd: null },
    pause: null,
    audio: null,
    playlistUrl: '/api/episodes/1/playlist.m3u8?v=1',
    transcriptUrl: null,
    transcriptSrtUrl: null,
    chaptersUrl: null,
    coverUrl: null,
    review: null,
    notes: null,
    show: null,
    packageUrl: null,
    sources: [],
    versions: [{ number: 1, createdAt: at }],
  }
}
