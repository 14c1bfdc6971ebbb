import { request } from 'node:http'

interface Raw {
  method: string
  path: string
  cookie?: string
  body?: string
  headers?: Record<string, string>
}

/** One request whose path goes over the wire as it is written: nothing folds `..` away on the way. */
export function raw(api: string, { method, path, cookie, body, headers }: Raw): Promise<Response> {
  const { hostname, port, origin } = new URL(api)
  return new Promise((resolve, reject) => {
    const asked = request(
      {
        hostname,
        port,
        method,
        path,
        headers: {
          origin,
          ...(cookie && { cookie }),
          ...(body !== undefined && { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }),
          ...headers,
        },
      },
      (answer) => {
        const parts: Buffer[] = []
        answer.on('data', (part: Buffer) => parts.push(part))
        answer.on('error', reject)
        answer.on('end', () => {
          const status = answer.statusCode!
          const kept = Object.entries(answer.headersDistinct).flatMap(([name, values = []]) =>
            values.map((value): [string, string] => [name, value]),
          )
          resolve(new Response([204, 304].includes(status) ? null : Buffer.concat(parts), { status, headers: kept }))
        })
      },
    )
    asked.on('error', reject)
    asked.end(body)
  })
}
