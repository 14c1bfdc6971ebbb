import { beforeAll, expect, test as alone } from 'vitest'
import { Stage } from './rehearsal/stage.ts'
import { once, stories } from './rehearsal/stories.ts'
import { failsForGood } from './rehearsal/play.ts'
import type { Play } from './rehearsal/play.ts'
import { signals } from './contract.ts'

let stage: Stage
beforeAll(async () => {
  stage = await Stage.open(process.env['TEMPORAL_CLI_PATH'])
  return () => stage.close()
}, 60_000)

// Each story has an episode of its own, and spends its time waiting.
const test = alone.concurrent

const from = (first: number, last: number) => Array.from({ length: last - first + 1 }, (_, index) => first + index)
const inOrder = (numbers: number[]) => numbers.toSorted((a, b) => a - b)

/** Fails unless these entries stand in the diary in this order. */
function expectOrder(play: Play, ...entries: string[]): void {
  expect(play.diary.filter((entry) => entries.includes(entry))).toEqual(entries)
}

/** Nothing is spent after the money is settled: every deed is over before, and none begins after. */
function expectSettledLast(play: Play, settling: string): void {
  expect(play.diary.slice(-2)).toEqual([`${settling} begins`, `${settling} ends`])
  const begun = play.diary.filter((entry) => entry.endsWith(' begins'))
  expect(play.diary.length, 'every deed that began is over').toBe(begun.length * 2)
}

test('an episode is read, written, voiced while it is written, joined, and ready', async () => {
  const { play, handle } = await stories.ready(stage)
  await expect(handle.result()).resolves.toEqual({ durationMs: 61_000, bytes: 488_000 })
  const { status, typedSearchAttributes } = await handle.describe()
  expect(status.name).toBe('COMPLETED')
  expect(typedSearchAttributes.getAll()).toContainEqual({ key: { name: 'EpisodeStatus', type: 'KEYWORD' }, value: 'ready' })
  expectOrder(
    play,
    'enterStep reading begins',
    'listSources ends',
    'readSource source-1 begins',
    'enterStep writing begins',
    'outlineScript ends',
    'writeSection 0 ends',
  )
  expectOrder(play, 'readSource source-0 begins', 'enterStep writing begins')
  expectOrder(play, 'writeSection 0 ends', 'voiceLine 0 ends', 'writeSection 1 ends', 'enterStep voicing begins')
  expectOrder(play, 'voiceLine 27 ends', 'enterStep assembling begins', 'assembleEpisode begins', 'assembleEpisode ends')
  expect(play.mostInFlight).toBe(20)
  expect(inOrder(play.voiced), 'every line once, and before the joining').toEqual(from(0, 27))
  expect(play.diary.at(-1)).toBe('assembleEpisode ends')
})

test('of a script that is there from the start nothing is read or written', async () => {
  const { play, handle } = await stories.edited(stage)
  await expect(handle.result()).resolves.toMatchObject({ bytes: 488_000 })
  expect(play.diary.filter((entry) => entry.endsWith(' begins'))).toEqual([
    'enterStep voicing begins',
    'linesToVoice begins',
    'voiceLine 0 begins',
    'enterStep assembling begins',
    'assembleEpisode begins',
  ])
})

test('the longest of the last lines are voiced first', async () => {
  const { play } = await stories['longest-last-line-first'](stage)
  expectOrder(play, 'voiceLine 21 begins', 'voiceLine 23 begins', 'voiceLine 22 begins', 'voiceLine 20 begins')
})

test('a line that fails for good waits for a person, and only it is voiced again in the same run', async () => {
  const { play, handle } = await stories.repaired(stage)
  await expect(handle.result()).resolves.toMatchObject({ bytes: 488_000 })
  expectOrder(
    play,
    'voiceLine 2 fails',
    'markLineFailed 2 voice-refused ends',
    'pauseForRepair 1 ends',
    'linesToVoice ends',
    'voiceLine 2 ends',
    'assembleEpisode ends',
  )
  expect(inOrder(play.voiced)).toEqual(from(0, 4))
  expect(play.said('voiceLine', 'begins').length).toBe(6)
  expect(play.said('enterStep', 'ends').map((entry) => entry.split(' ')[1])).toEqual([
    'reading',
    'writing',
    'voicing',
    'voicing',
    'assembling',
  ])
})

test('a script that cannot be written waits for a person, what was written is voiced meanwhile, and the same run goes on', async () => {
  const { play, handle } = await stories['script-mended'](stage)
  await expect(handle.result()).resolves.toMatchObject({ bytes: 488_000 })
  expectOrder(play, 'writeSection 1 fails', 'pauseForRepair 0 model_refused ends', 'writeSection 1 ends', 'assembleEpisode ends')
  expectOrder(play, 'voiceLine 1 ends', 'writeSection 1 ends')
  expect(inOrder(play.voiced)).toEqual(from(0, 3))
  expect(play.said('writeSection', 'begins')).toEqual(['writeSection 0 begins', 'writeSection 1 begins', 'writeSection 1 begins'])
})

