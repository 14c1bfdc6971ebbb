import { z } from 'zod'
import { optional } from '../../shared/env.ts'
import { keyIdOf, publicHalf, signingKey, verifyKey } from '../../shared/backup/manifest.ts'
import type { PgProgram } from '../../shared/backup/pg-programs.ts'
import { ObjectStore } from '../../shared/object-store.ts'
import type { ObjectStoreSettings } from '../../shared/object-store.ts'
import type { BackupTools } from './backup-tools.ts'

const list = z
  .string()
  .default('')
  .transform((text) =>
    text
      .split(',')
      .map((each) => each.trim())
      .filter(Boolean),
  )

/** What the worker is told about backups. Without the first and the key none are made. */
export const backupSettings = {
  /** The database, signed in as a role that may read everything and create databases. */
  BACKUP_DATABASE_URL: optional(z.url({ protocol: /^postgres(ql)?$/ })),
  /** Ed25519, the base64 of PKCS#8. */
  BACKUP_SIGNING_KEY: optional(z.string().min(1)),
  /** Ed25519, the base64 of SPKI: public keys of earlier days. */
  BACKUP_VERIFY_KEYS: list,
  BACKUP_BUCKET: z.string().min(1).default('aimake-backups'),
  /** Unset: the bucket of backups is signed for as that of audio is. */
  BACKUP_S3_ACCESS_KEY: optional(z.string().min(1)),
  BACKUP_S3_SECRET_KEY: optional(z.string().min(1)),
  BACKUP_ENCRYPTION: z.enum(['off', 'age']).default('off'),
  /** To whom backups are encrypted (`age1...`), and as whom they are read again for the drill (`AGE-SECRET-KEY-...`). */
  BACKUP_AGE_RECIPIENTS: list,
  BACKUP_AGE_IDENTITIES: list,
  PG_DUMP_PATH: z.string().min(1).default('pg_dump'),
  PG_RESTORE_PATH: z.string().min(1).default('pg_restore'),
}

type Settings = z.output<z.ZodObject<typeof backupSettings>> & ObjectStoreSettings & { DATABASE_URL: string }

/** The tools backups are made with; in words what is missing for them. `env` is what Postgres' programs run in. */
export function backupToolsFrom(settings: Settings, env: NodeJS.ProcessEnv): BackupTools | string {
  const { BACKUP_DATABASE_URL, BACKUP_SIGNING_KEY, BACKUP_ENCRYPTION, DATABASE_URL } = settings
  if (!BACKUP_DATABASE_URL) return 'BACKUP_DATABASE_URL is missing'
  if (!BACKUP_SIGNING_KEY) return 'BACKUP_SIGNING_KEY is missing'
  const program = (path: string): PgProgram => ({ path, env })
  const key = signingKey(BACKUP_SIGNING_KEY)
  return {
    url: BACKUP_DATABASE_URL,
    appUrl: DATABASE_URL,
    store: new ObjectStore({
      S3_ENDPOINT: settings.S3_ENDPOINT,
      S3_REGION: settings.S3_REGION,
      S3_ACCESS_KEY: settings.BACKUP_S3_ACCESS_KEY ?? settings.S3_ACCESS_KEY,
      S3_SECRET_KEY: settings.BACKUP_S3_SECRET_KEY ?? settings.S3_SECRET_KEY,
      S3_BUCKET: settings.BACKUP_BUCKET,
    }),
    programs: { dump: program(settings.PG_DUMP_PATH), restore: program(settings.PG_RESTORE_PATH) },
    signingKey: key,
    olderKeys: settings.BACKUP_VERIFY_KEYS.map(verifyKey).filter((one) => keyIdOf(one) !== keyIdOf(publicHalf(key))),
    seal:
      BACKUP_ENCRYPTION === 'age'
        ? { recipients: settings.BACKUP_AGE_RECIPIENTS, identities: settings.BACKUP_AGE_IDENTITIES }
        : undefined,
  }
}
