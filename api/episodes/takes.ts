import type { Database } from '../../prisma/client.ts'
import { SAMPLE_RATE_HZ } from '../../shared/playlist.ts'
import { within } from '../http/authorized.ts'
import { lineWithSound } from './episodes.repo.ts'
import type { EpisodeRef, LineRow } from './episodes.repo.ts'
import type { Take } from './line.schema.ts'

/** What was recorded for a line in all versions of its episode, the newest first; the same sound once. */
export async function takesOf(db: Database, { id: episodeId }: EpisodeRef, line: LineRow): Promise<Take[]> {
  const originId = line.originId ?? line.id
  const rows = await db.line.findMany({
    where: { version: { episodeId }, segmentKey: { not: null }, OR: [{ id: originId }, { originId }] },
    orderBy: { version: { number: 'desc' } },
    include: { version: { select: { number: true } }, segment: { select: { samples: true, createdAt: true } } },
  })
  const firstOf = new Map<string, (typeof rows)[number]>()
  // Told under the version that recorded it, not under those that only kept it.
  for (const row of rows) firstOf.set(row.segmentKey!, row)
  const rowsByVersion = [...firstOf.values()].toSorted((a, b) => b.version.number - a.version.number)
  return rowsByVersion.map((row) => ({
    lineId: row.id,
    version: row.version.number,
    isCurrent: row.segmentKey === line.segmentKey,
    speaker: row.speaker,
    voiceId: row.voiceId,
    text: row.text,
    direction: row.direction,
    durationMs: Math.round((row.segment!.samples / SAMPLE_RATE_HZ) * 1000),
    recordedAt: row.segment!.createdAt.toISOString(),
    audioUrl: `/api/episodes/${episodeId}/lines/${row.id}/audio`,
  }))
}

/** A line of any version of the episode, with its sound; undefined when the episode has none of that id. */
export async function lineOfEpisode(db: Database, episode: EpisodeRef, id: string): Promise<LineRow | undefined> {
  const line = await db.line.findFirst({ where: { id, version: { episodeId: episode.id } }, include: lineWithSound })
  return within(episode, line ? [line] : [])[0]
}
