import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fakeKeys, startFakeProviders } from '../../tests/fake-providers/server.ts'
import type { FakeProviders } from '../../tests/fake-providers/server.ts'
import type { Order } from '../../tests/fake-providers/script.ts'
import { createElevenLabsSpeech } from './elevenlabs-provider.ts'
import { createOpenAiSpeech } from './openai-provider.ts'
import { SpeechFailed } from './port.ts'
import type { SpeechProvider, SpeechRequest } from './port.ts'
import { turnedAway } from './provider-errors.ts'

type Name = 'openai' | 'elevenlabs'
let fake: FakeProviders
let providers: Record<Name, SpeechProvider>
const bounds = { deadlineMs: 1200, maxBytes: 2 << 20 }
const voices: Record<Name, Pick<SpeechRequest, 'voice' | 'model'>> = {
  openai: { voice: { providerVoice: 'nova', settings: {} }, model: 'gpt-4o-mini-tts' },
  elevenlabs: { voice: { providerVoice: 'EXAVITQu4vr4xnSDxMaL', settings: {} }, model: 'eleven_multilingual_v2' },
}

beforeAll(async () => {
  fake = await startFakeProviders()
  providers = {
    openai: createOpenAiSpeech({ apiKey: fakeKeys.openai, baseUrl: `${fake.url}/v1`, ...bounds }),
    elevenlabs: createElevenLabsSpeech({ apiKey: fakeKeys.elevenlabs, baseUrl: fake.url, ...bounds }),
  }
  // The first call also loads the SDK, which is no part of what is bounded here.
  await say('elevenlabs')
  await say('openai')
})
beforeEach(() => {
  fake.script.clear()
  fake.counts.clear()
})
afterAll(() => fake.close())

const say = (name: Name, signal = new AbortController().signal) =>
  providers[name].speak({ text: '你好，世界。', language: 'zh', ...voices[name] }, { signal })

async function failure(name: Name, order: Order): Promise<SpeechFailed> {
  fake.script.next(order)
  const error: unknown = await say(name).then(
    () => undefined,
    (reason: unknown) => reason,
  )
  expect(error).toBeInstanceOf(SpeechFailed)
  // No retries of the SDK's own.
  expect(fake.counts.summary().total).toBe(1)
  return error as SpeechFailed
}

type Ending = 'retry' | 'wait' | 'never' | 'ask'
const endingOf = ({ retryable, askPerson, code }: SpeechFailed): Ending =>
  askPerson ? 'ask' : !retryable ? 'never' : turnedAway.includes(code) ? 'wait' : 'retry'

const statuses: [Order, string, Ending][] = [
  [{ status: 400 }, 'request_refused', 'never'],
  [{ status: 401 }, 'key_refused', 'ask'],
  [{ status: 402 }, 'payment_needed', 'ask'],
  [{ status: 403 }, 'not_allowed', 'ask'],
  [{ status: 404 }, 'unknown_voice', 'never'],
  [{ status: 408 }, 'provider_timeout', 'retry'],
  [{ status: 409 }, 'conflict', 'wait'],
  [{ status: 413 }, 'text_too_long', 'never'],
  [{ status: 418 }, 'request_refused', 'never'],
  [{ status: 422 }, 'request_refused', 'never'],
  [{ status: 429, code: 'rate_limit_exceeded' }, 'rate_limited', 'wait'],
  [{ status: 500 }, 'provider_error', 'retry'],
  [{ status: 502 }, 'provider_error', 'retry'],
  [{ status: 503 }, 'provider_busy', 'wait'],
  [{ status: 504 }, 'provider_timeout', 'retry'],
  [{ status: 529 }, 'provider_busy', 'wait'],
  [{ fault: 'html' }, 'answer_not_audio', 'retry'],
  [{ fault: 'json-error' }, 'answer_not_audio', 'retry'],
  [{ fault: 'cut' }, 'connection_lost', 'retry'],
  [{ fault: 'cut-unframed' }, 'answer_cut', 'retry'],
  [{ fault: 'reset-before' }, 'connection_lost', 'retry'],
  [{ fault: 'reset-after' }, 'connection_lost', 'retry'],
  [{ fault: 'hang' }, 'provider_timeout', 'retry'],
  [{ fault: 'hang-after' }, 'provider_timeout', 'retry'],
  [{ fault: 'drip' }, 'provider_timeout', 'retry'],
  [{ fault: 'endless' }, 'answer_too_large', 'retry'],
]
const own: [Name, Order, string, Ending][] = [
  ['openai', { fault: 'empty' }, 'answer_empty', 'retry'],
  ['openai', { status: 429, code: 'insufficient_quota' }, 'out_of_credit', 'ask'],
  ['openai', { status: 400, code: 'string_above_max_length' }, 'text_too_long', 'never'],
  ['elevenlabs', { fault: 'empty' }, 'answer_empty', 'retry'],
  ['elevenlabs', { fault: 'truncated' }, 'answer_not_audio', 'retry'],
  ['elevenlabs', { status: 401, code: 'quota_exceeded' }, 'out_of_credit', 'ask'],
  ['elevenlabs', { status: 429, code: 'too_many_concurrent_requests' }, 'too_many_at_once', 'wait'],
  ['elevenlabs', { status: 429, code: 'system_busy' }, 'provider_busy', 'wait'],
]
const table = (['openai', 'elevenlabs'] as const).flatMap((name) =>
  statuses.map(([order, code, ending]): [Name, Order, string, Ending] => [name, order, code, ending]),
)

