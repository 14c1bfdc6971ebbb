import type { Activities } from '../workflows/contract.ts'
import { eraseDeeds } from './account/erase-account.ts'
import { assemblyDeeds } from './audio/assemble-episode.ts'
import { beginDeeds } from './backup/begin-backup.ts'
import { buryDeeds } from './backup/bury.ts'
import { drillDeeds } from './backup/drill-backup.ts'
import { dumpDeeds } from './backup/dump-database.ts'
import { keepDeeds } from './backup/keep-backup.ts'
import { pruneDeeds } from './backup/prune-backups.ts'
import { moneyDeeds } from './cost/pause-for-money.ts'
import { settleDeeds } from './cost/settle.ts'
import type { Deps } from './deps.ts'
import { mailDeeds } from './mail/send-mail.ts'
import { progressDeeds } from './notify/progress.ts'
import { reviewDeeds } from './script/tend-review.ts'
import { scriptDeeds } from './script/write-script.ts'
import { sourceDeeds } from './sources/read-source.ts'
import { providerTestDeeds } from './speech/test-provider.ts'
import { speechDeeds } from './speech/voice-line.ts'
import { sampleDeeds } from './speech/voice-sample.ts'
import { purgeDeeds } from './storage/purge-episode.ts'
import { lostEpisodeDeeds } from './storage/reconcile-episodes.ts'
import { objectDeeds } from './storage/reconcile-objects.ts'
import { reportDeeds } from './storage/reconcile-report.ts'
import { rowDeeds } from './storage/reconcile-rows.ts'
import { webhookDeeds } from './webhooks/attempt-delivery.ts'

/** The menu of deeds: every touch of the outside world, each safe to repeat. */
export function createActivities(deps: Deps): Activities {
  return {
    ...progressDeeds(deps),
    ...sourceDeeds(deps),
    ...scriptDeeds(deps),
    ...reviewDeeds(deps),
    ...speechDeeds(deps),
    ...sampleDeeds(deps),
    ...providerTestDeeds(deps),
    ...assemblyDeeds(deps),
    ...settleDeeds(deps),
    ...moneyDeeds(deps),
    ...purgeDeeds(deps),
    ...reportDeeds(deps),
    ...lostEpisodeDeeds(deps),
    ...rowDeeds(deps),
    ...objectDeeds(deps),
    ...beginDeeds(deps),
    ...dumpDeeds(deps),
    ...drillDeeds(deps),
    ...keepDeeds(deps),
    ...pruneDeeds(deps),
    ...buryDeeds(deps),
    ...mailDeeds(deps),
    ...eraseDeeds(deps),
    ...webhookDeeds(deps),
  }
}