test('with the gate no line is voiced before the script is approved, and approving twice is approving once', async () => {
  const { play, handle } = await stories.approved(stage)
  await expect(handle.result()).resolves.toMatchObject({ bytes: 488_000 })
  expectOrder(
    play,
    'writeSection 1 ends',
    'enterStep review ends',
    'enterStep voicing begins',
    'linesToVoice ends',
    'voiceLine 0 begins',
    'assembleEpisode ends',
  )
  expect(play.said('tendReview', 'ends').length).toBeGreaterThanOrEqual(2)
  expect(inOrder(play.voiced), 'every line once').toEqual(from(0, 3))
})

test('a script that nobody approves in time ends the run before a line is voiced', async () => {
  const { play, handle } = await stories['review-timed-out'](stage)
  expect((await handle.describe()).status.name).toBe('FAILED')
  expectSettledLast(play, 'settleFailed review_timed_out')
  expect(play.said('tendReview', 'ends').length).toBe(2)
  expect(play.said('voiceLine', 'begins')).toEqual([])
})

test('lines that come to a cap pause the run once, none fails, and the same run goes on when the books say so', async () => {
  const { play, handle } = await stories['held-for-budget'](stage)
  await expect(handle.result()).resolves.toMatchObject({ bytes: 488_000 })
  expect(play.said('markLineFailed', 'begins')).toEqual([])
  // Only once all in flight have ended, for the least that is needed, and asked again after each word that there is money.
  expect(play.said('pauseForMoney', 'ends')).toEqual([1, 2, 3].map((look) => `pauseForMoney ${look} episode 700 ends`))
  expectOrder(
    play,
    'voiceLine 19 ends',
    'pauseForMoney 1 episode 700 begins',
    'pauseForMoney 3 episode 700 ends',
    'voiceLine 3 ends',
  )
  expect(inOrder(play.voiced), 'each line once').toEqual(from(0, 23))
  // The four that waited for the same provider were not tried in vain.
  expect(play.said('voiceLine', 'begins').length).toBe(26)
  expect(play.said('enterStep voicing', 'ends').length).toBe(2)
})

test('a script and lines without money wait for the day to turn, and go on by themselves', async () => {
  const { play, handle } = await stories['held-until-the-day-turns'](stage)
  await expect(handle.result()).resolves.toMatchObject({ bytes: 488_000 })
  expect(play.said('pauseForMoney', 'ends')).toEqual(['pauseForMoney 1 day 800 ends', 'pauseForMoney 2 day 800 ends'])
  expectOrder(play, 'writeSection 1 fails', 'pauseForMoney 2 day 800 ends', 'writeSection 1 ends', 'assembleEpisode ends')
  expectOrder(play, 'pauseForMoney 2 day 800 ends', 'voiceLine 1 ends')
  expect(inOrder(play.voiced)).toEqual(from(0, 3))
})

test.for([
  { story: 'cancelled-while-in-review', voiced: [], stopped: [] },
  { story: 'cancelled-while-held', voiced: [0, 2], stopped: [] },
  { story: 'cancelled-while-reading', voiced: [], stopped: ['readSource source-0 stops', 'readSource source-1 stops'] },
  { story: 'cancelled-while-writing', voiced: [0], stopped: ['voiceLine 1 stops', 'voiceLine 2 stops', 'writeSection 1 stops'] },
  { story: 'cancelled-while-voicing', voiced: [0, 1], stopped: from(2, 21).map((line) => `voiceLine ${line} stops`) },
  { story: 'cancelled-while-waiting', voiced: [0, 2], stopped: [] },
] as const)(
  '$story: what is in flight is stopped and waited for, nothing new starts, then the money is settled',
  async ({ story, voiced, stopped }) => {
    const { play, handle } = await stories[story](stage)
    expect((await handle.describe()).status.name).toBe('CANCELLED')
    expectSettledLast(play, 'settleCancelled')
    expect(inOrder(play.voiced)).toEqual(voiced)
    expect(play.said('', ' stops').toSorted()).toEqual(stopped.toSorted())
    expect(play.said('voiceLine', 'begins').length).toBe(new Set(play.said('voiceLine', 'begins')).size)
  },
)

test('a run that is stopped while a worker of it is dead is cancelled, not failed', async () => {
  const { play, handle } = await stories['cancelled-while-its-worker-died'](stage)
  expect((await handle.describe()).status.name).toBe('CANCELLED')
  expect(play.diary.slice(-2)).toEqual(['settleCancelled begins', 'settleCancelled ends'])
  expect(play.said('settleFailed', '')).toEqual([])
}, 60_000)

