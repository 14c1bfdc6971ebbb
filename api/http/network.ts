import { isIPv4, isIPv6 } from 'node:net'

/**
 * What one caller is counted as: an IPv4 address, or the first 64 bits of an IPv6 address, because that is what one household or one
 * rented machine is given. An IPv4 address written as IPv6 is that IPv4 address. What is no address is one caller together: `unknown`.
 */
export function networkOf(address: string | undefined): string {
  const plain = (address ?? '').replace(/%.*$/, '')
  // As a socket that takes both kinds tells IPv4: nearly every address, and what follows costs as much as a request's headers.
  const short = plain.startsWith('::ffff:') ? plain.slice(7) : plain
  if (isIPv4(short)) return short
  if (!isIPv6(plain)) return 'unknown'
  const groups = groupsOf(plain)
  const isIPv4Inside = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (isIPv4Inside) return [groups[6]! >> 8, groups[6]! & 255, groups[7]! >> 8, groups[7]! & 255].join('.')
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/** The eight groups; the URL parser knows every spelling of an address and answers with one. */
function groupsOf(address: string): number[] {
  const [head = '', tail] = new URL(`http://[${address}]`).hostname.slice(1, -1).split('::')
  const numbers = (part: string) => (part ? part.split(':').map((group) => Number.parseInt(group, 16)) : [])
  const [first, last] = [numbers(head), numbers(tail ?? '')]
  return tail === undefined ? first : [...first, ...Array<number>(8 - first.length - last.length).fill(0), ...last]
}
