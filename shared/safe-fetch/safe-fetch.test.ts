import { createServer } from 'node:http'
import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import { Socket, isIP } from 'node:net'
import type { AddressInfo } from 'node:net'
import { brotliCompressSync, deflateSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { FetchRefused } from './fetch-refused.ts'
import { isPublicAddress } from './public-address.ts'
import { createSafeFetch } from './safe-fetch.ts'
import type { Resolve, SafeRequest } from './safe-fetch.ts'

const usual: SafeRequest = { maxBytes: 1024 * 1024, deadlineMs: 5_000 }

/** Every address that any socket of this process tries, whoever opened it. */
const attempts: string[] = []
const connect = Socket.prototype.connect
beforeAll(() => {
  Socket.prototype.connect = function (this: Socket, ...args: Parameters<typeof connect>) {
    this.on('connectionAttempt', (ip: string, port: number) => attempts.push(`${ip} ${port}`))
    return connect.apply(this, args)
  } as typeof connect
})
afterAll(() => {
  Socket.prototype.connect = connect
})
beforeEach(() => {
  attempts.length = 0
})

type Page = (req: IncomingMessage, res: ServerResponse) => void
const pages = new Map<string, Page>()
let server: Server
let site: string
let port: number
beforeAll(async () => {
  server = createServer((req, res) =>
    (pages.get(req.url!.split('?')[0]!) ?? ((_req, none) => void none.writeHead(404).end()))(req, res),
  )
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  port = (server.address() as AddressInfo).port
  site = `http://127.0.0.1:${port}`
})
afterAll(async () => {
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})

const inside = () => createSafeFetch({ named: new Set([`127.0.0.1:${port}`]) })
const names: Record<string, string[]> = {
  'loopback.example.com': ['127.0.0.1'],
  'mixed.example.com': ['93.184.216.34', '10.0.0.1'],
  'mapped.example.com': ['::ffff:127.0.0.1'],
  'metadata.example.com': ['169.254.169.254'],
  'nat64.example.com': ['64:ff9b::7f00:1'],
  'none.example.com': [],
}
const resolve: Resolve = (hostname) =>
  Promise.resolve((names[hostname] ?? ['10.1.2.3']).map((address) => ({ address, family: isIP(address) })))

async function refusal(work: Promise<unknown>): Promise<FetchRefused> {
  const error = await work.then(
    () => new Error('it was fetched'),
    (reason: unknown) => reason,
  )
  if (!(error instanceof FetchRefused)) throw error
  return error
}

const hostile: [url: string, code: string][] = [
  ['', 'url-malformed'],
  ['   ', 'url-malformed'],
  ['http://', 'url-malformed'],
  ['http:///etc/passwd', 'url-malformed'],
  ['http:127.0.0.1', 'url-malformed'],
  ['http:/127.0.0.1/', 'url-malformed'],
  ['https:\\\\127.0.0.1\\', 'url-malformed'],
  ['http://example.com\\@127.0.0.1/', 'url-malformed'],
  ['http://127.0.0.1\t.example.com/', 'url-malformed'],
  ['http://example.com/\r\nHost: inside', 'url-malformed'],
  ['http://exa mple.com/', 'url-malformed'],
  ['http://[::1', 'url-malformed'],
  ['http://[fe80::1%25eth0]/', 'url-malformed'],
  ['http://256.256.256.256/', 'url-malformed'],
  ['http://example.com:99999/', 'url-malformed'],
  ['http://\u200b127.0.0.1/', 'url-malformed'],
  [`http://example.com/${'a'.repeat(3000)}`, 'url-malformed'],
  ['file:///etc/passwd', 'url-scheme'],
  ['ftp://example.com/', 'url-scheme'],
  ['gopher://127.0.0.1:6379/_INFO', 'url-scheme'],
  ['data:text/html,hello', 'url-scheme'],
  ['javascript:alert(1)', 'url-scheme'],
  ['dict://127.0.0.1:11211/', 'url-scheme'],
  ['//127.0.0.1/', 'url-scheme'],
  ['example.com', 'url-scheme'],
  ['view-source:http://127.0.0.1/', 'url-scheme'],
  ['http://user:secret@example.com/', 'url-credentials'],
  ['http://@127.0.0.1/', 'url-credentials'],
  ['http://example.com@127.0.0.1/', 'url-credentials'],
  ['http://example.com%40127.0.0.1/', 'url-malformed'],
  ['http://example.com:22/', 'url-port'],
  ['http://example.com:6379/', 'url-port'],
  ['https://example.com:8443/', 'url-port'],
  ['http://127.0.0.1:9000/', 'url-port'],
  ['http://127.0.0.1/', 'url-address'],
  ['http://127.1/', 'url-address'],
  ['http://127.0.1/', 'url-address'],
  ['http://0/', 'url-address'],
  ['http://0.0.0.0/', 'url-address'],
  ['http://2130706433/', 'url-address'],
  ['http://0x7f000001/', 'url-address'],
  ['http://0x7f.0x0.0x0.0x1/', 'url-address'],
  ['http://017700000001/', 'url-address'],
  ['http://0177.0.0.01/', 'url-address'],
  ['http://0x7f.1/', 'url-address'],
  ['http://１２７.０.０.１/', 'url-address'],
  ['http://①②⑦.⓪.⓪.①/', 'url-address'],
  ['http://127。0。0。1/', 'url-address'],
  ['http://%31%32%37.0.0.1/', 'url-address'],
  ['http://127.0.0.1./', 'url-address'],
  // Public, but not as anybody writes it.
  ['http://0x5db8d822/', 'url-address'],
  ['http://10.0.0.8/', 'url-address'],
  ['http://172.16.0.1/', 'url-address'],
  ['http://172.31.255.255/', 'url-address'],
  ['http://192.168.1.1/', 'url-address'],
  ['http://100.64.0.1/', 'url-address'],
  ['http://100.100.100.200/latest/meta-data/', 'url-address'],
  ['http://169.254.169.254/latest/meta-data/', 'url-address'],
  ['http://168.63.129.16/machine', 'url-address'],
  ['http://192.0.0.192/opc/v2/', 'url-address'],
  ['http://198.18.0.1/', 'url-address'],
  ['http://224.0.0.1/', 'url-address'],
  ['http://255.255.255.255/', 'url-address'],
  ['http://[::]/', 'url-address'],
  ['http://[::1]/', 'url-address'],
  ['http://[0:0:0:0:0:0:0:1]/', 'url-address'],
  ['http://[::ffff:127.0.0.1]/', 'url-address'],
  ['http://[::ffff:7f00:1]/', 'url-address'],
  ['http://[::127.0.0.1]/', 'url-address'],
  ['http://[64:ff9b::169.254.169.254]/', 'url-address'],
  ['http://[64:ff9b:1::1]/', 'url-address'],
  ['http://[2002:7f00:1::]/', 'url-address'],
  ['http://[2001:0:7f00:1::]/', 'url-address'],
  ['http://[fd00:ec2::254]/', 'url-address'],
  ['http://[fe80::1]/', 'url-address'],
  ['http://[fec0::1]/', 'url-address'],
  ['http://[ff02::1]/', 'url-address'],
  ['http://[2001:db8::1]/', 'url-address'],
  ['http://localhost/', 'url-address'],
  ['http://LOCALHOST./', 'url-address'],
  ['http://inside.localhost/', 'url-address'],
  ['http://router/', 'url-address'],
  ['http://printer.local/', 'url-address'],
  ['http://metadata.google.internal/computeMetadata/v1/', 'url-address'],
  ['http://1.0.0.127.in-addr.arpa/', 'url-address'],
  ['http://ⓛⓞⓒⓐⓛⓗⓞⓢⓣ/', 'url-address'],
  ['http://loopback.example.com/', 'url-address'],
  ['https://loopback.example.com/', 'url-address'],
  ['http://mixed.example.com/', 'url-address'],
  ['http://mapped.example.com/', 'url-address'],
  ['http://metadata.example.com/', 'url-address'],
  ['http://nat64.example.com/', 'url-address'],
  ['http://none.example.com/', 'url-address'],
]

describe('an address that leads inside, or nowhere', () => {
  it.each(hostile)('%s', async (url, code) => {
    const refused = await refusal(createSafeFetch({ resolve })(url, usual))
    expect([refused.code, refused.isLasting]).toEqual([code, true])
    expect(attempts).toEqual([])
  })

  it('none of 10,000 made-up ones reaches a socket', async () => {
    const fetchSafely = createSafeFetch({ resolve })
    const codes = new Map<string, number>()
    const seen = new Set<string>()
    for (const url of madeUp(10_000)) {
      seen.add(url)
      const { code } = await refusal(fetchSafely(url, usual))
      codes.set(code, (codes.get(code) ?? 0) + 1)
    }
    expect(seen.size).toBeGreaterThan(9_000)
    expect(codes.get('url-address')).toBeGreaterThan(5_000)
    expect([...codes.values()].reduce((sum, count) => sum + count, 0)).toBe(10_000)
    expect(attempts).toEqual([])
  })

  it('and the count would have told', async () => {
    pages.set('/', (_req, res) => void res.end('here'))
    await inside()(`${site}/`, usual)
    expect(attempts).toEqual([`127.0.0.1 ${port}`])
  })
})

describe('a name that changes its mind', () => {
  it('is asked once a connection, and the judged address is the one that is tried', async () => {
    const answers = ['2a0e:ffff::1', '127.0.0.1']
    let asked = 0
    const changing: Resolve = () =>
      Promise.resolve([{ address: answers[asked++] ?? '127.0.0.1', family: isIP(answers[asked - 1] ?? '') || 4 }])
    await refusal(createSafeFetch({ resolve: changing })('http://rebind.example.com/', { ...usual, deadlineMs: 500 }))
    expect(asked).toBe(1)
    expect(attempts.filter((one) => one !== '2a0e:ffff::1 80')).toEqual([])
  })

  it('is judged anew when an answer leads back to it', async () => {
    pages.set('/rebind', (_req, res) => void res.writeHead(302, { location: 'http://loopback.example.com/' }).end())
    const fetchSafely = createSafeFetch({ resolve, named: new Set([`127.0.0.1:${port}`]) })
    expect((await refusal(fetchSafely(`${site}/rebind`, usual))).code).toBe('url-address')
    expect(attempts).toEqual([`127.0.0.1 ${port}`])
  })
})

describe('an answer that leads elsewhere', () => {
  it.each(
    hostile.filter(([url]) => /^[a-z][\w+.-]*:/i.test(url) && /^[ -~]*$/.test(url) && !/\s/.test(url) && url.length < 2000),
  )('to %s', async (url) => {
    pages.set('/away', (_req, res) => void res.writeHead(302, { location: url }).end())
    const fetchSafely = createSafeFetch({ resolve, named: new Set([`127.0.0.1:${port}`]) })
    const { code } = await refusal(fetchSafely(`${site}/away`, usual))
    expect(code).toMatch(/^url-(?:address|scheme|port|credentials|malformed|redirects)$/)
    expect(attempts).toEqual([`127.0.0.1 ${port}`])
  })

  it('goes five times and no further', async () => {
    pages.set('/hop', (req, res) => {
      const left = Number(new URL(req.url!, site).searchParams.get('left'))
      if (left === 0) res.end('arrived')
      else res.writeHead([301, 302, 303, 307, 308][left % 5]!, { location: `/hop?left=${left - 1}` }).end()
    })
    const { url, body } = await inside()(`${site}/hop?left=5`, usual)
    expect([url.search, new TextDecoder().decode(body)]).toEqual(['?left=0', 'arrived'])
    expect((await refusal(inside()(`${site}/hop?left=6`, usual))).code).toBe('url-redirects')
  })
})

describe('an answer that does not end', () => {
  it('drips: the whole has one deadline', async () => {
    const timers: NodeJS.Timeout[] = []
    pages.set('/drip', (_req, res) => {
      res.writeHead(200)
      timers.push(setInterval(() => res.write('x'), 20))
    })
    pages.set('/silent', () => {})
    for (const path of ['/drip', '/silent']) {
      const begun = performance.now()
      const refused = await refusal(inside()(`${site}${path}`, { ...usual, deadlineMs: 400 }))
      expect([refused.code, refused.isLasting]).toEqual(['url-timeout', false])
      expect(performance.now() - begun).toBeLessThan(1500)
    }
    timers.forEach(clearInterval)
  })

  it('says that it has 10 GB, or just sends on', async () => {
    let sent = 0
    pages.set('/stated', (_req, res) => void res.writeHead(200, { 'content-length': String(10 * 1024 ** 3) }).write('x'))
    pages.set('/endless', (_req, res) => {
      const chunk = Buffer.alloc(64 * 1024, 'x')
      const more = () => {
        while (!res.destroyed && res.write(chunk)) sent += chunk.length
      }
      res.on('drain', more)
      more()
    })
    for (const path of ['/stated', '/endless'])
      expect((await refusal(inside()(`${site}${path}`, usual))).code).toBe('url-too-large')
    expect(sent).toBeLessThan(32 * 1024 * 1024)
  })

  it.each([
    ['gzip', gzipSync],
    ['br', brotliCompressSync],
    ['deflate', deflateSync],
  ] as const)('is a bomb in %s: counted after decoding, and never held', async (encoding, compress) => {
    const bomb = compress(Buffer.alloc(200 * 1024 * 1024))
    pages.set('/bomb', (_req, res) => void res.writeHead(200, { 'content-encoding': encoding }).end(bomb))
    const before = process.memoryUsage().rss
    expect((await refusal(inside()(`${site}/bomb`, usual))).code).toBe('url-too-large')
    expect(process.memoryUsage().rss - before).toBeLessThan(100 * 1024 * 1024)
  })
})

describe('an answer that is broken', () => {
  it.each<[string, string, boolean, Page]>([
    ['a status of 404', 'url-status', true, (_req, res) => void res.writeHead(404).end()],
    ['a status of 503', 'url-status', false, (_req, res) => void res.writeHead(503).end()],
    ['64 KB of headers', 'url-headers', true, (_req, res) => void res.writeHead(200, { 'x-long': 'x'.repeat(64 * 1024) }).end()],
    [
      'gzip that is none',
      'url-encoding',
      true,
      (_req, res) => void res.writeHead(200, { 'content-encoding': 'gzip' }).end('no gzip'),
    ],
    [
      'an end too early',
      'url-unreachable',
      false,
      (_req, res) => {
        res.writeHead(200, { 'content-length': '1000' }).write('x')
        setTimeout(() => res.destroy(), 20)
      },
    ],
    ['no answer at all', 'url-unreachable', false, (req) => void req.socket.destroy()],
  ])('%s', async (_name, code, isLasting, page) => {
    pages.set('/broken', page)
    const refused = await refusal(inside()(`${site}/broken`, usual))
    expect([refused.code, refused.isLasting]).toEqual([code, isLasting])
  })

  it('is stopped by its signal, with the reason', async () => {
    pages.set('/silent', () => {})
    const reason = new Error('enough')
    const work = inside()(`${site}/silent`, {
      ...usual,
      signal: AbortSignal.any([AbortSignal.timeout(10_000), later(50, reason)]),
    })
    await expect(work).rejects.toBe(reason)
  })
})

it('what is asked is sent, and nothing else: no cookie, no name', async () => {
  let asked: IncomingMessage | undefined
  let said = ''
  pages.set('/hook', (req, res) => {
    asked = req
    req.on('data', (chunk: Buffer) => (said += chunk.toString())).on('end', () => res.writeHead(410).end())
  })
  const { status } = await inside()(`${site}/hook`, {
    ...usual,
    method: 'POST',
    body: '{"a":1}',
    headers: { 'content-type': 'application/json' },
    statusOnly: true,
  })
  expect([status, asked?.method, said, asked?.headers['content-type']]).toEqual([410, 'POST', '{"a":1}', 'application/json'])
  expect(asked?.headers.cookie ?? asked?.headers.authorization).toBeUndefined()
})

it.each(['93.184.216.34', '1.1.1.1', '2606:4700::1111', '2a00:1450:4001::1', '172.32.0.1', '100.128.0.1'])(
  '%s is on the public internet',
  (address) => expect(isPublicAddress(address)).toBe(true),
)

function later(ms: number, reason: Error): AbortSignal {
  const controller = new AbortController()
  setTimeout(() => controller.abort(reason), ms)
  return controller.signal
}

/** Inside addresses in every spelling, mixed with schemes, ports, names and paths; the same ones every time. */
function* madeUp(count: number): Generator<string> {
  let state = 20_251_129
  const number = (below: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
  const one = <T>(list: readonly T[]): T => list[number(list.length)]!
  const networks = [
    [10],
    [127],
    [172, 16],
    [192, 168],
    [169, 254],
    [100, 64],
    [198, 18],
    [0],
    [224],
    [240],
    [192, 0, 2],
    [203, 0, 113],
  ]
  const inside4 = () => {
    const network = one(networks)
    return Array.from({ length: 4 }, (_, index) => network[index] ?? number(256))
  }
  const value = (bytes: number[]) => bytes.reduce((sum, byte) => sum * 256 + byte, 0)
  const hex = (bytes: number[]) => `${((bytes[0]! << 8) | bytes[1]!).toString(16)}:${((bytes[2]! << 8) | bytes[3]!).toString(16)}`
  const spellings: ((bytes: number[]) => string)[] = [
    (bytes) => bytes.join('.'),
    (bytes) => String(value(bytes)),
    (bytes) => `0x${value(bytes).toString(16)}`,
    (bytes) => `0${value(bytes).toString(8)}`,
    (bytes) => bytes.map((byte) => `0x${byte.toString(16)}`).join('.'),
    (bytes) => bytes.map((byte) => `0${byte.toString(8)}`).join('.'),
    (bytes) => `${bytes[0]}.${value([0, ...bytes.slice(1)])}`,
    (bytes) => `${bytes.join('.')}.`,
    (bytes) => [...bytes.join('.')].map((c) => (c === '.' ? '。' : String.fromCodePoint(0xff10 + Number(c)))).join(''),
    (bytes) => [...bytes.join('.')].map((c) => (c === '.' ? c : `%${c.charCodeAt(0).toString(16)}`)).join(''),
    (bytes) => `[::ffff:${bytes.join('.')}]`,
    (bytes) => `[::ffff:${hex(bytes)}]`,
    (bytes) => `[64:ff9b::${hex(bytes)}]`,
    (bytes) => `[2002:${hex(bytes)}::1]`,
    (bytes) => `[2001:0:${hex(bytes)}::1]`,
    (bytes) => `[fd${bytes[3]!.toString(16).padStart(2, '0')}::${hex(bytes)}]`,
    (bytes) => `[fe80::${hex(bytes)}]`,
    (bytes) => `host-${value(bytes).toString(36)}.example.com`,
    (bytes) => `${value(bytes).toString(36)}.localhost`,
    (bytes) => `n${value(bytes).toString(36)}.internal`,
  ]
  for (let index = 0; index < count; index++) {
    const scheme = one(['http', 'http', 'https', 'HTTP', 'hTTps'])
    const userinfo = number(20) === 0 ? 'example.com@' : ''
    const at = number(10) === 0 ? `:${one([22, 80, 443, 6379, 8000, 65535])}` : ''
    yield `${scheme}://${userinfo}${one(spellings)(inside4())}${at}/${number(1e9).toString(36)}`
  }
}
