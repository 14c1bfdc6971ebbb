import { toNumber } from '../../shared/money.ts'
import type { Speaker } from '../episodes/brief.ts'
import { wholeVersion } from '../episodes/delivery.ts'
import { plainNotes } from '../episodes/show-notes.ts'
import { markup } from '../http/markup.ts'
import type { Markup } from '../http/markup.ts'
import type { PublishedEpisode, PublishedShow } from './shows.repo.ts'

export interface FeedAddress {
  /** Of this server, without a slash at the end. */
  publicUrl: string
  token: string
  isPublic: boolean
}

/** Where a feed lies; what belongs to it lies behind the same token, so that all of it is gone when that is revoked. */
export const feedUrl = ({ publicUrl, token }: Pick<FeedAddress, 'publicUrl' | 'token'>) => `${publicUrl}/feeds/${token}.xml`

/**
 * RSS 2.0 with the tags of iTunes and Podcasting 2.0. The same show gives the same bytes: no clock goes into it. Lengths are in bytes of the
 * file the enclosure leads to, durations in seconds; the guid of an episode is its id, whatever is changed in it. A private feed asks directories to leave it
 * alone.
 */
export function feedXml(show: PublishedShow, address: FeedAddress): string {
  const { publicUrl, token, isPublic } = address
  const episodes = show.episodes.filter((episode) => wholeVersion(episode).render)
  const image = (show.coverKey || episodes.length > 0) && `${publicUrl}/feeds/${token}/cover`
  return `<?xml version="1.0" encoding="utf-8"?>
${
  markup`<rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" xmlns:podcast="https://podcastindex.org/namespace/1.0">
<channel>
<title>${show.title}</title>
<link>${publicUrl}</link>
<description>${show.description || show.title}</description>
<language>${languageTag(show.language)}</language>
<lastBuildDate>${changedAt(show).toUTCString()}</lastBuildDate>
<generator>AIMake</generator>
<atom:link href="${feedUrl(address)}" rel="self" type="application/rss+xml"/>
${image && markup`<image><url>${image}</url><title>${show.title}</title><link>${publicUrl}</link></image>\n<itunes:image href="${image}"/>\n`}<itunes:author>${show.author || show.title}</itunes:author>
<itunes:type>episodic</itunes:type>
<itunes:explicit>${String(show.explicit)}</itunes:explicit>
${show.category && markup`<itunes:category text="${show.category}">${show.subcategory && markup`<itunes:category text="${show.subcategory}"/>`}</itunes:category>\n`}<podcast:guid>${show.podcastGuid}</podcast:guid>
<podcast:medium>podcast</podcast:medium>
<podcast:locked>yes</podcast:locked>
${!isPublic && markup`<itunes:block>Yes</itunes:block>\n<podcast:block>yes</podcast:block>\n`}${episodes.map((episode) => itemOf(episode, show, address))}</channel>
</rss>
`.markup
}`
}

function itemOf(episode: PublishedEpisode, show: PublishedShow, { publicUrl, token }: FeedAddress): Markup {
  const { number, render, outline } = wholeVersion(episode)
  // A changed episode is another file at another address: no app joins half of one to half of the other.
  const file = `${publicUrl}/feeds/${token}/${episode.id}/v${number}`
  const { speakers } = episode.brief as unknown as { speakers: Speaker[] }
  const language = languageTag(episode.language)
  return markup`<item>
<title>${episode.title}</title>
<description>${plainNotes(episode, outline)}</description>
<enclosure url="${file}.mp3" length="${toNumber(render!.bytes)}" type="audio/mpeg"/>
<guid isPermaLink="false">${episode.id}</guid>
<pubDate>${episode.publishedAt!.toUTCString()}</pubDate>
<itunes:title>${episode.title}</itunes:title>
<itunes:duration>${Math.round(render!.durationMs / 1000)}</itunes:duration>
<itunes:explicit>${String(show.explicit)}</itunes:explicit>
<itunes:episodeType>full</itunes:episodeType>
${episode.showNumber !== null && markup`<itunes:episode>${episode.showNumber}</itunes:episode>\n<podcast:episode>${episode.showNumber}</podcast:episode>\n`}${render!.coverKey && markup`<itunes:image href="${file}.png"/>\n`}<podcast:transcript url="${file}.vtt" type="text/vtt" language="${language}"/>
${render!.srtKey && markup`<podcast:transcript url="${file}.srt" type="application/x-subrip" language="${language}"/>\n`}${render!.chaptersKey && markup`<podcast:chapters url="${file}.chapters.json" type="application/json+chapters"/>\n`}${speakers.map(({ name }) => markup`<podcast:person role="host" group="cast">${name}</podcast:person>\n`)}</item>
`
}

/** When something in the feed changed last. */
export function changedAt(show: PublishedShow): Date {
  const times = show.episodes.flatMap((episode) => [
    episode.publishedAt!.getTime(),
    episode.updatedAt.getTime(),
    wholeVersion(episode).render?.createdAt.getTime() ?? 0,
  ])
  return new Date(Math.max(show.updatedAt.getTime(), ...times))
}

export const languageTag = (language: string): string => (language === 'zh' ? 'zh-cn' : 'en-us')
