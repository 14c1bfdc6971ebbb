import type { Prisma, Transaction } from '../../prisma/client.ts'
import type { Pronunciation } from '../../shared/pronunciation.ts'
import { episodeWorkflowId } from '../../workflows/contract.ts'
import type { ProduceEpisodeInput } from '../../workflows/contract.ts'
import { setAside } from '../usage/set-aside.ts'
import { sectionsOf } from './episode-view.ts'
import { writeOrder } from './episodes.repo.ts'
import type { EpisodeRow } from './episodes.repo.ts'
import type { NextLine } from './remake.ts'

export interface NextVersion {
  lines: NextLine[]
  dictionary: readonly Pronunciation[]
  reservedMicroUsd: bigint
}

/** So many rows of a line fit one statement. */
const ROWS_AT_ONCE = 1000

/**
 * Begins the version after the newest: the current outline, its lines as given, money set aside, the message to Temporal. The script is whole from the
 * start, so its run writes nothing, voices only lines without a segment, and assembles. Older versions stay as they are. To be called
 * with the episode's row locked (`lockEpisode`) and the episode at rest.
 */
export async function insertNextVersion(
  tx: Transaction,
  row: EpisodeRow,
  { lines, dictionary, reservedMicroUsd }: NextVersion,
): Promise<{ number: number; outboxId: string }> {
  const current = row.versions[0]!
  const number = Math.max(...row.versions.map((version) => version.number)) + 1
  const version = await tx.version.create({
    data: {
      episodeId: row.id,
      number,
      workflowId: episodeWorkflowId(row.id, number),
      outline: current.outline as Prisma.InputJsonObject,
      sectionsWritten: sectionsOf(current.outline).length,
      pronunciations: dictionary as unknown as Prisma.InputJsonArray,
    },
  })
  for (let from = 0; from < lines.length; from += ROWS_AT_ONCE) {
    await tx.line.createMany({ data: lines.slice(from, from + ROWS_AT_ONCE).map((line) => rowOf(version.id, line)) })
  }
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
  }
  return { number, outboxId: await writeOrder(tx, 'start-episode', version.id, start) }
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
