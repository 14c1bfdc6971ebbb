import { describe, expect, test } from 'vitest'
import { cleanText, detectLanguage, estimateDurationMs, hasSpeech, sentenceSpans, spokenUnits, splitSentences } from './text.ts'

const PIECES = [
  '你好',
  '世界',
  '。',
  '！',
  '？”',
  '……',
  '；',
  '，',
  'Mr. Smith',
  ' said ',
  '3.14',
  '. ',
  '!',
  '"',
  '\n',
  '\n\n',
  ' ',
  '😀',
  '👩‍👩‍👧',
  '𠮷',
  'e\u0301',
  'https://a.b/c?d=e',
  '（笑）',
  'x'.repeat(90),
  '长'.repeat(70),
]

// The same texts in every run.
function nastyText(seed: number): string {
  let state = seed * 2_654_435_761
  return Array.from({ length: 40 }, () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return PIECES[state % PIECES.length]
  }).join('')
}
const squeezed = (text: string): string => text.replace(/\s+/g, '')

describe('cleanText', () => {
  test('removes what no voice and no database can take', () => {
    expect(cleanText('\ufeffa\0b\u200bc\r\nd\re\ud800f\x07\u202e g  \n\n\n\nh\n')).toBe('abc\nd\nef g\n\nh')
  })

  test('composes accents, keeps joined emoji, and is the same when repeated', () => {
    expect(cleanText('e\u0301 👩‍👩‍👧')).toBe('\u00e9 👩‍👩‍👧')
    for (let seed = 0; seed < 50; seed += 1) expect(cleanText(cleanText(nastyText(seed)))).toBe(cleanText(nastyText(seed)))
  })
})

test.each([
  ['😀🎉', false],
  ['1️⃣', false],
  ['……！？—', false],
  ['', false],
  ['好', true],
  ['7', true],
  ['é', true],
])('hasSpeech(%j) is %j', (text, expected) => expect(hasSpeech(text)).toBe(expected))

test('counts Chinese by characters, Latin by letters, and times them', () => {
  expect(spokenUnits('今天 天气，很好。', 'zh')).toBe(6)
  expect(spokenUnits('Hello, my dear world.', 'en')).toBe(20)
  expect(spokenUnits('😀', 'zh')).toBe(0)
  expect(estimateDurationMs('一二三四五六'.repeat(10), 'zh')).toBe(10_000)
  expect(estimateDurationMs('一二三四五六'.repeat(10), 'zh', 3)).toBe(20_000)
  expect(estimateDurationMs('使用 iPhone 和 OpenAI', 'zh')).toBe(1500)
})

test.each([
  ['这是一段中文。', 'zh'],
  ['This is English.', 'en'],
  ['用 OpenAI 的 API 做一个播客', 'zh'],
  ['The word 你好 means hello in Chinese.', 'en'],
  ['', 'en'],
])('detectLanguage(%j) is %s', (text, expected) => expect(detectLanguage(text)).toBe(expected))

describe('splitSentences', () => {
  test('keeps quotes, decimals, abbreviations and addresses whole', () => {
    expect(splitSentences('他说：“好。”然后走了！价格是3.14元；真的？')).toEqual([
      '他说：“好。”',
      '然后走了！',
      '价格是3.14元；',
      '真的？',
    ])
    expect(splitSentences('Mr. Smith paid $3.50 in the U.S. last year. See https://a.com/b?c=d. "Why?" he asked.')).toEqual([
      'Mr. Smith paid $3.50 in the U.S. last year.',
      'See https://a.com/b?c=d.',
      '"Why?"',
      'he asked.',
    ])
  })

  test('goes on over a line broken by an editor, ends at a paragraph', () => {
    expect(splitSentences('It was a line that\nwent on. Then\n\nanother')).toEqual([
      'It was a line that\nwent on.',
      'Then',
      'another',
    ])
    expect(splitSentences('标题\n正文')).toEqual(['标题', '正文'])
  })

  test('loses no character, cuts no pair and keeps the limit, whatever the text', () => {
    for (let seed = 0; seed < 200; seed += 1) {
      const text = nastyText(seed)
      for (const limit of [7, 40, 300]) {
        const sentences = splitSentences(text, limit)
        expect(squeezed(sentences.join(''))).toBe(squeezed(text))
        for (const sentence of sentences) {
          expect(sentence.length).toBeLessThanOrEqual(limit)
          expect(sentence.isWellFormed()).toBe(true)
        }
      }
    }
  })

  test('takes a megabyte without a stop', () => {
    const text = '字'.repeat(1_000_000)
    expect(sentenceSpans(text, 120)).toHaveLength(Math.ceil(1_000_000 / 120))
  })
})
