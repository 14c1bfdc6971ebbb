import { join } from 'node:path'
import type { KeyObject } from 'node:crypto'
import { publicHalf, signingKey, verifyKey } from '../../shared/backup/manifest.ts'
import type { PgProgram } from '../../shared/backup/pg-programs.ts'
import type { Seal } from '../../shared/backup/seal.ts'
import { ObjectStore } from '../../shared/object-store.ts'
import { readRunFile } from '../launcher/run-file.ts'

/** What the two commands work with: the environment, and what it leaves out from the product that runs here, if one does. */
export interface Surroundings {
  settings: Record<string, string | undefined>
  store: ObjectStore
  keys: KeyObject[]
  seal: Seal | undefined
  restore: PgProgram
}

/** Throws with all that is missing in one sentence. */
export function surroundings(env: NodeJS.ProcessEnv): Surroundings {
  const running = readRunFile(env.AIMAKE_DATA_DIR || join(process.cwd(), '.data'))
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value))
  const settings: Record<string, string | undefined> = { ...running?.settings, ...given }
  const missing = ['S3_ENDPOINT', 'S3_ACCESS_KEY', 'S3_SECRET_KEY'].filter((name) => !settings[name])
  if (!settings.BACKUP_SIGNING_KEY && !settings.BACKUP_VERIFY_KEYS) missing.push('BACKUP_VERIFY_KEYS (or BACKUP_SIGNING_KEY)')
  if (missing.length > 0)
    throw new Error(`set ${missing.join(', ')}, or start the servers first: npm start -- --without api --without worker`)
  const identities = listOf(settings.BACKUP_AGE_IDENTITIES)
  return {
    settings,
    store: new ObjectStore({
      S3_ENDPOINT: settings.S3_ENDPOINT!,
      S3_REGION: settings.S3_REGION ?? 'auto',
      S3_ACCESS_KEY: settings.BACKUP_S3_ACCESS_KEY ?? settings.S3_ACCESS_KEY!,
      S3_SECRET_KEY: settings.BACKUP_S3_SECRET_KEY ?? settings.S3_SECRET_KEY!,
      S3_BUCKET: settings.BACKUP_BUCKET ?? 'aimake-backups',
    }),
    keys: [
      ...(settings.BACKUP_SIGNING_KEY ? [publicHalf(signingKey(settings.BACKUP_SIGNING_KEY))] : []),
      ...listOf(settings.BACKUP_VERIFY_KEYS).map(verifyKey),
    ],
    seal: identities.length > 0 ? { recipients: [], identities } : undefined,
    restore: { path: settings.PG_RESTORE_PATH ?? 'pg_restore', env: process.env },
  }
}

const listOf = (text = '') =>
  text
    .split(',')
    .map((each) => each.trim())
    .filter(Boolean)
