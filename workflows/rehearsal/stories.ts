import { setTimeout as sleep } from 'node:timers/promises'
import { signals } from '../contract.ts'
import { after, dies, failsForGood, isHeld, untilStopped, waitsForPerson } from './play.ts'
import type { Cue, Play } from './play.ts'
import type { Performance, Stage } from './stage.ts'

const reviewed = { review: { waitSeconds: 60, noticeSeconds: 10 } }
const lengths = (count: number, ms = 1000) => Array<number>(count).fill(ms)
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index)
const begins = (...positions: number[]) => positions.map((position) => `voiceLine ${position} begins`)
const ends = (...positions: number[]) => positions.map((position) => `voiceLine ${position} ends`)

/** The same cue for the lines `first` to `last`. */
const lines = (first: number, last: number, cue: Cue): Record<string, Cue> =>
  Object.fromEntries(range(first, last).map((position) => [`voiceLine ${position}`, cue]))

/** The first time only. */
export const once =
  (what: string, cue: Cue): Cue =>
  (play: Play) =>
    play.said(what, 'begins').length === 1 ? cue(play) : undefined

async function over(performance: Performance): Promise<Performance> {
  // How it ended is the story's own affair: a cancel and a failure end it as well.
  await performance.handle.result().catch(() => {})
  return performance
}

async function cancelled(performance: Performance, ...when: string[]): Promise<Performance> {
  await performance.play.happened(...when)
  await performance.handle.cancel()
  return over(performance)
}

/**
 * Every branch an episode's life can take, told on a real server until it is over. The tests look at what was done,
 * `npm run histories` keeps what was recorded.
 */
