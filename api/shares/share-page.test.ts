import { parseHTML } from 'linkedom'
import { beforeEach, describe, expect, it } from 'vitest'
import { embedPage, gonePage, pagePolicy, sharePage } from './share-page.ts'
import { SCRIPT } from './share-script.ts'
import type { SharedEpisode } from './shares.repo.ts'

const render = {
  tape: '0519072605180415'.repeat(4),
  durationMs: 12_000,
  coverKey: 'cover',
  srtKey: 'srt',
}
const episode = {
  kind: 'podcast',
  language: 'zh',
  title: '银河 <是> & 怎么消失的',
  notes: '第一行 <b>不是标签</b>',
  createdAt: new Date('2026-11-23T12:00:00Z'),
  show: null,
  brief: { speakers: [{ name: '林知远' }, { name: '周棠' }] },
  versions: [{ id: 'v', number: 1, outline: null, render }],
} as unknown as SharedEpisode
const lines = [
  { id: '1', section: 0, speaker: '林知远', text: '你上一次看见银河，是什么时候？', startMs: 0 },
  { id: '2', section: 0, speaker: '周棠', text: '说实话，可能是小学。', startMs: 4000 },
  { id: '3', section: 0, speaker: '周棠', text: '那时候还没有路灯。', startMs: 8000 },
]
const chapters = [
  { startMs: 0, title: '消失的银河' },
  { startMs: 8000, title: '路灯' },
]
const input = { episode, token: 'token', publicUrl: 'https://aimake.test' }

/** The page with its own script running over a sound that is only pretended. */
function live(html: string, search = '') {
  const { document, Event } = parseHTML(html)
  const sound = document.querySelector('audio')!
  let paused = true
  let now = 0
  const tell = (name: string) => sound.dispatchEvent(new Event(name))
  Object.defineProperties(sound, {
    paused: { get: () => paused },
    currentTime: {
      get: () => now,
      set(to: number) {
        now = to
        tell('seeked')
      },
    },
    readyState: { get: () => 4 },
  })
  Object.assign(sound, {
    play: () => ((paused = false), tell('play'), Promise.resolve()),
    pause: () => ((paused = true), tell('pause')),
  })
  const keys = new Map<string, (event: object) => void>()
  // oxlint-disable-next-line typescript/no-implied-eval
  const run = new Function('document', 'location', 'navigator', 'getSelection', 'addEventListener', SCRIPT)
  run(
    document,
    new URL(`https://aimake.test/s/token${search}`),
    {},
    () => ({ isCollapsed: true }),
    (name: string, listener: (event: object) => void) => keys.set(name, listener),
  )
  const play = (seconds: number) => {
    now = seconds
    tell('timeupdate')
  }
  const press = (key: string) => keys.get('keydown')?.({ key, target: { closest: () => null }, preventDefault: () => undefined })
  return { document, play, press, at: () => now, isPaused: () => paused }
}

describe('the page', () => {
  const html = sharePage(input, lines, chapters)

  it('says what it is, in the language of the episode, and no word of a person becomes a tag', () => {
    const { document } = parseHTML(html)
    expect(document.documentElement.getAttribute('lang')).toBe('zh-CN')
    expect(document.querySelector('h1')?.textContent).toBe('银河 <是> & 怎么消失的')
    expect(document.querySelector('.lead')?.textContent).toBe('第一行 <b>不是标签</b>')
    expect(document.querySelector('main b')).toBeNull()
    expect([...document.querySelectorAll('.hd .t span')].map(({ textContent }) => textContent)).toEqual([
      '播客',
      '2 个声音',
      '2026年11月23日',
      '0:12',
    ])
    // Two turns, for the last two lines are one person's.
    expect([...document.querySelectorAll('.who')].map(({ textContent }) => textContent)).toEqual(['林知远', '周棠'])
    expect(document.querySelectorAll('.tape rect')).toHaveLength(32)
    expect(sharePage({ ...input, episode: { ...episode, language: 'en' } }, lines, chapters)).toContain('Make your own')
    expect(gonePage()).toContain('分享已被收回')
  })

  it('is for search engines only where its owner says so, and its player and what is gone never are', () => {
    const hidden = '<meta name="robots" content="noindex">'
    const shown = sharePage({ ...input, episode: { ...episode, findable: true } }, lines, chapters)
    expect(html).toContain(hidden)
    expect(shown).not.toContain('noindex')
    const { document } = parseHTML(shown)
    expect(document.querySelector('link[rel="canonical"]')?.getAttribute('href')).toBe('https://aimake.test/s/token')
    expect(document.querySelector('meta[name="description"]')?.getAttribute('content')).toContain('第一行')
    expect(embedPage({ ...input, episode: { ...episode, findable: true } })).toContain(hidden)
    expect(gonePage()).toContain(hidden)
  })

  it('plays without its script, and lets run nothing but it', () => {
    const { document } = parseHTML(html)
    expect(document.querySelector('audio')?.hasAttribute('controls')).toBe(true)
    for (const part of document.querySelectorAll('[data-js]')) expect(part.hasAttribute('hidden')).toBe(true)
    expect(html).not.toMatch(/ style="| on\w+="/)
    expect(pagePolicy(['https://cdn.test'], 'https://aimake.test', "'none'")).not.toMatch(/unsafe/)
  })
})

describe('its script', () => {
  let page: ReturnType<typeof live>
  const on = () => page.document.querySelector('.line.on .tx')?.textContent
  beforeEach(() => (page = live(sharePage(input, lines, chapters))))

  it('takes the place of the browser’s player and follows the words', () => {
    expect(page.document.querySelector('audio')?.hasAttribute('controls')).toBe(false)
    page.press('k')
    expect(page.isPaused()).toBe(false)
    page.play(0.5)
    expect(on()).toBe('你上一次看见银河，是什么时候？')
    expect(page.document.querySelector('.now')?.textContent).toBe('你上一次看见银河，')
    page.play(3)
    expect(page.document.querySelector('.now')?.textContent).toBe('是什么时候？')
    page.play(4.2)
    expect(on()).toBe('说实话，可能是小学。')
    expect(page.document.querySelectorAll('.now')).toHaveLength(1)
    expect(page.document.querySelector('.say')?.textContent).toBe('周棠：说实话')
    expect(page.document.querySelector('.tape')?.getAttribute('aria-valuetext')).toBe('0:04，周棠')
    page.play(9)
    expect(page.document.querySelector('.toc .cur')?.textContent).toContain('路灯')
    page.press(' ')
    expect(page.isPaused()).toBe(true)
    expect(page.document.querySelector('.now')).toBeNull()
    expect(on()).toBe('那时候还没有路灯。')
  })

  it('leads into the sound by a line, a key, a chapter and the address', () => {
    const click = (selector: string) => (page.document.querySelector(selector) as { click(): void } | null)?.click()
    click('.line[data-at="4"]')
    expect([page.at(), page.isPaused()]).toEqual([4, false])
    page.press('l')
    expect(page.at()).toBeCloseTo(11.8)
    page.press('j')
    expect(page.at()).toBe(0)
    click('.toc [data-at="8"]')
    expect(page.at()).toBe(8)
    expect(live(sharePage(input, lines, chapters), '?t=5').at()).toBe(5)
  })

  it('runs in the player for other pages as well', () => {
    const embed = live(embedPage(input))
    embed.press('k')
    embed.play(2)
    expect(embed.document.querySelector('.c0')?.textContent).toBe('0:02')
    expect(embed.document.querySelector('.e h1')?.textContent).toBe('银河 <是> & 怎么消失的')
  })
})
