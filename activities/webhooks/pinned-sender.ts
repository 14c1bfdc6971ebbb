import { lookup } from 'node:dns'
import type { LookupAddress } from 'node:dns'
import { request as requestHttp } from 'node:http'
import type { IncomingMessage, RequestOptions } from 'node:http'
import { request as requestHttps } from 'node:https'
import { isPublicAddress } from '../../shared/public-address.ts'
import { addressRefusal, hostOf } from '../../shared/webhooks.ts'
import { retryAfterMs } from '../speech/retry-after.ts'
import type { WebhookAnswer, WebhookMessage, WebhookSender } from './webhook-sender.ts'

/** From the first question to the last byte of the answer. Standard Webhooks: 15 to 30 s. */
const LONGEST_MS = 15_000

export type LookupCallback = (error: Error | null, addresses: LookupAddress[]) => void

/** All addresses of a name. Node's own, but in tests. */
export type Resolve = (hostname: string, give: LookupCallback) => void
const systemResolve: Resolve = (hostname, give) => lookup(hostname, { all: true }, give)

/**
 * Looks up the name once, refuses it when any of its addresses is not public, and connects to exactly what was looked at: a name that changes its mind
 * between the two leads nowhere else. Redirects are not followed. `privateHosts` (`host:port`) may be anything.
 */
export const pinnedSender = (privateHosts: readonly string[], resolve: Resolve = systemResolve): WebhookSender => ({
  async send(message): Promise<WebhookAnswer> {
    const refused = addressRefusal(message.url, privateHosts)
    if (refused) return { status: null, failure: refused }
    return post(message, privateHosts, resolve)
  },
})

function post({ url, headers, body }: WebhookMessage, privateHosts: readonly string[], resolve: Resolve): Promise<WebhookAnswer> {
  const target = new URL(url)
  const bytes = Buffer.from(body)
  const options: RequestOptions = {
    method: 'POST',
    // A kept connection would outlive the look at its address.
    agent: false,
    headers: { ...headers, 'content-length': bytes.length },
    signal: AbortSignal.timeout(LONGEST_MS),
    ...(!privateHosts.includes(hostOf(target)) && {
      lookup: publicLookup(resolve),
    }),
  }
  return new Promise((done) => {
    const ask = target.protocol === 'https:' ? requestHttps : requestHttp
    const request = ask(target, options, (response) => {
      // What it says beyond its status is nobody's business and may never end.
      response.on('error', () => {}).destroy()
      done(answerOf(response))
    })
    request.on('error', (error) => done({ status: null, failure: failureOf(error) }))
    request.end(bytes)
  })
}

function answerOf({ statusCode, headers }: IncomingMessage): WebhookAnswer {
  const asked = headers['retry-after']
  const waitMs = asked === undefined ? undefined : retryAfterMs(new Headers({ 'retry-after': asked }))
  return { status: statusCode ?? null, failure: null, ...(waitMs !== undefined && { retryAfterMs: waitMs }) }
}

/** Node asks for all addresses and tries them in turn, so all of them are judged. */
const publicLookup =
  (resolve: Resolve) =>
  (hostname: string, _options: unknown, give: LookupCallback): void =>
    resolve(hostname, (error, addresses) => {
      if (error) give(error, [])
      else if (addresses.length === 0 || !addresses.every(({ address }) => isPublicAddress(address))) give(new NotPublic(), [])
      else give(null, addresses)
    })

class NotPublic extends Error {}

function failureOf(error: Error): string {
  if (error instanceof NotPublic) return 'It is not on the open internet.'
  if (error.name === 'AbortError' || error.name === 'TimeoutError') return `No answer within ${LONGEST_MS / 1000} seconds.`
  const { code } = error as { code?: string }
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'Its name leads nowhere.'
  if (code === 'ECONNREFUSED') return 'Nobody listens there.'
  if (code?.startsWith('ERR_TLS') || code?.includes('CERT') || code?.includes('SELF_SIGNED'))
    return 'Its certificate cannot be trusted.'
  return 'The connection broke.'
}
