import type { Database } from '../../prisma/client.ts'
import { toNumber } from '../../shared/money.ts'
import { stepsView } from '../episodes/episode-view.ts'
import type { EpisodeRow } from '../episodes/episodes.repo.ts'
import type { Receipt } from './usage.schema.ts'
import { callsOf, costOf, reusedLines } from './usage.repo.ts'

/** Every cent of an episode, and what cost none. The total is the ledger's own sum, not that of the rows shown. */
export async function receiptOf(db: Database, row: EpisodeRow): Promise<Receipt> {
  const versionIds = row.versions.map(({ id }) => id)
  const [logs, reused, total, lines] = await Promise.all([
    callsOf(db, row),
    reusedLines(db, row),
    costOf(db, row),
    db.line.findMany({ where: { versionId: { in: versionIds } }, select: { id: true, versionId: true, position: true } }),
  ])
  const numberOf = new Map(row.versions.map(({ id, number }) => [id, number]))
  const positionOf = new Map(lines.map(({ id, position }) => [id, position]))
  const tries = new Map<string, number>()
  const calls = logs.map((log) => {
    // A key that was given free carries the row's id behind it.
    const key = log.contentKey.replace(`:${log.id}`, '')
    const attempt = (tries.get(key) ?? 0) + 1
    tries.set(key, attempt)
    return {
      id: log.id,
      version: numberOf.get(log.versionId ?? '') ?? null,
      linePosition: positionOf.get(log.lineId ?? '') ?? null,
      step: log.step,
      attempt,
      provider: log.provider,
      model: log.model,
      status: log.status,
      outcome: log.outcome,
      unit: log.unit,
      units: log.units,
      outputUnits: log.outputUnits,
      costMicroUsd: toNumber(log.costMicroUsd ?? 0n),
      upToMicroUsd: log.status === 'started' || log.status === 'unknown' ? toNumber(log.heldMicroUsd) : 0,
      startedAt: log.startedAt.toISOString(),
      durationMs: log.durationMs,
    }
  })
  const count = (status: string) => calls.filter((call) => call.status === status).length
  return {
    episodeId: row.id,
    budgetMicroUsd: row.budgetMicroUsd === null ? null : toNumber(row.budgetMicroUsd),
    versions: row.versions
      .toSorted((a, b) => a.number - b.number)
      .map((version) => ({
        number: version.number,
        createdAt: version.createdAt.toISOString(),
        reservedMicroUsd: toNumber(version.reservation?.reservedMicroUsd ?? 0n),
        costMicroUsd: calls.filter((call) => call.version === version.number).reduce((sum, call) => sum + call.costMicroUsd, 0),
        steps: stepsView(version.steps),
        lines: lines.filter(({ versionId }) => versionId === version.id).length,
        reused: reused.filter(({ versionId }) => versionId === version.id).map(({ position }) => position),
      })),
    calls,
    totals: {
      costMicroUsd: toNumber(total),
      upToMicroUsd: calls.reduce((sum, call) => sum + call.upToMicroUsd, 0),
      calls: calls.length,
      unknownCalls: count('unknown'),
      failedCalls: count('failed'),
      reusedLines: reused.length,
    },
  }
}
