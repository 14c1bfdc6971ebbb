import { crashPoints } from '../../shared/crash-points.ts'
import { expect, it } from 'vitest'
import { killTable } from './kill-table.ts'
import { runKills } from './kill-run.ts'

const KILLS = 90
const MINUTES = 10

it(
  `${KILLS} kills of worker and door, at every point before and after and at random: nothing is lost, nothing stored is bought again`,
  async () => {
    const run = await runKills(19_200, KILLS, () => {})
    process.stdout.write(`${killTable(run).summary}\n`)
    expect(run.verdict.faults).toEqual([])
    expect(run.kills).toHaveLength(KILLS)
    expect(run.verdict.episodes['ready']).toBeGreaterThan(10)
    const died = new Set(run.kills.map(({ point }) => point))
    const points = [...crashPoints.api.map((point) => `api ${point}`), ...crashPoints.worker.map((point) => `worker ${point}`)]
    expect(
      points.filter((point) => !died.has(point) && !died.has(`${point}+`)),
      'points nobody died at',
    ).toEqual([])
  },
  MINUTES * 60_000,
)
