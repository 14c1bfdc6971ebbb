import { lookup as systemLookup } from 'node:dns/promises'
import type { LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { Agent, fetch } from 'undici'
import type { Dispatcher, Response } from 'undici'
import { FetchRefused } from './fetch-refused.ts'
import { isPublicAddress, nonPublic } from './public-address.ts'
import { isNamed, safeUrl } from './safe-url.ts'
import type { NamedServers } from './safe-url.ts'

const CONNECT_MS = 5_000
const MAX_HEADER_BYTES = 32 * 1024
const REDIRECTS = new Set([301, 302, 303, 307, 308])

/** Every address of a name, as the machine's resolver tells. */
export type Resolve = (hostname: string) => Promise<LookupAddress[]>

export interface SafeFetchOptions {
  /** Servers that the settings name, inside or not. */
  named?: NamedServers
  resolve?: Resolve
}

export interface SafeRequest {
  method?: 'GET' | 'POST'
  headers?: Record<string, string>
  body?: string
  /** Of the body after decoding. */
  maxBytes: number
  /** For everything together: names, redirects, headers, the last byte of the body. */
  deadlineMs: number
  /** How often an answer may lead elsewhere: each place is judged like the first. */
  maxRedirects?: number
  /** The first answer is all that is wanted, whatever its status: it leads nowhere, and its body is not read. */
  statusOnly?: boolean
  signal?: AbortSignal
}

export interface SafeResponse {
  /** Where the answer came from in the end. */
  url: URL
  status: number
  headers: { get(name: string): string | null }
  /** Decoded. */
  body: Uint8Array
}

export type SafeFetch = (url: string, request: SafeRequest) => Promise<SafeResponse>

/**
 * A fetch for addresses that strangers give. It connects to no address that is not on the public internet: the addresses of a name are judged, and
 * the connection is made to one that was, so that a second answer of the name server changes nothing; a name with one inside address has none.
 * Throws FetchRefused, or the signal's reason when stopped.
 */
export function createSafeFetch({ named = new Set(), resolve = bySystem }: SafeFetchOptions = {}): SafeFetch {
  return async (raw, request) => {
    const first = safeUrl(raw, named)
    const outside = new Agent({
      ...bounds,
      connect: { timeout: CONNECT_MS, lookup: publicLookup(resolve), blockList: nonPublic },
    })
    const anywhere = new Agent({ ...bounds, connect: { timeout: CONNECT_MS } })
    const deadline = AbortSignal.timeout(request.deadlineMs)
    const signal = request.signal ? AbortSignal.any([deadline, request.signal]) : deadline
    try {
      const dispatcherOf = (url: URL) => (isNamed(url, named) ? anywhere : outside)
      return await follow(first, { ...request, signal }, named, dispatcherOf)
    } catch (error) {
      if (request.signal?.aborted) throw request.signal.reason
      if (deadline.aborted)
        throw new FetchRefused('url-timeout', `Not whole within ${Math.round(request.deadlineMs / 1000)} seconds.`, {
          isLasting: false,
          cause: error,
        })
      throw refusalOf(error)
    } finally {
      // What the server still sends is not waited for.
      await Promise.all([outside.destroy(), anywhere.destroy()])
    }
  }
}

const bounds = { allowH2: false, maxHeaderSize: MAX_HEADER_BYTES, pipelining: 0, connections: 1 } as const

const bySystem: Resolve = (hostname) => systemLookup(hostname, { all: true })

/** Judges and pins: what is judged here is what the socket is given. */
const publicLookup =
  (resolve: Resolve): LookupFunction =>
  (hostname, options, callback) => {
    const judge = (addresses: LookupAddress[]) => {
      const [first] = addresses
      if (!first || addresses.some(({ address }) => !isPublicAddress(address)))
        callback(new FetchRefused('url-address', 'This name leads to an address that is not on the public internet.'), '')
      else if (options.all) callback(null, addresses)
      else callback(null, first.address, first.family)
    }
    resolve(hostname).then(judge, (error: NodeJS.ErrnoException) => callback(error, ''))
  }

async function follow(
  first: URL,
  request: SafeRequest & { signal: AbortSignal },
  named: NamedServers,
  dispatcherOf: (url: URL) => Dispatcher,
): Promise<SafeResponse> {
  const { method = 'GET', headers = {}, body, maxRedirects = 5, signal } = request
  let url = first
  for (let hop = 0; ; hop++) {
    const response = await fetch(url.href, {
      method,
      headers: { 'accept-encoding': 'gzip, deflate, br', ...headers },
      ...(body !== undefined && { body }),
      redirect: 'manual',
      dispatcher: dispatcherOf(url),
      signal,
    })
    if (request.statusOnly) return { url, status: response.status, headers: response.headers, body: new Uint8Array() }
    const location = REDIRECTS.has(response.status) ? response.headers.get('location') : null
    if (location === null) return read(url, response, request)
    if (hop >= maxRedirects) throw new FetchRefused('url-redirects', `It leads on more than ${maxRedirects} times.`)
    const next = URL.parse(location, url.href)
    if (!next) throw new FetchRefused('url-redirects', 'It leads to what is no web address.')
    // A raw absolute address is judged as it is spelled; a relative one has no host of its own to spell.
    url = safeUrl(/^[a-z][a-z\d+.-]*:/i.test(location) ? location : next.href, named)
  }
}

async function read(url: URL, response: Response, { maxBytes }: SafeRequest): Promise<SafeResponse> {
  const { status, headers } = response
  if (!response.ok)
    throw new FetchRefused('url-status', `The server answers ${status}.`, {
      isLasting: status < 500 && status !== 408 && status !== 425 && status !== 429,
      status,
    })
  const stated = Number(headers.get('content-length') ?? 0)
  if (stated > maxBytes) throw tooLarge(maxBytes)
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of response.body ?? []) {
    bytes += (chunk as Uint8Array).length
    if (bytes > maxBytes) throw tooLarge(maxBytes)
    chunks.push(chunk as Uint8Array)
  }
  return { url, status, headers, body: Buffer.concat(chunks) }
}

