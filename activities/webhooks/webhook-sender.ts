import { FetchRefused } from '../../shared/safe-fetch/fetch-refused.ts'
import type { SafeFetch } from '../../shared/safe-fetch/safe-fetch.ts'
import { retryAfterMs } from '../speech/retry-after.ts'

/** From the first question to the answer's headers. Standard Webhooks: 15 to 30 s. */
const LONGEST_MS = 15_000

/** A signed message on its way to a person's server. */
export interface WebhookMessage {
  url: string
  headers: Record<string, string>
  body: string
}

/** What came of it. `status` null: no answer; then `failure` says why in words, never with what the other side sent. */
export interface WebhookAnswer {
  status: number | null
  failure: string | null
  /** When the receiver asked to be left alone for so long. */
  retryAfterMs?: number
}

/** Sends one message once, and follows nowhere. What the receiver says beyond its status is not read. Throws nothing that is the receiver's fault. */
export async function sendMessage(fetchSafely: SafeFetch, { url, headers, body }: WebhookMessage): Promise<WebhookAnswer> {
  try {
    const request = { method: 'POST', headers, body, maxBytes: 0, deadlineMs: LONGEST_MS, statusOnly: true } as const
    const answer = await fetchSafely(url, request)
    const waitMs = retryAfterMs(answer.headers)
    return { status: answer.status, failure: null, ...(waitMs !== undefined && { retryAfterMs: waitMs }) }
  } catch (error) {
    if (!(error instanceof FetchRefused)) throw error
    return { status: null, failure: error.message }
  }
}
