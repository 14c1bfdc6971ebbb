import { BYTES_PER_FRAME, planTimeline } from '../../shared/playlist.ts'
import type { VersionRef } from '../../workflows/contract.ts'
import type { Deps } from '../deps.ts'
import { FrameCheck } from './mp3-frames.ts'

/** Held in memory at once: half an hour of sound. A longer file is not fetched for the lines in it. */
const MOST_BYTES = 32 * 1024 * 1024

type ReadLine = (key: string) => Promise<Uint8Array>

/**
 * Reads the stored frames of lines. Where an earlier version has most of them, its file is fetched once and they are cut out of it: a hundred
 * small reads are most of what a changed line costs. What does not prove to be a line's frames is read from its own object.
 */
export async function lineReader(deps: Deps, ref: VersionRef, keys: readonly string[], signal: AbortSignal): Promise<ReadLine> {
  const alone: ReadLine = (key) => deps.store.get(key, signal)
  const earlier = await earlierLines(deps, ref)
  const shared = earlier ? keys.filter((key) => earlier.places.has(key)).length : 0
  if (!earlier || shared * 2 < keys.length) return alone
  const file = await alone(earlier.mp3Key).catch(() => undefined)
  if (!file) return alone
  return async (key) => {
    const place = earlier.places.get(key)
    const frames = place && file.subarray(place.fromByte, place.fromByte + place.frames * BYTES_PER_FRAME)
    return frames && isProven(frames, place.frames) ? frames : alone(key)
  }
}

async function earlierLines({ db }: Deps, { episodeId, versionId }: VersionRef) {
  const version = await db.version.findFirst({
    where: { episodeId, id: { not: versionId }, render: { bytes: { lte: MOST_BYTES } } },
    orderBy: { number: 'desc' },
    select: {
      render: true,
      lines: {
        where: { status: 'ready' },
        orderBy: { position: 'asc' },
        select: { pauseAfterMs: true, segment: { select: { samples: true, frames: true, mp3Key: true } } },
      },
    },
  })
  if (!version?.render) return undefined
  const { bytes, frames, mp3Key } = version.render
  const lines = version.lines.map(({ pauseAfterMs, segment }) => ({ ...segment!, pauseAfterMs }))
  // Behind the tag and the Info frame stand the lines, and one silent frame.
  const headBytes = Number(bytes) - (frames + 1) * BYTES_PER_FRAME
  const rows = planTimeline(lines)
  const placeOf = (index: number) => ({
    fromByte: headBytes + rows[index]!.startFrame * BYTES_PER_FRAME,
    frames: rows[index]!.frames,
  })
  return { mp3Key, places: new Map(lines.map((line, index) => [line.mp3Key, placeOf(index)])) }
}

function isProven(bytes: Uint8Array, frames: number): boolean {
  try {
    const check = new FrameCheck(frames)
    check.push(bytes)
    check.end()
    return true
  } catch {
    return false
  }
}