const tooLarge = (maxBytes: number) =>
  new FetchRefused('url-too-large', `It has more than ${Math.round(maxBytes / 1024 / 1024)} MB.`)

const unreachable: [detail: string, isLasting: boolean, codes: RegExp][] = [
  ['Its name leads nowhere.', true, /^ENOTFOUND$/],
  ['Its name cannot be looked up now.', false, /^EAI_/],
  ['Nobody listens there.', false, /^ECONNREFUSED$/],
  ['Its certificate cannot be trusted.', true, /CERT|ALTNAME|SELF_SIGNED/],
]

/** What undici and the system call it, in our words: the reason lies some causes deep. */
function refusalOf(error: unknown): FetchRefused {
  const causes: unknown[] = []
  for (let one = error; one instanceof Error && causes.length < 8; one = one.cause) causes.push(one)
  const own = causes.find((one) => one instanceof FetchRefused)
  if (own) return own
  const codes = causes.map((one) => (one as { code?: unknown }).code).filter((code) => typeof code === 'string')
  const is = (pattern: RegExp) => codes.some((code) => pattern.test(code))
  if (is(/^ERR_IP_BLOCKED$/))
    return new FetchRefused('url-address', 'This address is not on the public internet.', { cause: error })
  if (is(/HEADERS_OVERFLOW|HPE_HEADER_OVERFLOW/))
    return new FetchRefused('url-headers', 'Its headers are too large.', { cause: error })
  if (is(/^Z_|^ERR_.*(?:BROTLI|PADDING|ZLIB)|_ERROR_FORMAT/))
    return new FetchRefused('url-encoding', 'It is compressed wrongly.', { cause: error })
  if (is(/TIMEOUT|ETIMEDOUT/))
    return new FetchRefused('url-timeout', 'The server does not answer in time.', { isLasting: false, cause: error })
  const [detail, isLasting] = unreachable.find(([, , pattern]) => is(pattern)) ?? ['The connection broke.', false]
  return new FetchRefused('url-unreachable', detail, { isLasting, cause: error })
}
