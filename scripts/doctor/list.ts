import { readApiSettings } from '../../api/env.ts'
import { queues } from '../../workflows/contract.ts'
import type { Check } from '../checklist/checklist.ts'
import { lookAtBackups } from './backups.ts'
import { lookAtMigrations, lookAtRole } from './database.ts'
import { lookAtCors, lookAtHealth, lookAtNames, lookAtRateLimit, lookAtTls } from './doors.ts'
import { lookAtSettings } from './settings.ts'
import { lookAtStorage } from './storage.ts'
import { lookAtAxiom, lookAtSentry } from './watchers.ts'
import { lookAtWorkers } from './workers.ts'

/** The plan's figure: 100 requests a minute from one address. */
const REQUESTS_A_MINUTE = 100
const again = 'mend the line `settings` first, then ask again'

/** What must hold before people are let in, in the order in which one would mend it. */
export function doctorsList(env: NodeJS.ProcessEnv, checkout: string): Check[] {
  // Read by each check for itself: settings that are not there fail where they are needed, and only there.
  const settings = () => readApiSettings(env)
  const backups = () => ({ ...settings(), S3_BUCKET: env.BACKUP_BUCKET || 'aimake-backups' })
  const others = () => settings().CORS_ORIGINS.filter((origin) => origin !== new URL(settings().PUBLIC_URL).origin)
  const paid = [env.OPENAI_API_KEY && 'openai', env.ELEVENLABS_API_KEY && 'elevenlabs'].filter(
    (name) => name !== undefined && name !== '',
  )
  return [
    { name: 'settings', look: async () => lookAtSettings(env), mend: again },
    {
      name: 'migrations',
      look: () => lookAtMigrations(env, checkout),
      mend: 'is DATABASE_OWNER_URL right, and is the database reachable from here?',
    },
    { name: 'role', look: () => lookAtRole(env), mend: 'is DATABASE_URL right, and is the database reachable from here?' },
    {
      name: 'storage',
      look: () => lookAtStorage(settings(), others()),
      mend: 'compare S3_ENDPOINT, S3_BUCKET and the key; the key needs read, write and delete',
    },
    {
      name: 'workers',
      look: () =>
        lookAtWorkers(
          env,
          paid.map((name) => queues.speech(name!)),
        ),
      mend: 'compare TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and the key or certificate',
    },
    { name: 'DNS', look: async () => lookAtNames(addresses(settings())), mend: again },
    { name: 'TLS', look: async () => lookAtTls(settings().PUBLIC_URL), mend: 'is the door at PUBLIC_URL reachable from here?' },
    {
      name: 'CORS',
      look: async () => lookAtCors(settings().PUBLIC_URL, settings().CORS_ORIGINS),
      mend: 'is the door at PUBLIC_URL reachable from here?',
    },
    {
      name: 'health',
      look: async () => lookAtHealth(settings().PUBLIC_URL),
      mend: 'is the API running, and is PUBLIC_URL its address?',
    },
    {
      name: 'Sentry',
      look: () => lookAtSentry(env.SENTRY_DSN, env.ENVIRONMENT ?? 'development'),
      mend: 'is the host of SENTRY_DSN reachable from here?',
    },
    { name: 'Axiom', look: () => lookAtAxiom(env), mend: 'is Axiom reachable from here?' },
    {
      name: 'backups',
      look: async () => lookAtBackups(backups()),
      mend: 'is the bucket aimake-backups there, and may the key read it?',
    },
    // Last: for the rest of the minute this address is refused.
    {
      name: 'rate limit',
      look: async () => lookAtRateLimit(settings().PUBLIC_URL, REQUESTS_A_MINUTE),
      mend: 'is the door at PUBLIC_URL reachable from here?',
    },
  ]
}

const addresses = ({ PUBLIC_URL, CORS_ORIGINS, CDN_URL, S3_ENDPOINT }: ReturnType<typeof readApiSettings>) => [
  PUBLIC_URL,
  ...CORS_ORIGINS,
  CDN_URL ?? S3_ENDPOINT,
]
