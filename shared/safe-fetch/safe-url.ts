import { isIP } from 'node:net'
import { FetchRefused } from './fetch-refused.ts'
import { isPublicAddress } from './public-address.ts'

export const MAX_URL_CHARACTERS = 2048

/** Names that only mean something inside a network, whatever a resolver says. */
const INSIDE = /(?:^|\.)(?:localhost|localdomain|local|internal|intranet|private|corp|home|lan|arpa|test|invalid|onion)$/
const WEB_PORTS = new Set(['', '80', '443'])

/** Servers that the settings name, by `host:port` with the port always named; reached by http too, whatever their address is. */
export type NamedServers = ReadonlySet<string>

/**
 * Reads an address as it would be fetched: absolute, http or https, on port 80 or 443, without credentials, to a name with a dot or to a plainly
 * written public IP address. The fragment is dropped. Throws FetchRefused. Nothing is resolved here.
 */
export function safeUrl(raw: string, named: NamedServers = new Set()): URL {
  const text = raw.trim()
  // The parser would pass over tabs and line ends and take a backslash for a slash: others read such an address differently.
  if (text === '' || text.length > MAX_URL_CHARACTERS || /[\s\\\p{C}]/u.test(text))
    throw new FetchRefused('url-malformed', 'This is no web address.')
  if (!/^https?:/i.test(text))
    throw new FetchRefused('url-scheme', 'Only addresses that begin with http:// or https:// are read.')
  const authority = /^https?:\/\/([^/?#]+)/i.exec(text)?.[1]
  const url = URL.parse(text)
  if (!authority || !url) throw new FetchRefused('url-malformed', 'This is no web address.')
  if (authority.includes('@')) throw new FetchRefused('url-credentials', 'An address with a name or password in it is not read.')
  url.hash = ''
  if (isNamed(url, named)) return url
  if (!WEB_PORTS.has(url.port)) throw new FetchRefused('url-port', 'Only the ports 80 and 443 are read.')
  requirePublicHost(url.hostname, authority)
  return url
}

/** Whether the settings name this very server. */
export const isNamed = ({ hostname, port, protocol }: URL, named: NamedServers): boolean =>
  named.has(`${hostname}:${port || (protocol === 'https:' ? '443' : '80')}`)

function requirePublicHost(hostname: string, authority: string): void {
  const literal = hostname.startsWith('[') ? hostname.slice(1, -1) : hostname
  if (isIP(literal) !== 0) {
    // 0177.1, 0x7f000001, 2130706433, １２７.０.０.１: read by the parser as an address, by others perhaps as another one.
    const isPlain = isIP(literal) === 6 || authority.replace(/:\d*$/, '') === literal
    if (isPlain && isPublicAddress(literal)) return
    throw new FetchRefused('url-address', 'This address is not on the public internet.')
  }
  const name = hostname.replace(/\.$/, '')
  if (!name.includes('.') || INSIDE.test(name))
    throw new FetchRefused('url-address', 'This name is not one of the public internet.')
}