export const stories = {
  /** Section 1 is not written before a line of section 0 sounds, and the window stands full for a while. */
  ready: async (stage: Stage) =>
    over(
      await stage.produce('ready', {
        sources: 2,
        sections: [lengths(4), lengths(24)],
        cues: { 'writeSection 1': after(ends(0)), ...lines(4, 23, after(begins(...range(4, 23)), 150)) },
      }),
    ),

  /** Four lines still wait when the script is whole; they come one by one as the first twenty end. */
  'longest-last-line-first': async (stage: Stage) =>
    over(
      await stage.produce('longest-last-line-first', {
        sections: [[...lengths(20), 1000, 4000, 2000, 3000]],
        cues: { 'voiceLine 0': after('enterStep voicing ends', 200), ...lines(1, 19, after(ends(20, 21, 22, 23))) },
      }),
    ),

  /** Its script is there, and all but one of its lines have their sound from the version before. */
  edited: async (stage: Stage) => over(await stage.produce('edited', { sections: [lengths(1)] }, { isWritten: true })),

  repaired: async (stage: Stage) => {
    const performance = await stage.produce('repaired', {
      sections: [lengths(5)],
      cues: { 'voiceLine 2': once('voiceLine 2', failsForGood('voice-refused', 'the provider will not say this')) },
    })
    await performance.play.happened('pauseForRepair 1 ends')
    await performance.handle.signal(signals.repair)
    return over(performance)
  },

  /** The second section cannot be written before a person has mended something; the first one is voiced meanwhile. */
  'script-mended': async (stage: Stage) => {
    const performance = await stage.produce('script-mended', {
      sections: [lengths(2), lengths(2)],
      cues: { 'writeSection 1': once('writeSection 1', waitsForPerson('model_refused', 'the model will not write this')) },
    })
    await performance.play.happened('pauseForRepair 0 model_refused ends', ...ends(0, 1))
    await performance.handle.signal(signals.repair)
    return over(performance)
  },

  /** The gate looks twice before the person comes, who approves twice. */
  approved: async (stage: Stage) => {
    const performance = await stage.produce('approved', { sections: [lengths(2), lengths(2)] }, reviewed)
    const { play, handle } = performance
    while (play.said('tendReview', 'ends').length < 2) await sleep(20)
    await handle.signal(signals.approve)
    await handle.signal(signals.approve)
    return over(performance)
  },

  'review-timed-out': async (stage: Stage) =>
    over(await stage.produce('review-timed-out', { sections: [lengths(2)], looks: 1 }, reviewed)),

  'cancelled-while-in-review': async (stage: Stage) =>
    cancelled(await stage.produce('cancelled-while-in-review', { sections: [lengths(2)] }, reviewed), 'tendReview ends'),

  /** Two lines come to the cap at once, four wait behind them; the first raise is not enough. */
  'held-for-budget': async (stage: Stage) => {
    const performance = await stage.produce('held-for-budget', {
      sections: [lengths(24)],
      cues: {
        'voiceLine 3': once('voiceLine 3', isHeld('episode', 900)),
        'voiceLine 4': once('voiceLine 4', isHeld('episode', 700)),
        'voiceLine 5': after('voiceLine 3 fails', 100),
        ...lines(6, 19, after('voiceLine 4 fails', 100)),
      },
      pauses: [{ paused: true }, { paused: true }],
    })
    for (const look of [1, 2]) {
      await performance.play.happened(`pauseForMoney ${look} episode 700 ends`)
      await performance.handle.signal(signals.funds)
    }
    return over(performance)
  },

  /** The writer comes to the cap, and so did the first section's second line; the day turns, and both go on. */
  'held-until-the-day-turns': async (stage: Stage) =>
    over(
      await stage.produce('held-until-the-day-turns', {
        sections: [lengths(2), lengths(2)],
        cues: {
          'voiceLine 1': once('voiceLine 1', isHeld('day', 500)),
          'writeSection 1': async (play) => {
            await play.happened('voiceLine 1 fails')
            await once('writeSection 1', isHeld('day', 800))(play)
          },
        },
        pauses: [{ paused: true, againInMs: 200 }],
      }),
    ),

  'cancelled-while-held': async (stage: Stage) =>
    cancelled(
      await stage.produce('cancelled-while-held', {
        sections: [lengths(3)],
        cues: { 'voiceLine 1': isHeld('stop', 500) },
        pauses: [{ paused: true, againInMs: 60_000 }],
      }),
      'pauseForMoney 1 stop 500 ends',
    ),

  'cancelled-while-reading': async (stage: Stage) =>
    cancelled(
      await stage.produce('cancelled-while-reading', {
        sources: 2,
        sections: [lengths(1)],
        cues: { 'readSource source-0': untilStopped(), 'readSource source-1': untilStopped(400) },
      }),
      'readSource source-0 begins',
      'readSource source-1 begins',
    ),

  'cancelled-while-writing': async (stage: Stage) =>
    cancelled(
      await stage.produce('cancelled-while-writing', {
        sections: [lengths(3), lengths(3)],
        cues: { 'voiceLine 1': untilStopped(400), 'voiceLine 2': untilStopped(), 'writeSection 1': untilStopped(100) },
      }),
      ...ends(0),
      ...begins(1, 2),
      'writeSection 1 begins',
    ),

  'cancelled-while-its-worker-died': async (stage: Stage) =>
    cancelled(
      await stage.produce('cancelled-while-its-worker-died', {
        sections: [lengths(1), lengths(1)],
        cues: { 'writeSection 1': dies('writeSection 1') },
      }),
      ...ends(0),
      'writeSection 1 begins',
    ),

  'cancelled-while-voicing': async (stage: Stage) =>
    cancelled(
      await stage.produce('cancelled-while-voicing', {
        sections: [lengths(25)],
        cues: { ...lines(2, 21, untilStopped(300)), 'voiceLine 5': untilStopped() },
      }),
      'enterStep voicing ends',
      ...ends(0, 1),
      ...begins(...range(2, 21)),
    ),

  'cancelled-while-waiting': async (stage: Stage) =>
    cancelled(
      await stage.produce('cancelled-while-waiting', {
        sections: [lengths(3)],
        cues: { 'voiceLine 1': failsForGood('voice-refused', 'never') },
      }),
      'pauseForRepair 1 ends',
    ),

  /** The writer gives up while twenty lines are being voiced and two wait. */
  failed: async (stage: Stage) =>
    over(
      await stage.produce('failed', {
        sections: [lengths(22), lengths(1)],
        cues: {
          ...lines(0, 19, after('writeSection 1 fails', 300)),
          'writeSection 1': async (play) => {
            await play.happened(...begins(...range(0, 19)))
            await failsForGood('writer-refused', 'the model will not write this')(play)
          },
        },
      }),
    ),

  purged: async (stage: Stage) => over(await stage.purge('purged', 1)),

  'sample-made': async (stage: Stage) => over(await stage.sample('sample-made', {})),

  'sample-failed': async (stage: Stage) =>
    over(await stage.sample('sample-failed', { cues: { voiceSample: failsForGood('key_refused', 'the key is not right') } })),

  'provider-tested': async (stage: Stage) => over(await stage.testProvider('provider-tested')),

  reconciled: async (stage: Stage) => over(await stage.reconcile('reconciled', { mode: 'apply', allowMany: true }, {})),

  'reconcile-reported': async (stage: Stage) => over(await stage.reconcile('reconcile-reported', { mode: 'report' }, {})),

  'reconcile-failed': async (stage: Stage) =>
    over(
      await stage.reconcile(
        'reconcile-failed',
        { mode: 'safe' },
        { cues: { reconcileObjects: failsForGood('no-bucket', 'the bucket is gone') } },
      ),
    ),

  'backed-up': async (stage: Stage) => over(await stage.backUp('backed-up', {})),

  'backup-left-to-another': async (stage: Stage) => over(await stage.backUp('backup-left-to-another', { isOver: true })),

  'backup-failed': async (stage: Stage) =>
    over(await stage.backUp('backup-failed', { cues: { drillBackup: failsForGood('backup-differs', 'a row is missing') } })),

  drilled: async (stage: Stage) => over(await stage.drill('drilled', {})),

  'drill-failed': async (stage: Stage) =>
    over(await stage.drill('drill-failed', { cues: { drillBackup: failsForGood('backup-damaged', 'a byte is changed') } })),
} as const satisfies Record<string, (stage: Stage) => Promise<Performance>>
