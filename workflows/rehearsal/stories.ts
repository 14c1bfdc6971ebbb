import { signals } from '../contract.ts'
import { after, failsForGood, untilStopped, waitsForPerson } from './play.ts'
import type { Cue, Play } from './play.ts'
import type { Performance, Stage } from './stage.ts'

const lengths = (count: number, ms = 1000) => Array<number>(count).fill(ms)
const range = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index)
const begins = (...positions: number[]) => positions.map((position) => `voiceLine ${position} begins`)
const ends = (...positions: number[]) => positions.map((position) => `voiceLine ${position} ends`)

/** The same cue for the lines `first` to `last`. */
const lines = (first: number, last: number, cue: Cue): Record<string, Cue> =>
  Object.fromEntries(range(first, last).map((position) => [`voiceLine ${position}`, cue]))

const once =
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
        sections: [lengths(4), lengths(20)],
        cues: { 'writeSection 1': after(ends(0)), ...lines(4, 19, after(begins(...range(4, 19)), 150)) },
      }),
    ),

  /** Four lines still wait when the script is whole; they come one by one as the first sixteen end. */
  'longest-last-line-first': async (stage: Stage) =>
    over(
      await stage.produce('longest-last-line-first', {
        sections: [[...lengths(16), 1000, 4000, 2000, 3000]],
        cues: { 'voiceLine 0': after('enterStep voicing ends', 200), ...lines(1, 15, after(ends(16, 17, 18, 19))) },
      }),
    ),

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

  'cancelled-while-voicing': async (stage: Stage) =>
    cancelled(
      await stage.produce('cancelled-while-voicing', {
        sections: [lengths(21)],
        cues: { ...lines(2, 17, untilStopped(300)), 'voiceLine 5': untilStopped() },
      }),
      'enterStep voicing ends',
      ...ends(0, 1),
      ...begins(...range(2, 17)),
    ),

  'cancelled-while-waiting': async (stage: Stage) =>
    cancelled(
      await stage.produce('cancelled-while-waiting', {
        sections: [lengths(3)],
        cues: { 'voiceLine 1': failsForGood('voice-refused', 'never') },
      }),
      'pauseForRepair 1 ends',
    ),

  /** The writer gives up while sixteen lines are being voiced and two wait. */
  failed: async (stage: Stage) =>
    over(
      await stage.produce('failed', {
        sections: [lengths(18), lengths(1)],
        cues: {
          ...lines(0, 15, after('writeSection 1 fails', 300)),
          'writeSection 1': async (play) => {
            await play.happened(...begins(...range(0, 15)))
            await failsForGood('writer-refused', 'the model will not write this')(play)
          },
        },
      }),
    ),

  purged: async (stage: Stage) => over(await stage.purge('purged', 1)),

  'sample-made': async (stage: Stage) => over(await stage.sample('sample-made', {})),

  'sample-failed': async (stage: Stage) =>
    over(await stage.sample('sample-failed', { cues: { voiceSample: failsForGood('key_refused', 'the key is not right') } })),

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
} as const satisfies Record<string, (stage: Stage) => Promise<Performance>>
