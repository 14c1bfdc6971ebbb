import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fakeKeys, startFakeProviders } from '../../tests/fake-providers/server.ts'
import type { FakeProviders } from '../../tests/fake-providers/server.ts'
import { makeLineAudio } from '../audio/line-audio.ts'
import { createElevenLabsSpeech } from './elevenlabs-provider.ts'
import { createOpenAiSpeech } from './openai-provider.ts'
import type { SpeechAnswer, SpeechProvider } from './port.ts'

const tools = { ffmpegPath: process.env['FFMPEG_PATH'] ?? 'ffmpeg' }
const text = '春天来了，公园里的花都开了，很多人带着孩子出来散步，孩子们在草地上跑来跑去，风筝飞得很高。'
const [openAiVoice, sarah] = ['nova', 'EXAVITQu4vr4xnSDxMaL']
let fake: FakeProviders
let elevenLabs: SpeechProvider
const openAi = () => createOpenAiSpeech({ apiKey: fakeKeys.openai, baseUrl: `${fake.url}/v1` })

beforeAll(async () => {
  fake = await startFakeProviders(tools)
  elevenLabs = createElevenLabsSpeech({ apiKey: fakeKeys.elevenlabs, baseUrl: fake.url })
  // The first call also loads the SDK.
  await speak(elevenLabs, sarah)
})
beforeEach(() => fake.script.clear())
afterAll(() => fake.close())

function speak(provider: SpeechProvider, providerVoice: string, settings = {}): Promise<SpeechAnswer> {
  const model = provider.name === 'openai' ? 'gpt-4o-mini-tts' : 'eleven_multilingual_v2'
  const request = { text, language: 'zh' as const, voice: { providerVoice, settings }, model, direction: 'calm' }
  return provider.speak(request, { signal: new AbortController().signal })
}
const accept = (answer: SpeechAnswer) => makeLineAudio(answer, { text, language: 'zh' }, tools)

describe('what a provider says becomes a line', () => {
  it.each(['wav', 'pcm', 'mp3'] as const)('OpenAI as %s', async (format) => {
    const answer = await speak(openAi(), openAiVoice, { format })
    expect(answer).toMatchObject({ format, unit: 'character', units: [...text].length })
    expect(answer.requestId).toMatch(/^req_/)
    expect((await accept(answer)).durationMs).toBeGreaterThan(5000)
  })

  it('ElevenLabs, with the time of each character and the units it charged', async () => {
    const answer = await speak(elevenLabs, sarah)
    expect(answer).toMatchObject({ format: 'pcm', sampleRateHz: 24_000, units: [...text].length })
    expect(answer.alignment?.characters.join('')).toBe(text)
    expect(answer.alignment?.endsMs.at(-1)).toBeCloseTo((await accept(answer)).durationMs, -2)
  })

  it('a plan without PCM: one refusal, then MP3 from there on', async () => {
    const poor = createElevenLabsSpeech({ apiKey: fakeKeys.elevenlabs, baseUrl: fake.url })
    fake.script.next({ status: 403, code: 'output_format_not_allowed' })
    await expect(speak(poor, sarah)).rejects.toMatchObject({ code: 'format_not_in_plan', retryable: true })
    const answer = await speak(poor, sarah)
    expect(answer.format).toBe('mp3')
    expect((await accept(answer)).durationMs).toBeGreaterThan(5000)
  })

  it.each([
    ['silent', 'silent'],
    ['clipped', 'clipped'],
    ['noise', 'noise'],
    ['gap', 'gap'],
    ['half-length', 'too_short'],
    ['triple-length', 'too_long'],
    ['wrong-rate', 'too_short'],
  ])('%s sound is refused by the gate', async (fault, code) => {
    for (const [provider, voice] of [[openAi(), openAiVoice] as const, [elevenLabs, sarah] as const]) {
      fake.script.next({ fault })
      await expect(speak(provider, voice).then(accept)).rejects.toMatchObject({ code })
    }
  })

  it('a WAV file shorter than its header says, and one without a header, are refused', async () => {
    fake.script.next({ fault: 'truncated' })
    await expect(speak(openAi(), openAiVoice).then(accept)).rejects.toMatchObject({ code: 'truncated' })
    fake.script.next({ fault: 'wrong-container' })
    await expect(speak(openAi(), openAiVoice).then(accept)).rejects.toMatchObject({ code: 'not_audio' })
  })
})
