import type { Redis } from 'ioredis'
import type { Database } from '../prisma/client.ts'
import type { Logger } from '../shared/logger.ts'
import type { ObjectStore } from '../shared/object-store.ts'
import type { SoundPool } from './audio/sound-pool.ts'
import type { BackupTools } from './backup/backup-tools.ts'
import type { SafeFetch } from '../shared/safe-fetch/safe-fetch.ts'
import type { Governor, ProviderLimits } from './governor/governor.ts'
import type { MailTransport } from './mail/transport.ts'
import type { ScriptWriter } from './script/port.ts'
import type { SearchProvider } from './search/port.ts'
import type { SpeechProvider } from './speech/port.ts'
import type { RunState } from './temporal-runs.ts'

/** What the hands hold. Wired in worker.ts only. */
export interface Deps {
  db: Database
  redis: Redis
  store: ObjectStore
  logger: Logger
  ffmpegPath: string
  sound: SoundPool
  /** By provider name, as voices name it. */
  speech: Map<string, SpeechProvider>
  governor: Governor
  /** What a provider is set to; `undefined` for one that nobody bounds. */
  limitsOf: (provider: string) => Promise<ProviderLimits | undefined>
  /** What Temporal knows of a run. */
  runState: (workflowId: string) => Promise<RunState>
  /** How backups are made; in words why they cannot be. */
  backup: BackupTools | string
  /** `fetchSafely` also reaches receivers of the house's own network that the settings name; `retryMs`: how long to wait after the first, second, ... try of a message; it is given up after the last. */
  webhooks: { fetchSafely: SafeFetch; retryMs: readonly number[] }
  /** What was touched within this time a reconciliation leaves alone. */
  reconcileAgeMs: number
  /** Brings mails to the mail server; in words why there is none. */
  mail: MailTransport | string
  /** Every link that a stranger gave goes through it. */
  fetchSafely: SafeFetch
  /** Where topics are looked up; without one a model writes about them from what it knows. */
  search: SearchProvider | undefined
  writers: { verbatim: ScriptWriter; ownScript: ScriptWriter; talk: ScriptWriter }
}