describe('every answer of a provider, through its own SDK', () => {
  it.each([...table, ...own])('%s %j: %s, %s', async (name, order, code, ending) => {
    const failed = await failure(name, order)
    expect([failed.code, endingOf(failed)]).toEqual([code, ending])
    expect(failed.message).toMatch(/(OpenAI|ElevenLabs): [a-z].*\./)
    if (ending === 'wait') expect(failed.retryAfterMs).toBeGreaterThan(0)
  })

  it.each<[Record<string, string>, number]>([
    [{ 'retry-after': '7' }, 7000],
    [{ 'retry-after': '7', 'retry-after-ms': '1500' }, 1500],
    [{ 'retry-after': '0' }, 100],
    [{ 'retry-after': '999999999' }, 300_000],
    [{ 'retry-after': 'Fri, 01 Jan 2999 00:00:00 GMT' }, 300_000],
    [{ 'retry-after': 'Sat, 01 Jan 2000 00:00:00 GMT' }, 5000],
    [{ 'retry-after': '-5' }, 5000],
    [{ 'retry-after': 'soon' }, 5000],
    [{ 'retry-after-ms': 'NaN' }, 5000],
  ])('%j: waits %d ms', async (headers, waitMs) => {
    expect((await failure('openai', { status: 429, headers })).retryAfterMs).toBe(waitMs)
    fake.counts.clear()
    expect((await failure('elevenlabs', { status: 429, code: 'system_busy', headers })).retryAfterMs).toBe(waitMs)
  })

  it('a date in Retry-After is waited for', async () => {
    const headers = { 'retry-after': new Date(Date.now() + 20_000).toUTCString() }
    const { retryAfterMs } = await failure('openai', { status: 429, headers })
    expect(retryAfterMs).toBeGreaterThan(15_000)
    expect(retryAfterMs).toBeLessThanOrEqual(20_000)
  })

  it.each<Name>(['openai', 'elevenlabs'])('%s: nobody listens at the address', async (name) => {
    const gone = await startFakeProviders()
    await gone.close()
    const baseUrl = `${gone.url}/v1`
    const away = { openai: createOpenAiSpeech, elevenlabs: createElevenLabsSpeech }[name]({ apiKey: 'key', baseUrl })
    const signal = new AbortController().signal
    const speaking = away.speak({ text: 'Hello', language: 'en', ...voices[name] }, { signal })
    await expect(speaking).rejects.toMatchObject({ code: 'provider_unreachable', retryable: true })
  })

  it.each<Name>(['openai', 'elevenlabs'])('%s: a wrong key is named as such', async (name) => {
    const wrong = { openai: createOpenAiSpeech, elevenlabs: createElevenLabsSpeech }[name]
    const provider = wrong({ apiKey: 'not-the-key', baseUrl: name === 'openai' ? `${fake.url}/v1` : fake.url })
    const speaking = provider.speak({ text: 'Hello', language: 'en', ...voices[name] }, { signal: new AbortController().signal })
    await expect(speaking).rejects.toMatchObject({ code: 'key_refused', askPerson: true })
  })

  it.each<Name>(['openai', 'elevenlabs'])('%s: stopped by us, the reason is ours and the call is let go', async (name) => {
    fake.script.next({ fault: 'hang' })
    const stop = new AbortController()
    const speaking = say(name, stop.signal)
    setTimeout(() => stop.abort(new Error('stopped')), 100)
    await expect(speaking).rejects.toThrow('stopped')
    await expect.poll(() => fake.counts.summary().outcomes).toEqual({ hang: 1 })
  })
})
