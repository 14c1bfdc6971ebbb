import { createHash } from 'node:crypto'
import { wholeVersion } from '../episodes/delivery.ts'
import type { TimedLine } from '../episodes/line-times.ts'
import { clock, plainNotes } from '../episodes/show-notes.ts'
import type { Chapter } from '../episodes/show-notes.ts'
import { markup, raw } from '../http/markup.ts'
import type { Markup } from '../http/markup.ts'
import type { SharedEpisode } from './shares.repo.ts'

/** Height of the player in a frame, and the least and usual width. */
export const EMBED_HEIGHT = 180
export const EMBED_WIDTH = 560
/** As the covers of episodes are drawn. */
export const COVER_PIXELS = 1400

const words = {
  zh: {
    lang: 'zh-CN',
    made: '由 AIMake 合成语音制作',
    chapters: '章节',
    script: '文稿',
    open: '打开页面',
    gone: '这里没有可以收听的内容，或者分享已被收回。',
  },
  en: {
    lang: 'en',
    made: 'Made with synthetic voices by AIMake',
    chapters: 'Chapters',
    script: 'Transcript',
    open: 'Open the page',
    gone: 'There is nothing to hear here, or it is shared no longer.',
  },
} as const

const STYLE = `:root{color-scheme:light dark;--g:#f1f2f5;--p:#fff;--i:#16181d;--t:#5b606b;--a:#d02f1a;--l:#dcdfe5}
@media(prefers-color-scheme:dark){:root{--g:#14161a;--p:#1d2026;--i:#eceef2;--t:#a3a9b5;--a:#ff6a55;--l:#343942}}
*{box-sizing:border-box}body{margin:0;background:var(--g);color:var(--i);font:16px/1.6 system-ui,-apple-system,"PingFang SC","Noto Sans CJK SC",sans-serif}
main{max-width:44rem;margin:0 auto;padding:1.5rem 1rem 4rem}h1{font-size:1.5rem;line-height:1.3;margin:.75rem 0 .25rem}h2{font-size:1rem;margin:2rem 0 .5rem}
img{display:block;width:9rem;height:9rem;border-radius:8px;background:var(--p)}audio{width:100%;margin:1rem 0}.t{color:var(--t);font-size:.875rem;margin:.25rem 0}
.n{white-space:pre-line}button{font:inherit;color:inherit;background:none;border:0;padding:.35rem .5rem;margin:0 -.5rem;width:calc(100% + 1rem);text-align:start;border-radius:6px;cursor:pointer}
button:hover{background:var(--p)}button:focus-visible,a:focus-visible{outline:2px solid var(--a)}.on{background:var(--p);box-shadow:inset 3px 0 var(--a)}
b{font-weight:600;margin-inline-end:.5rem}ol,ul{list-style:none;margin:0;padding:0}a{color:var(--a)}.c{color:var(--t);font-variant-numeric:tabular-nums;margin-inline-end:.5rem}
.e{display:flex;gap:1rem;align-items:center;padding:12px;height:100vh;background:var(--p)}.e img{width:8.5rem;height:8.5rem;flex:none}.e div{min-width:0;flex:1}.e h1{font-size:1rem;margin:0;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}.e audio{margin:.5rem 0}
@media(max-width:420px){.e img{display:none}}`

/** Leads into the sound: a press on a line, or a second in the address. Without it the page plays all the same. */
const SCRIPT = `(()=>{const a=document.querySelector('audio');if(!a)return
const go=(s,p)=>{const set=()=>{a.currentTime=s;if(p)a.play().catch(()=>{})};a.readyState>0?set():(a.addEventListener('loadedmetadata',set,{once:true}),a.load())}
const rows=[...document.querySelectorAll('[data-at]')]
for(const r of rows)r.addEventListener('click',()=>go(Number(r.dataset.at),true))
const t=Number(new URLSearchParams(location.search).get('t')||(location.hash.match(/^#t=([\\d.]+)$/)||[])[1])
if(t>0)go(t,false)
const lines=rows.filter(r=>r.dataset.line!==undefined);let on
a.addEventListener('timeupdate',()=>{let now;for(const r of lines){if(Number(r.dataset.at)<=a.currentTime+.05)now=r;else break}
if(now!==on){on?.classList.remove('on');now?.classList.add('on');on=now}})})()`

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Nothing but what stands in the page itself: its one style and its one script by their digests, sound from here and from where it lies. */
export const pagePolicy = (mediaOrigins: readonly string[], frameAncestors: "'none'" | '*'): string =>
  [
    "default-src 'none'",
    `style-src ${hashOf(STYLE)}`,
    `script-src ${hashOf(SCRIPT)}`,
    "img-src 'self'",
    `media-src 'self' ${mediaOrigins.join(' ')}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frameAncestors}`,
  ].join('; ')

