import { expect, test } from 'vitest'
import { joinSamples } from '../audio/join-samples.ts'
import { heardText, piecesOf, saidText } from './said-text.ts'

const dictionary = [
  { word: 'SQL', say: 'sequel' },
  { word: '2.0', say: '二点哦' },
]
const needsWords = { needsWords: true }
const readsFigures = { needsWords: false }

test('words are respelled for everybody, figures written out where the provider needs it, after the dictionary', () => {
  expect(saidText('SQL 2.0 涨了12.5%', dictionary, 'zh', readsFigures)).toBe('sequel 二点哦 涨了12.5%')
  expect(saidText('SQL 2.0 涨了12.5%', dictionary, 'zh', needsWords)).toBe('sequel 二点哦 涨了百分之十二点五')
  // A provider that is off: what it made before is found under the same words.
  expect(saidText('SQL', dictionary, 'zh', undefined)).toBe('sequel')
})

test('said again it changes nothing; a line in the other language is written out in its own', () => {
  const said = saidText('It grew 12.5% in 2026.', [], 'en', needsWords)
  expect(heardText(said, 'en')).toBe(said)
  expect(heardText('涨了12.5%', 'en')).toBe('涨了百分之十二点五')
})

test('a line that fits is one piece under its own key', () => {
  expect(piecesOf('一句话。', 'key', 4)).toEqual([{ key: 'key', text: '一句话。' }])
  expect(piecesOf('一句话。', 'key')).toEqual([{ key: 'key', text: '一句话。' }])
})

test('a longer one is several, each with a key of its own, the same each time; what says nothing is left out', () => {
  const line = '一二三四。一二三四。😀😀😀😀😀五六七八。'
  const pieces = piecesOf(line, 'key', 10)
  expect(pieces.map(({ text }) => text)).toEqual(['一二三四。一二三四。', '五六七八。'])
  const halves = piecesOf('一二三四。一二三四。', 'key', 5)
  expect(halves.map(({ text }) => text)).toEqual(['一二三四。', '一二三四。'])
  expect(new Set(halves.map(({ key }) => key)).size).toBe(2)
  expect(piecesOf('一二三四。一二三四。', 'key', 5)).toEqual(halves)
  expect(halves.every(({ key }) => key.startsWith('key.'))).toBe(true)
})

test('pieces are joined sample by sample with a breath between them', () => {
  const joined = joinSamples([Float32Array.of(1, 2), Float32Array.of(3)])
  expect(joined).toHaveLength(3 + 7_200)
  expect([joined[0], joined[1], joined[2], joined[7_201], joined[7_202]]).toEqual([1, 2, 0, 0, 3])
})
