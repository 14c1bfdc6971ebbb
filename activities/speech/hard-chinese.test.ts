import { expect, test } from 'vitest'
import { hardChinese } from './hard-chinese.ts'
import { symbolIds } from './kokoro-symbols.ts'
import { mandarinLine, mandarinPieces, spokenLine } from './mandarin.ts'
import { mandarinSymbols } from './mandarin-symbols.ts'
import { spokenText } from './spoken-text.ts'

test('hard Chinese is read as the dictionary says', () => {
  const wrong = hardChinese.flatMap(([, text, ...right]) => {
    const said = spokenLine(text)
    return right.includes(said) ? [] : [`${text}: ${said}, right is ${right.join(' or ')}`]
  })
  process.stdout.write(`hard Chinese: ${hardChinese.length - wrong.length} of ${hardChinese.length} right\n`)
  expect(hardChinese.length).toBeGreaterThanOrEqual(60)
  expect(wrong).toEqual([])
})

test.each([
  ['zhong1', 'ꭧʊ→ŋ'],
  ['lv4', 'ly↘'],
  ['lve4', 'lɥe↘'],
  ['yuan2', 'ɥɛ↗n'],
  ['you3', 'jou↓'],
  ['shi4', 'ʂɨ↘'],
  ['jiong3', 'ʨjʊ↓ŋ'],
  ['wen4', 'wə↘n'],
  ['er2', 'ɚ↗'],
  ['ma5', 'ma'],
  ['quan2', 'ʨʰɥɛ↗n'],
  ['wanr2', 'wa↗ɚ'],
  ['huir4', 'xwe↘ɚ'],
])('%s is said %s', (pinyin, symbols) => expect(mandarinSymbols(pinyin)).toBe(symbols))

test('what is no syllable is refused', () => expect(() => mandarinSymbols('xyz1')).toThrow('no syllable'))

test('letters are named one by one, words in Latin letters are left to English', () => {
  const pieces = mandarinPieces('用AI和Plan B写OpenAI的API')
  expect(pieces.filter(({ kind }) => kind === 'latin').map(({ text }) => text)).toEqual(['Plan', 'OpenAI'])
  expect(mandarinLine(pieces, ['plˈæn', 'X'])).toBe('jʊ↘ŋ ˈA ˈI xɤ↗ plˈæn bˈi ɕje↓ X tɤ ˈA pˈi ˈI')
})

test('writing out what is written out already changes nothing', () => {
  for (const [, text] of hardChinese) expect(spokenText(spokenText(text, 'zh'), 'zh')).toBe(spokenText(text, 'zh'))
})

test('a line keeps its punctuation and spaces, puts in the English, and holds nothing the voice has no symbol for', () => {
  const pieces = mandarinPieces('你好，用iPhone听！')
  expect(mandarinLine(pieces, ['ˈIfˌOn'])).toBe('ni↗xau↓, jʊ↘ŋ ˈIfˌOn tʰi→ŋ!')
  for (const [, text] of hardChinese) {
    for (const symbol of mandarinLine(mandarinPieces(text), [])) expect(symbolIds.has(symbol), `${symbol} of ${text}`).toBe(true)
  }
})
