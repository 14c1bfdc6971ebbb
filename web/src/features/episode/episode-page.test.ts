import { QueryClientProvider } from '@tanstack/react-query'
import { createElement } from 'react'
import type { FunctionComponent, ReactNode } from 'react'
import { renderToString } from 'react-dom/server'
import { beforeAll, describe, expect, it, vi } from 'vitest'
import type { Episode, Language, Line } from '../../lib/types.ts'

// The page as it is drawn first, in each state, language and width, without a browser: what it says, its order of headings, and that no word is missing.

// On a server React wants a second way to read a store; here the first one does.
vi.mock('react', async (original) => ({
  ...(await original<typeof import('react')>()),
  useSyncExternalStore: (_subscribe: unknown, read: () => unknown) => read(),
}))

// Drawn things of a library that is thousands of files; what stands beside them is what counts here.
vi.mock('lucide-react', () => new Proxy({}, { get: (_, name) => (name === 'then' ? undefined : () => null), has: () => true }))

vi.mock('react-dom', async (original) => ({
  ...(await original<typeof import('react-dom')>()),
  createPortal: (node: unknown) => node,
}))

const width = { px: 1440 }
Object.assign(globalThis, {
  innerWidth: 1440,
  innerHeight: 900,
  addEventListener: () => undefined,
  removeEventListener: () => undefined,
  matchMedia: (query: string) => ({
    matches: width.px >= Number(/min-width: (\d+)/.exec(query)?.[1] ?? Infinity),
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }),
})

const line = (position: number, more: Partial<Line> = {}): Line => ({
  id: `line${position}`,
  originId: `line${position}`,
  passages: 1,
  takes: 1,
  section: 0,
  position,
  speaker: position % 2 ? '周棠' : '林知远',
  voiceId: 'v',
  text: `第${position + 1}句话。`,
  direction: null,
  status: 'ready',
  durationMs: 3000,
  pauseAfterMs: 200,
  levels: '123456789',
  failure: null,
  tries: [],
  ...more,
})

const episode = (status: Episode['status'], more: Partial<Episode> = {}): Episode => ({
  id: status,
  kind: 'podcast',
  language: 'zh',
  title: '银河',
  status,
  version: 2,
  createdAt: '2026-11-23T12:00:00.000Z',
  updatedAt: '2026-11-23T12:00:00.000Z',
  durationMs: status === 'ready' ? 12_800 : null,
  progress: { linesTotal: 4, linesDone: 3, linesFailed: 1, playableMs: 6400, etaMs: 50_000 },
  costMicroUsd: 60_000,
  speakers: [
    { name: '林知远', voiceId: 'v' },
    { name: '周棠', voiceId: 'v' },
  ],
  levels: '',
  failure: null,
  listening: null,
  cost: { spentMicroUsd: 60_000, reservedMicroUsd: 0, budgetMicroUsd: 500_000 },
  pause: status === 'paused_budget' ? { cap: 'episode', leftMicroUsd: 10_000, resumesAt: null } : null,
  audio: status === 'ready' ? { url: '/a', m4aUrl: null, durationMs: 12_800, bytes: 1e6, lufs: -16, peakDb: -1 } : null,
  playlistUrl: '/api/episodes/1/playlist.m3u8?v=2',
  transcriptUrl: '/t',
  transcriptSrtUrl: '/s',
  chaptersUrl: '/c',
  coverUrl: null,
  review: status === 'review' ? { endsAt: '2026-12-01T12:00:00.000Z', endsSoon: false } : null,
  notes: null,
  show: null,
  packageUrl: '/p',
  sources: [],
  versions: [],
  ...more,
})

const scripts = {
  mixed: [
    line(0, { takes: 3 }),
    line(1, { status: 'failed', durationMs: null }),
    line(2, { status: 'skipped' }),
    line(3, { status: 'voicing', durationMs: null }),
  ],
  whole: [line(0), line(1), line(2, { takes: 2 }), line(3)],
}

let drawPart: (part: ReactNode, language: Language) => string
let drawSide: (one: Episode, language: Language) => string
let draw: (one: Episode, lines: readonly Line[], language: Language, titles?: readonly string[]) => string

