import { expect, it } from 'vitest'
import { recognise } from './recognise.ts'

it('tells the language by what there is more of, and counts as people count', () => {
  expect(recognise('银河在哪里？英文叫 Milky Way。')).toMatchObject({ language: 'zh', amount: 8 })
  expect(recognise('Where’s the Milky Way (银河)?')).toMatchObject({ language: 'en', amount: 4 })
})

it('sees a bare link, and no link in a sentence', () => {
  expect(recognise(' https://example.com/a?b=c ').links).toEqual(['https://example.com/a?b=c'])
  expect(recognise('https://a.example\nwww.b.example').links).toEqual(['https://a.example', 'https://www.b.example'])
  expect(recognise('看 https://example.com').links).toEqual([])
})

it.each([
  ['林知远：你好\n周棠：你好', ['林知远', '周棠']],
  ['**Maya:** Hello.\n\n**Tom:** Hi.\n**Maya:** So?', ['Maya', 'Tom']],
  ['# 第一章\n【甲】：来了\n【乙】：请进\n【甲】：好', ['甲', '乙']],
])('sees a finished script: %j', (text, speakers) => {
  expect(recognise(text).scriptSpeakers).toEqual(speakers)
})

it.each([
  '时间：周三\n地点：会议室\n人物：全体',
  '12:30 出发\n13:00 到达\n12:30 再出发',
  'https://example.com/a\nhttps://example.com/b',
  '他想了想，说：好。\n她笑了，说：行。',
])('takes no list and no prose for a script: %j', (text) => {
  expect(recognise(text).scriptSpeakers).toBeNull()
})
