import type { FrozenBrief } from '../episodes/brief.ts'
import { wholeVersion } from '../episodes/delivery.ts'
import type { TimedLine } from '../episodes/line-times.ts'
import { clock } from '../episodes/show-notes.ts'
import type { Chapter } from '../episodes/show-notes.ts'
import { markup, raw } from '../http/markup.ts'
import type { Markup } from '../http/markup.ts'
import type { Words } from './share-words.ts'
import type { SharedEpisode } from './shares.repo.ts'

/** The pieces the share and embed pages are put together from. */

const stroked = (inner: string) =>
  raw(
    `<svg class="i" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${inner}</svg>`,
  )
const turn = (inner: string, seconds: number) =>
  stroked(
    `${inner}<text x="12" y="15.4" font-size="8" font-weight="700" text-anchor="middle" fill="currentColor" stroke="none">${seconds}</text>`,
  )

export const icons = {
  play: raw(
    '<svg class="i py" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true"><path d="M7.5 4.6v14.8c0 .8.9 1.3 1.6.9l11.6-7.4c.6-.4.6-1.4 0-1.8L9.1 3.7c-.7-.4-1.6.1-1.6.9z"/></svg>',
  ),
  pause: raw(
    '<svg class="i pz" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true" hidden><rect x="6" y="4.5" width="4" height="15" rx="1.2"/><rect x="14" y="4.5" width="4" height="15" rx="1.2"/></svg>',
  ),
  back: turn('<path d="M4.5 4.5v4.5H9"/><path d="M5 9a8 8 0 1 1-.7 5"/>', 15),
  forward: turn('<path d="M19.5 4.5v4.5H15"/><path d="M19 9a8 8 0 1 0 .7 5"/>', 30),
  share: stroked('<path d="M12 15V4M8 7.5L12 3.5l4 4M6 12H5v8.5h14V12h-1"/>'),
  download: stroked('<path d="M12 4v11M8 11.5l4 4 4-4M5 20h14"/>'),
  moon: stroked('<path d="M19.5 14.5A8 8 0 0 1 9.5 4.5a8 8 0 1 0 10 10z"/>'),
}

export const brand = raw(
  '<svg viewBox="0 0 26 26" aria-hidden="true"><rect width="26" height="26" rx="6" fill="var(--accent)"/><g fill="var(--on-accent)"><rect x="5.5" y="10" width="2.6" height="3.6" rx="1.3"/><rect x="9.6" y="5.5" width="2.6" height="8.1" rx="1.3"/><rect x="13.7" y="12.4" width="2.6" height="8.1" rx="1.3"/><rect x="17.8" y="12.4" width="2.6" height="3.6" rx="1.3"/></g></svg>',
)

const shapes = [
  '<circle cx="5" cy="5" r="4.5"/>',
  '<rect x="1" y="1" width="8" height="8" rx="1"/>',
  '<path d="M5 0l5 5-5 5-5-5z"/>',
  '<path d="M5 .8L9.8 9.3H.2z"/>',
  '<path fill-rule="evenodd" d="M5 .3a4.7 4.7 0 1 0 0 9.4A4.7 4.7 0 0 0 5 .3zm0 2.4a2.3 2.3 0 1 1 0 4.6 2.3 2.3 0 0 1 0-4.6z"/>',
  '<rect x="0" y="3" width="10" height="4" rx="1"/>',
]

const speakersOf = ({ brief }: SharedEpisode) => (brief as unknown as FrozenBrief).speakers.map(({ name }) => name)

/** What it is, of which show, from when, how long. */
export function facts(episode: SharedEpisode, said: Words): Markup[] {
  const { render } = wholeVersion(episode)
  const date = episode.createdAt.toLocaleDateString(said.lang, {
    year: 'numeric',
    month: 'long',
    day: 'numeric',
    timeZone: 'UTC',
  })
  return [
    episode.show?.title,
    said[episode.kind],
    said.voices(speakersOf(episode).length),
    date,
    clock(render!.durationMs),
  ].flatMap((fact) => (fact ? [markup`<span>${fact}</span>`] : []))
}

export const chapterRow = ({ startMs, title }: Chapter): Markup =>
  markup`<li><button type="button" data-at="${startMs / 1000}"><span>${title}</span><span class="t">${clock(startMs)}</span></button></li>`

/** The script like a printed play: one turn after another, each line with its second. */
export function turnsOf(episode: SharedEpisode, lines: readonly TimedLine[], said: Words): Markup[] {
  const speakers = speakersOf(episode)
  const turns: { speaker: string; lines: TimedLine[] }[] = []
  for (const line of lines) {
    const last = turns.at(-1)
    if (last?.speaker === line.speaker) last.lines.push(line)
    else turns.push({ speaker: line.speaker, lines: [line] })
  }
  return turns.map((one) => {
    const number = (Math.max(0, speakers.indexOf(one.speaker)) % shapes.length) + 1
    return markup`<section class="turn"><h2 class="who who-${number}"><svg class="mk" viewBox="0 0 10 10" aria-hidden="true">${raw(shapes[number - 1]!)}</svg><span>${one.speaker}</span></h2><ol>${one.lines.map((line) => lineRow(line, said))}</ol></section>`
  })
}

const lineRow = ({ speaker, text, startMs }: TimedLine, said: Words): Markup =>
  startMs === null
    ? markup`<li class="line"><span></span><p class="tx">${text}</p></li>`
    : markup`<li class="line" data-line data-who="${speaker}" data-at="${startMs / 1000}"><button type="button" class="at" aria-label="${said.playFrom(clock(startMs))}">${clock(startMs)}</button><p class="tx">${text}</p></li>`

const BAR = 3
const STEP = 5
const HEIGHT = 44

/** The tape as the seek bar: odd speakers above the middle, even ones below; one speaker alone mirrored about it. */
export function tapeOf(episode: SharedEpisode, said: Words): Markup {
  const { render } = wholeVersion(episode)
  const solo = speakersOf(episode).length < 2
  const marks = render!.tape.match(/../g) ?? []
  const bars = marks.map((mark, index) => {
    const speaker = (Number(mark[0]) % shapes.length) + 1
    const reach = 2 + ((Number(mark[1]) || 0) / 9) * (HEIGHT / 2 - 3)
    const y = solo ? HEIGHT / 2 - reach : speaker % 2 === 1 ? HEIGHT / 2 + 1 - reach : HEIGHT / 2 - 1
    return markup`<rect class="f${speaker}" x="${index * STEP}" y="${y.toFixed(1)}" width="${BAR}" height="${(solo ? reach * 2 : reach).toFixed(1)}"/>`
  })
  return markup`<div class="tape" role="slider" tabindex="0" aria-label="${said.tape}" aria-valuemin="0" aria-valuemax="${Math.round(render!.durationMs / 1000)}" aria-valuenow="0" aria-valuetext="0:00"><svg viewBox="0 0 ${Math.max(1, marks.length) * STEP - (STEP - BAR)} ${HEIGHT}" preserveAspectRatio="none" aria-hidden="true">${bars}</svg></div>`
}
