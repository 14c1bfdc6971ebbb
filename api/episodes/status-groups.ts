import type { EpisodeRow } from './episodes.repo.ts'

/** The states in which a run exists that can be stopped. */
export const runningStatuses = [
  'queued',
  'reading',
  'writing',
  'review',
  'voicing',
  'assembling',
  'needs_repair',
  'paused_budget',
] as const

/** Where an episode stands, in the four words of the library. */
export const statusGroups = {
  making: runningStatuses.filter((status) => !['review', 'needs_repair', 'paused_budget'].includes(status)),
  ready: ['ready'],
  waiting: ['review', 'needs_repair', 'paused_budget'],
  stopped: ['cancelling', 'cancelled', 'failed'],
} as const

/** Nothing moves it any more, unless somebody asks. */
export const isOver = (status: string): boolean => ['ready', 'cancelled', 'failed'].includes(status)
interface Counted {
  status: EpisodeRow['status']
  kind: EpisodeRow['kind']
  _count: number
}

/** The numbers beside the filters of the library. */
export function countsOf(rows: Counted[]) {
  const sum = (is: (row: Counted) => boolean) => rows.filter(is).reduce((count, row) => count + row._count, 0)
  const among = (group: keyof typeof statusGroups) =>
    sum(({ status }) => (statusGroups[group] as readonly string[]).includes(status))
  return {
    all: sum(() => true),
    making: among('making'),
    ready: among('ready'),
    waiting: among('waiting'),
    stopped: among('stopped'),
    podcast: sum(({ kind }) => kind === 'podcast'),
    narration: sum(({ kind }) => kind === 'narration'),
  }
}
