import { describe, expect, test } from 'vitest'
import { makeLineAudio } from '../audio/line-audio.ts'
import { type Language, estimateDurationMs } from '../../shared/text.ts'
import { localVoices } from '../../prisma/catalogue.ts'
import { createLocalSpeech } from './local-provider.ts'
import { speechRuns } from './local-text.ts'
import { spokenText } from './spoken-text.ts'

const tools = { ffmpegPath: process.env['FFMPEG_PATH'] ?? 'ffmpeg' }
// A path that does not exist makes it the npm build, which every machine has.
const local = createLocalSpeech({ espeakPath: '/nonexistent/espeak-ng' })
const TEXTS: Record<Language, string> = {
  zh: '春天来了，公园里的花都开了，很多人带着孩子出来散步。',
  en: 'Spring is here, the flowers in the park are open, and people are out for a walk.',
}
const SIGNAL = { signal: new AbortController().signal }

async function speak(id: string, text: string, language: Language): Promise<Int16Array> {
  const voice = localVoices.find((each) => each.id === id)
  if (!voice) throw new Error(`no voice ${id}`)
  const { audio } = await local.speak(
    { text, language, voice: { providerVoice: voice.providerVoice, settings: { ...voice.settings } }, model: 'espeak-ng' },
    SIGNAL,
  )
  return new Int16Array(audio.buffer.slice(audio.byteOffset + 44, audio.byteOffset + audio.length))
}

// Median pitch by autocorrelation over the loud 40 ms windows.
function pitchHz(samples: Int16Array): number {
  const found: number[] = []
  for (let at = 0; at + 1_500 < samples.length; at += 2_205) {
    const correlation = (lag: number): number => {
      let [sum, energy, other] = [0, 1, 1]
      for (let offset = 0; offset < 882; offset += 1) {
        const [a, b] = [samples[at + offset] as number, samples[at + offset + lag] as number]
        sum += a * b
        energy += a * a
        other += b * b
      }
      return energy / 882 < 200_000 ? 0 : sum / Math.sqrt(energy * other)
    }
    const lags = Array.from({ length: 350 }, (_, lag) => lag + 60)
    const values = lags.map(correlation)
    const highest = Math.max(...values)
    if (highest > 0.6) found.push(22_050 / (lags[values.findIndex((value) => value > highest - 0.02)] as number))
  }
  return found.sort((a, b) => a - b)[Math.floor(found.length / 2)] ?? 0
}

test('the voices of a language are at least two semitones apart, and their pace is known', async () => {
  for (const language of ['zh', 'en'] as const) {
    const voices = localVoices.filter((voice) => voice.languages.includes(language))
    const pitches: number[] = []
    for (const {
      id,
      settings: { unitsPerSecond },
    } of voices) {
      const samples = await speak(id, TEXTS[language], language)
      pitches.push(pitchHz(samples))
      const heardMs = (samples.length / 22_050) * 1000
      expect(Math.abs(heardMs / estimateDurationMs(TEXTS[language], language, unitsPerSecond) - 1)).toBeLessThan(0.25)
    }
    pitches.sort((a, b) => a - b)
    expect(voices).toHaveLength(6)
    pitches.slice(1).forEach((pitch, at) => expect(pitch / (pitches[at] as number)).toBeGreaterThan(2 ** (2 / 12)))
  }
})

test.each([
  ['zh', TEXTS.zh],
  ['en', TEXTS.en],
  ['zh', '新版本 3.14 支持 iPhone 15 和 OpenAI 的接口，速度提升了 12.5%，共 3,000 元。'],
  ['zh', '--version -v [[h@l]] <speak>你好</speak> 世界，今天的天气非常好。'],
  ['en', 'The word 你好 means hello, and it is the first thing most people learn.'],
] as const)('what it says passes the gate: %s %s', async (language, written) => {
  const text = spokenText(written, language)
  const voice = localVoices.find((each) => each.languages[0] === language) as (typeof localVoices)[number]
  const answer = await local.speak(
    { text, language, voice: { providerVoice: voice.providerVoice, settings: { ...voice.settings } }, model: 'espeak-ng' },
    SIGNAL,
  )
  const line = await makeLineAudio(answer, { text, language, unitsPerSecond: voice.settings.unitsPerSecond }, tools)
  expect(line.lufs).toBeCloseTo(-16, 0)
  expect(answer).toMatchObject({ format: 'wav', unit: 'character', units: [...text].length })
})

describe('failures', () => {
  const request = {
    text: '你好',
    language: 'zh' as const,
    voice: { providerVoice: 'local-zh-a', settings: { variant: 'f3', pitch: 55 } },
    model: 'espeak-ng',
  }

  test('nothing to say, and a voice nobody knows, are refused for good', async () => {
    await expect(local.speak({ ...request, text: '😀……' }, SIGNAL)).rejects.toMatchObject({
      code: 'nothing_to_say',
      retryable: false,
    })
    await expect(local.speak({ ...request, voice: { providerVoice: 'alloy', settings: {} } }, SIGNAL)).rejects.toMatchObject({
      code: 'unknown_voice',
      retryable: false,
    })
  })

  test('its signal stops it', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(new Error('stop')), 30)
    await expect(local.speak(request, { signal: controller.signal })).rejects.toThrow('stop')
  })
})

test('runs change voice where the script changes, and carry no markup', () => {
  const said = (text: string, language: Language): [Language, string][] =>
    speechRuns(text, language).map((run) => [run.language, run.text.trim()])
  expect(said('用 iPhone 拍照，再发给 Amy Lee。', 'zh')).toEqual([
    ['zh', '用'],
    ['en', 'iPhone'],
    ['zh', '拍照，再发给'],
    ['en', 'Amy Lee。'],
  ])
  expect(said('二零二六年涨了百分之十二点五。', 'zh')).toEqual([['zh', '二零二六年涨了百分之十二点五。']])
  expect(
    said('[[x]] <b>好</b>', 'zh')
      .map(([, text]) => text)
      .join(''),
  ).not.toMatch(/[[\]<>]/)
})
