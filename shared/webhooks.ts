import { isIP } from 'node:net'
import { z } from 'zod'
import { isPublicAddress } from './public-address.ts'

/** What a hook can be told of. `test` is sent by hand alone. */
export const webhookEvents = [
  'episode.review',
  'episode.ready',
  'episode.needs_repair',
  'episode.paused_budget',
  'episode.cancelled',
  'episode.failed',
] as const

/** Receivers inside the house's own network, as `host:port` with commas between. */
export const webhookSettings = {
  WEBHOOK_PRIVATE_HOSTS: z
    .string()
    .default('')
    .transform((list) =>
      list
        .split(',')
        .map((host) => host.trim().toLowerCase())
        .filter(Boolean),
    ),
}

const MAX_URL_CHARACTERS = 2000

/**
 * Why nothing may be sent to this address, in words; `undefined`: as far as can be seen without asking for its name, it may. Where the name leads is looked at
 * again whenever something is sent. `privateHosts` may be anything.
 */
export function addressRefusal(address: string, privateHosts: readonly string[]): string | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url || address.length > MAX_URL_CHARACTERS) return 'It is no address.'
  if (url.username || url.password) return 'Names and passwords in an address end in logs. Trust the signature instead.'
  if (privateHosts.includes(hostOf(url)) && /^https?:$/.test(url.protocol)) return undefined
  if (url.protocol !== 'https:') return 'Only https is spoken to.'
  const name = url.hostname.replace(/^\[|\]$/g, '')
  if (isIP(name) ? !isPublicAddress(name) : !name.includes('.') || /(^|\.)(localhost|local|internal|invalid)\.?$/.test(name))
    return 'It is not on the open internet.'
  return undefined
}

/** `host:port`, the port always named. */
export const hostOf = ({ hostname, port, protocol }: URL): string => `${hostname}:${port || (protocol === 'https:' ? 443 : 80)}`