beforeAll(async () => {
  // Only now: what they are made of listens to the window when it is loaded.
  const { default: EpisodePage } = await import('./EpisodePage.tsx')
  const { OfEpisode } = await import('./OfEpisode.tsx')
  const { queries } = await import('../../lib/queries.ts')
  const { liveKey } = await import('../../lib/episode-events.ts')
  const { speak } = await import('../../i18n/translation.ts')
  const { Router } = await import('wouter')
  const words = {
    zh: { ...(await import('../../i18n/zh/all.ts')).words, ...(await import('../../i18n/zh/later.ts')).words },
    en: { ...(await import('../../i18n/en/all.ts')).words, ...(await import('../../i18n/en/later.ts')).words },
  }
  // Where portals lead.
  vi.stubGlobal('document', { body: {} })
  drawPart = (part, language) => {
    speak(language, words[language])
    const routed = createElement(Router as FunctionComponent<{ ssrPath: string; children?: ReactNode }>, { ssrPath: '/' }, part)
    return renderToString(createElement(QueryClientProvider, { client: queries }, routed))
  }
  // On the page it comes after the script.
  drawSide = (one, language) => drawPart(createElement(OfEpisode, { episode: one }), language)
  draw = (one, lines, language, titles = ['消失的银河']) => {
    speak(language, words[language])
    const script = { version: one.version, revision: '2.1', sections: titles.map((title) => ({ title })), lines: [...lines] }
    queries.setQueryData(liveKey(one.id), { episode: one, script })
    return drawPart(createElement(EpisodePage, { id: one.id }), language)
  }
}, 300_000)

const textOf = (html: string) => html.replace(/<[^>]+>/g, ' ').replace(/\s+/g, ' ')
const statuses: Episode['status'][] = [
  'queued',
  'writing',
  'review',
  'voicing',
  'assembling',
  'ready',
  'needs_repair',
  'paused_budget',
  'cancelling',
  'cancelled',
  'failed',
]

describe.each(['zh', 'en'] as const)('in %s', (language) => {
  it.each([390, 1440])('at %i px every state is drawn, with no word missing and headings in order', (px) => {
    width.px = px
    for (const status of statuses) {
      for (const titles of [['消失的银河'], ['']]) {
        const page = draw(episode(status), status === 'ready' ? scripts.whole : scripts.mixed, language, titles)
        const html = px >= 1200 ? page + drawSide(episode(status), language) : page
        const words = [
          textOf(html),
          ...[...html.matchAll(/(?:aria-label|title|placeholder)="([^"]*)"/g)].map(([, label]) => label),
        ].join(' ')
        expect(words, status).not.toMatch(/\b(listen|edit|episode|money|player|shell|sharing|pronunciation|source|make)\.\w/)
        expect(words, status).not.toMatch(/{{|undefined|NaN/)
        const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level))
        levels.forEach((level, index) =>
          expect(level - (levels[index - 1] ?? 2), `${status}: h${levels.join(' h')}`).toBeLessThanOrEqual(1),
        )
        expect(
          levels.filter((level) => level === 1),
          status,
        ).toHaveLength(1)
        const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
        expect(new Set(ids).size, status).toBe(ids.length)
        // Every picture of a button has words.
        for (const [button, inner] of html.matchAll(/<button[^>]*>(.*?)<\/button>/gs))
          expect(
            /aria-label="[^"]+"/.test(button.split('>')[0] ?? '') || textOf(inner ?? '').trim() !== '',
            button.slice(0, 200),
          ).toBe(true)
        expect(html.includes('class="sheetbar"'), status).toBe(px < 1200)
        expect(html.includes('<aside'), status).toBe(px >= 1200)
      }
    }
  })
})

it('says in Chinese what waits, what was recorded and what a panel asks', () => {
  width.px = 1440
  expect(textOf(draw(episode('review'), scripts.whole, 'zh'))).toMatch(
    /稿子写好了，等你看.*写稿花了 US\$0\.06，配音还没开始.*可以，开始配音/,
  )
  expect(textOf(draw(episode('needs_repair'), scripts.mixed, 'zh'))).toMatch(/有 1 句没配好，其余 3 句已配好.*再试这 1 句/)
  expect(textOf(draw(episode('paused_budget'), scripts.mixed, 'zh'))).toMatch(/到上限了/)
  const whole = textOf(draw(episode('ready'), scripts.whole, 'zh'))
  expect(whole).toMatch(/录过 2 次 ?听录过的几次/)
})

