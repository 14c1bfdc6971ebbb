import type { Reader } from '../../prisma/client.ts'
import { toNumber } from '../../shared/money.ts'
import { FRAME_MS, SAMPLE_RATE_HZ, planTimeline, timelineFrames } from '../../shared/playlist.ts'
import { barsOf, tapeOf } from '../../shared/tape.ts'
import { moneyPauseOf } from '../usage/money-pause.ts'
import type { FrozenBrief } from './brief.ts'
import type { Episode, EpisodeSummary, Line, Script } from './episodes.schema.ts'
import { sourceView } from '../sources/sources.repo.ts'
import { countLines, countTakes, linesOf, sourcesOf, spentOn, spentOnVersions, triesFor } from './episodes.repo.ts'
import type { EpisodeRow, LineRow, TryRow, VersionRow } from './episodes.repo.ts'
import { passageRefs } from './passages.ts'
import type { Versions } from './script.schema.ts'

/** Rows -> what the door shows. Everything derived is derived here, once. */

export async function summariesOf(db: Reader, rows: EpisodeRow[]): Promise<EpisodeSummary[]> {
  const [counts, spent, running] = await Promise.all([
    countLines(
      db,
      rows.map((row) => row.versions[0]!),
    ),
    spentOn(db, rows),
    Promise.all(rows.map(async ({ versions: [version] }) => (version!.render ? [] : linesOf(db, version!)))),
  ])
  return rows.map((row, index) => {
    const version = row.versions[0]!
    const count = (status: LineRow['status']) =>
      counts.find((one) => one.versionId === version.id && one.status === status)?._count ?? 0
    const linesTotal = counts.filter((one) => one.versionId === version.id).reduce((sum, one) => sum + one._count, 0)
    const linesDone = count('ready') + count('skipped')
    const brief = row.brief as unknown as FrozenBrief
    const lines = running[index]!
    return {
      id: row.id,
      kind: row.kind,
      language: row.language as EpisodeSummary['language'],
      title: row.title,
      status: row.status,
      version: version.number,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
      durationMs: version.render?.durationMs ?? null,
      progress: {
        linesTotal,
        linesDone,
        linesFailed: count('failed'),
        playableMs: version.render?.durationMs ?? playableMs(lines),
        etaMs: etaMs(row, lines, linesTotal - linesDone),
      },
      costMicroUsd: toNumber(spent.find((one) => one.episodeId === row.id)?._sum.costMicroUsd ?? 0n),
      speakers: brief.speakers.map(({ name, voiceId }) => ({ name, voiceId })),
      levels: version.render?.tape ?? tapeOf(tapeLines(lines, brief)),
      failure: row.failureCode ? { code: row.failureCode, detail: row.failureDetail ?? '' } : null,
      listening: row.listening && {
        positionMs: row.listening.positionMs,
        updatedAt: row.listening.updatedAt.toISOString(),
      },
    }
  })
}

export async function episodeOf(db: Reader, row: EpisodeRow): Promise<Episode> {
  const version = row.versions[0]!
  const [[summary], sources, pause] = await Promise.all([summariesOf(db, [row]), sourcesOf(db, row), moneyPauseOf(db, row)])
  const base = `/api/episodes/${row.id}`
  const { render, reservation } = version
  return {
    ...summary!,
    cost: {
      spentMicroUsd: summary!.costMicroUsd,
      reservedMicroUsd: reservation?.status === 'open' ? toNumber(reservation.reservedMicroUsd) : 0,
      budgetMicroUsd: row.budgetMicroUsd === null ? null : toNumber(row.budgetMicroUsd),
    },
    pause,
    audio: render && {
      url: `${base}/audio`,
      m4aUrl: render.m4aKey ? `${base}/audio?format=m4a` : null,
      durationMs: render.durationMs,
      bytes: toNumber(render.bytes),
      lufs: render.lufs,
      peakDb: render.peakDb,
    },
    playlistUrl: `${base}/playlist.m3u8?v=${version.number}`,
    transcriptUrl: render && `${base}/transcript.vtt`,
    transcriptSrtUrl: render?.srtKey ? `${base}/transcript.srt` : null,
    chaptersUrl: render?.chaptersKey ? `${base}/chapters.json` : null,
    coverUrl: render?.coverKey ? `${base}/cover.png` : null,
    review:
      row.status === 'review' && version.reviewEndsAt
        ? { endsAt: version.reviewEndsAt.toISOString(), endsSoon: version.reviewEndsSoon }
        : null,
    notes: row.notes,
    show: row.showId ? { id: row.showId, number: row.showNumber, publishedAt: row.publishedAt?.toISOString() ?? null } : null,
    packageUrl: render && `${base}/package.zip`,
    sources: sources.map(sourceView),
    versions: row.versions
      .toSorted((a, b) => b.number - a.number)
      .map(({ number, createdAt }) => ({ number, createdAt: createdAt.toISOString() })),
  }
}

export const scriptOf = (db: Reader, row: EpisodeRow): Promise<Script> => scriptOfVersion(db, row.versions[0]!)

