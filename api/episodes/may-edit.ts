import { HttpProblem } from '../http/problem.ts'
import { revisionOf } from './episode-view.ts'
import type { EpisodeRow, LineRow } from './episodes.repo.ts'

/** A line as somebody who reads the current version knows it. */
export function lineOfCurrent(row: EpisodeRow, lines: readonly LineRow[], lineId: string): LineRow {
  const line = lines.find(({ id }) => id === lineId)
  if (line) return line
  throw conflict(row, 'This line is not in the current version.')
}

/** Its script may be changed where it stands. */
export const isInReview = ({ status, versions }: EpisodeRow) => status === 'review' && versions[0]!.approvedAt === null

/** Whoever saves must have read what they change. */
export function isNewest(row: EpisodeRow, revision: string): void {
  if (revision !== revisionOf(row.versions[0]!))
    throw conflict(row, 'The script was changed meanwhile, perhaps in another window.')
}

const conflict = (row: EpisodeRow, what: string) => {
  const revision = revisionOf(row.versions[0]!)
  return new HttpProblem(
    'revision-conflict',
    `${what} The newest revision is ${revision}: read it, then save again. Nothing was changed.`,
    {
      revision,
    },
  )
}

/** Why a script cannot be changed now, and when it can. */
export function notEditable({ status }: EpisodeRow, line?: LineRow): HttpProblem {
  if (status === 'cancelled' || status === 'failed')
    return new HttpProblem(
      'wrong-state',
      'It was stopped before it was finished, so its script stays as it is. Nothing was charged.',
    )
  if (status === 'needs_repair')
    return new HttpProblem('wrong-state', 'It waits for a repair: change its lines one by one. Nothing was changed or charged.')
  const what = line?.status === 'voicing' ? 'This line is being voiced.' : 'It is being made.'
  return new HttpProblem('wrong-state', `${what} Change it when the episode is finished; nothing was changed or charged.`)
}
