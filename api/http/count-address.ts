import type { RequestHandler } from 'express'
import type { Limits } from './limits.ts'
import { networkOf } from './network.ts'

declare module 'express-serve-static-core' {
  interface Request {
    /** Whom this request is counted as: an IPv4 address or an IPv6 /64. */
    network: string
  }
}

/** What the sign-in library reads as the caller's address; whoever sends it is overruled. */
export const ADDRESS_HEADER = 'x-client-address'

/** Knows where a request comes from, by the proxies that are trusted and no others. */
export const knowAddress: RequestHandler = (req, _res, next) => {
  req.network = networkOf(req.ip)
  req.headers[ADDRESS_HEADER] = req.ip ?? ''
  next()
}

/** Counts every request of an address, before anything is looked up or read for it. */
export function countAddress(limits: Limits): RequestHandler {
  return async (req, res, next) => {
    await limits.take('address', { who: req.network, away: 'open' }, res)
    next()
  }
}
