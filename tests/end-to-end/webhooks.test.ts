import { createServer } from 'node:http'
import type { IncomingHttpHeaders, Server } from 'node:http'
import { Webhook } from 'standardwebhooks'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { components } from '../../api/openapi.d.ts'
import { Person, readRun } from '../setup/person.ts'
import type { Problem } from '../setup/person.ts'
import { RECEIVER_PORT } from '../setup/product.ts'

type Hook = components['schemas']['Webhook']
type HookWithSecret = components['schemas']['WebhookWithSecret']
type Delivery = components['schemas']['WebhookDelivery']

interface Message {
  path: string
  headers: IncomingHttpHeaders
  body: string
}

const run = readRun()
let person: Person
let server: Server
const messages: Message[] = []
/** What the receiver answers next, the last one for ever. */
let answers: { status: number; headers?: Record<string, string> }[] = []

const address = (path: string) => `http://127.0.0.1:${RECEIVER_PORT}${path}`
const hook = (path: string, events = ['episode.ready']) =>
  person.ok<HookWithSecret>('POST', '/api/webhooks', { url: address(path), events })
const at = (path: string) => messages.filter((one) => one.path === path)
const deliveries = (id: string) => person.ok<{ items: Delivery[] }>('GET', `/api/webhooks/${id}/deliveries`)
const test = (id: string) => person.ok<Delivery>('POST', `/api/webhooks/${id}/test`)

