import { HttpError } from 'react-admin'

/** What the door answers when it refuses. */
interface Refusal {
  title?: string
  detail?: string
  code?: string
  requestId?: string
}

/** One call to the API on our own origin. A refusal is thrown in words, with the request id an operator can search for. */
export async function request(path: string, init: { method?: string; body?: unknown } = {}): Promise<unknown> {
  const response = await fetch(`/api${path}`, {
    method: init.method ?? 'GET',
    headers: { accept: 'application/json', ...(init.body === undefined ? {} : { 'content-type': 'application/json' }) },
    ...(init.body === undefined ? {} : { body: JSON.stringify(init.body) }),
  })
  const body: unknown = response.headers.get('content-type')?.includes('json') ? await response.json() : null
  if (response.ok) return body
  throw refused(response, body ?? {})
}

function refused(response: Response, refusal: Refusal): HttpError {
  const words = refusal.detail ?? refusal.title ?? `HTTP ${response.status}`
  const requestId = refusal.requestId ?? response.headers.get('x-request-id')
  return new HttpError(requestId ? `${words} (${requestId})` : words, response.status, refusal)
}
