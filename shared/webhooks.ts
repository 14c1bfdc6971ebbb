import { FetchRefused } from './safe-fetch/fetch-refused.ts'
import { isNamed, safeUrl } from './safe-fetch/safe-url.ts'
import type { NamedServers } from './safe-fetch/safe-url.ts'
import { serverList } from './safe-fetch/settings.ts'

/** What a hook can be told of. `test` is sent by hand alone. */
export const webhookEvents = [
  'episode.review',
  'episode.ready',
  'episode.needs_repair',
  'episode.paused_budget',
  'episode.cancelled',
  'episode.failed',
] as const

/** Receivers inside the house's own network. */
export const webhookSettings = { WEBHOOK_PRIVATE_HOSTS: serverList }

/**
 * The address of a receiver, as it would be told: https, but for the receivers that the settings name. Throws FetchRefused. Where its name leads is judged
 * whenever something is sent.
 */
export function receiverUrl(address: string, named: NamedServers): URL {
  const url = safeUrl(address, named)
  if (url.protocol !== 'https:' && !isNamed(url, named))
    throw new FetchRefused('url-scheme', 'Only https is spoken to: a message must not be read on its way.')
  return url
}
