import { Trouble } from '../checklist/checklist.ts'

const ASK_MS = 30_000

/** Somebody who comes to a deployment from outside, with a browser's manners: cookies kept, the origin told. */
export class Visitor {
  /** Where the API is; the pages may be on a host of their own. */
  readonly api: string
  private readonly origin: string
  private readonly cookies = new Map<string, string>()

  constructor(site: string, api: string) {
    this.api = api
    this.origin = new URL(site).origin
  }

  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Response> {
    const cookie = [...this.cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const answer = await fetch(new URL(path, this.api), {
      method,
      redirect: 'manual',
      signal: AbortSignal.timeout(ASK_MS),
      headers: {
        origin: this.origin,
        ...(cookie && { cookie }),
        ...(body !== undefined && { 'content-type': 'application/json' }),
        ...headers,
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })
    for (const set of answer.headers.getSetCookie()) this.keep(set.split(';')[0] ?? '')
    return answer
  }

  private keep(pair: string): void {
    const at = pair.indexOf('=')
    if (at > 0) this.cookies.set(pair.slice(0, at), pair.slice(at + 1))
  }

  /** The JSON of an answer that must be a good one. */
  async json<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T> {
    const answer = await this.ask(method, path, body, headers)
    const text = await answer.text()
    if (!answer.ok)
      throw new Trouble(
        `${method} ${path} answered ${answer.status}: ${text.slice(0, 200)}`,
        'look in the log of the API for its request id',
      )
    return JSON.parse(text) as T
  }
}
