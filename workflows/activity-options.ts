import { proxyActivities } from '@temporalio/workflow'
import type { Activities } from './contract.ts'
import { queues } from './contract.ts'

// Only start-to-close: schedule-to-close would also run while a deed waits its turn in a rate-limited queue.
// A cancelled deed is waited for, so that money is settled after the last call has really ended.
// No bound on attempts: an outage is waited out. The hands say themselves what can never work, and count paid tries in the ledger.
const common = { cancellationType: 'WAIT_CANCELLATION_COMPLETED' } as const

/** Database deeds: a few rows. Retried for ever, because a database comes back. */
export const quick = proxyActivities<Activities>({
  ...common,
  taskQueue: queues.episodes,
  startToCloseTimeout: '30 seconds',
  retry: { initialInterval: '200 milliseconds', maximumInterval: '15 seconds' },
})

/** Sending a message to a person's server: over within 15 s by itself. A queue of its own, so that slow servers hold up nobody's episode. */
export const messenger = proxyActivities<Activities>({
  ...common,
  taskQueue: queues.webhooks,
  startToCloseTimeout: '1 minute',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
})

/** Reading a source: a link may be slow, a document long. */
export const reader = proxyActivities<Activities>({
  ...common,
  taskQueue: queues.episodes,
  startToCloseTimeout: '5 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
})

/** Writing a section: a model may think for minutes; it beats while it lives. */
export const writer = proxyActivities<Activities>({
  ...common,
  taskQueue: queues.script,
  startToCloseTimeout: '10 minutes',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
})

/**
 * Voicing a line. Two minutes: a provider's slowest honest answer for 4,096 characters is about one. The neural voice of a busy machine
 * needs as long as it takes to listen, and then some.
 * The heartbeat carries cancellation to the call in flight and tells a dead worker from a slow provider in 10 s.
 */
export const voicesOf = (provider: string, userId: string, position: number) =>
  proxyActivities<Activities>({
    ...common,
    taskQueue: queues.speech(provider),
    startToCloseTimeout: provider === 'neural' ? '10 minutes' : '2 minutes',
    heartbeatTimeout: '10 seconds',
    retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
    // The first lines are what a listener waits for, each before the next; between users the queue takes turns.
    priority: { priorityKey: Math.min(5, 1 + Math.floor(position / 2)), fairnessKey: userId },
  })

/**
 * Voicing a sample, behind every line that somebody waits for. A minute without a heartbeat: the provider's SDK may be loaded here for the
 * first time, and a paid call that is taken for dead is not made again by itself.
 */
export const samplesOf = (provider: string) =>
  proxyActivities<Activities>({
    ...common,
    taskQueue: queues.speech(provider),
    startToCloseTimeout: '5 minutes',
    heartbeatTimeout: '1 minute',
    retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
    priority: { priorityKey: 5, fairnessKey: 'house' },
  })

/** Joining: bytes are copied at disk speed, ten hours of sound in seconds; the rest is the object store's. */
export const assembler = proxyActivities<Activities>({
  ...common,
  taskQueue: queues.audio,
  startToCloseTimeout: '15 minutes',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '30 seconds' },
})

/** Looking through the whole store: a million objects are a thousand pages. It beats page by page. */
export const keeper = proxyActivities<Activities>({
  ...common,
  taskQueue: queues.episodes,
  startToCloseTimeout: '1 hour',
  heartbeatTimeout: '30 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '1 minute' },
})

/**
 * Dumping, restoring, comparing: as long as a database is large. It beats while it lives, and a dead worker is noticed within seconds. Twenty tries are
 * two hours and a half: an outage is waited out, but one that lasts is a failed backup that somebody is told of.
 */
export const backuper = proxyActivities<Activities>({
  ...common,
  taskQueue: queues.backup,
  startToCloseTimeout: '6 hours',
  heartbeatTimeout: '15 seconds',
  retry: { initialInterval: '1 second', maximumInterval: '10 minutes', maximumAttempts: 20 },
})
