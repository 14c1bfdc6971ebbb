import { z } from 'zod'
import {
  commonSettings,
  databaseSettings,
  optional,
  readSettings,
  redisSettings,
  replicaSettings,
  storageSettings,
} from '../shared/env.ts'
import { providerSettings } from '../shared/providers.ts'
import { limitSettings } from './http/limit-settings.ts'
import { webhookSettings } from '../shared/webhooks.ts'
import { sourceSettings } from '../shared/safe-fetch/settings.ts'
import { watchingSettings } from '../shared/watching/settings.ts'

/** What the API is told by its environment. */
export const readApiSettings = (env: NodeJS.ProcessEnv) =>
  readSettings(
    {
      ...commonSettings,
      ...databaseSettings,
      ...replicaSettings,
      ...redisSettings,
      ...storageSettings,
      ...providerSettings,
      ...watchingSettings,
      ...limitSettings,
      ...webhookSettings,
      ...sourceSettings,
      /** Where Prometheus reads, apart from the public port. Unset: in production 9091, elsewhere nowhere. */
      METRICS_PORT: optional(z.coerce.number().int().min(0).max(65535)),
      /** Where the pages report to, so that they are allowed to. */
      VITE_SENTRY_DSN: optional(z.url({ protocol: /^https?$/ })),
      PORT: z.coerce.number().int().min(0).max(65535).default(8000),
      HOST: z.string().default('0.0.0.0'),
      PUBLIC_URL: z.url().default('http://localhost:8000'),
      CORS_ORIGINS: z
        .string()
        .default('')
        .transform((list) =>
          list
            .split(',')
            .map((origin) => origin.trim())
            .filter(Boolean),
        ),
      JWT_SECRET: z.string().min(32),
      /** The secret before: sessions that it signed go on until they end by themselves. */
      JWT_SECRET_PREVIOUS: optional(z.string().min(32)),
      TEMPORAL_UI_URL: optional(z.url()),
      /** Whose firing alerts the console shows. */
      ALERTMANAGER_URL: optional(z.url()),
      UNDO_SECONDS: z.coerce.number().int().min(0).default(86_400),
      /** How long a script in review waits for its person, and how long before the end they are told. */
      REVIEW_SECONDS: z.coerce
        .number()
        .int()
        .min(1)
        .default(30 * 86_400),
      REVIEW_NOTICE_SECONDS: z.coerce
        .number()
        .int()
        .min(0)
        .default(3 * 86_400),
      /** Where the web app is, for the links in mails. Unset: where the API is. */
      WEB_URL: optional(z.url().transform((url) => url.replace(/\/$/, ''))),
      /** Whether somebody may sign in before they have confirmed their address. Unset: not in production. */
      EMAIL_VERIFICATION: optional(z.enum(['required', 'optional'])),
      GOOGLE_CLIENT_ID: optional(z.string()),
      GOOGLE_CLIENT_SECRET: optional(z.string()),
      GITHUB_CLIENT_ID: optional(z.string()),
      GITHUB_CLIENT_SECRET: optional(z.string()),
      DEMO_ACCOUNT: z.enum(['on', 'off']).default('on'),
      DEMO_EMAIL: optional(z.email()),
      DEMO_PASSWORD: optional(z.string().min(8)),
    },
    env,
  )

export type ApiSettings = ReturnType<typeof readApiSettings>
