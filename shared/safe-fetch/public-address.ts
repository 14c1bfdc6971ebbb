import { BlockList, isIP } from 'node:net'

/** IANA's special-purpose ranges, multicast, and what clouds tell about themselves at public addresses. */
const special4 = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/4',
  '240.0.0.0/4',
  // Azure's own server, which hands out certificates and extensions' secrets.
  '168.63.129.16/32',
]

/** Inside 2000::/3, the only part of IPv6 that is given out: Teredo and other protocols, examples, 6to4. */
const special6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']

/** Outside of it: this machine, IPv4 behind a translator, what is local, what is nobody's. IPv4 written as IPv6 is judged as IPv4 by the list itself. */
const outside6 = ['::/96', '64:ff9b::/32', '100::/8', '200::/7', '400::/6', '800::/5', '1000::/4', '4000::/2', '8000::/1']

/** Every address that is not on the public internet, for a socket to refuse by itself. */
export const nonPublic = new BlockList()
for (const [family, ranges] of [
  ['ipv4', special4],
  ['ipv6', [...special6, ...outside6]],
] as const)
  for (const range of ranges) {
    const [network, bits] = range.split('/') as [string, string]
    nonPublic.addSubnet(network, Number(bits), family)
  }

const givenOut6 = new BlockList()
givenOut6.addSubnet('2000::', 3, 'ipv6')

/**
 * Whether an IP address (`203.0.113.7`, `2001:db8::1`, without brackets) can be anybody's on the public internet. An IPv4 address written as
 * IPv6 in any way is not: whoever means it writes it plainly. What is no address is not public.
 */
export function isPublicAddress(address: string): boolean {
  const family = isIP(address)
  // `fe80::1%eth0`: a zone is only ever a link of this machine.
  if (family === 0 || address.includes('%')) return false
  return family === 4 ? !nonPublic.check(address, 'ipv4') : givenOut6.check(address, 'ipv6') && !nonPublic.check(address, 'ipv6')
}
