import { describe, expect, test } from 'vitest'
import { hasSpeech, spokenUnits } from '../../shared/text.ts'
import { extractiveWriter, talkDurationMs } from './extractive-writer.ts'
import { lineSpans } from './line-grouping.ts'
import { ownScriptWriter } from './own-script-writer.ts'
import type { DraftLine, Outline, OutlineRequest, ScriptWriter } from './port.ts'
import { MemoryBook } from './test-book.ts'
import { verbatimWriter } from './verbatim-writer.ts'

const options = { signal: new AbortController().signal, book: new MemoryBook() }

async function write(writer: ScriptWriter, request: OutlineRequest): Promise<{ outline: Outline; lines: DraftLine[] }> {
  const { outline } = await writer.outline(request, options)
  const stored = JSON.parse(JSON.stringify(outline)) as Outline
  const lines: DraftLine[] = []
  for (let sectionIndex = 0; sectionIndex < outline.sections.length; sectionIndex += 1) {
    for await (const line of writer.section({ ...request, outline: stored, sectionIndex }, options)) lines.push(line)
  }
  return { outline, lines }
}

const speakers = (count: number): { name: string }[] =>
  ['晓雯', '志远', '阿明', '小雨', '老陈', '思思'].slice(0, count).map((name) => ({ name }))
