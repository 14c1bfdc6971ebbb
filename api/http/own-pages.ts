import type { RequestHandler } from 'express'
import { HttpProblem } from './problem.ts'

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/**
 * Lets only pages of ours change anything in the name of a browser's session: the second wall behind `SameSite`. A browser says with every
 * such request where its page comes from; a program says nothing, has no other page's cookie to misuse, and is let through.
 */
export function fromOwnPages(origins: string[]): RequestHandler {
  const known = new Set(origins)
  return (req, _res, next) => {
    const { origin, host, cookie } = req.headers
    if (SAFE.has(req.method) || cookie === undefined) return next()
    const site = req.header('sec-fetch-site')
    const isOurs =
      origin === undefined
        ? site === undefined || site === 'same-origin' || site === 'none'
        : known.has(origin) || isHost(origin, host)
    if (!isOurs) throw new HttpProblem('forbidden', 'This page may not do that in your name. Nothing was changed.')
    next()
  }
}

/** A page of this very server, under whatever name it is reached. */
function isHost(origin: string, host: string | undefined): boolean {
  return URL.canParse(origin) && new URL(origin).host === host
}
