const ASK_MS = 30_000

type Answer<T> = { success: boolean; result: T; errors: { code: number; message: string }[] }

/** Cloudflare's API, as far as it is needed: one question, its result, and its own words when it refuses. */
export class CloudflareApi {
  private readonly base: string
  private readonly token: string

  constructor(base: string, token: string) {
    this.base = base.replace(/\/$/, '')
    this.token = token
  }

  /** The result, or `undefined` where there is nothing yet (404). */
  async ask<T>(method: string, path: string, body?: unknown): Promise<T | undefined> {
    const answer = await fetch(`${this.base}${path}`, {
      method,
      headers: { authorization: `Bearer ${this.token}`, 'content-type': 'application/json' },
      signal: AbortSignal.timeout(ASK_MS),
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    if (answer.status === 404 && method === 'GET') return undefined
    const { success, result, errors } = (await answer.json()) as Answer<T>
    if (!success) throw new Error(`${method} ${path}: ${answer.status} ${errors.map(({ message }) => message).join('; ')}`)
    return result
  }
}
