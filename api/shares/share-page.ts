import { createHash } from 'node:crypto'
import { wholeVersion } from '../episodes/delivery.ts'
import type { TimedLine } from '../episodes/line-times.ts'
import { clock, plainNotes } from '../episodes/show-notes.ts'
import type { Chapter } from '../episodes/show-notes.ts'
import { markup, raw } from '../http/markup.ts'
import type { Markup } from '../http/markup.ts'
import { SCRIPT } from './share-script.ts'
import { STYLE } from './share-style.ts'
import { brand, chapterRow, facts, icons, tapeOf, turnsOf } from './share-parts.ts'
import { words } from './share-words.ts'
import type { Words } from './share-words.ts'
import type { SharedEpisode } from './shares.repo.ts'

/** Height of the player in a frame, and the least and usual width. */
export const EMBED_HEIGHT = 180
export const EMBED_WIDTH = 560
/** As the covers of episodes are drawn. */
export const COVER_PIXELS = 1400

const hashOf = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/**
 * Nothing but what stands in the page itself: its one style and its one script by their digests, sound from here and from where it lies. It asks for
 * nothing; but tools that judge a page for search engines read robots.txt by the page's own policy.
 */
export const pagePolicy = (mediaOrigins: readonly string[], publicUrl: string, frameAncestors: "'none'" | '*'): string =>
  [
    "default-src 'none'",
    `style-src ${hashOf(STYLE)}`,
    `script-src ${hashOf(SCRIPT)}`,
    "img-src 'self'",
    `media-src 'self' ${mediaOrigins.join(' ')}`,
    `connect-src ${publicUrl}/robots.txt`,
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

const hidden = markup`<meta name="robots" content="noindex">`

const frameOf = (body: Markup, head: Markup, { lang, said }: Words, durationMs = 0): string =>
  `<!doctype html>${
    markup`<html lang="${lang}">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1,viewport-fit=cover"><meta name="referrer" content="no-referrer"><link rel="icon" href="/icon.svg">
${head}<style>${raw(STYLE)}</style></head>
<body data-seconds="${durationMs / 1000}" data-words="${JSON.stringify(said)}">${body}<script>${raw(SCRIPT)}</script></body></html>`
      .markup
  }`

const wordsOf = ({ language }: { language: string }): Words => (language === 'zh' ? words.zh : words.en)

/** What is sent where a share is not, or no longer: in both languages, for nobody knows who comes. */
export const gonePage = (): string =>
  frameOf(
    markup`<main class="shr"><h1>${words.zh.gone}</h1><p lang="en">${words.en.gone}</p></main>`,
    markup`<title>AIMake</title>${hidden}`,
    words.zh,
  )

/** The page of a shared episode: it plays, and every line leads to its second. Said to other pages by Open Graph and oEmbed. */
export function sharePage(
  { episode, token, publicUrl }: PageInput,
  lines: readonly TimedLine[],
  chapters: readonly Chapter[],
): string {
  const said = wordsOf(episode)
  const { render, outline } = wholeVersion(episode)
  const base = `/s/${token}`
  const about = plainNotes(episode, outline) || lines.map(({ text }) => text).join(' ')
  const head = markup`<title>${episode.title}</title><meta name="description" content="${about.slice(0, 200)}">${episode.findable ? null : hidden}<link rel="canonical" href="${publicUrl}${base}">
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
  return frameOf(
    markup`<header class="top"><a class="brand" href="/">${brand}<span>AIMake</span></a><a class="btn" href="/">${said.own}</a></header>
<main class="shr"><div class="hd">${cover(base, render!.coverKey, 240)}<div><p class="t">${facts(episode, said)}</p><h1>${episode.title}</h1>
${episode.notes && markup`<p class="lead">${episode.notes}</p>`}
<div class="act"><button type="button" class="btn go big" data-do="toggle" data-js hidden>${icons.play}${icons.pause}<span class="lb">${said.said.play}</span></button>
<button type="button" class="btn big" data-do="share" data-js hidden>${icons.share}<span class="lb">${said.share}</span></button>
<a class="ib" href="${base}/audio.mp3" download title="${said.download}" aria-label="${said.download}">${icons.download}</a></div>
<audio controls preload="metadata" src="${base}/audio.mp3"></audio></div></div>
<div class="bd"><section aria-label="${said.script}">${turnsOf(episode, lines, said)}</section>
<aside>${chapters.length > 1 && markup`<h2>${said.chapters}</h2><ol class="toc">${chapters.map(chapterRow)}</ol>`}
<h2>${said.files}</h2><ul class="files"><li><a href="${base}/transcript.vtt">VTT</a></li>${render!.srtKey && markup`<li><a href="${base}/transcript.srt">SRT</a></li>`}</ul>
<p class="t">${said.made}</p></aside></div></main>
<section class="pl" aria-label="${said.listen}" data-js hidden><div class="mid">${tapeOf(episode, said)}</div>
<div class="ti"><span class="c0">0:00</span><span class="say"></span><span class="c1">${clock(render!.durationMs)}</span></div>
<button type="button" class="ib sp" data-do="rate" aria-label="${said.said.speed}${said.said.comma}1x">1x</button>
<div class="keys"><button type="button" class="ib" data-do="back" title="${said.back}" aria-label="${said.back}">${icons.back}</button>
<button type="button" class="pp" data-do="toggle" aria-label="${said.said.play}">${icons.play}${icons.pause}</button>
<button type="button" class="ib" data-do="forward" title="${said.forward}" aria-label="${said.forward}">${icons.forward}</button></div>
<button type="button" class="ib sl" data-do="sleep" title="${said.said.sleep}" aria-label="${said.said.sleep}">${icons.moon}<span class="lb"></span></button></section>
<p class="vh" role="status"></p>`,
    head,
    said,
    render!.durationMs,
  )
}

/** The player alone. */
export function embedPage({ episode, token }: PageInput): string {
  const said = wordsOf(episode)
  const { render } = wholeVersion(episode)
  const base = `/s/${token}`
  return frameOf(
    markup`<main class="e">${cover(base, render!.coverKey, 112)}<div><h1>${episode.title}</h1>
<audio controls preload="none" src="${base}/audio.mp3"></audio>
<div class="row" data-js hidden><button type="button" class="pp" data-do="toggle" aria-label="${said.said.play}">${icons.play}${icons.pause}</button><div>${tapeOf(episode, said)}</div></div>
<p class="ti"><span><span class="c0">0:00</span> / ${clock(render!.durationMs)}</span><a href="${base}" target="_blank" rel="noopener">${said.open}</a></p><p class="t">${said.made}</p></div></main>`,
    markup`<title>${episode.title}</title>${hidden}`,
    said,
    render!.durationMs,
  )
}

const cover = (base: string, coverKey: string | null, size: number) =>
  coverKey && markup`<img class="cover" src="${base}/cover.png" alt="" width="${size}" height="${size}">`

/** The frame to be pasted into another page. */
export const embedHtml = (url: string, title: string, width = EMBED_WIDTH, height = EMBED_HEIGHT): string =>
  markup`<iframe src="${url}" title="${title}" width="${width}" height="${height}" frameborder="0" loading="lazy" allow="autoplay"></iframe>`
    .markup
