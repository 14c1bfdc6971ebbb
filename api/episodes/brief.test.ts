import { describe, expect, it } from 'vitest'
import { freezeBrief, lengthOf } from './brief.ts'
import type { Brief } from './episodes.schema.ts'

const voices = ['zh', 'en'].flatMap((language) =>
  ['a', 'b', 'c'].map((letter) => ({
    id: `${language}-${letter}`,
    provider: 'p',
    model: 'm',
    name: letter,
    languages: [language],
    settings: { unitsPerSecond: 4 },
  })),
)
const text = (words: string): Brief => ({ kind: 'podcast', sources: [{ type: 'text', text: words }] })
const titleOf = (words: string) => freezeBrief(text(words), voices).frozen.title

describe('what a brief leaves open', () => {
  it.each([
    ['银河去哪儿了？因为灯。', '银河去哪儿了？'],
    [
      '夏夜里，只要走到足够黑的地方，抬头就能看见银河：一条淡淡的光带，横跨天空。',
      '夏夜里，只要走到足够黑的地方，抬头就能看见银河',
    ],
    ['# 一个标题\n\n正文在这里。', '一个标题'],
    ['It was late. We went home.', 'It was late'],
    [
      'This sentence about nothing in particular goes on and on without any stop at all',
      'This sentence about nothing in particular goes on and on…',
    ],
    ['字'.repeat(50), `${'字'.repeat(24)}…`],
  ])('a title, ending where a clause or word ends: %s', (words, title) => {
    expect(titleOf(words)).toBe(title)
  })

  it('language by the words, names and voices by the language', () => {
    expect(freezeBrief(text('你好，世界。'), voices).frozen).toMatchObject({
      language: 'zh',
      speakers: [{ voiceId: 'zh-a' }, { voiceId: 'zh-b' }],
    })
    expect(freezeBrief(text('Hello world.'), voices).frozen).toMatchObject({
      language: 'en',
      speakers: [{ voiceId: 'en-a' }, { voiceId: 'en-b' }],
    })
  })

  it('voices that were asked for stay, the others get what is left, and six share three', () => {
    const asked = freezeBrief({ ...text('你好'), speakers: [{ name: '甲' }, { name: '乙', voiceId: 'zh-a' }] }, voices)
    expect(asked.frozen.speakers.map(({ voiceId }) => voiceId)).toEqual(['zh-b', 'zh-a'])
    const six = freezeBrief({ ...text('你好'), speakers: [...'一二三四五六'].map((name) => ({ name })) }, voices)
    expect(six.frozen.speakers.map(({ voiceId }) => voiceId)).toEqual(['zh-a', 'zh-b', 'zh-c', 'zh-a', 'zh-b', 'zh-c'])
  })

  it('length at the pace of the voice, exact when the words are given', () => {
    const narration = freezeBrief({ ...text('一二三四五六七八。'), kind: 'narration' }, voices)
    // The notice is a line like the others: ten characters more.
    expect(lengthOf(narration.frozen, narration.sources, voices)).toEqual({
      exact: true,
      characters: 18,
      billedCharacters: 21,
      durationMs: 4500,
    })
    const bare = freezeBrief({ ...text('一二三四五六七八。'), kind: 'narration', notice: false }, voices)
    expect(lengthOf(bare.frozen, bare.sources, voices)).toEqual({
      exact: true,
      characters: 8,
      billedCharacters: 9,
      durationMs: 2000,
    })
    const talk = freezeBrief(text('一二三四五六七八。'), voices)
    expect(lengthOf(talk.frozen, talk.sources, voices).exact).toBe(false)
  })

  it('one speaker for a monologue, unless there are said to be more', () => {
    const alone = freezeBrief({ ...text('你好'), format: 'monologue' }, voices)
    expect(alone.frozen.speakers).toHaveLength(1)
    const two = freezeBrief({ ...text('你好'), format: 'monologue', speakers: [{ name: '甲' }, { name: '乙' }] }, voices)
    expect(two.frozen.speakers).toHaveLength(2)
  })
})

describe('a source that nobody has read yet', () => {
  const link = { type: 'url' as const, url: 'https://news.example.com/a' }
  const unread = { kind: 'url' as const, input: link.url, inputHash: 'a', title: null, words: undefined }
  const brief = { kind: 'narration' as const, sources: [link] }

  it('is guessed at, and said to be', () => {
    const { frozen, sources } = freezeBrief(brief, voices, new Map([[link, unread]]))
    expect(frozen).toMatchObject({ language: 'en', title: 'news.example.com', unread: { isTitleGuessed: true } })
    // What it will be when the page turns out to be Chinese was cast and priced already.
    expect(frozen.unread?.otherwise).toMatchObject({
      language: 'zh',
      notice: true,
      speakers: [{ voiceId: expect.stringMatching(/^zh/) }],
    })
    expect(lengthOf(frozen, sources, voices)).toMatchObject({ exact: false, durationMs: 480_000 })
  })

  it('leaves nothing open that the brief says', () => {
    const { frozen } = freezeBrief({ ...brief, language: 'zh', title: '一期' }, voices, new Map([[link, unread]]))
    expect(frozen.unread).toEqual({ isTitleGuessed: false })
  })

  it('is exact once it is read', () => {
    const read = { ...unread, title: '一二三', words: '一二三四五六七八。' }
    const { frozen, sources } = freezeBrief({ ...brief, notice: false }, voices, new Map([[link, read]]))
    expect(frozen).toMatchObject({ language: 'zh', title: '一二三' })
    expect(frozen.unread).toBeUndefined()
    expect(lengthOf(frozen, sources, voices)).toMatchObject({ exact: true, characters: 8 })
  })

  it('a topic is talked about for some minutes, and not read aloud', () => {
    const topic = { type: 'topic' as const, topic: '潮汐' }
    const known = new Map([[topic, { kind: 'topic' as const, input: '潮汐', inputHash: 'a', title: null, words: undefined }]])
    expect(freezeBrief({ kind: 'podcast', sources: [topic] }, voices, known).frozen).toMatchObject({
      targetMinutes: 6,
      title: '潮汐',
    })
    expect(() => freezeBrief({ kind: 'narration', sources: [topic] }, voices, known)).toThrow('written about')
  })
})
