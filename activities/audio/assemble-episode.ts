import { Readable } from 'node:stream'
import type { Prisma } from '../../prisma/client.ts'
import { announce } from '../../shared/episode-events.ts'
import { FRAME_MS } from '../../shared/playlist.ts'
import { tapeOf } from '../../shared/tape.ts'
import type { Language } from '../../shared/text.ts'
import type { Activities, VersionRef } from '../../workflows/contract.ts'
import { settleReservation } from '../cost/settle.ts'
import { beating } from '../deed.ts'
import type { Deed } from '../deed.ts'
import type { Deps } from '../deps.ts'
import { later, never, stopped } from '../failures.ts'
import { FOR_EVER, sha256, storeObject, storeStream } from '../storage/objects.ts'
import { assembleMp3, LineMismatch } from './assemble.ts'
import { transcriptCues, webVtt } from './transcript.ts'

type Deeds = Pick<Activities, 'assembleEpisode'>
type Whole = Prisma.VersionGetPayload<{ include: { episode: true; lines: { include: { segment: true } } } }>
type WholeLine = Whole['lines'][number] & { segment: NonNullable<Whole['lines'][number]['segment']> }

export function assemblyDeeds(deps: Deps): Deeds {
  return { assembleEpisode: (ref) => beating((deed) => assembleEpisode(deps, ref, deed)) }
}

/** Joins the lines byte by byte, stores file and transcript, and commits render, `ready` and the settled money in one transaction. */
async function assembleEpisode(deps: Deps, { episodeId, versionId }: VersionRef, deed: Deed) {
  const { db, store, redis } = deps
  const done = await db.render.findUnique({ where: { versionId } })
  if (done) return { durationMs: done.durationMs, bytes: Number(done.bytes) }
  const version = await db.version.findUniqueOrThrow({
    where: { id: versionId },
    include: { episode: true, lines: { orderBy: { position: 'asc' }, include: { segment: true } } },
  })
  const lines = wholeLines(version)
  const { title, language } = version.episode
  const timed = lines.map(({ segment, pauseAfterMs }) => ({ samples: segment.samples, frames: segment.frames, pauseAfterMs }))
  const assembly = assembleMp3({
    title,
    artist: 'AIMake',
    language: language as Language,
    lines: timed,
    readLine: (index) => store.get(lines[index]!.segment.mp3Key, deed.signal),
  })
  // Everything the file is made of: the same content is the same object, another content another one.
  const name = sha256(JSON.stringify([title, language, lines.map(({ segment, pauseAfterMs }) => [segment.mp3Key, pauseAfterMs])]))
  const [mp3Key, transcriptKey] = [`renders/${name}.mp3`, `renders/${name}.${sha256(scriptText(lines)).slice(0, 16)}.vtt`]
  const cues = transcriptCues(
    lines.map(({ speaker, text, segment }) => ({ speaker, text, samples: segment.samples })),
    assembly.rows,
  )
  try {
    await storeStream(
      deps,
      mp3Key,
      assembly.bytes,
      () => Readable.from(assembly.stream),
      { contentType: 'audio/mpeg', cacheControl: FOR_EVER },
      deed.signal,
    )
    await storeObject(
      deps,
      transcriptKey,
      new TextEncoder().encode(webVtt(cues)),
      { contentType: 'text/vtt; charset=utf-8', cacheControl: FOR_EVER },
      deed.signal,
    )
  } catch (error) {
    if (deed.signal.aborted) throw stopped(deed.signal)
    throw error instanceof LineMismatch ? never('segment-damaged', error.message) : error
  }
  const render = {
    mp3Key,
    transcriptKey,
    bytes: BigInt(assembly.bytes),
    durationMs: assembly.durationMs,
    frames: assembly.durationMs / FRAME_MS,
    tape: tapeOf(tapeLines(version, lines)),
  }
  await commitReady(deps, episodeId, versionId, render)
  await announce(redis, episodeId, [{ type: 'episode' }])
  return { durationMs: assembly.durationMs, bytes: assembly.bytes }
}

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

const scriptText = (lines: WholeLine[]) => lines.map(({ speaker, text }) => `${speaker}\t${text}`).join('\n')

function tapeLines(version: Whole, lines: WholeLine[]) {
  const names = [...new Set(version.lines.map((line) => line.speaker))]
  const { speakers } = version.episode.brief as unknown as { speakers: { name: string }[] }
  const order = speakers?.map(({ name }) => name) ?? names
  return lines.map(({ speaker, segment, text }) => ({ speaker: order.indexOf(speaker), energies: segment.energies, text }))
}
