import { createHmac, timingSafeEqual } from 'node:crypto'
import type { RequestHandler } from 'express'

/** A signed cookie of the sign-in library: the value, a dot, and its HMAC-SHA256 in base64. */
const signed = /^(.+)\.([A-Za-z0-9+/]{43}=)$/
const ours = /^(__Secure-)?better-auth\./

/**
 * Lets a secret be changed while people are signed in. The sign-in library can read what an older secret has encrypted, but takes cookies
 * of the newest one only: so a cookie that carries the old signature gets the new one before anybody looks at it. Only the request
 * changes; the browser's own cookie is replaced whenever the library next sets it, and ends after seven days at the latest.
 */
export function acceptOldSecret(secret: string, old: string | undefined): RequestHandler {
  return (req, _res, next) => {
    if (old && req.headers.cookie) req.headers.cookie = signAnew(req.headers.cookie, secret, old)
    next()
  }
}

/** The Cookie header with every cookie of ours that `old` has signed signed by `secret`; all others as they came. */
export function signAnew(header: string, secret: string, old: string): string {
  const anew = (cookie: string): string => {
    const [name, raw] = split(cookie.trim())
    const [, value, signature] = (ours.test(name) && signed.exec(decoded(raw))) || []
    if (!value || !signature || !isEqual(signature, sign(value, old))) return cookie.trim()
    return `${name}=${encodeURIComponent(`${value}.${sign(value, secret)}`)}`
  }
  return header.split(';').map(anew).join('; ')
}

const sign = (value: string, secret: string) => createHmac('sha256', secret).update(value).digest('base64')

const isEqual = (one: string, other: string) => timingSafeEqual(Buffer.from(one), Buffer.from(other))

function split(cookie: string): [string, string] {
  const at = cookie.indexOf('=')
  return at < 0 ? [cookie, ''] : [cookie.slice(0, at), cookie.slice(at + 1)]
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value)
  } catch {
    return value
  }
}