it('a line has the same box in each of its states', () => {
  width.px = 1440
  const boxes = (['waiting', 'voicing', 'ready'] as const).map((status) => {
    const html = draw(episode('voicing'), [line(0, { status, durationMs: status === 'ready' ? 3000 : null })], 'zh')
    const [, inner = ''] = /<li id="line-line0"[^>]*>(.*?)<\/li>/s.exec(html) ?? []
    // Time or mark, words, tools: three cells, whatever is in them.
    return [
      inner.includes('class="at"'),
      inner.includes('class="tx"'),
      inner.includes('class="tools"'),
      inner.includes('class="note"'),
    ]
  })
  for (const box of boxes) expect(box).toEqual([true, true, true, false])
})

const rawKey = /\b(listen|edit|episode|money|player|shell)\.\w|{{|undefined|NaN/

describe.each(['zh', 'en'] as const)('what stands beside the page, in %s', (language) => {
  it('the player has its keys, its tape as a slider, its timer and its chapters', async () => {
    const { default: PlayerBar } = await import('../player/PlayerBar.tsx')
    draw(episode('ready'), scripts.whole, language)
    for (const onEpisode of [true, false]) {
      const html = drawPart(createElement(PlayerBar, { episodeId: 'ready', onEpisode }), language)
      const labels = [...html.matchAll(/aria-label="([^"]*)"/g)].map(([, label]) => label)
      expect(html).toMatch(/<input type="range"[^>]*aria-valuetext="0:00/)
      const wanted =
        language === 'zh'
          ? ['睡眠定时', '章节', '音量', '静音', '后退 15 秒（J）']
          : ['Sleep timer', 'Chapters', 'Volume', 'Mute', 'Back 15 seconds (J)']
      expect(labels).toEqual(expect.arrayContaining(wanted))
      expect(`${textOf(html)} ${labels.join(' ')}`).not.toMatch(rawKey)
    }
  })

  it('a line’s panel, the list to reorder, the keys and what was saved are drawn with all their words', async () => {
    const { LineSheet } = await import('./LineSheet.tsx')
    const { ReorderList } = await import('./ReorderList.tsx')
    const { default: KeyList } = await import('../../app/KeyList.tsx')
    const { default: DownloadsPage } = await import('../downloads/DownloadsPage.tsx')
    const { timeScript } = await import('../../lib/script-times.ts')
    const { openLine, closeLine } = await import('./open-line.ts')
    const live = {
      episode: episode('ready'),
      script: { version: 2, revision: '2.1', sections: [{ title: '一' }], lines: scripts.whole },
    }
    const nothing = () => undefined
    openLine('line2', 'sheet')
    const sheet = drawPart(createElement(LineSheet, { live, timed: timeScript(scripts.whole), onReorder: nothing }), language)
    closeLine()
    const verbs =
      language === 'zh'
        ? /从 0:06 播放.*改这一句.*录过的几次.*这一句的来源.*跳过.*下面加一句.*往上移.*往下移.*调整顺序.*删掉这一句/
        : /Play from 0:06.*Change this line.*Recordings.*Source of this line.*Skip.*Add a line below.*Move up.*Move down.*Reorder lines.*Take this line out/
    expect(textOf(sheet)).toMatch(verbs)
    const list = drawPart(createElement(ReorderList, { live, onClose: nothing }), language)
    expect(list.match(/id="grip-/g)).toHaveLength(4)
    for (const html of [
      sheet,
      list,
      drawPart(createElement(KeyList), language),
      drawPart(createElement(DownloadsPage), language),
    ]) {
      expect(textOf(html).length).toBeGreaterThan(10)
      expect(`${textOf(html)} ${[...html.matchAll(/aria-label="([^"]*)"/g)].join(' ')}`).not.toMatch(rawKey)
    }
  })
})
