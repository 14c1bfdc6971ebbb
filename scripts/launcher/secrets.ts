import { generateKeyPairSync, randomBytes } from 'node:crypto'
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

export type Secrets = {
  jwtSecret: string
  postgresPassword: string
  databaseOwnerPassword: string
  databaseAppPassword: string
  databaseBackupPassword: string
  redisPassword: string
  s3AccessKey: string
  s3SecretKey: string
  demoPassword: string
  adminPassword: string
  /** Ed25519, the base64 of PKCS#8: signs the manifests of backups. */
  backupSigningKey: string
}

const random = (bytes: number) => randomBytes(bytes).toString('base64url')

const makeSecrets = (): Secrets => ({
  jwtSecret: random(48),
  postgresPassword: random(24),
  databaseOwnerPassword: random(24),
  databaseAppPassword: random(24),
  databaseBackupPassword: random(24),
  redisPassword: random(24),
  s3AccessKey: `aimake${randomBytes(8).toString('hex')}`,
  s3SecretKey: random(30),
  demoPassword: random(9),
  adminPassword: random(12),
  backupSigningKey: generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
})

/** The random secrets of this data folder: made at the first call, the same ever after, readable by their owner only. */
export function keptSecrets(dataDirectory: string): Secrets {
  const path = join(dataDirectory, 'secrets.json')
  const kept = existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as Partial<Secrets>) : {}
  const secrets = { ...makeSecrets(), ...kept }
  if (Object.keys(kept).length === Object.keys(secrets).length) return secrets
  writeFileSync(`${path}.new`, `${JSON.stringify(secrets, null, 2)}\n`, { mode: 0o600 })
  renameSync(`${path}.new`, path)
  return secrets
}