const squeezed = (text: string): string => text.replace(/[\s#]+/g, '')

const zhTopics = ['城市绿化', '公共交通', '老旧小区', '社区食堂', '河道治理', '夜间经济', '图书馆']
const zhText = zhTopics
  .map((topic, at) => {
    const sentences = Array.from(
      { length: 30 },
      (_, n) =>
        `关于${topic}的第${n + 1}项调查显示，${zhTopics[(at + n) % 7]}与居民的日常生活有着第${n + 2}层联系，值得在规划中认真对待。`,
    )
    return `## ${topic}\n\n${sentences.join('')}`
  })
  .join('\n\n')
const enText = Array.from(
  { length: 250 },
  (_, n) =>
    `Observation ${n} of the river survey found that the water level changed by ${n % 9} centimetres near bridge number ${n % 31}.`,
).join(' ')

describe('the verbatim writer', () => {
  const text = `# 开头\n\n第一段第一句。第一段第二句！“引用？”他说。\n\n---\n\n## 第二章\n${'很长的一句话没有停顿'.repeat(40)}\n😀\n\nAn English paragraph with 3.14 and e.g. this. ${'Words follow. '.repeat(60)}`

  test('reads everything, in order, in lines a provider can take', async () => {
    const { outline, lines } = await write(verbatimWriter, {
      kind: 'narration',
      language: 'zh',
      speakers: [{ name: '旁白' }],
      sources: [{ text }],
    })
    expect(squeezed(lines.map((line) => line.text).join(''))).toBe(squeezed(text))
    expect(outline.sections.map((section) => section.title)).toEqual(['开头', '第二章'])
    expect(lines[0]?.text).toBe('开头')
    for (const line of lines) {
      expect(hasSpeech(line.text)).toBe(true)
      expect(spokenUnits(line.text, 'zh')).toBeLessThanOrEqual(125)
      const [ref] = line.sourceRefs
      expect(squeezed(text.slice(ref?.start, ref?.end))).toBe(squeezed(line.text))
    }
  })

  test('reads a long text in sections, a short one in a line', async () => {
    const long = await write(verbatimWriter, {
      kind: 'narration',
      language: 'zh',
      speakers: [],
      sources: [{ text: zhText.replace(/## .*\n/g, '') }],
    })
    expect(long.outline.sections.length).toBeGreaterThan(2)
    const short = await write(verbatimWriter, {
      kind: 'narration',
      language: 'zh',
      speakers: [],
      sources: [{ text: '量子计算' }],
    })
    expect(short.lines.map((line) => line.text)).toEqual(['量子计算'])
    expect(short.outline.title).toBe('量子计算')
  })

  test('refuses what nobody can say', async () => {
    const request: OutlineRequest = { kind: 'narration', language: 'zh', speakers: [], sources: [{ text: '😀……' }] }
    await expect(verbatimWriter.outline(request, options)).rejects.toMatchObject({
      name: 'ScriptFailed',
      code: 'nothing_to_say',
    })
    expect(lineSpans('——\n\n😀\n好。')).toEqual([{ start: 0, end: 9, endsParagraph: false }])
  })
})

describe('the own-script writer', () => {
  test('keeps every turn, speaker and direction', async () => {
    const text = `# 开场\n甲：（笑）大家好。\n乙：你好。\n\n## 正题\n${Array.from({ length: 70 }, (_, at) => `${at % 2 ? '甲' : '乙'}：第${at}句话。`).join('\n')}\n甲：${'一句不短的话，说得很慢。'.repeat(30)}`
    const { outline, lines } = await write(ownScriptWriter, {
      kind: 'podcast',
      language: 'zh',
      speakers: speakers(2),
      sources: [{ text }],
    })
    expect(outline.sections.map((section) => section.title)).toEqual(['开场', '正题', '', ''])
    expect(lines.slice(0, 3).map(({ speaker, text: said, direction }) => [speaker, said, direction])).toEqual([
      ['甲', '大家好。', '笑'],
      ['乙', '你好。', undefined],
      ['乙', '第0句话。', undefined],
    ])
    expect(lines.filter((line) => /^第\d+句话。$/.test(line.text))).toHaveLength(70)
    expect(
      lines
        .slice(72)
        .map((line) => line.text)
        .join(''),
    ).toBe('一句不短的话，说得很慢。'.repeat(30))
  })
})

describe('the own-script writer on other shapes', () => {
  const said = Array.from({ length: 70 }, (_, at) => ({ speaker: at % 2 ? '甲' : '乙', text: `第${at}句话。` }))
  const srt = said.map(({ speaker, text }, at) => `${at + 1}\n00:00:01,000 --> 00:00:02,000\n${speaker}：${text}`).join('\n\n')
  test.each([JSON.stringify(said), JSON.stringify({ lines: said }, null, 2), srt])(
    '%#: keeps every turn over its sections',
    async (text) => {
      const { outline, lines } = await write(ownScriptWriter, {
        kind: 'podcast',
        language: 'zh',
        speakers: speakers(2),
        sources: [{ text }],
      })
      expect(outline.sections).toHaveLength(3)
      expect(lines.map(({ speaker, text: words }) => ({ speaker, text: words }))).toEqual(said)
    },
  )
})

describe('the extractive writer', () => {
  test.each([1, 2, 3, 4, 5, 6])('lets each of %i speakers speak, never twice the same connecting turn running', async (count) => {
    const { lines } = await write(extractiveWriter, {
      kind: 'podcast',
      language: 'zh',
      targetMinutes: 5,
      speakers: speakers(count),
      sources: [{ text: zhText }],
    })
    expect(new Set(lines.map((line) => line.speaker)).size).toBe(count)
    const connecting = lines.filter((line) => line.sourceRefs.length === 0).map((line) => line.text)
    connecting.forEach((text, at) => expect(text).not.toBe(connecting[at - 1]))
    expect(lines[0]?.text).toContain('本地预览：由规则摘录原文')
  })

  test.each([
    ['zh', zhText, 3],
    ['zh', zhText, 8],
    ['zh', zhText, 15],
    ['en', enText, 3],
    ['en', enText, 10],
  ] as const)('is as long as asked: %s, %#', async (language, text, targetMinutes) => {
    for (const count of [1, 2, 5]) {
      const request: OutlineRequest = {
        kind: 'podcast',
        language,
        targetMinutes,
        unitsPerSecond: language === 'zh' ? 3.9 : 15.5,
        speakers: speakers(count),
        sources: [{ text }],
      }
      const { lines } = await write(extractiveWriter, request)
      expect(Math.abs(talkDurationMs(lines, request) / 60_000 / targetMinutes - 1)).toBeLessThan(0.15)
    }
  })

  test('says nothing about the content that the source does not say', async () => {
    const { lines } = await write(extractiveWriter, {
      kind: 'podcast',
      language: 'en',
      targetMinutes: 3,
      speakers: speakers(2),
      sources: [{ text: enText }],
    })
    for (const line of lines.filter((each) => each.sourceRefs.length > 0)) {
      for (const { start, end } of line.sourceRefs) expect(line.text).toContain(enText.slice(start, end))
    }
    expect(
      lines
        .filter((line) => line.sourceRefs.length === 0)
        .every((line) => !/river|bridge/.test(line.text.replace(/"[^"]*"/g, ''))),
    ).toBe(true)
  })

  test('is the same for the same request, another for another', async () => {
    const request: OutlineRequest = {
      kind: 'podcast',
      language: 'zh',
      targetMinutes: 4,
      speakers: speakers(3),
      sources: [{ text: zhText }],
    }
    expect(await write(extractiveWriter, request)).toEqual(await write(extractiveWriter, request))
    const other = await write(extractiveWriter, {
      ...request,
      sources: [{ text: `${zhText}另外一句话说明了别的事情，值得注意。` }],
    })
    expect(other.lines.map((line) => line.text)).not.toEqual(
      (await write(extractiveWriter, request)).lines.map((line) => line.text),
    )
  })

  test('keeps the sentences of another language and says so', async () => {
    const chinese = await write(extractiveWriter, {
      kind: 'podcast',
      language: 'zh',
      targetMinutes: 3,
      speakers: speakers(2),
      sources: [{ text: enText }],
    })
    expect(chinese.lines[0]?.text).toContain('原文是英文，这里没有翻译')
    expect(chinese.lines.some((line) => line.text.includes('river survey'))).toBe(true)
    const english = await write(extractiveWriter, {
      kind: 'podcast',
      language: 'en',
      speakers: speakers(2),
      sources: [{ text: zhText }],
    })
    expect(english.lines[0]?.text).toContain('The source is in Chinese')
  })

  test('makes something short of a topic, and takes a megabyte', async () => {
    const short = await write(extractiveWriter, {
      kind: 'podcast',
      language: 'zh',
      targetMinutes: 10,
      speakers: speakers(2),
      sources: [{ text: '量子计算' }],
    })
    expect(short.lines.some((line) => line.text.includes('量子计算。'))).toBe(true)
    const long = Array.from(
      { length: 9_000 },
      (_, at) => `第${at}个观察说明，城市的变化与${at % 97}号街区的历史有着密切的关系。`,
    ).join('')
    const { lines } = await write(extractiveWriter, {
      kind: 'podcast',
      language: 'zh',
      targetMinutes: 10,
      speakers: speakers(2),
      sources: [{ text: long }],
    })
    expect(lines.length).toBeGreaterThan(20)
  })
})
