import type { EpisodeStatus } from './types.ts'

const working: readonly EpisodeStatus[] = ['queued', 'reading', 'writing', 'voicing', 'assembling', 'cancelling']

/** Something is being done for it right now. */
export const isWorking = (status: EpisodeStatus) => working.includes(status)

/** It can still be stopped. */
export const canStop = (status: EpisodeStatus) => isWorking(status) && status !== 'cancelling'

/** Nothing more will happen to it by itself or by a person's answer. */
export const isSettled = (status: EpisodeStatus) => status === 'ready' || status === 'failed' || status === 'cancelled'

/** A person's answer is what it waits for. */
export const waitsForPerson = (status: EpisodeStatus) =>
  status === 'needs_repair' || status === 'paused_budget' || status === 'review'