export interface PageInput {
  episode: SharedEpisode
  token: string
  /** Of this server, without a slash at the end. */
  publicUrl: string
}

const frameOf = (body: Markup, head: Markup, { lang }: { lang: string }): string =>
  `<!doctype html>${
    markup`<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1"><meta name="referrer" content="no-referrer"><meta name="robots" content="noindex"><link rel="icon" href="/icon.svg">
${head}<style>${raw(STYLE)}</style></head>
<body>${body}<script>${raw(SCRIPT)}</script></body></html>`.markup
  }`

const wordsOf = ({ language }: { language: string }) => (language === 'zh' ? words.zh : words.en)

/** What is sent where a share is not, or no longer: in both languages, for nobody knows who comes. */
export const gonePage = (): string =>
  frameOf(markup`<main><p>${words.zh.gone}</p><p>${words.en.gone}</p></main>`, markup`<title>AIMake</title>`, words.en)

/** The page of a shared episode: it plays, and every line leads to its second. Said to other pages by Open Graph and oEmbed. */
export function sharePage(
  { episode, token, publicUrl }: PageInput,
  lines: readonly TimedLine[],
  chapters: readonly Chapter[],
): string {
  const said = wordsOf(episode)
  const { render, outline } = wholeVersion(episode)
  const base = `/s/${token}`
  const about = plainNotes(episode, outline)
  const head = markup`<title>${episode.title}</title><meta name="description" content="${about.slice(0, 200)}">
<meta property="og:type" content="website"><meta property="og:site_name" content="AIMake"><meta property="og:title" content="${episode.title}">
<meta property="og:description" content="${about.slice(0, 200)}"><meta property="og:url" content="${publicUrl}${base}">
<meta property="og:audio" content="${publicUrl}${base}/audio.mp3"><meta property="og:audio:type" content="audio/mpeg">
${
  render!.coverKey
    ? markup`<meta property="og:image" content="${publicUrl}${base}/cover.png"><meta property="og:image:width" content="${COVER_PIXELS}"><meta property="og:image:height" content="${COVER_PIXELS}">`
    : null
}<meta name="twitter:card" content="player"><meta name="twitter:player" content="${publicUrl}/embed/${token}"><meta name="twitter:player:width" content="${EMBED_WIDTH}"><meta name="twitter:player:height" content="${EMBED_HEIGHT}">
<link rel="alternate" type="application/json+oembed" href="${publicUrl}/oembed?url=${encodeURIComponent(`${publicUrl}${base}`)}" title="${episode.title}">
`
  const chapterRows = chapters.map(
    ({ startMs, title }) =>
      markup`<li><button type="button" data-at="${startMs / 1000}"><span class="c">${clock(startMs)}</span>${title}</button></li>`,
  )
  const lineRows = lines.map(({ speaker, text, startMs }) =>
    startMs === null
      ? markup`<li><b>${speaker}</b>${text}</li>`
      : markup`<li><button type="button" data-line data-at="${startMs / 1000}"><b>${speaker}</b>${text}</button></li>`,
  )
  return frameOf(
    markup`<main>${cover(base, render!.coverKey)}<h1>${episode.title}</h1>
<p class="t">${episode.show && markup`${episode.show.title} · `}${clock(render!.durationMs)} · ${said.made}</p>
<audio controls preload="metadata" src="${base}/audio.mp3"></audio>
${episode.notes && markup`<p class="n">${episode.notes}</p>`}
${chapters.length > 1 && markup`<h2>${said.chapters}</h2><ol>${chapterRows}</ol>`}
<h2>${said.script}</h2><ol>${lineRows}</ol></main>`,
    head,
    said,
  )
}

/** The player alone. */
export function embedPage({ episode, token }: PageInput): string {
  const said = wordsOf(episode)
  const { render } = wholeVersion(episode)
  const base = `/s/${token}`
  return frameOf(
    markup`<div class="e">${cover(base, render!.coverKey)}<div><h1>${episode.title}</h1>
<audio controls preload="none" src="${base}/audio.mp3"></audio>
<p class="t"><a href="${base}" target="_blank" rel="noopener">${said.open}</a> · ${said.made}</p></div></div>`,
    markup`<title>${episode.title}</title>`,
    said,
  )
}

const cover = (base: string, coverKey: string | null) =>
  coverKey && markup`<img src="${base}/cover.png" alt="" width="144" height="144">`

/** The frame to be pasted into another page. */
export const embedHtml = (url: string, title: string, width = EMBED_WIDTH, height = EMBED_HEIGHT): string =>
  markup`<iframe src="${url}" title="${title}" width="${width}" height="${height}" frameborder="0" loading="lazy" allow="autoplay"></iframe>`
    .markup
