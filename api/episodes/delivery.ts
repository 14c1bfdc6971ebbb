import type { Database } from '../../prisma/client.ts'
import type { ObjectStore } from '../../shared/object-store.ts'
import { BYTES_PER_FRAME, hlsPlaylist, hlsSegment, hlsSegments, planTimeline } from '../../shared/playlist.ts'
import { HttpProblem } from '../http/problem.ts'
import { readyPrefix } from './episode-view.ts'
import { linesOf } from './episodes.repo.ts'
import type { EpisodeRow, VersionRow } from './episodes.repo.ts'

/** The version whose files are given out: the current one, or, while it is still being made, the newest that is whole. */
export const wholeVersion = <V extends Pick<VersionRow, 'render'>>({ versions }: { versions: V[] }): V =>
  versions.find(({ render }) => render) ?? versions[0]!

/** The version a listener began with plays on while a new one is being made; without a number it is the current one. */
function versionOf({ versions }: EpisodeRow, number: number | undefined): VersionRow {
  const version = number === undefined ? versions[0] : versions.find((one) => one.number === number)
  if (!version) throw new HttpProblem('not-found', 'There is no such version.')
  return version
}

/** Where the finished MP3 or M4A lies: the CDN, or a link that lives an hour. */
export async function audioLink(
  store: ObjectStore,
  row: EpisodeRow,
  { format = 'mp3', download }: { format?: 'mp3' | 'm4a' | undefined; download: boolean },
): Promise<string> {
  const { render } = wholeVersion(row)
  if (!render) throw new HttpProblem('wrong-state', 'It is not finished yet. Listen by its playlist while it is being made.')
  const key = format === 'm4a' ? render.m4aKey : render.mp3Key
  if (!key)
    throw new HttpProblem('not-found', 'No M4A was made. Order the episode with "m4a": true; its lines are not paid again.')
  return store.link(key, download ? downloadName(row.title, format) : undefined)
}

/** The playlist of what can be heard now; complete once the version is whole or its run has ended. */
export async function playlistOf(db: Database, row: EpisodeRow, number?: number): Promise<{ text: string; complete: boolean }> {
  const version = versionOf(row, number)
  const lines = readyPrefix(await linesOf(db, version))
  if (lines.length === 0) throw new HttpProblem('not-found', 'There is nothing to hear yet.')
  const complete = version.number !== row.currentVersion || ['ready', 'cancelled', 'failed'].includes(row.status)
  const uri = (index: number) => `segments/${index}.mp3?v=${version.number}`
  return { text: hlsPlaylist(hlsSegments(planTimeline(lines)), { uri, complete }), complete }
}

/** Segment `index` of the playlist; those of a list that grows keep their index. */
export async function segmentOf(
  db: Database,
  store: ObjectStore,
  row: EpisodeRow,
  index: number,
  number?: number,
): Promise<Uint8Array> {
  const lines = readyPrefix(await linesOf(db, versionOf(row, number)))
  const segment = hlsSegments(planTimeline(lines))[index]
  if (!segment) throw new HttpProblem('not-found', 'This part cannot be heard yet.')
  const { line, fromFrame, toFrame } = segment
  const silent = toFrame === fromFrame
  const sound = silent
    ? new Uint8Array()
    : await store.getRange(lines[line]!.mp3Key, fromFrame * BYTES_PER_FRAME, toFrame * BYTES_PER_FRAME)
  return hlsSegment(segment, sound)
}

/** What stands beside the sound of a finished episode. Those assembled before a kind of file was made have none of it. */
export async function fileOf(
  store: ObjectStore,
  row: EpisodeRow,
  kind: 'transcriptKey' | 'srtKey' | 'chaptersKey' | 'coverKey',
): Promise<Uint8Array> {
  const { render } = wholeVersion(row)
  if (!render) throw new HttpProblem('wrong-state', 'It is there when the episode is finished.')
  const key = render[kind]
  if (!key) throw new HttpProblem('not-found', 'It was not made for this episode.')
  return store.get(key)
}

/** A title as a file name that every system takes. */
export function downloadName(title: string, ending: string): string {
  const safe = title
    .replace(/[\\/:*?"<>|\p{Cc}]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return `${[...safe].slice(0, 80).join('') || 'AIMake'}.${ending}`
}
