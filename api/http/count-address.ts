import proxyAddress, { compile } from 'proxy-addr'
import type { Passage } from './arrival.ts'
import type { Kept } from './kept.ts'
import type { LimitName } from './limit-settings.ts'
import type { Claim, Limits } from './limits.ts'
import { networkOf } from './network.ts'
import type { Caller } from './route.ts'
import { sendAgain } from './send-json.ts'

declare module 'express-serve-static-core' {
  interface Request {
    /** Whom this request is counted as: an IPv4 address or an IPv6 /64. */
    network: string
  }
}

/** What an address may ask for so many times a minute: everything but pages' files and health. Express takes paths of either case. */
const counted = /^\/(?:(?:api|docs|feeds|s|embed)(?:\/|$)|openapi\.json\/?$)/i

/** What the sign-in library reads as the caller's address; whoever sends it is overruled. */
export const ADDRESS_HEADER = 'x-client-address'

/** Knows where a request comes from, by the proxies that are trusted (so many steps from here, or these) and no others. */
export function knowAddress(proxies: number | string[]): Passage {
  const trusted = typeof proxies === 'number' ? (_address: string, step: number) => step < proxies : compile(proxies)
  return (req, _res, next) => {
    const ip = req.headers['x-forwarded-for'] === undefined ? req.socket.remoteAddress : proxyAddress(req, trusted)
    req.network = networkOf(ip)
    req.headers[ADDRESS_HEADER] = ip ?? ''
    next()
  }
}

/**
 * Counts every request of an address, before anything is looked up or read for it. Where an answer is kept that was given to whoever asks, they are counted too
 * and it is given again, if nothing was said since: all that is asked of anybody for it is this one question.
 */
export function countAddress(limits: Limits, kept: Kept): Passage {
  return async (req, res, next) => {
    if (!counted.test(req.pathname)) return next()
    const address = { name: 'address', who: req.network, away: 'open' } as const
    const { head } = req
    const known = kept.answerTo(req)
    if (!known) {
      await limits.take(address.name, address, head)
      return next()
    }
    if (!(await limits.takeWhile(known.unchanged, [address, ...claimsOf(known.caller)], head))) return next()
    req.atRoute?.(known.route)
    sendAgain(res, head, known.body)
  }
}

/** By whom a known caller is counted, in this order. */
export function claimsOf({ userId, key }: Caller): (Claim & { name: LimitName })[] {
  const user = { name: 'user', who: userId, away: 'open' } as const
  if (!key) return [user]
  const { id, requestsPerMinute } = key
  const own = requestsPerMinute === null ? {} : { quota: { requests: requestsPerMinute, seconds: 60 } }
  return [user, { name: 'key', who: id, away: 'open', ...own }]
}
