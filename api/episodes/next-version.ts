import { Prisma } from '../../prisma/client.ts'
import type { Transaction } from '../../prisma/client.ts'
import type { Pronunciation } from '../../shared/pronunciation.ts'
import { episodeWorkflowId } from '../../workflows/contract.ts'
import type { ProduceEpisodeInput, ReviewTerms } from '../../workflows/contract.ts'
import { setAside } from '../usage/set-aside.ts'
import { sectionsOf } from './episode-view.ts'
import { writeOrder } from './episodes.repo.ts'
import type { EpisodeRow } from './episodes.repo.ts'
import type { NextLine } from './remake.ts'

/** What a version was made for, as its list tells it. */
export type Made =
  | { reason: 'edit' | 'words' | 'retry'; changedLines: number }
  | { reason: 'restore'; changedLines: number; restoredNumber: number }
  | { reason: 'append'; appendedSourceId: string }

export interface NextVersion {
  lines: readonly NextLine[]
  dictionary: readonly Pronunciation[]
  reservedMicroUsd: bigint
  made: Made
  /** The outline that belongs to the lines; that of the current version when left out. */
  outline?: unknown
  /** How many of its sections are there; all of them when left out. */
  sectionsWritten?: number
  review?: ReviewTerms
}

/** So many rows of a line fit one statement. */
const ROWS_AT_ONCE = 1000

/**
 * Begins the version after the newest: the current outline, its lines as given, money set aside, the message to Temporal. The script is whole from the
 * start but for what is appended or was never written, so its run writes only that, voices only lines without a segment, and assembles. Older versions
 * stay as they are. To be called with the episode's row locked (`lockEpisode`) and the episode at rest.
 */
export async function insertNextVersion(
  tx: Transaction,
  row: EpisodeRow,
  { lines, dictionary, reservedMicroUsd, made, outline = row.versions[0]!.outline, review, ...next }: NextVersion,
): Promise<{ number: number; outboxId: string }> {
  const sections = sectionsOf(outline).length
  const sectionsWritten = next.sectionsWritten ?? sections
  const isWritten = made.reason !== 'append' && sections > 0 && sectionsWritten === sections
  const number = Math.max(...row.versions.map((version) => version.number)) + 1
  const version = await tx.version.create({
    data: {
      episodeId: row.id,
      number,
      workflowId: episodeWorkflowId(row.id, number),
      outline: outline === null ? Prisma.DbNull : wholeOutline(outline),
      sectionsWritten,
      pronunciations: dictionary as unknown as Prisma.InputJsonArray,
      ...made,
    },
  })
  await insertLines(tx, version.id, lines)
  await setAside(tx, { versionId: version.id, userId: row.userId, microUsd: reservedMicroUsd })
  await tx.episode.update({
    where: { id: row.id },
    data: { status: 'queued', currentVersion: number, failureCode: null, failureDetail: null },
  })
  const start: ProduceEpisodeInput = {
    episodeId: row.id,
    versionId: version.id,
    version: number,
    userId: row.userId,
    title: row.title,
    ...(review && { review }),
    ...(isWritten && { isWritten }),
  }
  return { number, outboxId: await writeOrder(tx, 'start-episode', version.id, start) }
}

/** What was appended to the version before is in this one from the start. */
function wholeOutline(outline: unknown): Prisma.InputJsonObject {
  const { appendedFrom: _, ...whole } = outline as Prisma.InputJsonObject
  return whole
}

/** Writes lines down as a version has them from the start; `keepIds` where they take the place of rows that are gone. */
export async function insertLines(
  tx: Transaction,
  versionId: string,
  lines: readonly (NextLine & { id?: string })[],
  { keepIds = false } = {},
): Promise<void> {
  const rows = lines.map((line) => ({
    ...rowOf(versionId, line),
    // In a further version a line is a new row, and goes back to the one it was.
    originId: line.originId ?? (keepIds ? null : (line.id ?? null)),
    ...(keepIds && line.id !== undefined && { id: line.id }),
  }))
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    await tx.line.createMany({ data: rows.slice(from, from + ROWS_AT_ONCE) })
  }
}

/** `readyAt` is for lines that were voiced in this version: it tells their pace. */
function rowOf(versionId: string, line: NextLine): Prisma.LineCreateManyInput {
  const { section, position, speaker, voiceId, text, direction, pauseAfterMs, sourceRefs, isSkipped, segmentKey } = line
  const status = isSkipped ? 'skipped' : segmentKey === null ? 'waiting' : 'ready'
  const refs = sourceRefs as Prisma.InputJsonArray
  return { versionId, section, position, speaker, voiceId, text, direction, pauseAfterMs, sourceRefs: refs, status, segmentKey }
}

/** Whoever would begin a version of the same episode at the same moment waits for this transaction. */
export const lockEpisode = (tx: Transaction, id: string) =>
  tx.$queryRaw`SELECT 1 FROM episodes WHERE id = ${id}::uuid FOR NO KEY UPDATE`
