import type { z } from 'zod'
import type { Reader } from '../../prisma/client.ts'
import { toNumber } from '../../shared/money.ts'
import { episodeOf, linesView, stepsView } from '../episodes/episode-view.ts'
import { countLines, episodeInConsole, linesOf, spentOn } from '../episodes/episodes.repo.ts'
import type { LineRow } from '../episodes/episodes.repo.ts'
import type { Caller } from '../http/route.ts'
import type { adminEpisodeDetailSchema, adminEpisodeSchema, adminUserSchema, usageLogSchema } from './admin.schema.ts'
import { firstSounds, positionsOf, usageLogsOf, userFigures } from './admin.repo.ts'
import type { AdminEpisodeRow, UsageLogRow } from './admin.repo.ts'

const currentOf = ({ versions, currentVersion }: AdminEpisodeRow) => versions.find(({ number }) => number === currentVersion)!

export async function adminEpisodesOf(db: Reader, rows: AdminEpisodeRow[]): Promise<z.infer<typeof adminEpisodeSchema>[]> {
  const versions = rows.map(currentOf)
  const [counts, spent, sounds] = await Promise.all([countLines(db, versions), spentOn(db, rows), firstSounds(db, versions)])
  return rows.map((row) => {
    const version = currentOf(row)
    const mine = counts.filter((one) => one.versionId === version.id)
    const sum = (...statuses: string[]) =>
      mine.filter((one) => statuses.includes(one.status)).reduce((total, one) => total + one._count, 0)
    const firstSound = sounds.find((one) => one.versionId === version.id)?._min.readyAt
    return {
      id: row.id,
      userId: row.userId,
      userEmail: row.user.email,
      kind: row.kind,
      language: row.language as 'zh' | 'en',
      title: row.title,
      status: row.status,
      version: version.number,
      linesTotal: mine.reduce((total, one) => total + one._count, 0),
      linesDone: sum('ready', 'skipped'),
      linesFailed: sum('failed'),
      costMicroUsd: toNumber(spent.find((one) => one.episodeId === row.id)?._sum.costMicroUsd ?? 0n),
      firstSoundMs: firstSound ? firstSound.getTime() - version.createdAt.getTime() : null,
      createdAt: row.createdAt.toISOString(),
      updatedAt: row.updatedAt.toISOString(),
      deletedAt: row.deletedAt?.toISOString() ?? null,
    }
  })
}

/** `workflowUrl` makes the address of a run in the Temporal UI. */
export async function adminEpisodeDetail(
  db: Reader,
  clerk: Pick<Caller, 'role'>,
  row: AdminEpisodeRow,
  workflowUrl: (workflowId: string, runId: string | null) => string | null,
): Promise<z.infer<typeof adminEpisodeDetailSchema>> {
  const full = await episodeInConsole(db, clerk, row.id)
  const version = full.versions[0]!
  const [[summary], lines, voices, logs] = await Promise.all([
    adminEpisodesOf(db, [row]),
    linesOf(db, version).then((rows) => shownLines(db, rows)),
    db.voice.findMany(),
    usageLogsOf(db, row.id),
  ])
  return {
    ...summary!,
    episode: await episodeOf(db, full),
    workflowId: version.workflowId,
    workflowUrl: workflowUrl(version.workflowId, version.runId),
    steps: stepsView(version.steps),
    lines: lines.map((line) => {
      const voice = voices.find((one) => one.id === line.voiceId)!
      return { ...line, provider: voice.provider, model: voice.model }
    }),
    usageLogs: await usageLogsView(db, logs),
  }
}

async function shownLines(db: Reader, rows: LineRow[]) {
  const lines = await linesView(db, rows)
  return lines.map((line, index) => ({ ...line, readyAt: rows[index]!.readyAt?.toISOString() ?? null }))
}

export async function usageLogsView(db: Reader, rows: UsageLogRow[]): Promise<z.infer<typeof usageLogSchema>[]> {
  const positions = await positionsOf(
    db,
    rows.flatMap((row) => row.lineId ?? []),
  )
  return rows.map((row) => ({
    id: row.id,
    userId: row.userId,
    userEmail: row.user.email,
    episodeId: row.episodeId,
    linePosition: positions.find((one) => one.id === row.lineId)?.position ?? null,
    step: row.step,
    provider: row.provider,
    model: row.model,
    contentKey: row.contentKey,
    attempt: row.attempt,
    status: row.status,
    unit: row.unit,
    units: row.units,
    outputUnits: row.outputUnits,
    costMicroUsd: row.costMicroUsd === null ? null : toNumber(row.costMicroUsd),
    outcome: row.outcome,
    startedAt: row.startedAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
    durationMs: row.durationMs,
  }))
}

interface UserRow {
  id: string
  name: string
  email: string
  role: string
  banned: boolean
  banReason: string | null
  monthlyLimitMicroUsd: bigint | null
  createdAt: Date
}

export async function adminUsersOf(db: Reader, rows: UserRow[]): Promise<z.infer<typeof adminUserSchema>[]> {
  const figures = await userFigures(
    db,
    rows.map((row) => row.id),
  )
  return rows.map(({ id, name, email, role, banned, banReason, monthlyLimitMicroUsd, createdAt }) => {
    const { episodes, costMicroUsd, monthMicroUsd, lastSeenAt } = figures(id)
    return {
      id,
      name,
      email,
      role,
      banned,
      banReason,
      episodes,
      costMicroUsd: toNumber(costMicroUsd),
      monthMicroUsd: toNumber(monthMicroUsd),
      monthlyLimitMicroUsd: monthlyLimitMicroUsd === null ? null : toNumber(monthlyLimitMicroUsd),
      createdAt: createdAt.toISOString(),
      lastSeenAt: lastSeenAt?.toISOString() ?? null,
    }
  })
}
