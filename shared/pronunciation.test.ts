import { expect, test } from 'vitest'
import { joinDictionaries, pronouncer } from './pronunciation.ts'
import type { Pronunciation } from './pronunciation.ts'

const say = (entries: Pronunciation[], text: string, language: 'zh' | 'en' = 'zh') => pronouncer(entries, language)(text)

test('Chinese wherever it stands, the longest first', () => {
  const entries = [
    { word: '重庆', say: '虫庆' },
    { word: '重', say: '种' },
    { word: '行长', say: '航掌' },
  ]
  expect(say(entries, '重庆的行长说，重一点。')).toBe('虫庆的航掌说，种一点。')
})

test('Latin words whole, in capitals or not, beside ideographs too', () => {
  const entries = [
    { word: 'SQL', say: 'sequel' },
    { word: 'AI', say: 'A I' },
    { word: 'C++', say: 'C plus plus' },
    { word: '.NET', say: 'dot net' },
  ]
  expect(say(entries, '用SQL查，MySQL不算，sql也行，SQL’s')).toBe('用sequel查，MySQL不算，sequel也行，sequel’s')
  expect(say(entries, 'AI said: the mail is paid, again. C++ and .NET', 'en')).toBe(
    'A I said: the mail is paid, again. C plus plus and dot net',
  )
  expect(say([{ word: 'Zoë', say: 'Zoh-ee' }], 'ZOË met Zoës', 'en')).toBe('Zoh-ee met Zoës')
})

test('numbers are words too', () => {
  expect(say([{ word: '985', say: '九八五' }], '985高校，1985年，985.5')).toBe('九八五高校，1985年，九八五.5')
})

test('what was replaced is not looked at again', () => {
  const swapped = [
    { word: '甲', say: '乙' },
    { word: '乙', say: '甲' },
  ]
  expect(say(swapped, '甲乙')).toBe('乙甲')
  expect(say([{ word: 'a', say: '$& $1 \\' }], 'a b', 'en')).toBe('$& $1 \\ b')
})

test('counts in its language, and in both without one', () => {
  const entries: Pronunciation[] = [
    { word: 'GIF', say: 'gif' },
    { word: 'GIF', say: 'jif', language: 'en' },
    { word: 'route', say: 'root', language: 'en' },
  ]
  expect(say(entries, 'GIF route', 'en')).toBe('jif root')
  expect(say(entries, 'GIF route', 'zh')).toBe('gif route')
})

test('an episode’s own dictionary stands before its owner’s', () => {
  const own: Pronunciation[] = [{ word: 'sql', say: 'S Q L' }]
  const users: Pronunciation[] = [
    { word: 'SQL', say: 'sequel' },
    { word: 'SQL', say: 'sequel', language: 'zh' },
    { word: '重庆', say: '虫庆' },
  ]
  expect(joinDictionaries(own, users)).toEqual([own[0], users[2]])
  expect(say(joinDictionaries(own, users), 'SQL在重庆')).toBe('S Q L在虫庆')
})

test('signs of patterns are letters; a large dictionary and a long text are quick', () => {
  expect(
    say(
      [
        { word: 'a.b', say: 'x' },
        { word: '(', say: 'y' },
      ],
      'a.b aXb (',
    ),
  ).toBe('x aXb y')
  const entries = Array.from({ length: 400 }, (_, index) => ({ word: `词${index}某某`, say: '字' }))
  const startedMs = performance.now()
  expect(say(entries, '词7某某和词77某某，'.repeat(20_000))).toBe('字和字，'.repeat(20_000))
  expect(performance.now() - startedMs).toBeLessThan(2_000)
})
