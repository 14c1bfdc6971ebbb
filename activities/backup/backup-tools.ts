import type { KeyObject } from 'node:crypto'
import type { PgPrograms } from '../../shared/backup/pg-programs.ts'
import type { Seal } from '../../shared/backup/seal.ts'
import type { ObjectStore } from '../../shared/object-store.ts'
import type { Deps } from '../deps.ts'
import { never } from '../failures.ts'

/** What backups are made with. */
export interface BackupTools {
  /** Signs in as a role that may read everything and make scratch databases. */
  url: string
  /** As the application signs in: what it can read of a restored database is tried too. */
  appUrl: string
  /** The bucket of backups. */
  store: ObjectStore
  programs: PgPrograms
  signingKey: KeyObject
  /** Public keys of earlier days, whose backups still count. */
  olderKeys: KeyObject[]
  seal: Seal | undefined
}

/** Throws, never to be tried again, where nobody has said how backups are made. */
export function toolsOf({ backup }: Deps): BackupTools {
  if (typeof backup === 'object') return backup
  throw never('backup-not-set-up', `no backup can be made: ${backup}`)
}
