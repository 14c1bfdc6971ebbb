import type { Activities, LineRef, LostEpisode, SourceRef } from '../contract.ts'
import type { Play } from './play.ts'

const MADE = { durationMs: 61_000, bytes: 488_000 }

/** Hands that touch nothing: each deed is written down in the diary of its episode's play. */
export function scriptedActivities(playOf: (episodeId: string) => Play): Activities {
  const deed = <T>({ episodeId }: { episodeId: string }, name: string, answer: T): Promise<T> =>
    playOf(episodeId).deed(name, answer)
  const ended = (id: string, name: string, code: string | undefined): Promise<void> =>
    deed({ episodeId: id }, [name, code].filter((word) => word !== undefined).join(' '), undefined)
  return {
    enterStep: (input) => deed(input, `enterStep ${input.step}`, undefined),
    listSources: (input) => deed(input, 'listSources', sources(playOf(input.episodeId))),
    readSource: ({ episodeId, sourceId }) => deed({ episodeId: episodeId ?? sourceId }, `readSource ${sourceId}`, undefined),
    outlineScript: (input) => deed(input, 'outlineScript', { sections: playOf(input.episodeId).sections.length }),
    writeSection: (input) => deed(input, `writeSection ${input.section}`, playOf(input.episodeId).sections[input.section] ?? []),
    voiceLine: (input) => deed(input, `voiceLine ${input.position}`, undefined),
    markLineFailed: (input) => deed(input, `markLineFailed ${input.position} ${input.failure.code}`, undefined),
    pauseForRepair: (input) =>
      deed(
        input,
        ['pauseForRepair', input.failedLines, input.failure?.code].filter((word) => word !== undefined).join(' '),
        undefined,
      ),
    tendReview: (input) => deed(input, 'tendReview', { lookAgainMs: playOf(input.episodeId).looksLeft() }),
    pauseForMoney: (input) => {
      const { number, answer } = playOf(input.episodeId).nextPause()
      return deed(input, `pauseForMoney ${number} ${input.hold.cap} ${input.hold.neededMicroUsd}`, answer)
    },
    linesToVoice: (input) => deed(input, 'linesToVoice', silentLines(playOf(input.episodeId))),
    linesLeft: (input) => deed(input, 'linesLeft', silentLines(playOf(input.episodeId))),
    assembleEpisode: (input) => deed(input, 'assembleEpisode', MADE),
    settleCancelled: (input) => deed(input, 'settleCancelled', undefined),
    settleFailed: (input) => deed(input, `settleFailed ${input.failure.code}`, undefined),
    voiceSample: ({ voiceId }) => deed({ episodeId: voiceId }, 'voiceSample', undefined),
    markSampleFailed: ({ voiceId, failure }) => deed({ episodeId: voiceId }, `markSampleFailed ${failure.code}`, undefined),
    testProvider: ({ testId }) => deed({ episodeId: testId }, 'testProvider', undefined),
    purgeEpisode: (input) => deed(input, 'purgeEpisode', undefined),
    beginReconcile: ({ workflowId }) => deed({ episodeId: workflowId }, 'beginReconcile', { runId: workflowId }),
    findLostEpisodes: ({ runId }) => deed({ episodeId: runId }, 'findLostEpisodes', lost(runId)),
    orderAgain: (input) => deed(input, 'orderAgain', undefined),
    noteLostEpisodes: ({ runId, mended }) => deed({ episodeId: runId }, `noteLostEpisodes ${mended}`, undefined),
    reconcileRows: ({ runId }) => deed({ episodeId: runId }, 'reconcileRows', undefined),
    reconcileObjects: ({ runId }) => deed({ episodeId: runId }, 'reconcileObjects', undefined),
    beginBackup: ({ workflowId }) =>
      deed({ episodeId: workflowId }, 'beginBackup', { backupId: workflowId, isOver: playOf(workflowId).isOver }),
    dumpDatabase: ({ backupId }) => deed({ episodeId: backupId }, 'dumpDatabase', undefined),
    drillBackup: ({ backupId }) => deed({ episodeId: backupId }, 'drillBackup', undefined),
    keepBackup: ({ backupId }) => deed({ episodeId: backupId }, 'keepBackup', undefined),
    pruneBackups: ({ backupId }) => deed({ episodeId: backupId }, 'pruneBackups', undefined),
    endBackup: ({ backupId, failure }) => ended(backupId, 'endBackup', failure?.code),
    endDrill: ({ backupId, failure }) => ended(backupId, 'endDrill', failure?.code),
    attemptDelivery: ({ deliveryId, attempt }) =>
      deed({ episodeId: deliveryId }, `attemptDelivery ${attempt}`, { againInMs: playOf(deliveryId).looksLeft() }),
    bury: ({ subjectId }) => deed({ episodeId: subjectId }, 'bury', undefined),
    sendMail: ({ mailId }) => deed({ episodeId: mailId }, 'sendMail', undefined),
    stopEverything: ({ userId }) => deed({ episodeId: userId }, 'stopEverything', undefined),
    episodesLeft: ({ userId }) => {
      const episodeIds = Array<string>(playOf(userId).episodesLeft()).fill(userId)
      return deed({ episodeId: userId }, 'episodesLeft', { episodeIds })
    },
    eraseAccount: ({ userId }) => deed({ episodeId: userId }, 'eraseAccount', undefined),
    endReconcile: ({ runId, failure }) =>
      deed({ episodeId: runId }, ['endReconcile', failure?.code].filter((word) => word !== undefined).join(' '), undefined),
  }
}

const sources = (play: Play): SourceRef[] => Array.from({ length: play.sources }, (_, index) => ({ sourceId: `source-${index}` }))

/** One of each kind; all are played by the one that looks for them. */
const lost = (runId: string): LostEpisode[] => [
  { episodeId: runId, versionId: 'forgotten', run: 'gone', isCancelling: false },
  { episodeId: runId, versionId: 'ended', run: 'over', isCancelling: false },
  { episodeId: runId, versionId: 'stopped', run: 'gone', isCancelling: true },
]

const silentLines = (play: Play): LineRef[] => play.sections.flat().filter(({ position }) => !play.voiced.includes(position))
