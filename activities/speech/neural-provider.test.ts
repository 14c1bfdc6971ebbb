import { expect, test } from 'vitest'
import { englishSymbols } from './english-symbols.ts'
import { MAX_SYMBOLS, stretches, symbolIds } from './kokoro-symbols.ts'
import type { NeuralEngine, NeuralOrder } from './neural-engine.ts'
import { createNeuralSpeech } from './neural-provider.ts'

const orders: NeuralOrder[] = []
const symbols = new Map([...symbolIds].map(([symbol, id]) => [id, symbol]))
const heard = (): string[] => (orders.at(-1) as NeuralOrder).stretches.map((ids) => ids.map((id) => symbols.get(id)).join(''))
const engine: NeuralEngine = {
  speak: async (order) => {
    orders.push(order)
    return order.stretches.map(() => Float32Array.from({ length: 24_000 }, (_, at) => (at > 6_000 && at < 18_000 ? 0.5 : 0)))
  },
  pid: () => undefined,
  stop: async () => {},
}
const ready = { modelPath: '/model', voicesFolder: '/voices' }
let isElsewhere = async (): Promise<boolean> => false
const provider = (weights: () => typeof ready | { missing: string; retryable: boolean } = () => ready) =>
  // A path that does not exist makes espeak-ng the npm build, which every machine has.
  createNeuralSpeech({ engine, threads: 1, weights, isElsewhere, espeakPath: '/nonexistent/espeak-ng' })
const ask = (text: string, language: 'zh' | 'en', providerVoice = language === 'zh' ? 'zf_xiaoxiao' : 'af_heart') => ({
  text,
  language,
  voice: { providerVoice, settings: {} },
  model: 'kokoro-82m',
})
const options = { signal: new AbortController().signal }

test('English is spelled by espeak-ng with its punctuation, in the symbols of the voice', async () => {
  await provider().speak(ask('Dr. Smith, hello! Rate the joy now?', 'en'), options)
  expect(heard()).toEqual(['dˈɑktəɹ smˈɪθ, həlˈO! ɹˈAt ðə ʤˈY nˈW?'])
  expect(englishSymbols('ˈe^ə hˈə^ʊm', 'en-gb')).toBe('ˈɛː hˈQm')
})

test('English words within Chinese have their own sounds', async () => {
  await provider().speak(ask('我用iPhone。', 'zh'), options)
  expect(heard()[0]).toMatch(/^wo↓ jʊ↘ŋ ˈI ?fˈO?ˌ?O?n\.$/)
})

test('numbers are said, whether the text comes raw or written out already', async () => {
  await provider().speak(ask('At 3:30 pm it cost $5.', 'en'), options)
  const raw = heard()
  await provider().speak(ask('At three thirty p m it cost five dollars.', 'en'), options)
  expect(heard()).toEqual(raw)
  expect(raw[0]).toContain('pˌiˈɛm')
})

test('silence around is cut, the answer is a WAV of 24 kHz', async () => {
  const answer = await provider().speak(ask('你好', 'zh'), options)
  expect(answer).toMatchObject({ format: 'wav', sampleRateHz: 24_000, units: 2, unit: 'character' })
  expect((answer.audio.length - 44) / 2 / 24_000).toBeCloseTo(0.58, 1)
})

test.each([
  ['nothing to say', ask('……', 'zh'), () => ready, { code: 'nothing_to_say', retryable: false }],
  ['a voice nobody knows', ask('好', 'zh', '../../etc/passwd'), () => ready, { code: 'unknown_voice', retryable: false }],
  [
    'weights on their way',
    ask('好', 'zh'),
    () => ({ missing: 'soon', retryable: true }),
    { code: 'engine_missing', retryable: true },
  ],
  ['switched off', ask('好', 'zh'), () => ({ missing: 'off', retryable: false }), { code: 'engine_missing', retryable: false }],
] as const)('%s is refused in words', async (_, request, weights, failure) => {
  await expect(provider(weights).speak(request, options)).rejects.toMatchObject(failure)
})

test('what another worker can speak is left to it', async () => {
  isElsewhere = async () => true
  const switchedOff = provider(() => ({ missing: 'off', retryable: false }))
  await expect(switchedOff.speak(ask('好', 'zh'), options)).rejects.toMatchObject({ code: 'engine_missing', retryable: true })
  isElsewhere = async () => false
})

test('a long text is cut at sentences, a long sentence at commas, and nothing is lost or too long', () => {
  const text = `${'ni↗xau↓ ʂɨ↘ʨje↘, '.repeat(80)}wan↓. ma→. `.repeat(3)
  const cut = stretches(text)
  expect(Math.max(...cut.map((stretch) => stretch.length))).toBeLessThanOrEqual(MAX_SYMBOLS)
  expect(cut.join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''))
  expect(stretches('ma→. ma↗. ma↓.')).toEqual(['ma→. ma↗. ma↓.'])
  expect(stretches('… . 😀')).toEqual([])
})
