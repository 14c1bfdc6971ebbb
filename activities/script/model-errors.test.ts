import { createServer } from 'node:http'
import type { Server, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { retryAfterMs } from './model-errors.ts'
import { createOpenAiWriter } from './openai-writer.ts'
import { MemoryBook } from './test-book.ts'

// Answers that no well-meaning server gives are sent by hand; the SDK between is the real one.
let answer: (response: ServerResponse) => void
let server: Server
let baseUrl: string
beforeAll(async () => {
  server = createServer((request, response) => void request.resume().on('end', () => answer(response)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})

const ask = (api: 'responses' | 'chat', over: object = {}) =>
  createOpenAiWriter({ apiKey: 'sk', baseUrl, model: 'gpt-6-luna', api, deadlineMs: 1_500, ...over }).outline(
    { kind: 'podcast', language: 'zh', speakers: [{ name: '甲' }], sources: [{ text: '今天讲一讲城市里的河道。' }] },
    { signal: new AbortController().signal, book: new MemoryBook() },
  )

const status =
  (code: number, error: object = {}, headers: Record<string, string> = {}) =>
  (response: ServerResponse) =>
    void response
      .writeHead(code, { 'content-type': 'application/json', ...headers })
      .end(JSON.stringify({ error: { message: 'no', ...error } }))
const stream = (text: string) => (response: ServerResponse) =>
  void response.writeHead(200, { 'content-type': 'text/event-stream' }).end(text)
const never = { retryable: false, waitsForPerson: false }
const person = { retryable: false, waitsForPerson: true }
const retry = { retryable: true, waitsForPerson: false }

const rows: [string, (response: ServerResponse) => void, object][] = [
  ['400', status(400), { code: 'model_refused_request', ...never }],
  ['400 too long', status(400, { code: 'context_length_exceeded' }), { code: 'model_context_exceeded', ...never }],
  ['400 filtered', status(400, { code: 'content_policy_violation' }), { code: 'model_content_filtered', ...person }],
  ['401', status(401, { code: 'invalid_api_key' }), { code: 'model_key_refused', ...person }],
  ['402', status(402), { code: 'model_unpaid', ...person }],
  ['403', status(403), { code: 'model_forbidden', ...person }],
  ['404', status(404, { code: 'model_not_found' }), { code: 'model_unknown', ...person }],
  ['408', status(408), { code: 'model_timeout', ...retry }],
  ['409', status(409), { code: 'model_conflict', ...retry }],
  ['413', status(413), { code: 'model_context_exceeded', ...never }],
  ['422', status(422), { code: 'model_refused_request', ...never }],
  ['429 too fast', status(429, { code: 'rate_limit_exceeded' }), { code: 'model_rate_limited', ...retry, retryAfterMs: 5_000 }],
  ['429 in 7 s', status(429, {}, { 'retry-after': '7' }), { code: 'model_rate_limited', ...retry, retryAfterMs: 7_000 }],
  ['429 in 1234 ms', status(429, {}, { 'retry-after-ms': '1234', 'retry-after': '7' }), { ...retry, retryAfterMs: 1_234 }],
  ['429 in a year', status(429, {}, { 'retry-after': '31536000' }), { ...retry, retryAfterMs: 600_000 }],
  ['429 nonsense', status(429, {}, { 'retry-after': 'soon' }), { ...retry, retryAfterMs: 5_000 }],
  ['429 nothing left', status(429, { code: 'insufficient_quota' }), { code: 'model_unpaid', ...person }],
  ['500', status(500), { code: 'model_server_error', ...retry }],
  [
    '502 as a page',
    (response) => void response.writeHead(502, { 'content-type': 'text/html' }).end('<h1>Bad gateway</h1>'),
    { code: 'model_server_error', ...retry },
  ],
  ['503 in 3 s', status(503, {}, { 'retry-after': '3' }), { code: 'model_server_error', ...retry, retryAfterMs: 3_000 }],
  ['529', status(529), { code: 'model_overloaded', ...retry, retryAfterMs: 15_000 }],
  ['a teapot', status(418), { code: 'model_refused_request', ...never }],
  [
    'HTML with 200',
    (response) => void response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Sign in'),
    { code: 'model_answered_no_api', ...retry },
  ],
  ['nothing with 200', (response) => void response.writeHead(200).end(), { code: 'model_answered_no_api', ...retry }],
  ['events without an end', stream(''), { code: 'model_answer_cut', ...retry }],
  ['a cut event', stream('data: {"type":"response.output_'), { code: 'model_answer_cut', ...retry }],
  ['broken events', stream('data: {"type":\n\n'), { code: 'model_answer_cut', ...retry }],
  [
    'an error event',
    stream('event: error\ndata: {"type":"error","error":{"message":"overloaded","code":"server_error"}}\n\n'),
    { code: 'model_server_error', ...retry },
  ],
  ['a reset before the answer', (response) => void response.destroy(), { code: 'model_unreachable', ...retry }],
  [
    'a reset in the answer',
    (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data: {"type":"response.created"}\n\n')
      setTimeout(() => response.destroy(), 50)
    },
    { code: 'model_answer_cut', ...retry },
  ],
  ['no answer', () => {}, { code: 'model_timeout', ...retry }],
  [
    'a slow drip',
    (response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const drip = setInterval(() => response.write(': still here\n\n'), 100)
      response.on('close', () => clearInterval(drip))
    },
    { code: 'model_timeout', ...retry },
  ],
]

describe.each(['responses', 'chat'] as const)('/%s', (api) => {
  test.each(rows)('%s', async (_, by, expected) => {
    answer = by
    await expect(ask(api)).rejects.toMatchObject({ name: 'ScriptFailed', ...expected })
  })
})

test('a failed event of /responses is told apart by its code', async () => {
  const failed = (code: string): string =>
    `data: ${JSON.stringify({ type: 'response.failed', response: { error: { code, message: 'no' } } })}\n\n`
  answer = stream(failed('rate_limit_exceeded'))
  await expect(ask('responses')).rejects.toMatchObject({ code: 'model_rate_limited', retryable: true })
  answer = stream(failed('server_error'))
  await expect(ask('responses')).rejects.toMatchObject({ code: 'model_server_error', retryable: true })
})

test('nobody listens there', async () => {
  const over = { baseUrl: 'http://127.0.0.1:9/v1' }
  await expect(ask('chat', over)).rejects.toMatchObject({ code: 'model_unreachable', retryable: true })
})

test('retry-after as a date', () => {
  const now = Date.parse('2026-11-23T12:00:00Z')
  expect(retryAfterMs(new Headers({ 'retry-after': 'Mon, 23 Nov 2026 12:00:30 GMT' }), now)).toBe(30_000)
  expect(retryAfterMs(new Headers({ 'retry-after': 'Mon, 23 Nov 2026 11:00:00 GMT' }), now)).toBeUndefined()
  expect(retryAfterMs(new Headers({ 'retry-after': '-5' }), now)).toBeUndefined()
  expect(retryAfterMs(undefined, now)).toBeUndefined()
})
