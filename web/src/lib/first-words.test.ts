import { expect, it } from 'vitest'
import { readableWords } from './first-words.ts'

it('leaves out the marks of headings and empty lines, and nothing within a line', () => {
  expect(readableWords('# 夜空\n\n周棠：你好。\n\n \n## 二\n林知远：第 #1 个。')).toBe(
    '夜空\n周棠：你好。\n二\n林知远：第 #1 个。',
  )
})
