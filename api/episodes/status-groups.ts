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
