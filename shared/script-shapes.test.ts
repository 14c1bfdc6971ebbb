import { describe, expect, test } from 'vitest'
import { parseScript } from './script-format.ts'

const turns = (text: string): string[][] => parseScript(text).lines.map(({ speaker, text: said }) => [speaker, said])
const problems = (text: string): unknown[] => parseScript(text).problems.map(({ lineNumber, code }) => [lineNumber, code])

describe('JSON', () => {
  test.each([
    ['[{"speaker":"甲","text":"你好"},{"speaker":"乙","text":"嗯"}]'],
    ['{"lines":[{"speaker":"甲","text":"你好"},{"speaker":"乙","text":"嗯"}]}'],
    ['{"title":"t","script": [ {"name":"甲","content":"你好"},\n{"role":"乙","line":"嗯"} ], "more": [1]}'],
    ['```json\n[{"speaker":"甲","text":"你好"},{"speaker":"乙","text":"嗯"}]\n```'],
  ])('%#: is read under its usual names', (text) => {
    expect(turns(text)).toEqual([
      ['甲', '你好'],
      ['乙', '嗯'],
    ])
    expect(problems(text)).toEqual([])
  })

  test('brackets and quotes within words are words', () => {
    const said = 'a "quoted" ]}, {x: [1]} \\ 引号“好”\n第二行'
    expect(
      turns(
        JSON.stringify(
          [
            { speaker: 'A', text: said },
            { speaker: 'B', text: 'b' },
          ],
          null,
          2,
        ),
      ),
    ).toEqual([
      ['A', said],
      ['B', 'b'],
    ])
  })

  test('directions are kept, offsets give back the turn', () => {
    const text = '[\n  {"speaker":"甲","text":"（笑）你好","emotion":"轻声"}\n]'
    const [line] = parseScript(text).lines
    expect(line).toMatchObject({ text: '你好', direction: '轻声；笑', lineNumber: 2 })
    expect(JSON.parse(text.slice(line!.start, line!.end))).toMatchObject({ speaker: '甲' })
  })

  test('what is no turn is named by its line', () => {
    const text =
      '[\n{"text":"谁"},\n{"speaker":"甲"},\n{"speaker":"甲","text":""},\n"只有一句",\n{"speaker":"甲","text":"😀"},\n42,\n{"speaker":"乙","text":"好"}\n]'
    expect(problems(text)).toEqual([
      [2, 'no_speaker'],
      [3, 'empty_turn'],
      [4, 'empty_turn'],
      [5, 'no_speaker'],
      [6, 'nothing_to_say'],
      [7, 'no_speaker'],
    ])
    expect(turns(text).at(-1)).toEqual(['乙', '好'])
  })

  test('JSON that breaks off is a problem, and what is whole is read', () => {
    expect(problems('[\n{"speaker":"甲","text":"一"},\n{"speaker":"乙","text":"二')).toEqual([[3, 'broken_json']])
    expect(turns('[\n{"speaker":"甲","text":"一"},\n{"speaker":"乙","text":"二')).toEqual([['甲', '一']])
    expect(problems('[{"speaker":"甲" "text":"一"}]')).toEqual([[1, 'broken_json']])
    expect(problems('{"a":1}')).toEqual([[1, 'broken_json']])
  })

  test('a script that only begins with a bracket is no JSON', () => {
    expect(turns('[00:12] 老王：早\n[笑] 小李：好')).toHaveLength(1)
    expect(turns('【旁白】：夜。')).toEqual([['旁白', '夜。']])
  })
})

describe('subtitles', () => {
  test('names begin turns, cues without one go on', () => {
    const text =
      '1\n00:00:01,000 --> 00:00:03,000\n甲：你好，\n欢迎收听\n\n2\n00:00:03,000 --> 00:00:05,500\n我们的节目。\n\n3\n00:00:06,000 --> 00:00:07,000\n- 乙：谢谢\n- 甲：不客气\n'
    expect(turns(text)).toEqual([
      ['甲', '你好，\n欢迎收听\n我们的节目。'],
      ['乙', '谢谢'],
      ['甲', '不客气'],
    ])
    expect(problems(text)).toEqual([])
  })

  test('without names one speaker says it all, in sentences', () => {
    const text =
      '1\n00:00:01,000 --> 00:00:03,000\n<i>It was a dark</i>\nand stormy night.\n\n2\n00:00:03,000 --> 00:00:05,500\n2026\n\n3\n00:00:06,000 --> 00:00:07,000\nwas the year.\n'
    expect(turns(text)).toEqual([
      ['Narrator', 'It was a dark\nand stormy night.'],
      ['Narrator', '2026\nwas the year.'],
    ])
  })

  test('WebVTT with voices, notes and settings', () => {
    const text =
      'WEBVTT\n\nNOTE made by hand\n\n00:01.000 --> 00:03.000 align:start\n<v 林 老师>大家好。\n\n00:03.000 --> 00:04.000\n<v Bob><c.loud>Hi</c></v>\n'
    expect(turns(text)).toEqual([
      ['林 老师', '大家好。'],
      ['Bob', 'Hi'],
    ])
  })

  test('words before the first name, after a blank line or out of order are not lost', () => {
    const text =
      '1\n00:00:01,000 --> 00:00:02,000\n片头\n\n2\n00:00:03,000 --> 00:00:04,000\n甲：一\n\n二\n\n9\n00:00:01,000 --> 00:00:02,000\n♪\n\n9\n00:00:01,000 --> 00:00:02,000\n乙：三'
    expect(problems(text)).toEqual([[3, 'no_speaker']])
    expect(turns(text)).toEqual([
      ['甲', '一\n二\n♪'],
      ['乙', '三'],
    ])
  })

  test('no turn is lost, however many', () => {
    const text = Array.from(
      { length: 1_000 },
      (_, at) =>
        `${at + 1}\n00:${String(Math.floor(at / 60) % 60).padStart(2, '0')}:${String(at % 60).padStart(2, '0')},000 --> 00:59:59,000\n${at % 2 ? '甲' : '乙'}：第${at}句`,
    ).join('\n\n')
    expect(turns(text).map(([, said]) => said)).toEqual(Array.from({ length: 1_000 }, (_, at) => `第${at}句`))
  })

  test('times inside a written script do not make it subtitles', () => {
    expect(turns('甲：从 00:00:01 开始\n乙：到 --> 结束')).toHaveLength(2)
  })
})
