import { createServer } from 'node:http'
import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { itemsOf } from './envelope.ts'
import type { Item } from './envelope.ts'

type Fields = Record<string, unknown>

/** How the store of logs behaves: it takes them, takes the connection and says nothing, fails, or refuses the key. */
export type Mood = 'well' | 'hanging' | 'failing' | 'refusing'

export interface FakeWatchers {
  url: string
  /** What a program is set to so that it reports here. */
  dsn: string
  /** What came by Sentry's protocol, and by Axiom's: each batch with who sent it. */
  items: Item[]
  batches: { dataset: string; token: string; events: Fields[] }[]
  /** What Slack and PagerDuty were told. */
  slack: Fields[]
  pagerDuty: Fields[]
  /** What the dead man's switch was told. */
  deadman: Fields[]
  mood: Mood
  /** Requests that came, whatever became of them. */
  asked: number
  close(): void
}

/** Speaks as Sentry, Axiom, Slack and PagerDuty do, and keeps what it is told. */
export async function startFakeWatchers(port = 0): Promise<FakeWatchers> {
  const server = createServer((req, res) => {
    told.asked += 1
    const browser = { 'access-control-allow-origin': '*', 'access-control-allow-headers': '*' }
    if (req.method === 'OPTIONS') return void res.writeHead(204, browser).end()
    if (told.mood === 'hanging') return void req.resume()
    void bodyOf(req).then((body) => {
      const status = told.mood === 'failing' ? 500 : told.mood === 'refusing' ? 401 : take(told, req, body)
      res.writeHead(status, { 'content-type': 'application/json', ...browser }).end('{}')
    })
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const { port: taken } = server.address() as AddressInfo
  const told: FakeWatchers = {
    url: `http://127.0.0.1:${taken}`,
    dsn: `http://public@127.0.0.1:${taken}/1`,
    items: [],
    batches: [],
    slack: [],
    pagerDuty: [],
    deadman: [],
    mood: 'well',
    asked: 0,
    close: () => {
      server.closeAllConnections()
      server.close()
    },
  }
  return told
}

async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of req) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  return req.headers['content-encoding'] === 'gzip' ? gunzipSync(body) : body
}

/** Keeps what came, and answers with which status. */
function take(told: FakeWatchers, req: IncomingMessage, body: Buffer): number {
  const path = req.url!.split('?')[0]!
  const dataset = /^\/v1\/datasets\/([^/]+)\/ingest$/.exec(path)?.[1]
  if (dataset) {
    const events = body.toString().split('\n').filter(Boolean).map(asFields)
    told.batches.push({ dataset, token: req.headers.authorization ?? '', events })
    return 200
  }
  if (/^\/api\/1\/envelope\/$/.test(path)) return told.items.push(...itemsOf(body)) && 200
  if (path.startsWith('/slack')) return told.slack.push(asFields(body.toString())) && 200
  if (path === '/deadman') return told.deadman.push(asFields(body.toString())) && 200
  if (path === '/v2/enqueue') return told.pagerDuty.push(asFields(body.toString())) && 202
  return 404
}

const asFields = (text: string) => JSON.parse(text) as Fields