/** The script as a version has it, whichever it is. */
export async function scriptOfVersion(db: Reader, version: VersionRow): Promise<Script> {
  const lines = await linesView(db, await linesOf(db, version))
  return { version: version.number, revision: revisionOf(version), sections: sectionsOf(version.outline), lines }
}

/** Names a script at one moment: another version or another change is another one. */
export const revisionOf = ({ number, revision }: VersionRow): string => `${number}.${revision}`

export async function versionsOf(db: Reader, row: EpisodeRow): Promise<Versions> {
  const spent = await spentOnVersions(db, row.versions)
  const items = row.versions
    .toSorted((a, b) => b.number - a.number)
    .map(({ id, number, createdAt, reason, changedLines, restoredNumber, render }) => ({
      number,
      createdAt: createdAt.toISOString(),
      reason,
      changedLines,
      restoredNumber,
      isCurrent: number === row.currentVersion,
      isWhole: render !== null,
      durationMs: render?.durationMs ?? null,
      costMicroUsd: toNumber(spent.find(({ versionId }) => versionId === id)?._sum.costMicroUsd ?? 0n),
      playlistUrl: `/api/episodes/${row.id}/playlist.m3u8?v=${number}`,
    }))
  return { items }
}

/** The steps of a version in the order they began; a step that is still going on has no end. */
export const stepsView = (steps: VersionRow['steps']) =>
  steps
    .toSorted((a, b) => a.startedAt.getTime() - b.startedAt.getTime())
    .map(({ name, startedAt, endedAt }) => ({
      name,
      startedAt: startedAt.toISOString(),
      endedAt: endedAt?.toISOString() ?? null,
    }))

export const sectionsOf = (outline: unknown): { title: string }[] =>
  ((outline as { sections?: { title: string }[] } | null)?.sections ?? []).map(({ title }) => ({ title }))

/** Lines as the door shows them; those that failed with what was tried for them. */
export async function linesView(db: Reader, lines: LineRow[]): Promise<Line[]> {
  const failed = lines.filter(({ status }) => status === 'failed')
  const tries = failed.length > 0 ? await triesFor(db, failed) : []
  const takes = await countTakes(
    db,
    lines.flatMap(({ originId }) => originId ?? []),
  )
  return lines.map((line) => ({
    ...lineOf(line, failed.length > 0 ? tries.filter(({ lineId }) => lineId === line.id) : []),
    takes: takes.get(line.originId ?? line.id) ?? (line.segmentKey === null ? 0 : 1),
  }))
}

function lineOf(line: LineRow, tries: TryRow[]): Omit<Line, 'takes'> {
  const { segment } = line
  const heard = line.status === 'ready' && segment
  return {
    id: line.id,
    originId: line.originId ?? line.id,
    passages: passageRefs(line.sourceRefs).length,
    section: line.section,
    position: line.position,
    speaker: line.speaker,
    voiceId: line.voiceId,
    text: line.text,
    direction: line.direction,
    status: line.status,
    durationMs: heard ? Math.round((segment.samples / SAMPLE_RATE_HZ) * 10_000) / 10 : null,
    pauseAfterMs: line.pauseAfterMs,
    levels: heard ? barsOf(segment.energies) : null,
    failure: line.failureCode ? { code: line.failureCode, detail: line.failureDetail ?? '' } : null,
    tries: tries.map(({ provider, model, status, outcome, costMicroUsd, startedAt }) => ({
      provider,
      model,
      outcome: outcome ?? status,
      isKnown: status !== 'unknown',
      costMicroUsd: toNumber(costMicroUsd ?? 0n),
      startedAt: startedAt.toISOString(),
    })),
  }
}

/** The lines that can be heard from the start without a gap. */
export function readyPrefix(lines: LineRow[]) {
  const heard = lines.filter((line) => line.status !== 'skipped')
  const end = heard.findIndex((line) => line.status !== 'ready' || !line.segment)
  return (end < 0 ? heard : heard.slice(0, end)).map((line) => ({
    position: line.position,
    samples: line.segment!.samples,
    frames: line.segment!.frames,
    mp3Key: line.segment!.mp3Key,
    pauseAfterMs: line.pauseAfterMs,
  }))
}

const playableMs = (lines: LineRow[]) => timelineFrames(planTimeline(readyPrefix(lines))) * FRAME_MS

const tapeLines = (lines: LineRow[], brief: FrozenBrief) =>
  lines.map((line) => ({
    speaker: brief.speakers.findIndex((speaker) => speaker.name === line.speaker),
    energies: line.status === 'ready' && line.segment ? line.segment.energies : null,
    text: line.text,
  }))

/** Time left, from the pace of the lines voiced so far; silent until three of them tell a pace. */
function etaMs(row: EpisodeRow, lines: LineRow[], left: number): number | null {
  if (row.status !== 'voicing') return null
  const readyAt = lines.flatMap((line) => (line.readyAt ? [line.readyAt.getTime()] : [])).sort((a, b) => a - b)
  if (readyAt.length < 3) return null
  const paceMs = (readyAt.at(-1)! - readyAt[0]!) / (readyAt.length - 1)
  return Math.round(paceMs * left)
}