test('a writer that gives up fails the episode once the lines in flight have ended; no other line starts', async () => {
  const { play, handle } = await stories.failed(stage)
  expect((await handle.describe()).status.name).toBe('FAILED')
  expectSettledLast(play, 'settleFailed writer-refused')
  expect(inOrder(play.voiced)).toEqual(from(0, 19))
  expect(play.said('voiceLine', 'begins').length).toBe(20)
})

test('a run that becomes too long goes on as another one, which voices only what is left and remembers what failed', async () => {
  const lines = 1_600
  const refused = once('voiceLine 2', failsForGood('voice-refused', 'the provider will not say this'))
  const { play, handle } = await stage.produce('very-long', {
    sections: [Array<number>(lines).fill(1000)],
    cues: { 'voiceLine 2': refused },
  })
  await play.happened('pauseForRepair 1 ends')
  await handle.signal(signals.repair)
  await expect(handle.result()).resolves.toMatchObject({ bytes: 488_000 })
  const runs = await stage.runsOf('very-long')
  expect(runs.length).toBeGreaterThan(1)
  expect(runs.map(({ status }) => status.name)).toEqual([...runs.slice(1).map(() => 'CONTINUED_AS_NEW'), 'COMPLETED'])
  for (const { historyLength } of runs) expect(historyLength).toBeLessThan(5_000)
  expect(inOrder(play.voiced)).toEqual(from(0, lines - 1))
  expect(play.said('voiceLine', 'begins').length).toBe(lines + 1)
  expect(play.said('readSource', 'begins').length).toBe(1)
}, 120_000)

test('a deleted episode is removed when the time to undo is over', async () => {
  const startedMs = performance.now()
  const { play, handle } = await stories.purged(stage)
  expect((await handle.describe()).status.name).toBe('COMPLETED')
  expect(performance.now() - startedMs).toBeGreaterThanOrEqual(1000)
  expect(play.diary).toEqual(['purgeEpisode begins', 'purgeEpisode ends'])
})

test('a reconciliation takes care of each lost episode in its own way, then of rows, then of objects', async () => {
  const { play, handle } = await stories.reconciled(stage)
  expect((await handle.describe()).status.name).toBe('COMPLETED')
  expect(play.diary.filter((entry) => entry.endsWith(' ends'))).toEqual([
    'beginReconcile ends',
    'findLostEpisodes ends',
    'orderAgain ends',
    'settleFailed run-ended ends',
    'settleCancelled ends',
    'noteLostEpisodes 3 ends',
    'reconcileRows ends',
    'reconcileObjects ends',
    'endReconcile ends',
  ])
})

test('a reconciliation that only reports changes no episode', async () => {
  const { play } = await stories['reconcile-reported'](stage)
  for (const deed of ['orderAgain', 'settleFailed', 'settleCancelled', 'noteLostEpisodes'])
    expect(play.said(deed, '')).toEqual([])
  expectOrder(play, 'findLostEpisodes ends', 'reconcileRows ends', 'reconcileObjects ends', 'endReconcile ends')
})

test('a reconciliation that fails says so in its report', async () => {
  const { play, handle } = await stories['reconcile-failed'](stage)
  expect((await handle.describe()).status.name).toBe('FAILED')
  expectOrder(play, 'reconcileObjects fails', 'endReconcile no-bucket ends')
})

test('a backup is dumped, drilled, kept, and only then older ones go', async () => {
  const { play } = await stories['backed-up'](stage)
  expectOrder(play, 'dumpDatabase ends', 'drillBackup ends', 'keepBackup ends', 'pruneBackups ends', 'endBackup ends')
})

test('a backup that another one makes already, or that was made, is left alone', async () => {
  const { play } = await stories['backup-left-to-another'](stage)
  expect(play.diary).toEqual(['beginBackup begins', 'beginBackup ends'])
})

test('a backup that differs from what was dumped is never kept, and deletes nothing', async () => {
  const { play, handle } = await stories['backup-failed'](stage)
  await expect(handle.result()).rejects.toThrow()
  expectOrder(play, 'drillBackup fails', 'endBackup backup-differs ends')
  expect(play.said('keepBackup', 'begins')).toEqual([])
  expect(play.said('pruneBackups', 'begins')).toEqual([])
})

test('a drill that somebody asked for ends, well or not', async () => {
  expectOrder((await stories.drilled(stage)).play, 'drillBackup ends', 'endDrill ends')
  expectOrder((await stories['drill-failed'](stage)).play, 'drillBackup fails', 'endDrill backup-damaged ends')
})
