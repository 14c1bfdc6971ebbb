import { describe, expect, test } from 'vitest'
import { parseScript } from './script-format.ts'

const turns = (text: string): string[][] =>
  parseScript(text).lines.map(({ speaker, text: said, direction = '' }) => [speaker, said, direction])

describe('parseScript', () => {
  test('reads names with either colon, bold, lists, headings, times and directions', () => {
    expect(
      turns(
        '# 第一集\n**小明**：（笑）你好\n- 小红(低声): 嗯\n1. Amy Lee: [laughs] Yes\n**Bob:** hi\n[00:12] 老王：早\n【旁白】：夜。\n## Eve: a heading',
      ),
    ).toEqual([
      ['小明', '你好', '笑'],
      ['小红', '嗯', '低声'],
      ['Amy Lee', 'Yes', 'laughs'],
      ['Bob', 'hi', ''],
      ['老王', '早', ''],
      ['旁白', '夜。', ''],
      ['Eve', 'a heading', ''],
    ])
  })

  test('does not take addresses, times, ratios or speech verbs for names', () => {
    const text = 'A: 开始\nhttps://example.com/a\n12:30 开会\n下午3:30 见\n比分是3:2\n他说：好\nmailto:a@b.c\nC:\\Temp'
    expect(turns(text)).toEqual([['A', text.slice(3), '']])
  })

  test('names what has no speaker or nothing to say, by line', () => {
    expect(parseScript('前言没有说话人\n\n小明：😀\n小红：\n小红：好').problems).toEqual([
      { lineNumber: 1, code: 'no_speaker', detail: '前言没有说话人' },
      { lineNumber: 3, code: 'nothing_to_say', detail: '小明: 😀' },
      { lineNumber: 4, code: 'empty_turn', detail: '小红' },
    ])
    expect(parseScript('').lines).toEqual([])
  })

  test('offsets give back the turn', () => {
    const text = '甲：一\n续\n\n乙：二\n'
    expect(parseScript(text).lines.map(({ start, end }) => text.slice(start, end))).toEqual(['甲：一\n续', '乙：二'])
  })

  test('drops no turn, however many', () => {
    const text = Array.from({ length: 1000 }, (_, at) => `${at % 2 ? '甲' : '**乙**'}：第${at}句，12:30，https://a.b/${at}`).join(
      '\n',
    )
    const parsed = parseScript(text)
    expect(parsed.lines).toHaveLength(1000)
    expect(parsed.problems).toEqual([])
    expect(parsed.lines[999]?.text).toBe('第999句，12:30，https://a.b/999')
  })
})
