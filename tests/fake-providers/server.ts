import { createServer } from 'node:http'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { controlApi } from './control-api.ts'
import { Counts } from './counts.ts'
import { elevenLabs } from './elevenlabs.ts'
import type { Answer, Call, Control, Handler } from './handler.ts'
import { openAiText } from './openai-text.ts'
import { openAiSpeech } from './openai-speech.ts'
import { Script } from './script.ts'
import { searxng } from './searxng.ts'
import { send, spoilers } from './spoil.ts'

/** The keys that are let in, in a development set-up: they buy nothing anywhere. */
export const fakeKeys = { openai: 'fake-openai-key', elevenlabs: 'fake-elevenlabs-key' }

export interface FakeProviders {
  port: number
  url: string
  script: Script
  counts: Counts
  close(): Promise<void>
}

export interface FakeOptions {
  port?: number
  /** For MP3; without it that format is refused. */
  ffmpegPath?: string
}

/** Every API that is spoken, a line each. */
const handlersOf = ({ ffmpegPath }: FakeOptions): Handler[] => [
  openAiSpeech(ffmpegPath),
  openAiText,
  elevenLabs(ffmpegPath),
  searxng,
]

/** Starts a server that speaks the providers' HTTP and misbehaves as its script says. It counts every call. */
export async function startFakeProviders(options: FakeOptions = {}): Promise<FakeProviders> {
  const [script, counts] = [new Script(), new Counts()]
  const control: Control = { serve: (call, response, make) => serve({ script, counts }, call, response, make) }
  const handlers = [controlApi(script, counts), ...handlersOf(options)]
  const server = createServer((request, response) => {
    answer(handlers, request, response, control).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error))
    })
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const close = () => {
    server.closeAllConnections()
    return new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return { port, url: `http://127.0.0.1:${port}`, script, counts, close }
}

async function answer(handlers: Handler[], request: IncomingMessage, response: ServerResponse, control: Control): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const body = Buffer.concat(chunks)
  for (const handler of handlers) if (await handler(request, body, response, control)) return
  send({ status: 404, headers: { 'content-type': 'application/json' }, body: '{"detail":"Not Found"}' }, response)
}

type Make = (fault?: string) => Answer | Promise<Answer>

async function serve(
  { script, counts }: { script: Script; counts: Counts },
  call: Call,
  response: ServerResponse,
  make: Make,
): Promise<true> {
  const { isTooMany, end } = counts.begin(call, script.mannerOf(call.route).maxInFlight ?? Infinity)
  let ending = 'gone'
  response.once('close', () => end(ending))
  if (call.key !== undefined && !Object.values(fakeKeys).includes(call.key))
    return finish(call.errorAnswer(401), '401', response, end)
  if (isTooMany) return finish(call.errorAnswer(429), '429', response, end)
  const order = script.take(call)
  await new Promise((resolve) => setTimeout(resolve, script.latencyMs(call.route, call.text, order?.latencyMs)))
  if (response.destroyed) return true
  if (order?.status) {
    const refusal = call.errorAnswer(order.status, order.code)
    return finish({ ...refusal, headers: { ...refusal.headers, ...order.headers } }, String(order.status), response, end)
  }
  const spoiler = order?.fault ? spoilers[order.fault] : undefined
  if (order?.fault) ending = order.fault
  const good = await make(spoiler ? undefined : order?.fault)
  if (!spoiler) return finish(good, order?.fault ?? (good.status < 400 ? 'answered' : String(good.status)), response, end)
  await spoiler(good, response)
  return true
}

function finish(whole: Answer, outcome: string, response: ServerResponse, end: (outcome: string) => void): true {
  send(whole, response)
  end(outcome)
  return true
}
