import { BlockList } from 'node:net'
import ipaddr from 'ipaddr.js'

/** Networks that lead to an inner one through a translator, although each address in them is unicast. */
const translated = new BlockList()
for (const [network, bits] of [
  ['64:ff9b::', 96],
  ['64:ff9b:1::', 48],
  ['2002::', 16],
  ['2001::', 32],
  ['::', 96],
] as const)
  translated.addSubnet(network, bits, 'ipv6')

/** Whether an address, v4 or v6 in any spelling, belongs to the open internet: not private, link-local, reserved, or a way into such a network. */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.process(address)
  if (parsed.range() !== 'unicast') return false
  return parsed.kind() === 'ipv4' || !translated.check(parsed.toString(), 'ipv6')
}
