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

/** Sends one message once. Never throws, is over within its own time limit, and reaches no address that is not public. */
export interface WebhookSender {
  send(message: WebhookMessage): Promise<WebhookAnswer>
}
