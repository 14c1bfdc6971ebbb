import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { Script } from './fake-providers/script.ts'
import { fakeKeys, startFakeProviders } from './fake-providers/server.ts'
import type { FakeProviders } from './fake-providers/server.ts'

let fake: FakeProviders
beforeAll(async () => {
  fake = await startFakeProviders()
})
beforeEach(() => {
  fake.script.clear()
  fake.counts.clear()
})
afterAll(() => fake.close())

const sarah = '/v1/text-to-speech/EXAVITQu4vr4xnSDxMaL?output_format=pcm_24000'
const post = (path: string, headers: Record<string, string>, body: unknown) =>
  fetch(new URL(path, fake.url), { method: 'POST', headers, body: JSON.stringify(body) })
const elevenLabs = (text: string, key: string = fakeKeys.elevenlabs) => post(sarah, { 'xi-api-key': key }, { text })

describe('the fake providers', () => {
  it('speak as long as the text is, at a pitch of the voice, with the headers of the real ones', async () => {
    const input = '春天来了，公园里的花都开了。'
    const say = (voice: string) =>
      post(
        '/v1/audio/speech',
        { authorization: `Bearer ${fakeKeys.openai}` },
        { model: 'tts-1', voice, input, response_format: 'pcm' },
      )
    const [nova, onyx] = await Promise.all([say('nova'), say('onyx')])
    expect(nova.headers.get('x-request-id')).toMatch(/^req_/)
    const [low, high] = await Promise.all([nova.arrayBuffer(), onyx.arrayBuffer()])
    expect(low.byteLength / 48_000).toBeCloseTo(2, 0)
    expect(Buffer.from(low).equals(Buffer.from(high))).toBe(false)
    const spoken = await elevenLabs('Hello')
    expect([spoken.headers.get('character-cost'), spoken.headers.get('request-id')?.length]).toEqual(['5', 32])
  })

  it('want a key, and refuse in the words of the real ones', async () => {
    const refused = await elevenLabs('Hello', 'wrong')
    expect([refused.status, await refused.json()]).toMatchObject([401, { detail: { status: 'invalid_api_key' } }])
    const unknown = await post(
      '/v1/audio/speech',
      { authorization: 'Bearer wrong' },
      { model: 'tts-1', voice: 'nova', input: 'Hi' },
    )
    expect([unknown.status, await unknown.json()]).toMatchObject([401, { error: { code: 'invalid_api_key' } }])
  })

  it.each(['/v1/voices', '/v2/voices'])('list their voices at %s', async (path) => {
    const listed = await fetch(new URL(path, fake.url), { headers: { 'xi-api-key': fakeKeys.elevenlabs } })
    expect(((await listed.json()) as { voices: unknown[] }).voices).toHaveLength(8)
  })

  it('refuse above the calls in flight that they are told to allow, and count the peak', async () => {
    fake.script.route('elevenlabs-speech', { maxInFlight: 3, latencyMs: 100 })
    const answers = await Promise.all(Array.from({ length: 5 }, (_, index) => elevenLabs(`Line ${index}`)))
    expect(answers.map(({ status }) => status).toSorted((a, b) => a - b)).toEqual([200, 200, 200, 429, 429])
    const { routes, outcomes, texts } = fake.counts.summary()
    expect(routes['elevenlabs-speech']).toMatchObject({ calls: 5, answered: 3, inFlight: 0, peakInFlight: 3 })
    expect(outcomes).toEqual({ answered: 3, '429': 2 })
    expect(Object.keys(texts)).toHaveLength(5)
  })

  it('draw the same latencies from the same seed, around the median', () => {
    const draw = () => {
      const script = new Script()
      script.route('a', { latencyMs: { medianMs: 1000, sigma: 0.5, seed: 7 } })
      return Array.from({ length: 1001 }, () => script.latencyMs('a', ''))
    }
    expect(draw()).toEqual(draw())
    const median = draw().toSorted((a, b) => a - b)[500]!
    expect(median).toBeGreaterThan(900)
    expect(median).toBeLessThan(1100)
  })
})
