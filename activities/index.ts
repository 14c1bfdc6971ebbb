import type { Activities } from '../workflows/contract.ts'
import { assemblyDeeds } from './audio/assemble-episode.ts'
import { moneyDeeds } from './cost/pause-for-money.ts'
import { settleDeeds } from './cost/settle.ts'
import { unknownCallDeeds } from './cost/unknown-calls.ts'
import type { Deps } from './deps.ts'
import { progressDeeds } from './notify/progress.ts'
import { scriptDeeds } from './script/write-script.ts'
import { sourceDeeds } from './sources/read-source.ts'
import { speechDeeds } from './speech/voice-line.ts'
import { sampleDeeds } from './speech/voice-sample.ts'
import { purgeDeeds } from './storage/purge-episode.ts'

/** The menu of deeds: every touch of the outside world, each safe to repeat. */
export function createActivities(deps: Deps): Activities {
  return {
    ...progressDeeds(deps),
    ...sourceDeeds(deps),
    ...scriptDeeds(deps),
    ...speechDeeds(deps),
    ...sampleDeeds(deps),
    ...assemblyDeeds(deps),
    ...settleDeeds(deps),
    ...moneyDeeds(deps),
    ...unknownCallDeeds(deps),
    ...purgeDeeds(deps),
  }
}
