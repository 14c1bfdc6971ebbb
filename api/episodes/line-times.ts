import type { Reader } from '../../prisma/client.ts'
import { FRAME_MS, planTimeline } from '../../shared/playlist.ts'

import type { VersionRef } from './episodes.repo.ts'

export interface TimedLine {
  id: string
  section: number
  speaker: string
  text: string
  /** Where it begins in the finished file; null from the first line on that has no sound yet. */
  startMs: number | null
}

/** The lines of a version as they are heard, in their order, each with the moment it begins at: 12 ms exact, as the file itself is laid out. */
export async function timedLines(db: Reader, { id: versionId }: VersionRef): Promise<TimedLine[]> {
  const lines = await db.line.findMany({
    where: { versionId, status: { not: 'skipped' } },
    orderBy: { position: 'asc' },
    select: {
      id: true,
      section: true,
      speaker: true,
      text: true,
      status: true,
      pauseAfterMs: true,
      segment: { select: { samples: true, frames: true } },
    },
  })
  const end = lines.findIndex(({ status, segment }) => status !== 'ready' || !segment)
  const heard = end < 0 ? lines : lines.slice(0, end)
  const rows = planTimeline(heard.map(({ segment, pauseAfterMs }) => ({ ...segment!, pauseAfterMs })))
  return lines.map(({ id, section, speaker, text }, index) => ({
    id,
    section,
    speaker,
    text,
    startMs: rows[index] ? rows[index].startFrame * FRAME_MS : null,
  }))
}