async function until<T>(look: () => T | undefined | Promise<T | undefined>, withinMs = 30_000): Promise<T> {
  const end = Date.now() + withinMs
  for (;;) {
    const seen = await look()
    if (seen !== undefined) return seen
    if (Date.now() > end) throw new Error(`not seen: ${JSON.stringify(messages).slice(0, 500)}`)
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
}
const ended = (hookId: string, deliveryId: string) =>
  until(async () => (await deliveries(hookId)).items.find(({ id, status }) => id === deliveryId && status !== 'pending'))

beforeAll(async () => {
  person = await Person.signUp(run)
  server = createServer((req, res) => {
    let body = ''
    req.on('data', (chunk: Buffer) => (body += chunk.toString()))
    req.on('end', () => {
      messages.push({ path: req.url!, headers: req.headers, body })
      const { status, headers } = (answers.length > 1 ? answers.shift() : answers[0]) ?? { status: 204 }
      res.writeHead(status, headers).end('what it says does not matter')
    })
  })
  await new Promise<void>((resolve) => server.listen(RECEIVER_PORT, '127.0.0.1', resolve))
})
beforeEach(() => {
  messages.length = 0
  answers = []
})
afterAll(() => server.close())

describe('a webhook', () => {
  it('is told once of a ready episode, in a message its secret proves', async () => {
    const { id, secret } = await hook('/ready')
    const silent = await hook('/failed-only', ['episode.failed'])
    const order = await person.order({
      kind: 'narration',
      notice: false,
      title: '钩子',
      sources: [{ type: 'text', text: '你好。' }],
    })
    await person.ready(order.id)
    const message = await until(() => at('/ready')[0])
    const told = new Webhook(secret).verify(message.body, message.headers as Record<string, string>)
    expect(told).toEqual({
      type: 'episode.ready',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      data: { episodeId: order.id, version: 1, status: 'ready', title: '钩子' },
    })
    const { items } = await deliveries(id)
    expect(items).toHaveLength(1)
    const done = await ended(id, items[0]!.id)
    expect(done).toMatchObject({ status: 'delivered', id: message.headers['webhook-id'], nextAt: null })
    expect(done.attempts).toMatchObject([{ round: 1, attempt: 1, statusCode: 204, failure: null }])
    expect(at('/ready')).toHaveLength(1)
    expect(at('/failed-only')).toEqual([])
    for (const one of [id, silent.id]) await person.ok('DELETE', `/api/webhooks/${one}`)
  })

  it('is tried again under the same id, at another time, until it takes the message', async () => {
    const { id, secret } = await hook('/retry')
    answers = [{ status: 500 }, { status: 302, headers: { location: address('/elsewhere') } }, { status: 200 }]
    const sent = await test(id)
    const done = await ended(id, sent.id)
    expect([done.status, done.attempts.map(({ statusCode }) => statusCode)]).toEqual(['delivered', [500, 302, 200]])
    expect(at('/elsewhere')).toEqual([])
    expect(new Set(at('/retry').map(({ headers }) => headers['webhook-id']))).toEqual(new Set([sent.id]))
    expect(new Set(at('/retry').map(({ headers }) => headers['webhook-timestamp'])).size).toBeGreaterThan(1)
    for (const { body, headers } of at('/retry')) new Webhook(secret).verify(body, headers as Record<string, string>)
    await person.ok('DELETE', `/api/webhooks/${id}`)
  })

  it('is given up after its last try, and sent anew by hand', async () => {
    const { id } = await hook('/given-up')
    answers = [{ status: 503, headers: { 'retry-after': '1' } }]
    const sent = await test(id)
    const failed = await ended(id, sent.id)
    expect([failed.status, failed.attempts.length]).toEqual(['failed', 4])
    expect((await person.ok<{ items: Delivery[] }>('GET', `/api/webhooks/${id}/deliveries?status=failed`)).items).toHaveLength(1)
    answers = [{ status: 200 }]
    await person.ok('POST', `/api/webhooks/${id}/deliveries/${sent.id}/resend`)
    const done = await ended(id, sent.id)
    expect(done.status).toBe('delivered')
    expect(done.attempts.at(-1)).toMatchObject({ round: 2, attempt: 1, statusCode: 200 })
    expect(at('/given-up').at(-1)!.headers['webhook-id']).toBe(sent.id)
    await person.ok('DELETE', `/api/webhooks/${id}`)
  })

  it('is switched off by 410, hears nothing, and is switched on again', async () => {
    const { id } = await hook('/gone')
    answers = [{ status: 410 }]
    const sent = await test(id)
    expect((await ended(id, sent.id)).attempts).toHaveLength(1)
    const [off] = (await person.ok<{ items: Hook[] }>('GET', '/api/webhooks')).items
    expect(off).toMatchObject({ id, enabled: false, disabledReason: 'gone' })
    expect((await person.ask('POST', `/api/webhooks/${id}/test`)).status).toBe(409)
    answers = [{ status: 200 }]
    expect(await person.ok('PATCH', `/api/webhooks/${id}`, { enabled: true })).toMatchObject({
      enabled: true,
      disabledReason: null,
    })
    expect((await ended(id, (await test(id)).id)).status).toBe('delivered')
    await person.ok('DELETE', `/api/webhooks/${id}`)
  })

  it('signs with both secrets for a day after a change', async () => {
    const { id, secret: old } = await hook('/rotated')
    const { secret, oldSecretUntil } = await person.ok<HookWithSecret>('POST', `/api/webhooks/${id}/rotate`)
    expect(secret).not.toBe(old)
    expect(Date.parse(oldSecretUntil!)).toBeGreaterThan(Date.now() + 23 * 3_600_000)
    await ended(id, (await test(id)).id)
    const [message] = at('/rotated')
    const headers = message!.headers as Record<string, string>
    for (const one of [old, secret])
      expect(new Webhook(one).verify(message!.body, headers)).toMatchObject({ type: 'webhook.test' })
    expect(() => new Webhook(old).verify(message!.body.replace('test', 'fake'), headers)).toThrow()
    expect(JSON.stringify(await person.ok('GET', '/api/webhooks'))).not.toContain('whsec_')
    await person.ok('DELETE', `/api/webhooks/${id}`)
  })

  const refused = [
    'http://example.com/',
    'https://127.0.0.1/',
    'https://[::1]/',
    'https://[::ffff:127.0.0.1]/',
    'https://0x7f.1/',
    'https://2130706433/',
    'https://169.254.169.254/latest/meta-data',
    'https://10.0.0.1/',
    'https://100.64.0.1/',
    'https://192.168.1.1:8443/',
    'https://[fd00::1]/',
    'https://[64:ff9b::7f00:1]/',
    'https://[2002:7f00:1::]/',
    'https://0.0.0.0/',
    'https://localhost/',
    'https://postgres/',
    'https://metadata.google.internal/',
    'https://user:secret@example.com/',
    `http://127.0.0.1:${RECEIVER_PORT + 1}/`,
    'ftp://example.com/',
    'javascript:alert(1)',
    'no address',
  ]
  it.each(refused)('is refused at %s, and nothing is stored', async (url) => {
    const response = await person.ask('POST', '/api/webhooks', { url, events: ['episode.ready'] })
    expect([response.status, ((await response.json()) as Problem).code]).toEqual([422, 'webhook-address-refused'])
    expect((await person.ok<{ items: Hook[] }>('GET', '/api/webhooks')).items).toEqual([])
  })

  it('is its owner’s alone, and twenty are enough', async () => {
    const { id } = await hook('/mine')
    const stranger = await Person.signUp(run)
    const asked = async (method: string, path: string, body?: unknown) => (await stranger.ask(method, path, body)).status
    expect(await asked('PATCH', `/api/webhooks/${id}`, { enabled: false })).toBe(404)
    expect(await asked('POST', `/api/webhooks/${id}/rotate`)).toBe(404)
    expect(await asked('GET', `/api/webhooks/${id}/deliveries`)).toBe(404)
    expect(await asked('DELETE', `/api/webhooks/${id}`)).toBe(404)
    const made = await Promise.all(
      Array.from({ length: 25 }, () =>
        stranger.ask('POST', '/api/webhooks', { url: address('/many'), events: ['episode.ready'] }),
      ),
    )
    expect(made.filter(({ status }) => status === 201)).toHaveLength(20)
    await person.ok('DELETE', `/api/webhooks/${id}`)
  })
})
