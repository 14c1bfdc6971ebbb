import { dirname, join } from 'node:path'
import type { Secrets } from './secrets.ts'
import type { Ports } from './ports.ts'

export const buckets = { audio: 'aimake-audio', backups: 'aimake-backups' }

export type Settings = Record<string, string>

type Given = {
  env: NodeJS.ProcessEnv
  ports: Ports
  secrets: Secrets
  database?: { app: string; owner: string; backup: string; replica?: string }
  /** The database's server program; its tools lie beside it. */
  postgres?: string
  ffmpeg?: string
  dev: boolean
}

/** Where browsers may come from: the web app itself, and with hot reload the two development servers. */
const originsFor = ({ ports, dev }: Given) =>
  [ports.api, ...(dev ? [ports.web, ports.admin] : [])].flatMap((port) => [
    `http://localhost:${port}`,
    `http://127.0.0.1:${port}`,
  ])

/** The addresses and keys of the servers that were started here. Nothing in the environment may contradict them. */
function addressesOf({ ports, secrets, database }: Given): Settings {
  const s3Port = ports['seaweedfs-s3']
  const temporalPort = ports['temporal-grpc']
  return {
    ...(database && { DATABASE_URL: database.app, DATABASE_OWNER_URL: database.owner, BACKUP_DATABASE_URL: database.backup }),
    ...(database?.replica && { DATABASE_REPLICA_URL: database.replica }),
    ...(ports.valkey && { REDIS_URL: `redis://:${secrets.redisPassword}@127.0.0.1:${ports.valkey}` }),
    ...(s3Port && {
      S3_ENDPOINT: `http://127.0.0.1:${s3Port}`,
      S3_ACCESS_KEY: secrets.s3AccessKey,
      S3_SECRET_KEY: secrets.s3SecretKey,
    }),
    ...(temporalPort && {
      TEMPORAL_ADDRESS: `127.0.0.1:${temporalPort}`,
      TEMPORAL_UI_URL: `http://localhost:${ports['temporal-ui']}`,
    }),
  }
}

/** Made-up providers instead of real ones, whatever keys the environment holds: nothing can be spent. */
const fakeProviderSettings = ({ ports: { fakeProviders } }: Given): Settings =>
  fakeProviders
    ? {
        OPENAI_API_KEY: 'fake-openai-key',
        OPENAI_BASE_URL: `http://127.0.0.1:${fakeProviders}/v1`,
        ELEVENLABS_API_KEY: 'fake-elevenlabs-key',
        ELEVENLABS_BASE_URL: `http://127.0.0.1:${fakeProviders}`,
      }
    : {}

/** The settings of API, worker, seed and screens. What the caller's environment (or .env) says wins over what stands here. */
export function settingsFor(given: Given): Settings {
  const { env, ports, secrets, ffmpeg, postgres } = given
  const defaults: Settings = {
    ENVIRONMENT: 'development',
    NODE_ENV: 'development',
    HOST: '127.0.0.1',
    PUBLIC_URL: `http://localhost:${ports.api}`,
    CORS_ORIGINS: originsFor(given).join(','),
    S3_BUCKET: buckets.audio,
    TEMPORAL_NAMESPACE: 'default',
    JWT_SECRET: secrets.jwtSecret,
    ...(ports.mailSmtp && { SMTP_URL: `smtp://127.0.0.1:${ports.mailSmtp}`, MAIL_PAGE: `http://localhost:${ports.mail}/` }),
    // Shorter than what the worker is given before it is killed, and short enough for all to end within ten seconds.
    WORKER_GRACE_SECONDS: '2',
    ...(ffmpeg && { FFMPEG_PATH: ffmpeg }),
    ...(postgres && {
      PG_DUMP_PATH: join(dirname(postgres), 'pg_dump'),
      PG_RESTORE_PATH: join(dirname(postgres), 'pg_restore'),
    }),
    BACKUP_BUCKET: buckets.backups,
    BACKUP_SIGNING_KEY: secrets.backupSigningKey,
    DEMO_EMAIL: 'demo@aimake.local',
    DEMO_PASSWORD: secrets.demoPassword,
    ADMIN_EMAIL: 'admin@aimake.local',
    ADMIN_PASSWORD: secrets.adminPassword,
  }
  const external = [
    'DATABASE_URL',
    'DATABASE_OWNER_URL',
    'DATABASE_REPLICA_URL',
    'BACKUP_DATABASE_URL',
    'REDIS_URL',
    'S3_ENDPOINT',
    'S3_ACCESS_KEY',
    'S3_SECRET_KEY',
    'TEMPORAL_ADDRESS',
    'TEMPORAL_UI_URL',
    'SMTP_URL',
    'MAIL_FROM',
    'WEB_URL',
    'DEMO_ACCOUNT',
    'RATE_LIMIT_SCALE',
    'TRUSTED_PROXIES',
  ]
  const asked = [...Object.keys(defaults), ...external].filter((name) => env[name]).map((name) => [name, env[name]!])
  return {
    ...defaults,
    ...Object.fromEntries(asked),
    ...addressesOf(given),
    ...fakeProviderSettings(given),
    PORT: String(ports.api),
    WORKER_HEALTH_PORT: String(ports.workerHealth),
    METRICS_PORT: String(ports.metrics),
    WORKER_METRICS_PORT: String(ports.workerMetrics),
  }
}

/** The settings without what only the worker needs to make backups. */
export const withoutBackups = (settings: Settings): Settings =>
  Object.fromEntries(Object.entries(settings).filter(([name]) => !name.startsWith('BACKUP_')))

/** The settings without the tables' owner, whom only migrations and seed may be. */
export function withoutOwner({ DATABASE_OWNER_URL: _owner, ...settings }: Settings): Settings {
  return settings
}
