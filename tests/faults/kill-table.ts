import type { KillRun } from './kill-run.ts'

/** A row a crash point: deaths, calls made again because of them, calls shown as unknown; all are recovered when there is no fault. */
export function killTable({ kills, verdict, durationMs }: KillRun) {
  const points = [...new Set(kills.map(({ point }) => point))].toSorted()
  const rows = points.map((point) => {
    const here = kills.filter((kill) => kill.point === point)
    return {
      'kill point': point,
      kills: here.length,
      'extra calls': here.reduce((sum, { extraCalls }) => sum + extraCalls, 0),
      unknown: here.reduce((sum, { lost }) => sum + lost.length, 0),
      recovered: verdict.faults.length === 0 ? here.length : '?',
    }
  })
  const extra = kills.reduce((sum, { extraCalls }) => sum + extraCalls, 0)
  const { episodes, calls, settled, unknown, found } = verdict
  const ended = Object.entries(episodes).map(([status, count]) => `${count} ${status}`)
  return {
    rows,
    summary:
      `${kills.length} kills in ${Math.round(durationMs / 1000)} s; episodes: ${ended.join(', ')}; ` +
      `${calls} calls seen by the providers, ${extra} of them extra; ledger: ${settled} settled, ${unknown} unknown; ` +
      `reconciliations found ${found.join(', then ')}`,
  }
}
