import { expect, test } from 'vitest'
import { splitForProvider } from './split-for-provider.ts'

const squeezed = (text: string): string => text.replace(/\s+/g, '')

test('short text is one piece, nothing is none', () => {
  expect(splitForProvider('你好。再见。', 100)).toEqual(['你好。再见。'])
  expect(splitForProvider('  ', 100)).toEqual([])
})

test('is cut at sentence ends, several sentences together', () => {
  expect(splitForProvider('第一句。第二句！第三句？第四句；第五句……完', 8)).toEqual([
    '第一句。第二句！',
    '第三句？第四句；',
    '第五句……完',
  ])
  expect(splitForProvider('One two. Three four. Five.', 20)).toEqual(['One two. Three four.', 'Five.'])
})

test('a long sentence is cut at a comma, then between words, never in one that fits', () => {
  expect(splitForProvider('前面有好几个字，后面也有好几个字', 12)).toEqual(['前面有好几个字，', '后面也有好几个字'])
  expect(splitForProvider('a extraordinarily long', 17)).toEqual(['a extraordinarily', 'long'])
  expect(splitForProvider('so extraordinarily', 16)).toEqual(['so', 'extraordinarily'])
  for (let limit = 8; limit < 40; limit += 1) {
    const words = 'The quick brown foxes jump over 3.14 lazy dogs and do not stop'
    for (const piece of splitForProvider(words, limit))
      for (const word of piece.split(' ')) expect(words.split(' ')).toContain(word)
  }
})

test('no pair, no cluster is cut; a word longer than the limit is', () => {
  const family = '👩‍👩‍👧‍👦'
  expect(splitForProvider(family.repeat(6), 25)).toEqual([family.repeat(2), family.repeat(2), family.repeat(2)])
  for (const piece of splitForProvider('𠮷'.repeat(100), 7)) {
    expect(piece.isWellFormed()).toBe(true)
    expect(piece.length).toBeLessThanOrEqual(7)
  }
  expect(splitForProvider('x'.repeat(25), 10)).toEqual(['x'.repeat(10), 'x'.repeat(10), 'x'.repeat(5)])
})

test('loses nothing and keeps the limit, whatever the text', () => {
  const pieces = [
    '你好',
    '。',
    'word ',
    '……',
    '！',
    '\n',
    '😀',
    '3.14',
    '，',
    'https://a.b/c?d=e ',
    '“引”',
    ' ',
    'e.g. ',
    '𠮷',
    '好'.repeat(40),
    'y'.repeat(70),
  ]
  for (let seed = 1; seed < 300; seed += 1) {
    const text = Array.from(
      { length: 40 },
      (_, at) => pieces[(seed * 11 + at * at * 7 + ((seed * at) % 13)) % pieces.length],
    ).join('')
    for (const limit of [20, 60, 200]) {
      const split = splitForProvider(text, limit)
      expect(squeezed(split.join(''))).toBe(squeezed(text))
      for (const piece of split) {
        expect(piece.length).toBeLessThanOrEqual(limit)
        expect(piece.isWellFormed()).toBe(true)
      }
    }
  }
})

test('ten thousand characters without a stop', () => {
  const split = splitForProvider('没有停顿的话'.repeat(2_000), 4_096)
  expect(split.join('')).toBe('没有停顿的话'.repeat(2_000))
  expect(split.length).toBeLessThanOrEqual(3)
})
