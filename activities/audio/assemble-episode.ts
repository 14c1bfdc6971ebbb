import { Readable } from 'node:stream'
import type { Prisma } from '../../prisma/client.ts'
import { passing } from '../../shared/crash-points.ts'
import { announce } from '../../shared/episode-events.ts'
import { FRAME_MS } from '../../shared/playlist.ts'
import type { Activities, VersionRef } from '../../workflows/contract.ts'
import { settleReservation } from '../cost/settle.ts'
import { beating } from '../deed.ts'
import type { Deed } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { later, never, stopped } from '../failures.ts'
import { FOR_EVER, storeObject, storeStream } from '../storage/objects.ts'
import { LineMismatch } from './assemble.ts'
import { lineReader } from './earlier-render.ts'
import { renderFiles } from './render-files.ts'
import type { RenderFiles, Whole, WholeLine } from './render-files.ts'
import { storeM4a } from './store-m4a.ts'

type Deeds = Pick<Activities, 'assembleEpisode'>

export function assemblyDeeds(deps: Deps): Deeds {
  return { assembleEpisode: (ref) => beating((deed) => assembleEpisode(deps, ref, deed)) }
}

/** Joins the lines byte by byte, stores the file and what stands beside it, and commits render, `ready` and the settled money in one transaction. */
async function assembleEpisode(deps: Deps, { episodeId, versionId }: VersionRef, deed: Deed) {
  const { db, redis, logger } = deps
  const done = await db.render.findUnique({ where: { versionId } })
  if (done) return { durationMs: done.durationMs, bytes: Number(done.bytes) }
  const version = await db.version.findUniqueOrThrow({
    where: { id: versionId },
    include: { episode: true, lines: { orderBy: { position: 'asc' }, include: { segment: true } } },
  })
  const lines = wholeLines(version)
  const keys = lines.map(({ segment }) => segment.mp3Key)
  const readLine = await whileWanted(deed, () => lineReader(deps, { episodeId, versionId }, keys, deed.signal))
  const files = renderFiles(version, lines, readLine)
  const { m4a } = version.episode.brief as unknown as { m4a?: boolean }
  const m4aKey = await whileWanted(deed, async () => {
    await storeFiles(deps, files, deed)
    return m4a ? storeM4a(deps, files, lines, deed) : null
  })
  passing('render.stored')
  await commitReady(deps, episodeId, versionId, { ...renderOf(files), m4aKey })
  passing('render.committed')
  if (!files.loudness.isOnTarget) logger.warn({ episodeId, versionId, ...files.loudness }, 'the whole is off its target loudness')
  await announce(redis, episodeId, [{ type: 'episode' }])
  return { durationMs: files.mp3.durationMs, bytes: files.mp3.bytes }
}

async function storeFiles(deps: Deps, { mp3, transcript, srt, chapters, cover }: RenderFiles, { signal }: Deed): Promise<void> {
  const meta = { contentType: 'audio/mpeg', cacheControl: FOR_EVER }
  const besides = [transcript, srt, chapters, cover]
  // All are waited for, whatever becomes of one: nothing may still be written when the deed is over.
  const stored = await Promise.allSettled([
    storeStream(deps, mp3.key, mp3.bytes, () => Readable.from(mp3.stream), meta, signal),
    ...besides.map(({ key, bytes, ...about }) => storeObject(deps, key, bytes, about, signal)),
  ])
  for (const one of stored) if (one.status === 'rejected') throw one.reason
}

async function whileWanted<T>({ signal }: Deed, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    if (signal.aborted) throw stopped(signal)
    throw error instanceof LineMismatch ? never('segment-damaged', error.message) : error
  }
}

const renderOf = ({ mp3, transcript, srt, chapters, cover, tape, loudness }: RenderFiles) => ({
  mp3Key: mp3.key,
  transcriptKey: transcript.key,
  srtKey: srt.key,
  chaptersKey: chapters.key,
  coverKey: cover.key,
  bytes: BigInt(mp3.bytes),
  durationMs: mp3.durationMs,
  frames: mp3.durationMs / FRAME_MS,
  tape,
  lufs: loudness.lufs,
  peakDb: loudness.peakDb,
})

/** READY means every line: one that is missing here is a fault of ours, and no file is made. */
function wholeLines(version: Whole): WholeLine[] {
  const lines = version.lines.filter((line) => line.status !== 'skipped')
  const missing = lines.filter((line) => line.status !== 'ready' || !line.segment)
  if (lines.length === 0 || missing.length > 0) {
    throw never(
      'not-whole',
      `${missing.length} of ${lines.length} lines have no sound: ${missing
        .slice(0, 10)
        .map((line) => line.position + 1)
        .join(', ')}`,
    )
  }
  return lines as WholeLine[]
}

async function commitReady(
  { db }: Deps,
  episodeId: string,
  versionId: string,
  render: Omit<Prisma.RenderUncheckedCreateInput, 'versionId'>,
): Promise<void> {
  await db.$transaction(async (tx) => {
    const { count } = await tx.episode.updateMany({ where: { id: episodeId, status: 'assembling' }, data: { status: 'ready' } })
    if (count === 0) throw later('stopping', 'the episode is being stopped')
    await tx.render.create({ data: { versionId, ...render } })
    await tx.step.updateMany({ where: { versionId, endedAt: null }, data: { endedAt: new Date() } })
    await settleReservation(tx, versionId)
  })
}
