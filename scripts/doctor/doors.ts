import { lookup } from 'node:dns/promises'
import { connect } from 'node:tls'
import type { PeerCertificate } from 'node:tls'
import { Trouble } from '../checklist/checklist.ts'

const ASK_MS = 10_000
const DAY_MS = 86_400_000
const MIN_CERTIFICATE_DAYS = 14

export const asked = (url: string | URL, init: RequestInit = {}) =>
  fetch(url, { redirect: 'manual', signal: AbortSignal.timeout(ASK_MS), ...init })

/** Whether every name that browsers are sent to leads somewhere. */
export async function lookAtNames(urls: string[]): Promise<string> {
  const hosts = [...new Set(urls.map((url) => new URL(url).hostname))]
  const lost: string[] = []
  for (const host of hosts) await lookup(host.replace(/^\[|\]$/g, '')).catch(() => lost.push(host))
  if (lost.length > 0)
    throw new Trouble(`no address for ${lost.join(', ')}`, 'make the records (deploy/cloudflare), then wait for them to spread')
  return hosts.join(', ')
}

/** Whether the door is closed to plain HTTP and its certificate is good for a while. */
export async function lookAtTls(publicUrl: string): Promise<string> {
  const url = new URL(publicUrl)
  if (url.protocol !== 'https:')
    throw new Trouble(`${url.origin} is plain HTTP`, 'put TLS in front (deploy/caddy, deploy/cloudflare)')
  const { protocol, certificate } = await handshake(url)
  const days = Math.floor((Date.parse(certificate.valid_to) - Date.now()) / DAY_MS)
  if (days < MIN_CERTIFICATE_DAYS)
    throw new Trouble(`the certificate ends in ${days} days`, 'see why it was not renewed: the log of Caddy or of the platform')
  const { headers } = await asked(new URL('/health', url))
  if (!/max-age=[1-9]\d{6}/.test(headers.get('strict-transport-security') ?? ''))
    throw new Trouble('no Strict-Transport-Security', 'set PUBLIC_URL to the https address; the API then sends it')
  return `${protocol}, certificate good for ${days} days, HSTS`
}

function handshake({ hostname, port }: URL): Promise<{ protocol: string | null; certificate: PeerCertificate }> {
  return new Promise((resolve, reject) => {
    const host = hostname.replace(/^\[|\]$/g, '')
    const socket = connect({ host, port: Number(port) || 443, servername: host, minVersion: 'TLSv1.2', timeout: ASK_MS }, () => {
      resolve({ protocol: socket.getProtocol(), certificate: socket.getPeerCertificate() })
      socket.end()
    })
    socket.once('timeout', () => socket.destroy(new Error('no answer to the TLS handshake')))
    socket.once('error', (error) =>
      reject(new Trouble(error.message, 'the certificate must name this host and come from an authority that browsers know')),
    )
  })
}

const preflight = (publicUrl: string, origin: string) =>
  asked(new URL('/api/episodes', publicUrl), {
    method: 'OPTIONS',
    headers: { origin, 'access-control-request-method': 'DELETE', 'access-control-request-headers': 'content-type' },
  })

/** Whether pages of our own origins may call with a session, and no other page may. */
export async function lookAtCors(publicUrl: string, origins: string[]): Promise<string> {
  for (const origin of origins) {
    const { headers } = await preflight(publicUrl, origin)
    const isAllowed =
      headers.get('access-control-allow-origin') === origin &&
      headers.get('access-control-allow-credentials') === 'true' &&
      /DELETE/.test(headers.get('access-control-allow-methods') ?? '')
    if (!isAllowed)
      throw new Trouble(`${origin} is not let in`, 'name it in CORS_ORIGINS of every copy of the API and restart them')
  }
  const stranger = (await preflight(publicUrl, 'https://somebody-else.example')).headers.get('access-control-allow-origin')
  if (stranger) throw new Trouble(`any page may call: it answers ${stranger}`, 'look for a proxy that adds its own CORS headers')
  return origins.length > 0 ? `${origins.join(', ')}; nobody else` : 'pages of its own origin only'
}

/** Asks more often than one address may in a minute, and wants to be refused with the time to wait. */
export async function lookAtRateLimit(publicUrl: string, limit: number): Promise<string> {
  const tries = limit + 20
  for (let count = 1; count <= tries; count += 1) {
    const answer = await asked(new URL('/api/config', publicUrl))
    await answer.arrayBuffer()
    if (answer.status !== 429) continue
    if (!answer.headers.get('retry-after'))
      throw new Trouble('refused, but without Retry-After', 'let the proxy pass the answer on as it is')
    return `request ${count} of this minute was refused (${answer.headers.get('retry-after')} s to wait)`
  }
  throw new Trouble(
    `${tries} requests within a minute were all answered`,
    `limit an address to ${limit} a minute, in the API or at the edge (deploy/cloudflare)`,
  )
}

/** Whether the door is open and everything behind it answers. */
export async function lookAtHealth(publicUrl: string): Promise<string> {
  const alive = await asked(new URL('/health', publicUrl))
  if (alive.status !== 200)
    throw new Trouble(`/health answered ${alive.status}`, 'read the log of the API; it says why it did not start')
  const ready = await asked(new URL('/health/ready', publicUrl))
  const { checks } = (await ready.json()) as { checks: Record<string, string> }
  const away = Object.keys(checks).filter((name) => checks[name] !== 'ok')
  if (away.length > 0)
    throw new Trouble(`it does not reach: ${away.join(', ')}`, 'compare the addresses and keys of these with what is running')
  return `alive; ${Object.keys(checks).join(', ')} answer`
}
