import type { TagLook } from '../fields/Tag.tsx'
import type { EpisodeStatus } from '../records.ts'

/** How each status looks. What waits for a person is amber, what is final is ink. */
export const statusLooks: Record<EpisodeStatus, TagLook> = {
  queued: { mark: 'clock' },
  reading: { mark: 'busy' },
  writing: { mark: 'busy' },
  review: { mark: 'hold', tone: 'hold' },
  voicing: { mark: 'voicing', tone: 'on' },
  assembling: { mark: 'busy' },
  ready: { mark: 'check' },
  needs_repair: { mark: 'hold', tone: 'hold' },
  paused_budget: { mark: 'hold', tone: 'hold' },
  cancelling: { mark: 'busy' },
  cancelled: { mark: 'cross' },
  failed: { mark: 'cross' },
}

export const statuses = Object.keys(statusLooks) as EpisodeStatus[]

const settled: EpisodeStatus[] = ['ready', 'cancelled', 'failed']

/** Can still be stopped. */
export const isOpen = (status: EpisodeStatus) => !settled.includes(status) && status !== 'cancelling'

/** May still become something else: also what waits goes on when somebody, here or elsewhere, has done their part. */
export const isUnsettled = (status: EpisodeStatus) => !settled.includes(status)

/** Changes without anybody's doing: worth asking again. */
export const isMoving = (status: EpisodeStatus) =>
  ['queued', 'reading', 'writing', 'voicing', 'assembling', 'cancelling'].includes(status)
